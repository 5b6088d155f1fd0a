"""When people are asked what came of their meetings: 0, 3, 6 and 12 months after the last day."""

from calendar import monthrange
from datetime import date, datetime, time, timedelta

from matchmaker.clock import now
from matchmaker.events.models import Event
from matchmaker.followup.models import ROUNDS

MAIL_AT = time(9)
LAST_ENDS_AFTER = 15  # months after the event


def months_later(day: date, months: int) -> date:
    """The same day of a later month, or its last where that month is shorter."""
    years, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, month + 1
    return day.replace(year=year, month=month, day=min(day.day, monthrange(year, month)[1]))


def round_now(event: Event) -> int | None:
    """The round that answers belong to: from the last day of the event on."""
    today = now().astimezone(event.zone).date()
    begun = [months for months in ROUNDS if months_later(event.ends_on, months) <= today]
    return begun[-1] if begun else None


def round_to_mail(event: Event) -> int | None:
    """The round that mails are due for, from the morning after it has begun until the next.

    Where nobody was asked for long, rounds that are over are left out.
    """
    months = round_now(event)
    if months is None:
        return None
    following = dict(zip(ROUNDS, (*ROUNDS[1:], LAST_ENDS_AFTER), strict=True))[months]
    is_over = now().astimezone(event.zone).date() >= months_later(event.ends_on, following)
    return None if is_over or now() < mailed_from(event, months) else months


def mailed_from(event: Event, months: int) -> datetime:
    """Nobody is asked on the evening of the event."""
    morning = months_later(event.ends_on, months) + timedelta(days=1)
    return datetime.combine(morning, MAIL_AT, tzinfo=event.zone)
