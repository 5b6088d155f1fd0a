"""People on a page: who, why, and the wish one may say with a button."""

import pytest

from tests.components.conftest import Render

CARD = """
{%- from "components/person_card.html" import person_card -%}
{{ person_card("Aino Maria Niskala", url="/p/1", organisation="Pohjolan Kierto", type="SME",
               place=place, why=why) }}
"""
WISH = """
{%- from "components/wish_buttons.html" import wish_buttons -%}
{{ wish_buttons("/wish/7", 7, "Aino Niskala", level) }}
"""


def test_a_card_says_who_and_why_with_the_matching_words_in_bold(render: Render) -> None:
    parts = [("You need ", False), ("dry tailings treatment", True), ("; they offer it", False)]
    why = [{"parts": parts, "tone": "offer"}]

    piece = render(CARD, place="Kemi", why=why)

    assert piece.texts("//h3/a[@href='/p/1']") == ["Aino Maria Niskala"]
    assert piece.texts("//*[@class='person-about']") == ["Pohjolan Kierto · SME · Kemi"]
    assert piece.texts("//li") == ["You need dry tailings treatment; they offer it"]
    assert piece.texts("//li/b") == ["dry tailings treatment"]
    assert piece.texts("//*[@aria-hidden='true']") == ["AN"]


def test_what_is_not_known_leaves_no_gap(render: Render) -> None:
    piece = render(CARD, place="", why=[])

    assert piece.texts("//*[@class='person-about']") == ["Pohjolan Kierto · SME"]
    assert piece.find("//li") == []


def test_words_of_people_stay_words(render: Render) -> None:
    piece = render(
        CARD, place="<script src=x></script>", why=[{"parts": [("<b>ore</b>", True)], "tone": ""}]
    )

    assert piece.find("//script") == []
    assert piece.texts("//li") == ["<b>ore</b>"]


@pytest.mark.parametrize("level", [None, "must", "want", "no"])
def test_only_the_wish_that_was_said_is_pressed(render: Render, level: str | None) -> None:
    piece = render(WISH, level=level)

    pressed = [button.get("id") for button in piece.find("//button[@aria-pressed='true']")]
    assert pressed == ([f"wish-7-{level}"] if level else [])


def test_pressing_again_takes_the_wish_back(render: Render) -> None:
    piece = render(WISH, level="want")

    assert [button.get("value") for button in piece.find("//button[@name='level']")] == [
        "must",
        "",
        "no",
    ]


def test_the_buttons_work_without_script_and_say_whom_they_mean(render: Render) -> None:
    piece = render(WISH, level=None)

    (form,) = piece.find("//form")
    assert (form.get("method"), form.get("action")) == ("post", "/wish/7")
    assert len(piece.find("//input[@name='csrf_token'][@value!='']")) == 1
    words = "concat(text(), span[@class='visually-hidden'])"
    assert [button.xpath(words) for button in piece.find("//button[@data-key]")] == [
        "Must meet Aino Niskala",
        "Want to meet Aino Niskala",
        "No meeting with Aino Niskala",
    ]
