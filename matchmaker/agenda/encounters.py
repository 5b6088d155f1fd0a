"""Meetings as each of the two sees them, for pages, calendars and mails."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from flask_babel import get_locale
from flask_babel import gettext as _

from matchmaker.agenda import queries
from matchmaker.agenda.calendars import CalendarMeeting
from matchmaker.agenda.models import Meeting
from matchmaker.clock import now
from matchmaker.events.models import Event
from matchmaker.events.said import said
from matchmaker.matching.codec import reasons_from_json
from matchmaker.matching.outcome import PairValue
from matchmaker.matching.snapshot import Item
from matchmaker.matching.words import Names, Sentence, for_reader, text
from matchmaker.registration.audience import Field, Viewer, may_see
from matchmaker.registration.models import Participant
from matchmaker.registration.queries_points import link_of, rooms_of
from matchmaker.web import absolute_url


@dataclass(frozen=True, slots=True)
class Encounter:
    """A meeting as `me`, one of the two, sees it; `topics` are the event's names by key.

    `items` are the partner's offers and needs, as far as `me` may see them, `own` those of `me`.
    `link` leads into the video room, where they meet in one.
    """

    meeting: Meeting
    me: Participant
    partner: Participant
    items: tuple[Item, ...]
    own: tuple[Item, ...]
    topics: dict[str, str]
    link: str = ""

    @property
    def start(self) -> datetime:
        return self.meeting.slot.starts_at

    @property
    def end(self) -> datetime:
        return self.meeting.slot.ends_at

    @property
    def place(self) -> str:
        return self.meeting.point.name

    @property
    def who_else_url(self) -> str:
        """Where `me` finds whom to meet then instead; empty where that is too late."""
        event = self.me.event
        if not event.takes_wishes or self.start <= now():
            return ""
        return absolute_url("offers.show", slug=event.slug, slot_id=self.meeting.slot_id)

    @property
    def building(self) -> str:
        """Where the meeting points stand; one walks from table to table, not from hall to hall."""
        return said(self.me.event, "venue") or said(self.me.event, "place")

    @property
    def is_own(self) -> bool:
        return True

    @property
    def organisation(self) -> str:
        return self.partner.organisation.name if self.partner.organisation else ""

    @property
    def own_role(self) -> str:
        """For whom the holder of several roles goes there, or which member does."""
        organisation = self.me.organisation.name if self.me.organisation else ""
        return organisation if self.me.in_person else f"{self.me.name}, {organisation}"

    @property
    def offers(self) -> tuple[str, ...]:
        return self._titles("offer")

    @property
    def needs(self) -> tuple[str, ...]:
        return self._titles("need")

    def _titles(self, kind: str) -> tuple[str, ...]:
        """In the reader's language at the time of asking, as the reasons are."""
        locale = get_locale().language
        return tuple(item.title_in(locale) for item in self.items if item.kind == kind)

    @property
    def why(self) -> tuple[Sentence, ...]:
        """The reasons to meet, in the reader's language at the time of asking."""
        a, b = sorted((self.me.ref, self.partner.ref))
        pair = PairValue(a, b, reasons_from_json(self.meeting.reasons))
        people = {person.ref: person.name for person in (self.me, self.partner)}
        names = Names(people=people, topics=self.topics)
        told = names.between(get_locale().language, (*self.own, *self.items))
        return for_reader(pair, self.me.ref, told, _)


def encounters_in(
    event: Event, meetings: Sequence[Meeting], of: Collection[int] | None = None
) -> list[Encounter]:
    """Each meeting as both see it, or only those in `of`; a fixed number of queries."""
    people = queries.people_in(meetings)
    items = queries.titles_of(people.values())
    topics = {topic.key: topic.name for topic in event.topics}
    links = links_of(event, meetings)
    found = []
    for meeting, me, partner in _sides(meetings, people):
        if of is None or me.id in of:
            found.append(
                Encounter(
                    meeting=meeting,
                    me=me,
                    partner=partner,
                    items=items[partner.id] if _shows_items(partner, me) else (),
                    own=items[me.id],
                    topics=topics,
                    link=links.get(meeting.id, ""),
                )
            )
    return found


def links_of(event: Event, meetings: Sequence[Meeting]) -> dict[int, str]:
    """Where those meetings are held that are held by video, by id; none where that is off."""
    by_video = [each for each in meetings if each.point.kind == "video"]
    rooms = rooms_of(event) if by_video else {}
    return {
        each.id: link_of(rooms.get(each.point_id), each.uid)
        for each in by_video
        if each.state == "confirmed"
    }


def _sides(
    meetings: Iterable[Meeting], people: dict[int, Participant]
) -> Iterator[tuple[Meeting, Participant, Participant]]:
    for meeting in meetings:
        a, b = people[meeting.a_id], people[meeting.b_id]
        yield meeting, a, b
        yield meeting, b, a


def _shows_items(partner: Participant, me: Participant) -> bool:
    met = frozenset({partner.id})
    return may_see(Field.ITEMS, partner, Viewer(me.event_id, me.user_id, met=met))


def calendar_meeting(each: Encounter, event: Event) -> CalendarMeeting:
    """The encounter as an entry of a calendar, in the language in force."""
    return CalendarMeeting(
        uid=each.meeting.uid,
        start=each.start,
        end=each.end,
        partner=each.partner.name,
        organisation=each.organisation,
        point=each.meeting.point.name,
        venue=said(event, "venue") or said(event, "place"),
        last_modified=each.meeting.changed_at,
        sequence=each.meeting.sequence,
        reasons=tuple(text(sentence) for sentence in each.why),
        offers=each.offers,
        needs=each.needs,
        link=each.link,
        url=absolute_url("agenda.show", slug=event.slug),
        cancelled=each.meeting.state == "cancelled",
    )
