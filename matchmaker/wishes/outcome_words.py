"""What came of a request just accepted, in a sentence."""

from flask_babel import gettext as _

from matchmaker.formatting import at
from matchmaker.registration.models import Participant
from matchmaker.wishes.agreements import planner
from matchmaker.wishes.models import Request


def agreed_sentence(request: Request, me: Participant, other: Participant) -> str:
    """When and where they meet; or, as yet, that they will."""
    meeting, zone = planner().meeting_times(me).get(other.id), me.event.zone
    sentence: str
    if meeting is not None and not meeting.cancelled:
        sentence = _(
            "You and %(name)s meet on %(time)s, %(point)s.",
            name=other.name,
            time=at(meeting.start, zone),
            point=meeting.point,
        )
    elif request.slot is not None:
        sentence = _(
            "You and %(name)s agreed to meet on %(time)s. The place comes with the agenda.",
            name=other.name,
            time=at(request.slot.starts_at, zone),
        )
    elif me.event.placement == "at once":
        sentence = _(
            "You and %(name)s agreed to meet, but no time is left in which you are both free and a "
            "table is. The organiser’s next agenda may find one.",
            name=other.name,
        )
    else:
        sentence = _("You and %(name)s agreed to meet.", name=other.name)
    return sentence
