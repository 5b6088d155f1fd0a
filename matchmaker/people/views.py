"""Pages of `people`: the list of whom one may meet, each of them, and their organisations."""

from collections.abc import Sequence

from flask import abort, render_template, request
from flask_babel import get_locale
from flask_babel import gettext as _

from matchmaker.access import participant
from matchmaker.events.models import Event
from matchmaker.marketplace.queries import items_of
from matchmaker.marketplace.shelf import shelf_of
from matchmaker.matching.words import Sentence
from matchmaker.people import (
    views_cluster,
    views_items,
    views_marks,
    views_organisation,
    views_stack,
)
from matchmaker.people.blueprint import blueprint
from matchmaker.people.earlier import met_before
from matchmaker.people.entries import Entry, People, people_for, reasons_of
from matchmaker.people.explained import explain
from matchmaker.people.facets import Addresses, groups_of, language_name
from matchmaker.people.filters import Filters
from matchmaker.people.items import count_fitting
from matchmaker.people.listing import list_people, sheet_of
from matchmaker.people.matched import matched_in
from matchmaker.questions.shown import shown_answers
from matchmaker.registration.audience import Field, contact_of, viewer_for, visible
from matchmaker.registration.models import Participant
from matchmaker.wishes.agreements import planner
from matchmaker.wishes.forms import RequestForm
from matchmaker.wishes.queries import (
    count_requests_pending,
    count_requests_waiting,
    count_wishes,
    find_person,
    find_request,
    find_wish,
)
from matchmaker.wishes.rules import why_closed

__all__ = [
    "blueprint",
    "views_cluster",
    "views_items",
    "views_marks",
    "views_organisation",
    "views_stack",
]


@blueprint.get("/e/<slug>/people")
@participant
def index(event: Event, me: Participant) -> str:
    filters, people = Filters.of(request.args), people_for(event, me)
    listing = list_people(event, people, filters)
    sheet = sheet_of(listing.left, request.args.get("page", 1, int))
    addresses = Addresses(event)
    opened = request.args.get("more", "")
    return render_template(
        "people/index.html",
        me=me,
        people=people,
        has_items=bool(shelf_of(event).by_person.get(me.id)),
        fitting=count_fitting(people),
        filters=filters,
        groups=groups_of(addresses, filters, listing.choices, people.snapshot.topics, opened),
        listing=listing,
        sheet=sheet,
        why=_why(people, sheet.entries),
        matched=matched_in(event, sheet.entries, listing.hits),
        address=addresses.of,
        wishes=count_wishes(me),
        waiting=count_requests_waiting(me),
        why_closed=why_closed(event),
    )


@blueprint.get("/e/<slug>/people/<int:participant_id>")
@participant
def show(event: Event, me: Participant, participant_id: int) -> str:
    other = find_person(me, participant_id) or abort(404)
    people, viewer = people_for(event, me), viewer_for(me)
    entry, seen = people.find(other.id), visible(other, viewer)
    return render_template(
        "people/show.html",
        me=me,
        other=other,
        entry=entry,
        why=_why(people, [entry])[entry.id],
        explained=explain(people, entry, _),
        contact=contact_of(other, viewer, get_locale().language),
        items=items_of(other) if Field.ITEMS in seen else [],
        answers_given=shown_answers(other, get_locale().language),
        locale=get_locale().language,
        spoken=[language_name(code) for code in other.languages] if Field.LANGUAGES in seen else [],
        earlier=met_before(me, other),
        meeting=planner().meeting_times(me).get(other.id),
        said=find_wish(me, other),
        mine=find_request(me, other),
        theirs=find_request(other, me),
        form=RequestForm.between(me, other, formdata=None),
        pending=count_requests_pending(me),
        most_pending=event.most_pending,
        wishes=count_wishes(me),
        why_closed=why_closed(event),
    )


def _why(people: People, entries: Sequence[Entry]) -> dict[int, tuple[Sentence, ...]]:
    """The reasons in words, for those entries alone that are shown."""
    return {entry.id: reasons_of(people, entry, _) for entry in entries}
