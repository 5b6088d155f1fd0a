"""`requests.json`: requests that wait or were accepted, and the meetings that stay."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from datetime import datetime

import msgspec
from flask_babel import gettext as _

from matchmaker.exchange.json_files import read_json, write_json
from matchmaker.exchange.problems import Place, Problems, shown
from matchmaker.matching.codec import reasons_from_json
from matchmaker.matching.plain_agreements import PlainAgreements, PlainMeeting, PlainRequest
from matchmaker.matching.snapshot import Settled, Snapshot

FILE = "requests.json"


def read_requests(text: str, event: Snapshot, problems: Problems) -> PlainAgreements:
    """What was agreed, or nothing and what is wrong; `event` has its people, times and places."""
    read = read_json(FILE, text, PlainAgreements, problems) or PlainAgreements()
    for wrong in dict.fromkeys(_wrong(read, event)):
        problems.add(Place(FILE), wrong, _("correct it, or delete that request or meeting"))
    return read


def write_requests(agreements: PlainAgreements) -> bytes:
    return write_json(agreements)


def with_agreements(event: Snapshot, agreements: PlainAgreements) -> Snapshot:
    """What a run makes of them: who may meet since both said so, and what it keeps."""
    accepted = [each for each in agreements.requests if each.state == "accepted"]
    met = {frozenset((each.a, each.b)) for each in agreements.meetings}
    times = (
        Settled(each.asker, each.answerer, each.slot)
        for each in accepted
        if each.slot and frozenset((each.asker, each.answerer)) not in met
    )
    meetings = (
        Settled(each.a, each.b, each.start, each.point, each.locked) for each in agreements.meetings
    )
    return replace(
        event,
        accepted=frozenset((each.asker, each.answerer) for each in accepted),
        settled=(*meetings, *times),
        agreements=agreements,
    )


def _wrong(agreements: PlainAgreements, event: Snapshot) -> Iterator[str]:
    people = {person.id: len(person.items) for person in event.people}
    slots = {slot.start for slot in event.slots()}
    yield from _wrong_requests(agreements.requests, people, slots)
    yield from _wrong_meetings(agreements.meetings, people, slots)
    points = {point.name for point in event.points}
    for meeting in agreements.meetings:
        try:
            reasons_from_json(meeting.reasons)
        except msgspec.DecodeError:
            yield _("the reasons of %(person)s cannot be read", person=shown(meeting.a))
        if meeting.point not in points:
            yield _("there is no meeting point %(name)s", name=shown(meeting.point))


def _wrong_requests(
    requests: Iterable[PlainRequest], people: dict[str, int], slots: Collection[datetime]
) -> Iterator[str]:
    twice = Counter((each.asker, each.answerer) for each in requests)
    for each in requests:
        yield from _strangers((each.asker, each.answerer), people)
        if twice[each.asker, each.answerer] > 1:
            yield _("%(person)s asks somebody twice", person=shown(each.asker))
        yield from _no_such_times(([each.slot] if each.slot else []) + [*each.times], slots)
        owner, number = each.about or ("", 0)
        if each.about and (
            owner not in (each.asker, each.answerer) or number >= people.get(owner, 0)
        ):
            yield _("%(person)s has no such offer or need", person=shown(owner))


def _wrong_meetings(
    meetings: Iterable[PlainMeeting], people: dict[str, int], slots: Collection[datetime]
) -> Iterator[str]:
    seats = Counter((side, each.start) for each in meetings for side in (each.a, each.b))
    places = Counter((each.point, each.start) for each in meetings)
    pairs = Counter(frozenset((each.a, each.b)) for each in meetings)
    for each in meetings:
        yield from _strangers((each.a, each.b), people)
        yield from _no_such_times([each.start], slots)
        taken = max(seats[each.a, each.start], seats[each.b, each.start])
        if max(taken, places[each.point, each.start], pairs[frozenset((each.a, each.b))]) > 1:
            yield _("%(person)s has two meetings in one place", person=shown(each.a))


def _strangers(pair: tuple[str, str], people: Collection[str]) -> Iterator[str]:
    if pair[0] == pair[1]:
        yield _("%(person)s asks or meets themselves", person=shown(pair[0]))
    for person in pair:
        if person not in people:
            yield _("there is no participant %(id)s", id=shown(person))


def _no_such_times(times: Iterable[datetime], slots: Collection[datetime]) -> Iterator[str]:
    for each in times:
        if each not in slots:
            yield _("no time for meetings begins at %(time)s", time=shown(each.isoformat()))
