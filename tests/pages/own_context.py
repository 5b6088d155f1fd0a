"""A page client whose requests run as in production: each in a context and session of its own."""

from contextvars import Context
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from matchmaker.accounts.models import User
from matchmaker.extensions import db
from tests.pages.client import PageClient


class OwnContextClient(FlaskClient):
    """Flask lets a request share the context a test has pushed, with its session and its `g`."""

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        db.session.rollback()  # or the test's own transaction would keep the request waiting
        return Context().run(super().open, *args, **kwargs)


def open_client(app: Flask, user: User | None = None) -> PageClient:
    """A browser of its own, signed in as `user`; needs the test's context."""
    client = PageClient(app)
    client.http = OwnContextClient(app, app.response_class)
    return client if user is None else client.sign_in(user)
