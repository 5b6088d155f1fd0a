"""Renders a piece of template with the application's own environment and parses it."""

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask, render_template_string

from tests.pages.html import Html

Render = Callable[..., Html]


@pytest.fixture
def render(app: Flask) -> Render:
    def render_piece(source: str, **values: Any) -> Html:
        with app.test_request_context():
            return Html(render_template_string(source, **values))

    return render_piece
