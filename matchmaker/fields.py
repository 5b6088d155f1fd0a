"""Form fields that clean what was typed, so that every form stores text in one way."""

import unicodedata
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import StringField, TextAreaField

TOO_LONG = _l("Shorten this to %(max)d characters or fewer.")


def one_line(text: str | None) -> str:
    """The text on one line, without control characters and without space around it."""
    kept = "".join(
        " " if unicodedata.category(sign) in ("Cc", "Zl", "Zp") else sign for sign in text or ""
    )
    return " ".join(kept.split())


def paragraphs(text: str | None) -> str:
    """The text with its line breaks as they are stored, without other control characters."""
    lines = (text or "").replace("\r\n", "\n").replace("\r", "\n").split("\n")
    kept = [
        "".join(sign for sign in line if sign == "\t" or unicodedata.category(sign) != "Cc")
        for line in lines
    ]
    return "\n".join(line.rstrip() for line in kept).strip()


class LineField(StringField):
    """One line of text, cleaned."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **{"filters": [one_line], **options})


class ParagraphsField(TextAreaField):
    """Several lines of text, cleaned."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **{"filters": [paragraphs], **options})
