"""The meetings of one human being, for pages that come before the agenda."""

from flask import url_for

from matchmaker.agenda.queries import meetings_of, people_in
from matchmaker.registration.attending import OwnMeeting
from matchmaker.registration.models import Participant
from matchmaker.registration.queries import own_participants


def own_meetings(me: Participant) -> list[OwnMeeting]:
    """Those that stand, in every role in which the person comes, in order of time."""
    held = own_participants(me.event, me.user) if me.in_person else [me]
    ids = {one.id for one in held if one.in_person} or {me.id}
    met = [each for each in meetings_of(held) if each.state == "confirmed"]
    people = people_in(met)
    found = []
    for meeting in met:
        mine, other = meeting.a_id, meeting.b_id
        if mine not in ids:
            mine, other = other, mine
        if mine in ids:
            page = "meetings.show" if mine == me.id else ""
            url = url_for(page, slug=me.event.slug, meeting_id=meeting.id) if page else ""
            name, slot = people[other].name, meeting.slot
            found.append(OwnMeeting(name, slot.starts_at, slot.ends_at, url))
    return found
