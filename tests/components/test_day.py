"""A participant's day: what is programme, what is a meeting, what is free, what was moved."""

from tests.components.conftest import Render

DAY = """
{%- from "components/timeline.html" import timeline -%}
{%- from "components/timeline_item.html" import timeline_item -%}
{% call timeline("Wednesday 26 April") -%}
{{ timeline_item("12:00", "Round table", detail="Main hall") }}
{{ timeline_item("13:20", "Aino Niskala", kind="meeting", url="/m/1", now=true,
                 datetime="2023-04-26T10:20Z", note="Moved here from 15:00") }}
{{ timeline_item("13:40", "Free until 14:00.", kind="free", link=("/free", "Who else is free?")) }}
{%- endcall %}
"""
NEXT = """
{%- from "components/next_meeting.html" import next_meeting -%}
{% call next_meeting("13:20", "Table 14 · until 13:40", "Aino Niskala", "SME · Kemi",
                     why=[{"parts": [("Both in ", False), ("ore", True)], "tone": ""}],
                     soon="in 12 minutes") -%}
<a href="/met">We met</a>{% endcall %}
"""


def test_the_day_reads_in_order_and_tells_meetings_from_programme(render: Render) -> None:
    piece = render(DAY)

    assert piece.find("//ol/@aria-label") == ["Wednesday 26 April"]
    assert piece.texts("//li//time") == ["12:00", "13:20", "13:40"]
    assert piece.texts("//li//h3") == ["Round table", "Meeting: Aino Niskala"]
    assert piece.texts("//li/div/p") == [
        "Main hall",
        "Moved here from 15:00",
        "Free until 14:00. Who else is free?",
    ]


def test_what_is_going_on_is_marked_for_everyone(render: Render) -> None:
    piece = render(DAY)

    assert piece.texts("//li[@aria-current='time']//h3") == ["Meeting: Aino Niskala"]
    assert piece.find("//time/@datetime") == ["2023-04-26T10:20Z"]


def test_the_next_meeting_says_when_where_who_why_and_what_to_do(render: Render) -> None:
    piece = render(NEXT)

    assert piece.texts("//section[@aria-label='Next meeting']/*") == [
        "13:20 in 12 minutes",
        "Table 14 · until 13:40",
        "AN Aino Niskala SME · Kemi",
        "Both in ore",
        "We met",
    ]
