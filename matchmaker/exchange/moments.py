"""Times as people write them in a folder, in the event's own time, and as moments in UTC."""

import re
from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from typing import TypeVar
from zoneinfo import ZoneInfo

from flask_babel import gettext as _

from matchmaker.exchange.problems import NotRight, shown
from matchmaker.fields import YEARS
from matchmaker.matching.snapshot import Interval

Day = TypeVar("Day", bound=date)

MIDNIGHT = "24:00"

_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_TIME = re.compile(r"\d\d?:\d\d(:\d\d(\.\d{1,6})?)?")
_MOMENT = re.compile(rf"{_DAY.pattern}[T ]{_TIME.pattern}(Z|[+-]\d\d:\d\d)?")
_ONE_DIGIT_HOUR = re.compile(r"(?<!\d)(?=\d:)")


def day(value: object) -> date:
    """A day written as text or as a date of TOML."""
    if isinstance(value, date) and not isinstance(value, datetime):
        return _in_range(value)
    text = str(value).strip()
    try:
        if _DAY.fullmatch(text):
            return _in_range(date.fromisoformat(text))
    except ValueError as error:
        raise NotRight(
            _("%(text)s is no day of the calendar", text=shown(text)), _a_day()
        ) from error
    raise NotRight(_("%(text)s is no day", text=shown(text)), _a_day())


def moment(value: object, zone: ZoneInfo) -> datetime:
    """A day and time in the zone, or with an offset of its own; the result is in UTC."""
    if not isinstance(value, datetime):
        value = _parsed(str(value).strip())
    _in_range(value)
    return value.astimezone(UTC) if value.tzinfo else _in_zone(value, zone)


def moment_of(value: object, on: date, zone: ZoneInfo) -> datetime:
    """A time of that day, `24:00` being its end; or a day and time, where that is what stands."""
    text = value.strip() if isinstance(value, str) else value
    if text == MIDNIGHT:
        return _in_zone(datetime.combine(on + timedelta(days=1), time()), zone)
    if isinstance(text, str) and _TIME.fullmatch(text):
        text = _time(text)
    if isinstance(text, time):
        return _in_zone(datetime.combine(on, text), zone)
    if isinstance(text, datetime) or _MOMENT.fullmatch(str(text)):
        return moment(text, zone)
    raise NotRight(_("%(text)s is no time of day", text=shown(text)), _a_time())


def intervals(text: str, zone: ZoneInfo) -> tuple[Interval, ...]:
    """Several stretches of time, parted by semicolons."""
    return tuple(_interval(part, zone) for part in text.split(";") if part.strip())


def written(at: datetime, zone: ZoneInfo) -> str:
    """The inverse of `moment`: local time, with its offset in the hour that comes twice."""
    local = at.astimezone(zone)
    if not _is_ambiguous(local.replace(tzinfo=None), zone):
        local = local.replace(tzinfo=None)
    exact = local.second or local.microsecond
    return local.isoformat(timespec="auto" if exact else "minutes")


def written_on(at: datetime, on: date, zone: ZoneInfo) -> str:
    """The inverse of `moment_of`: only the time where that is enough."""
    text = written(at, zone)
    day_written, _, time_written = text.partition("T")
    return time_written if day_written == str(on) and _TIME.fullmatch(time_written) else text


def written_intervals(absences: Iterable[Interval], zone: ZoneInfo) -> str:
    """The inverse of `intervals`."""
    return ";".join(f"{written(a.start, zone)}/{written(a.end, zone)}" for a in absences)


def check_order(start: datetime, end: datetime) -> None:
    if end == start:
        raise NotRight(_("the end is the same as the start"), _("give an end after the start"))
    if end < start:
        right = _("give an end after the start, or swap them")
        raise NotRight(_("the end is before the start"), right)


def _a_day() -> str:
    return str(_("write year, month and day, as %(example)s", example=shown("2023-04-26")))


def _a_time() -> str:
    return str(_("write hours and minutes, as %(example)s", example=shown("13:20")))


def _a_moment() -> str:
    return str(_("write day and time, as %(example)s", example=shown("2023-04-26T13:20")))


def _interval(text: str, zone: ZoneInfo) -> Interval:
    start, slash, end = text.partition("/")
    if not slash or "/" in end:
        example = shown("2023-04-26T13:00/2023-04-26T14:00")
        right = _("write start and end, as %(example)s", example=example)
        raise NotRight(_("%(text)s is no stretch of time", text=shown(text.strip())), right)
    interval = Interval(moment(start, zone), moment(end, zone))
    try:
        check_order(interval.start, interval.end)
    except NotRight as error:
        wrong = _("in %(text)s %(wrong)s", text=shown(text.strip()), wrong=error.wrong)
        raise NotRight(wrong, error.right) from error
    return interval


def _parsed(text: str) -> datetime:
    try:
        if _MOMENT.fullmatch(text):
            return datetime.fromisoformat(_ONE_DIGIT_HOUR.sub("0", text))
    except ValueError as error:
        wrong = _("%(text)s is on no calendar and no clock", text=shown(text))
        raise NotRight(wrong, _a_moment()) from error
    raise NotRight(_("%(text)s is no day and time", text=shown(text)), _a_moment())


def _time(text: str) -> time:
    try:
        return time.fromisoformat(_ONE_DIGIT_HOUR.sub("0", text))
    except ValueError as error:
        raise NotRight(_("%(text)s is on no clock", text=shown(text)), _a_time()) from error


def _in_range(value: Day) -> Day:
    if value.year not in YEARS:
        right = _("give a year from %(first)d to %(last)d", first=YEARS[0], last=YEARS[-1])
        raise NotRight(_("the year %(year)d cannot be right", year=value.year), right)
    return value


def _in_zone(local: datetime, zone: ZoneInfo) -> datetime:
    """Refuses what no clock shows, and what clocks show twice: guessing would be an hour off."""
    at = local.replace(tzinfo=zone).astimezone(UTC)
    if at.astimezone(zone).replace(tzinfo=None) != local:
        wrong = _(
            "%(time)s does not exist in %(zone)s: the clocks jump over it",
            time=shown(local.isoformat()),
            zone=zone.key,
        )
        raise NotRight(wrong, _("give a time before or after the change to summer time"))
    if _is_ambiguous(local, zone):
        wrong = _(
            "%(time)s comes twice in %(zone)s: the clocks go back",
            time=shown(local.isoformat()),
            zone=zone.key,
        )
        example = shown(local.isoformat() + _offset(local, zone))
        raise NotRight(wrong, _("say which, as %(example)s", example=example))
    return at


def _is_ambiguous(local: datetime, zone: ZoneInfo) -> bool:
    first, second = (local.replace(tzinfo=zone, fold=fold).utcoffset() for fold in (0, 1))
    return first != second


def _offset(local: datetime, zone: ZoneInfo) -> str:
    return local.replace(tzinfo=zone).isoformat()[-6:]
