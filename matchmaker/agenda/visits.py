"""What has changed in an agenda since its owner last looked, and that they have looked.

Opening the page changes nothing. It carries a small form that says "seen up to now", sent by a
button or, once the page has been in view for a while, by a script.
"""

from datetime import datetime

from sqlalchemy.exc import IntegrityError

from matchmaker.agenda.encounters import Encounter
from matchmaker.agenda.models import Visit
from matchmaker.agenda.personal import PersonalAgenda
from matchmaker.clock import now
from matchmaker.extensions import db
from matchmaker.registration.models import Participant


def news_in(agenda: PersonalAgenda) -> dict[int, str]:
    """What is `new`, `moved` or `cancelled` since the last visit, by meeting id.

    Who comes for the first time sees the whole agenda for the first time: then only what was
    changed after its publication is news.
    """
    visit = db.session.get(Visit, agenda.participant.id)
    since = None if visit is None else visit.seen_until
    return {
        each.meeting.id: _turn(each, since)
        for each in (*agenda.encounters, *agenda.cancelled)
        if _is_news(each, since)
    }


def shown_until(agenda: PersonalAgenda) -> datetime | None:
    """The latest change on the page, so that one published meanwhile is news next time."""
    changes = [each.meeting.changed_at for each in (*agenda.encounters, *agenda.cancelled)]
    if agenda.agenda is not None:
        changes.append(agenda.agenda.published_at)
    return max(changes, default=None)


def note_visit(me: Participant, until: datetime) -> None:
    """Remember that everything up to `until` was seen; never less than before."""
    moment = min(until, now())
    visit = db.session.get(Visit, me.id, with_for_update=True)
    if visit is not None:
        visit.seen_until = max(visit.seen_until, moment)
        return
    try:
        with db.session.begin_nested():
            db.session.add(Visit(participant_id=me.id, seen_until=moment))
    except IntegrityError:
        pass  # Another window said so a moment ago.


def _is_news(each: Encounter, since: datetime | None) -> bool:
    meeting = each.meeting
    return meeting.sequence > 0 if since is None else meeting.changed_at > since


def _turn(each: Encounter, since: datetime | None) -> str:
    meeting = each.meeting
    if meeting.state == "cancelled":
        return "cancelled"
    return "new" if since is not None and meeting.created_at > since else "moved"
