"""Every page's frame: title, skip link, navigation, messages, and nothing from elsewhere."""

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from flask import Flask, flash, render_template_string

from matchmaker.events.models import Event
from tests.pages.html import Html

STATIC = Path(__file__).parents[2] / "static"
PAGE = """
{%- extends "layouts/" ~ layout ~ ".html" -%}
{% block title %}People{% endblock %}{% block content %}<h1>People</h1>{% endblock %}
"""
NAV = [
    SimpleNamespace(url="/people", label="People", current=True, count=0, icon="people"),
    SimpleNamespace(url="/requests", label="Requests", current=False, count=3, icon="requests"),
]


def page(app: Flask, layout: str, *messages: tuple[str, str], **values: Any) -> Html:
    with app.test_request_context():
        for text, category in messages:
            flash(text, category)
        event = Event(languages=["en"], name="Kittilä 2023", slug="kittila")
        context = {"event": event, "nav": NAV, "brand_url": "/e/kittila"} | values
        return Html(render_template_string(PAGE, layout=layout, **context))


@pytest.mark.parametrize("layout", ["event", "organiser", "plain"])
def test_the_title_names_page_event_and_product(app: Flask, layout: str) -> None:
    assert page(app, layout).texts("//title") == ["People · Kittilä 2023 · Matchmaker"]


def test_a_page_without_an_event_does_without(app: Flask) -> None:
    assert page(app, "plain", event=None).texts("//title") == ["People · Matchmaker"]


@pytest.mark.parametrize("layout", ["event", "organiser", "plain"])
def test_the_first_link_skips_to_the_content(app: Flask, layout: str) -> None:
    piece = page(app, layout)

    assert piece.find("(//body//a)[1]/@href") == ["#main"]
    assert len(piece.find("//main[@id='main']//h1")) == 1
    assert piece.find("/html/@lang") == ["en"]


@pytest.mark.parametrize("layout", ["event", "organiser"])
def test_navigation_says_where_one_is_and_what_waits(app: Flask, layout: str) -> None:
    piece = page(app, layout)

    assert piece.texts("//nav//a[@aria-current='page']") == ["People"]
    assert piece.texts("//nav//a[@href='/requests']") == ["Requests 3 waiting"]


def test_messages_are_read_out_by_their_weight(app: Flask) -> None:
    piece = page(app, "event", ("Saved.", "success"), ("Not saved.", "error"))

    assert piece.texts("//main//*[@role='status']") == ["Saved."]
    assert piece.texts("//main//*[@role='alert']") == ["Not saved."]


@pytest.mark.parametrize("layout", ["event", "organiser", "plain"])
def test_all_styles_scripts_and_fonts_are_files_of_ours(app: Flask, layout: str) -> None:
    piece = page(app, layout)

    found = piece.find("//head/link/@href | //script/@src")
    addresses = [str(address).split("?")[0] for address in found]
    # The one stylesheet is joined of many files; tests/test_styles.py says which.
    files = [address for address in addresses if address != "/static/css/all.css"]
    assert len(files) == len(addresses) - 1
    assert [name for name in files if not (STATIC / name.removeprefix("/static/")).is_file()] == []
    assert len(files) > 2
