"""Renders a piece of template with the application's own environment and parses it."""

from collections.abc import Callable
from typing import Any

import html5lib
import pytest
from flask import Flask, render_template_string

Render = Callable[..., "Piece"]


class Piece:
    """A rendered piece: elements by XPath, and their text with single spaces."""

    def __init__(self, html: str) -> None:
        self.root = html5lib.parse(html, treebuilder="lxml", namespaceHTMLElements=False)

    def find(self, xpath: str) -> list[Any]:
        found: list[Any] = self.root.xpath(xpath)
        return found

    def texts(self, xpath: str) -> list[str]:
        return [" ".join("".join(element.itertext()).split()) for element in self.find(xpath)]


@pytest.fixture
def render(app: Flask) -> Render:
    def render_piece(source: str, **values: Any) -> Piece:
        with app.test_request_context():
            return Piece(render_template_string(source, **values))

    return render_piece
