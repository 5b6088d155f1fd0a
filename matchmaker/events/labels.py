"""Phases, roles, consent modes, ways of approval and weights in words."""

from flask_babel import lazy_gettext as _l

from matchmaker.events.phases import Phase
from matchmaker.events.roles import Role

PHASE_LABELS = {
    Phase.DRAFT: _l("Draft"),
    Phase.REGISTRATION: _l("Registration open"),
    Phase.WISHES: _l("Wishes open"),
    Phase.SCHEDULING: _l("Scheduling"),
    Phase.PUBLISHED: _l("Agenda published"),
    Phase.LIVE: _l("Live"),
    Phase.FOLLOW_UP: _l("Follow-up"),
    Phase.CLOSED: _l("Closed"),
}
PHASE_MEANINGS = {
    Phase.DRAFT: _l("Only you and your fellow organisers see the event."),
    Phase.REGISTRATION: _l("Everybody sees the event page and can register."),
    Phase.WISHES: _l("Participants see each other and say whom they want to meet."),
    Phase.SCHEDULING: _l("Registration and wishes are closed; you make the agenda."),
    Phase.PUBLISHED: _l("Participants see their agenda; latecomers can still register and wish."),
    Phase.LIVE: _l("The event is on; registration is closed."),
    Phase.FOLLOW_UP: _l("The event is over; agendas stay to be seen."),
    Phase.CLOSED: _l(
        "Nothing changes any more, but what people say came of their meetings; agendas stay."
    ),
}
POINT_LABELS = {
    "table": _l("Tables"),
    "booth": _l("Booths"),
    "video": _l("Video rooms"),
}
ROLE_LABELS = {
    Role.OWNER: _l("Owner"),
    Role.ORGANISER: _l("Organiser"),
    Role.HELPER: _l("Helper"),
    Role.VIEWER: _l("Viewer"),
}
ROLE_MEANINGS = {
    Role.OWNER: _l("Does everything, and decides who is on the team."),
    Role.ORGANISER: _l("Does everything except deciding who is on the team."),
    Role.HELPER: _l(
        "Sees people and the agenda, notes who comes late or is missing, and moves meetings in the"
        " draft. Publishes nothing, exports nothing, changes no settings."
    ),
    Role.VIEWER: _l("Sees the figures of the overview, and nothing about any person."),
}
CONSENT_LABELS = {
    "accepted": _l("Only where both want it: both said must or want, or a request was accepted"),
    "wishes": _l("Where at least one wants it and nobody said no"),
    "suggest": _l("As before, and good matches nobody asked for fill what is free"),
}
APPROVAL_LABELS = {
    "organiser": _l("I look at each registration"),
    "automatic": _l("Everybody who registers is in at once"),
}
PLACEMENT_LABELS = {
    "run": _l("My next agenda gives it a time and place"),
    "at once": _l("It gets a time and place at once, without moving anybody"),
}
WEIGHT_LABELS = {
    "must": _l("One of them said must"),
    "want": _l("One of them said want"),
    "accepted": _l("A request was accepted"),
    "offer_meets_need": _l("An offer meets a need"),
    "same_topic": _l("Both work on the same topic"),
    "type_preference": _l("Their types shall be brought together"),
    "different_regions": _l("They come from different regions"),
}
