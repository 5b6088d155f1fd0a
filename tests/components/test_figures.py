"""Numbers for the eye are the same numbers as text."""

from types import SimpleNamespace

import pytest

from tests.components.conftest import Render

BARS = """
{%- from "components/bar_chart.html" import bar_chart -%}
{{ bar_chart("Meetings each", rows, unit="people") }}
"""
PROGRESS = """
{%- from "components/progress.html" import progress -%}
{{ progress("Placing", value=value, max=200, stop_url="/stop") }}
"""
GRID = """
{%- from "components/schedule_grid.html" import schedule_grid -%}
{{ schedule_grid("Wednesday", ["13:20", "13:40"], rows) }}
"""
PAGES = """
{%- from "components/pagination.html" import pagination -%}
{{ pagination(page, pages, url) }}
"""
STEPS = """
{%- from "components/steps.html" import steps -%}
{{ steps(["You", "Offers", "Times"], 2, ["/1", "/2", "/3"]) }}
"""


def test_each_bar_is_as_long_as_its_number_says(render: Render) -> None:
    piece = render(BARS, rows=[("1-4", 20), ("5-8", 80), ("None", 0)])

    assert piece.texts("//tbody/tr/th") == ["1-4", "5-8", "None"]
    assert piece.texts("//tbody/tr/td[1]") == ["20", "80", "0"]
    assert piece.find("//*[local-name()='rect'][not(@class)]/@width") == ["25.00%", "100.00%"]


def test_a_chart_of_nothing_draws_no_bar(render: Render) -> None:
    assert render(BARS, rows=[("None", 0)]).find("//*[local-name()='rect'][not(@class)]") == []


def test_progress_has_a_number_and_can_be_stopped(render: Render) -> None:
    piece = render(PROGRESS, value=50)

    (bar,) = piece.find("//progress")
    assert (bar.get("value"), bar.get("max"), bar.get("aria-label")) == ("50", "200", "Placing")
    assert piece.texts("//*[@class='number']") == ["25 %"]
    assert piece.find("//form[@method='post']/@action") == ["/stop"]


def test_progress_that_cannot_be_measured_claims_no_number(render: Render) -> None:
    piece = render(PROGRESS, value=None)

    assert piece.find("//progress/@value") == []
    assert piece.find("//*[@class='number']") == []


def test_the_grid_is_a_table_that_spells_out_each_cell(render: Render) -> None:
    meeting = SimpleNamespace(
        text="AN–LK", people="Aino and Lars", strength="both-must", locked=True, url="/m/1"
    )

    piece = render(GRID, rows=[SimpleNamespace(point="Table 4", cells=[None, meeting])])

    assert piece.texts("//thead/tr/th[@scope='col']") == ["13:20", "13:40"]
    assert piece.texts("//tbody/tr/th[@scope='row']") == ["Table 4"]
    assert piece.texts("//td//*[@class='visually-hidden']") == [
        "free",
        "Aino and Lars, both must, locked",
    ]
    assert piece.find("//td/a/@href") == ["/m/1"]
    assert piece.find("//*[@role='region'][@tabindex='0']/@aria-label") == ["Wednesday"]
    assert "locked" in piece.texts("//ul/li")


def test_the_legend_explains_only_marks_that_are_used(render: Render) -> None:
    piece = render(GRID, rows=[SimpleNamespace(point="Table 4", cells=[None, None])])

    assert "free" in piece.texts("//ul/li")
    assert "locked" not in piece.texts("//ul/li")


@pytest.mark.parametrize(
    ("page", "pages", "shown"),
    [
        (1, 1, []),
        (1, 2, ["Page 1", "Page 2", "Next"]),
        (5, 9, ["Previous", "Page 1", "Page 4", "Page 5", "Page 6", "Page 9", "Next"]),
        (9, 9, ["Previous", "Page 1", "Page 8", "Page 9"]),
    ],
)
def test_pages_show_the_ends_and_the_neighbours(
    render: Render, page: int, pages: int, shown: list[str]
) -> None:
    piece = render(PAGES, page=page, pages=pages, url="?page={}".format)

    assert piece.texts("//a") == shown
    assert piece.texts("//a[@aria-current='page']") == ([f"Page {page}"] if shown else [])


def test_steps_done_lead_back_and_steps_to_come_do_not(render: Render) -> None:
    piece = render(STEPS)

    assert piece.find("//nav/@aria-label") == ["Step 2 of 3"]
    assert piece.texts("//li[@aria-current='step']") == ["Offers"]
    assert piece.find("//li/a/@href") == ["/1"]
