"""The organiser's list of people.

It is a page of `registration`; it stands here because it counts offers and needs, which
registrations do not know.
"""

from typing import Any

from flask import render_template, request, url_for

from matchmaker.access import organiser
from matchmaker.accounts.models import User
from matchmaker.events.models import Event
from matchmaker.fields import one_line
from matchmaker.marketplace.queries import count_items
from matchmaker.registration.blueprint import blueprint
from matchmaker.registration.labels import STATUS_LABELS, STATUS_TONES
from matchmaker.registration.models import STATUSES, Status
from matchmaker.registration.queries import PeopleFilter, count_by_status, people_page


@blueprint.get("/e/<slug>/organise/people")
@organiser
def people(event: Event, user: User) -> str:
    wanted = _wanted(event)
    page = people_page(event, wanted, request.args.get("page", 1, type=int))
    counts = count_by_status(event)
    return render_template(
        "registration/people.html",
        wanted=wanted,
        page=page,
        items=count_items([person.id for person in page.people]),
        counts=counts,
        waiting=counts.get(Status.PENDING, 0),
        labels=STATUS_LABELS,
        tones=STATUS_TONES,
        address=lambda **changes: _address(event, wanted, **changes),
        paged=lambda number: _address(event, wanted, page=number),
    )


def _wanted(event: Event) -> PeopleFilter:
    """The filter in the address; a value we do not know filters nothing."""
    status, kind = request.args.get("status", ""), request.args.get("type", "")
    return PeopleFilter(
        status=status if status in STATUSES else "",
        type_name=kind if kind in {type_.name for type_ in event.types} else "",
        text=one_line(request.args.get("q"))[:200],
    )


def _address(event: Event, wanted: PeopleFilter, **changes: object) -> str:
    """The address of the same list with something changed, from its first page unless said."""
    now = {"status": wanted.status, "type": wanted.type_name, "q": wanted.text} | changes
    given: dict[str, Any] = {name: value for name, value in now.items() if value}
    return url_for("registration.people", slug=event.slug, **given)
