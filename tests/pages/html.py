"""Reads HTML as a browser does: elements by XPath, and their text with single spaces."""

from typing import Any

from lxml import etree
from selectolax.lexbor import LexborHTMLParser


class Html:
    """A page or a piece of one; what a browser mends is mended before lxml sees it."""

    def __init__(self, html: str) -> None:
        self.root = etree.HTML(LexborHTMLParser(html).html)

    def find(self, xpath: str) -> list[Any]:
        found: list[Any] = self.root.xpath(xpath)
        return found

    def texts(self, xpath: str) -> list[str]:
        """The visible text of each element found, with single spaces."""
        return [" ".join("".join(element.itertext()).split()) for element in self.find(xpath)]
