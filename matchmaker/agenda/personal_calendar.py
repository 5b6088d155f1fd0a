"""One participant's agenda as a calendar, for the feed and the download."""

from collections import defaultdict
from datetime import datetime
from functools import lru_cache

from flask_babel import get_locale
from flask_babel import gettext as _

from matchmaker.agenda.calendars import (
    CalendarMeeting,
    CalendarSession,
    build_calendar,
    session_uid,
)
from matchmaker.agenda.encounters import calendar_meeting
from matchmaker.agenda.personal import PersonalAgenda
from matchmaker.events.said import said
from matchmaker.programme.models import Session
from matchmaker.web import absolute_url

KEPT = 500


def calendar_of(agenda: PersonalAgenda, *, with_cancelled: bool = True) -> bytes:
    """The agenda as a calendar file; it changes only when a new agenda is published.

    `with_cancelled` keeps meetings that were cancelled, marked so: a subscriber's calendar then
    shows that they are off instead of silently losing them.
    """
    event = agenda.event
    meetings = agenda.encounters + (agenda.cancelled if with_cancelled else [])
    stamp = agenda.agenda.published_at if agenda.agenda else event.created_at
    return _written(
        said(event, "name"),
        tuple(calendar_meeting(each, event) for each in meetings),
        tuple(_calendar_sessions(agenda)),
        stamp,
        str(get_locale()),
    )


@lru_cache(maxsize=KEPT)
def _written(
    name: str,
    meetings: tuple[CalendarMeeting, ...],
    sessions: tuple[CalendarSession, ...],
    stamp: datetime,
    _locale: str,
) -> bytes:
    """Subscribers ask every hour for what changes once a week, and writing it costs the most."""
    return build_calendar(name, meetings, sessions, stamp=stamp, gettext=_)


def _calendar_sessions(agenda: PersonalAgenda) -> list[CalendarSession]:
    event, uids = agenda.event, _session_uids(agenda)
    return [
        CalendarSession(
            uid=uids[session.id],
            start=session.starts_at,
            end=session.ends_at,
            title=session.title,
            room=session.room,
            venue=said(event, "venue") or said(event, "place"),
            last_modified=event.created_at,
            description="\n\n".join(filter(None, (_attended(agenda, session), session.abstract))),
            url=absolute_url("programme.show", slug=event.slug),
        )
        for session in agenda.sessions
    ]


def _attended(agenda: PersonalAgenda, session: Session) -> str:
    return str(_("You attend this.")) if session.id in agenda.chosen else ""


def _session_uids(agenda: PersonalAgenda) -> dict[int, str]:
    """By session id; counted over the whole programme, so that nobody's meetings change them."""
    seen: dict[str, int] = defaultdict(int)
    uids = {}
    for session in agenda.programme:
        uids[session.id] = session_uid(agenda.event.slug, session.title, seen[session.title])
        seen[session.title] += 1
    return uids
