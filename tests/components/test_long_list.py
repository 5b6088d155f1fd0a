"""A list longer than a page says how many it opens, and how many it does not name."""

import pytest

from matchmaker.paging import shorten
from tests.components.conftest import Render

LIST = """{% from "components/long_list.html" import long_list %}
<main>{% call(row) long_list(rows) %}{{ row }}{% endcall %}</main>"""


@pytest.mark.parametrize(
    ("count", "shown", "opened", "said"),
    [
        (8, 8, 0, []),
        (9, 8, 1, ["and 1 more"]),
        (5000, 8, 992, ["and 992 more", "and 4000 more"]),
    ],
)
def test_who_opens_a_list_finds_as_many_as_it_says(
    render: Render, count: int, shown: int, opened: int, said: list[str]
) -> None:
    page = render(LIST, rows=shorten(range(count), count))

    assert len(page.find("//main/ul/li")) == shown
    assert len(page.find("//details//li")) == opened
    assert page.texts("//summary | //main/p") == said
