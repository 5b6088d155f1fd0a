"""The public pages of events: all of them, and each one's own.

They are pages of `events`; they stand here because they say who is coming, and events know no
participants.
"""

from flask import render_template
from flask_babel import get_locale
from flask_login import current_user

from matchmaker.access import anyone, role_of, visitor
from matchmaker.events.models import Event
from matchmaker.events.queries import organised_events, public_events, topics_by_root
from matchmaker.events.views import blueprint as events
from matchmaker.formatting import country_name
from matchmaker.programme.queries import programme_by_day
from matchmaker.registration.acting import own_participant
from matchmaker.registration.audience import ANYBODY, contact_of
from matchmaker.registration.queries import (
    count_by_country,
    count_by_type,
    participations_of,
    people_in_public,
)


@events.get("/")
@anyone
def home() -> str:
    known = current_user.is_authenticated
    own = participations_of(current_user) if known else {}
    organised = organised_events(current_user) if known else []
    public = public_events()
    mine = [*organised, *(event for event in public if event.id in own and event not in organised)]
    return render_template(
        "events/home.html",
        mine=mine,
        organised=organised,
        taking_part=own,
        others=[event for event in public if event not in mine],
    )


@events.get("/e/<slug>/")
@visitor
def show(event: Event) -> str:
    me = own_participant(event, current_user) if current_user.is_authenticated else None
    locale = get_locale().language
    return render_template(
        "events/show.html",
        me=me,
        organising=role_of(current_user, event) is not None,
        days=programme_by_day(event),
        topics=topics_by_root(event),
        types=count_by_type(event),
        countries=[(country_name(code), number) for code, number in count_by_country(event)],
        in_public=[(who, contact_of(who, ANYBODY, locale)) for who in people_in_public(event)],
        locale=locale,
    )
