"""What the page of one mailing shows: a reader's mail, who gets it, what became of each."""

from collections.abc import Mapping
from dataclasses import dataclass

from matchmaker import paging
from matchmaker.events.models import Event
from matchmaker.mailings.audience import Audience
from matchmaker.mailings.models import Mailing, MailingState
from matchmaker.mailings.queries import (
    OUTCOMES,
    PEOPLE_A_PAGE,
    Delivered,
    counts_of,
    deliveries,
    fitting_ids,
    held_by,
    people_by_ids,
    written_to,
)
from matchmaker.mailings.rendering import Rendered, as_mail, render
from matchmaker.messages.blocks import Block, blocks_of
from matchmaker.messages.mime import body_of
from matchmaker.messages.outbox_page import without_personal_links
from matchmaker.registration.models import Participant
from matchmaker.web import LARGEST_NUMBER

UNSENT = (MailingState.DRAFT, MailingState.SCHEDULED)
# Few, since on a phone what lets it go stands below them.
READERS_A_PAGE = 15


@dataclass(frozen=True, slots=True)
class Preview:
    """The mail of one reader, as text and as its blocks."""

    reader: Participant
    shown: Rendered
    blocks: list[Block]
    text: str


@dataclass(frozen=True, slots=True)
class Page:
    """Before it goes: `people` of the `fitting`, of whom `spared` had one lately. After: lines."""

    preview: Preview | None
    people: list[Participant]
    fitting: int
    spared: int
    lines: list[Delivered]
    counts: dict[str, int]
    wanted: str
    number: int
    pages: int


def page_of(event: Event, mailing: Mailing, asked: Mapping[str, str]) -> Page:
    if mailing.state in UNSENT:
        return _before(event, mailing, asked)
    return _after(mailing, asked)


def _before(event: Event, mailing: Mailing, asked: Mapping[str, str]) -> Page:
    fitting = sorted(fitting_ids(event, Audience.of(mailing.audience)))
    shown, number, pages = paging.page_of(fitting, _number(asked.get("page")), READERS_A_PAGE)
    accounts = written_to(event, mailing.occasion, mailing.days_of_peace, but=mailing.id)
    spared = held_by(event, accounts)
    people = people_by_ids(shown)
    chosen = _number(asked.get("as"), least=0)
    reader = _chosen(chosen if chosen in set(fitting) else 0, people)
    return Page(
        preview=preview_of(mailing, reader) if reader else None,
        people=people,
        fitting=len(fitting),
        spared=len(spared.intersection(fitting)),
        lines=[],
        counts={},
        wanted="",
        number=number,
        pages=pages,
    )


def _after(mailing: Mailing, asked: Mapping[str, str]) -> Page:
    counts = counts_of(mailing)
    wanted = asked.get("outcome", "")
    wanted = wanted if wanted in OUTCOMES else ""
    found = counts.get(wanted, 0) if wanted else sum(counts.values())
    number, pages = paging.place_of(found, _number(asked.get("page")), PEOPLE_A_PAGE)
    lines = deliveries(mailing, wanted, number)
    reader = _chosen(lines[0].participant_id if lines else 0, [])
    return Page(
        preview=preview_of(mailing, reader) if reader else None,
        people=[],
        fitting=sum(counts.values()),
        spared=0,
        lines=lines,
        counts={name: counts[name] for name in OUTCOMES if counts.get(name)},
        wanted=wanted,
        number=number,
        pages=pages,
    )


def preview_of(mailing: Mailing, reader: Participant) -> Preview:
    """Without the link by which the reader, and whoever else has it, stops such mails."""
    text = without_personal_links(body_of(as_mail(mailing, reader)).text)
    return Preview(reader, render(mailing, reader), blocks_of(text), text)


def reader_of(event: Event, mailing: Mailing, participant_id: int) -> Participant | None:
    """The one chosen to look at it as, if of the event; else the first whom it reaches."""
    ids = [participant_id] if participant_id <= LARGEST_NUMBER else []
    people = [person for person in people_by_ids(ids) if person.event_id == event.id]
    if people:
        return people[0]
    fitting = sorted(fitting_ids(event, Audience.of(mailing.audience)))
    return _chosen(fitting[0], []) if fitting and not participant_id else None


def _chosen(participant_id: int, people: list[Participant]) -> Participant | None:
    known = {person.id: person for person in people}
    if participant_id and participant_id not in known:
        return next(iter(people_by_ids([participant_id])), None)
    return known.get(participant_id) or (people[0] if people else None)


def _number(text: str | None, least: int = 1) -> int:
    value = int(text) if text and text.isdecimal() and len(text) < 10 else least
    return max(least, min(value, LARGEST_NUMBER))
