"""Templates keep the house rules: words marked for translation, nothing inline, all explained."""

import re
from functools import cache
from html.parser import HTMLParser
from pathlib import Path

import pytest
from jinja2 import Environment

ROOT = Path(__file__).parents[2]
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
# Mail programs read no style sheet, and no policy of ours reaches them.
PAGES = [path for path in TEMPLATES if path.parent.name != "messages" or path.stem != "layout"]
COMPONENTS = sorted((ROOT / "templates/components").glob("*.html"))

ENVIRONMENT = Environment(extensions=["jinja2.ext.i18n"])  # noqa: S701
SPOKEN_ATTRIBUTES = {"alt", "aria-label", "placeholder", "title"}
STANDS_FOR_AN_EXPRESSION = "xx"
NAMES = {"Matchmaker"}
# Marked for translation, or a class of <main> and no words at all.
SILENT = ("trans", "pluralize", "blockwidth")
LONGEST_TEMPLATE = 130


class PlainMarkup(HTMLParser):
    """Collects the words a reader sees or hears, and what is inline."""

    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self.inline: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "style" or (tag == "script" and "src" not in given):
            self.inline.append(tag)
        self.inline += [name for name in given if name == "style" or re.match(r"on[a-z]+$", name)]
        for name in SPOKEN_ATTRIBUTES & given.keys():
            self.handle_data(given[name] or "")

    def handle_data(self, data: str) -> None:
        words = re.findall(r"[^\W\d_]{2,}", data)
        self.words += [
            word for word in words if word not in NAMES and STANDS_FOR_AN_EXPRESSION not in word
        ]


@cache
def plain_markup(source: str) -> PlainMarkup:
    """The template without its Jinja; what stands inside {% trans %} is marked and left out."""
    parser, silent, statement = PlainMarkup(), False, ""
    for _line, kind, value in ENVIRONMENT.lex(source):
        if kind == "block_begin":
            statement = ""
        elif kind == "block_end":
            silent = statement.startswith(SILENT)
        elif kind == "name":
            statement += value
        elif kind == "data" and not silent:
            parser.feed(value)
        elif kind == "variable_begin":
            parser.feed(STANDS_FOR_AN_EXPRESSION)
    parser.close()
    return parser


def relative(path: Path) -> str:
    return path.relative_to(ROOT / "templates").as_posix()


def test_every_word_is_marked_for_translation() -> None:
    unmarked = {
        relative(path): words
        for path in TEMPLATES
        if (words := plain_markup(path.read_text()).words)
    }

    assert unmarked == {}


def test_nothing_is_inline() -> None:
    inline = {
        relative(path): found for path in PAGES if (found := plain_markup(path.read_text()).inline)
    }

    assert inline == {}


@pytest.mark.parametrize(
    ("source", "words", "inline"),
    [
        ("<p>Hello {{ name }}</p>", ["Hello"], []),
        ('<p title="Hello">{{ _("Hi") }}</p>', ["Hello"], []),
        ("{% trans %}Hello{% endtrans %}<b>there</b>", ["there"], []),
        ('<p style="color: red" onclick="go()">{{ x }}</p>', [], ["style", "onclick"]),
        ('<script>go()</script><script src="a.js"></script>', ["go"], ["script"]),
    ],
)
def test_unmarked_words_and_inline_code_are_found(
    source: str, words: list[str], inline: list[str]
) -> None:
    found = plain_markup(source)

    assert (found.words, found.inline) == (words, inline)


def test_templates_stay_short() -> None:
    lengths = {relative(path): len(path.read_text().splitlines()) for path in TEMPLATES}

    assert {path: many for path, many in lengths.items() if many > LONGEST_TEMPLATE} == {}


def test_every_component_opens_with_its_use_and_is_in_the_guide() -> None:
    guide = (ROOT / "docs/design.md").read_text()

    undocumented = [
        path.stem
        for path in COMPONENTS
        if not path.read_text().startswith(f"{{# {path.stem}(") or f"`{path.stem}(" not in guide
    ]

    assert undocumented == []
