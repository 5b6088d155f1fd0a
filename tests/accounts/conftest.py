"""A browser apart from the test: it shares no request, session or transaction with it."""

from collections.abc import Iterator
from contextvars import Context
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from matchmaker.extensions import db, limiter


class ApartClient(FlaskClient):
    """Sends each request from an empty context, as it comes from another machine.

    Flask would otherwise reuse the test's own application context, and with it who is signed in.
    """

    def open(self, *arguments: Any, **options: Any) -> Any:
        db.session.rollback()  # SQLite has one writer: the test may not hold the lock meanwhile
        return Context().run(super().open, *arguments, **options)


@pytest.fixture
def app(app: Flask) -> Iterator[Flask]:
    before = app.test_client_class
    app.test_client_class = ApartClient
    # The limiter is one for all applications of a process: the last one made switched it.
    limiter.enabled = app.config["RATELIMIT_ENABLED"]
    yield app
    app.test_client_class = before
