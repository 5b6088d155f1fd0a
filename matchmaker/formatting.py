"""Jinja filters as pure functions: dates, times, numbers, initials."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta, tzinfo

from babel import Locale
from babel.dates import format_date, format_time
from babel.lists import format_list
from flask import Flask
from flask_babel import format_decimal, format_percent, format_timedelta, get_locale
from flask_babel import gettext as _

from matchmaker.clock import now

ENGLISH = Locale("en", "GB")
# What the date formats of Babel have no name for; English and Swedish share them. A Finnish weekday
# takes -na inside a sentence; EEEE has that too, but for Sundays.
PATTERNS = {
    "day": {"fi": "cccc d. MMMM", "": "EEEE d MMMM"},
    "on a day": {"fi": "cccc'na' d. MMMM", "": "EEEE d MMMM"},
    "on a weekday": {"fi": "cccc'na'", "": "EEEE"},
    "day short": {"fi": "EEE d.M.", "": "EEE d MMM"},
    "day and month": {"fi": "d. MMMM", "": "d MMMM"},
    "number of the day": {"fi": "d.", "": "d"},
}


def register_filters(app: Flask) -> None:
    app.jinja_env.filters.update(
        at=at,
        clock_time=clock_time,
        day=day,
        day_short=day_short,
        days_between=days_between,
        how_soon=how_soon,
        initials=initials,
        listed=listed,
        number=number,
        on_day=on_day,
        opening=opening,
        percent=percent,
        phase_name=phase_name,
        country_name=country_name,
    )
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True


def _locale() -> Locale:
    """English is written the European way: day before month, 24 hours."""
    locale = get_locale()
    return ENGLISH if locale is None or locale.language == "en" else locale


def _written(moment: date, pattern: str) -> str:
    locale, patterns = _locale(), PATTERNS[pattern]
    return format_date(moment, patterns.get(locale.language) or patterns[""], locale=locale)


def clock_time(moment: datetime, zone: tzinfo) -> str:
    """`13:20` in the zone, `13.20` in Finnish."""
    return format_time(moment.astimezone(zone), "short", locale=_locale())


def day(moment: datetime | date, zone: tzinfo | None = None) -> str:
    """`Wednesday 28 April`, by itself, as a heading."""
    return opening(_written(_local(moment, zone), "day"))


def opening(text: str) -> str:
    """The text with a capital to begin with, as a heading needs one."""
    return text[:1].upper() + text[1:]


def on_day(moment: datetime | date, zone: tzinfo | None = None) -> str:
    """`Wednesday 28 April`, inside a sentence."""
    return _written(_local(moment, zone), "on a day")


def day_short(moment: datetime | date, zone: tzinfo | None = None) -> str:
    """`Wed 28 Apr`."""
    return _written(_local(moment, zone), "day short")


def weekday(moment: date) -> str:
    """`Wednesday`, inside a sentence."""
    return _written(moment, "on a weekday")


def at(moment: datetime, zone: tzinfo) -> str:
    """`Wednesday 28 April, 13:20`, inside a sentence."""
    written = {"day": on_day(moment, zone), "time": clock_time(moment, zone)}
    return str(_("%(day)s, %(time)s", **written))


def days_between(first: date, last: date) -> str:
    """`27–29 April 2027`, `27 April – 2 May 2027`: what both share is said once."""
    locale = _locale()
    whole = format_date(last, "long", locale=locale)
    if first == last:
        return whole
    if (first.year, first.month) == (last.year, last.month):
        return f"{_written(first, 'number of the day')}–{whole}"
    if first.year == last.year:
        return f"{_written(first, 'day and month')} – {whole}"
    return f"{format_date(first, 'long', locale=locale)} – {whole}"


def how_soon(moment: datetime) -> str | None:
    """`in 12 minutes`, `now`, or nothing where it is further off than a day."""
    left = moment - now()
    if left > timedelta(days=1):
        return None
    if left <= timedelta(0):
        return str(_("now"))
    return str(format_timedelta(left, granularity="minute", add_direction=True))


def initials(name: str) -> str:
    """The first letters of the first and the last name."""
    words = name.split()
    picked = words[:1] + words[1:][-1:]
    return "".join(word[0] for word in picked).upper()


def listed(words: Iterable[str]) -> str:
    """`a, b and c`."""
    return format_list([str(word) for word in words], locale=_locale())


def number(value: float) -> str:
    return str(format_decimal(value))


def percent(value: float, digits: int = 0) -> str:
    """A fraction as a percentage with so many decimals."""
    pattern = "#,##0" + ("." + "0" * digits if digits else "") + "\N{NO-BREAK SPACE}%"
    return str(format_percent(value, pattern))


def country_name(code: str) -> str:
    """The country's name in the reader's language; the code itself where it is unknown."""
    return str(_locale().territories.get(code, code))


def _local(moment: datetime | date, zone: tzinfo | None) -> date:
    if isinstance(moment, datetime):
        return moment.astimezone(zone).date() if zone else moment.date()
    return moment


def phase_name(phase: str) -> str:
    """The phase in the reader's language."""
    names = {
        "draft": _("draft"),
        "registration open": _("registration open"),
        "wishes open": _("wishes open"),
        "scheduling": _("scheduling"),
        "agenda published": _("agenda published"),
        "live": _("live"),
        "follow-up": _("follow-up"),
        "closed": _("closed"),
    }
    return str(names.get(phase, phase))
