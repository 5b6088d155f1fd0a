"""Pages of `people`: the list of whom one may meet, and each of them."""

from collections.abc import Sequence
from math import ceil
from typing import NamedTuple

from flask import Blueprint, abort, render_template, request
from flask_babel import get_locale
from flask_babel import gettext as _

from matchmaker.access import participant
from matchmaker.events.models import Event
from matchmaker.matching.words import Names, Sentence
from matchmaker.people.entries import Entry, People, people_for, reasons_of
from matchmaker.people.facets import Addresses, groups_of
from matchmaker.people.filters import Filters, count_choices, narrow, search
from matchmaker.registration.models import Participant
from matchmaker.wishes.forms import RequestForm
from matchmaker.wishes.queries import (
    count_requests_pending,
    count_requests_waiting,
    count_wishes,
    find_person,
    find_request,
)
from matchmaker.wishes.rules import MOST_PENDING, why_closed

blueprint = Blueprint("people", __name__)

LONGEST_PAGE = 25


class Sheet(NamedTuple):
    """One page of the list."""

    entries: Sequence[Entry]
    number: int
    of: int


@blueprint.get("/e/<slug>/people")
@participant
def index(event: Event, me: Participant) -> str:
    filters, people = Filters.of(request.args), people_for(event, me)
    topics, found = people.snapshot.topics, search(people.entries, filters.q)
    choices = count_choices(found, filters, topics)
    left = narrow(found, filters, topics)
    sheet = _sheet(left, request.args.get("page", 1, int))
    return render_template(
        "people/index.html",
        me=me,
        people=people,
        filters=filters,
        groups=groups_of(event, filters, choices, topics, request.args.get("more", "")),
        found=len(left),
        sheet=sheet,
        why=_why(people, sheet.entries),
        address=Addresses(event).of,
        wishes=count_wishes(me),
        waiting=count_requests_waiting(me),
        why_closed=why_closed(event),
    )


@blueprint.get("/e/<slug>/people/<int:participant_id>")
@participant
def show(event: Event, me: Participant, participant_id: int) -> str:
    other = find_person(me, participant_id) or abort(404)
    people = people_for(event, me)
    entry = next(entry for entry in people.entries if entry.id == other.id)
    return render_template(
        "people/show.html",
        me=me,
        other=other,
        entry=entry,
        why=_why(people, [entry])[entry.id],
        topics={topic.id: topic.name for topic in people.snapshot.topics},
        spoken=[_language_name(code) for code in entry.person.languages],
        mine=find_request(me, other),
        theirs=find_request(other, me),
        form=RequestForm(formdata=None),
        pending=count_requests_pending(me),
        most_pending=MOST_PENDING,
        wishes=count_wishes(me),
        why_closed=why_closed(event),
    )


def _sheet(entries: Sequence[Entry], wanted: int) -> Sheet:
    """The page wanted, or the nearest there is."""
    pages = max(1, ceil(len(entries) / LONGEST_PAGE))
    number = min(max(wanted, 1), pages)
    return Sheet(entries[(number - 1) * LONGEST_PAGE : number * LONGEST_PAGE], number, pages)


def _why(people: People, entries: Sequence[Entry]) -> dict[int, tuple[Sentence, ...]]:
    """The reasons in words, for those entries alone that are shown."""
    names = Names.of(people.snapshot)
    return {entry.id: reasons_of(entry, people.me.id, names, _) for entry in entries}


def _language_name(code: str) -> str:
    name: str = get_locale().languages.get(code, code)
    return name
