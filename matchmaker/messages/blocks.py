"""The text of a mail as paragraphs, lists, quotations and links, so that it can be laid out.

A blank line ends a paragraph. A line `Words: https://…`, or one that is only an address, is a link;
lines that begin with `- ` are a list, and those that begin with `> ` somebody's own words.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

LONGEST_LABEL = 60
_LINK = re.compile(rf"(?:\S.{{0,{LONGEST_LABEL - 1}}}: )?https?://\S+")


@dataclass(frozen=True, slots=True)
class Block:
    """`kind` is text, list, quote or link; a link without words of its own has no line."""

    kind: str
    lines: tuple[str, ...]
    url: str = ""


def blocks_of(text: str) -> list[Block]:
    """The blocks of a mail's text, in order."""
    found: list[Block] = []
    for paragraph in filter(None, re.split(r"\n\s*\n", text.strip())):
        for kind, lines in groupby(_joined(paragraph.splitlines()), key=_kind):
            found += _blocks(kind, lines)
    return found


def _joined(lines: Iterable[str]) -> list[str]:
    """Lines that were only wrapped as one again: those of a list item are indented."""
    whole: list[str] = []
    for line in lines:
        if whole and line.startswith("  ") and _kind(whole[-1]) == "list":
            whole[-1] += " " + line.strip()
        else:
            whole.append(line.strip())
    return whole


def _kind(line: str) -> str:
    if line.startswith("- "):
        return "list"
    if line.startswith(">"):
        return "quote"
    return "link" if _LINK.fullmatch(line) else "text"


def _blocks(kind: str, lines: Iterable[str]) -> list[Block]:
    if kind == "link":
        return [_link(line) for line in lines]
    if kind == "text":
        return [Block(kind, (" ".join(lines),))]
    sign = len("- ") if kind == "list" else len(">")
    return [Block(kind, tuple(line[sign:].strip() for line in lines))]


def _link(line: str) -> Block:
    label, _space, url = line.rpartition(" ")
    return Block("link", (label.rstrip().removesuffix(":"),) if label else (), url)
