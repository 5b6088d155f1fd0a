"""Dates, times, numbers and lists are written as the reader's language writes them."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from flask import Flask
from flask_babel import force_locale

from matchmaker.formatting import (
    at,
    clock_time,
    country_name,
    day,
    day_short,
    days_between,
    listed,
    number,
    on_day,
    percent,
    weekday,
)

HELSINKI = ZoneInfo("Europe/Helsinki")
MOMENT = datetime(2027, 4, 28, 6, 5, tzinfo=UTC)


@pytest.mark.parametrize(
    ("write", "english", "finnish", "swedish"),
    [
        (lambda: clock_time(MOMENT, HELSINKI), "09:05", "9.05", "09:05"),
        (
            lambda: day(MOMENT, HELSINKI),
            "Wednesday 28 April",
            "Keskiviikko 28. huhtikuuta",
            "Onsdag 28 april",
        ),
        (
            lambda: on_day(MOMENT, HELSINKI),
            "Wednesday 28 April",
            "keskiviikkona 28. huhtikuuta",
            "onsdag 28 april",
        ),
        (lambda: weekday(date(2027, 5, 2)), "Sunday", "sunnuntaina", "söndag"),
        (lambda: day_short(MOMENT, HELSINKI), "Wed 28 Apr", "ke 28.4.", "ons 28 apr."),
        (
            lambda: at(MOMENT, HELSINKI),
            "Wednesday 28 April, 09:05",
            "keskiviikkona 28. huhtikuuta klo 9.05",
            "onsdag 28 april kl. 09:05",
        ),
        (
            lambda: days_between(date(2027, 4, 27), date(2027, 4, 29)),
            "27–29 April 2027",
            "27.–29. huhtikuuta 2027",
            "27–29 april 2027",
        ),
        (
            lambda: days_between(date(2027, 4, 30), date(2027, 5, 2)),
            "30 April – 2 May 2027",
            "30. huhtikuuta – 2. toukokuuta 2027",
            "30 april – 2 maj 2027",
        ),
        (
            lambda: days_between(date(2026, 12, 31), date(2027, 1, 1)),
            "31 December 2026 – 1 January 2027",
            "31. joulukuuta 2026 – 1. tammikuuta 2027",
            "31 december 2026 – 1 januari 2027",
        ),
        (
            lambda: days_between(date(2027, 4, 27), date(2027, 4, 27)),
            "27 April 2027",
            "27. huhtikuuta 2027",
            "27 april 2027",
        ),
        (lambda: number(12345.5), "12,345.5", "12\xa0345,5", "12\xa0345,5"),
        (lambda: percent(0.0125, 1), "1.2\xa0%", "1,2\xa0%", "1,2\xa0%"),
        (lambda: listed(["a", "b", "c"]), "a, b and c", "a, b ja c", "a, b och c"),
        (lambda: country_name("DE"), "Germany", "Saksa", "Tyskland"),
    ],
)
def test_it_is_written_as_in_the_language(
    app: Flask, write: Callable[[], str], english: str, finnish: str, swedish: str
) -> None:
    written = []
    for locale in ("en", "fi", "sv"):
        with app.app_context(), force_locale(locale):
            written.append(write())

    assert written == [english, finnish, swedish]
