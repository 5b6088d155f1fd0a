"""One event as plain values: what a run works on, and what the folder of files holds.

The database, the folder of files and the demonstration all meet here. A snapshot knows no Flask,
no SQLAlchemy and no files; times are aware and in UTC; ids are short strings chosen by the event
(a topic's id, a participant's reference), unique within their kind.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Literal, NamedTuple

from matchmaker.events.plain import PlainSettings
from matchmaker.events.slots import cut
from matchmaker.events.weights import Weights
from matchmaker.matching.plain_agreements import PlainAgreements
from matchmaker.organisations.plain import PlainOrganisation, PlainPicture
from matchmaker.own_texts import OwnText, text_in
from matchmaker.questions.plain import PlainQuestion
from matchmaker.registration.plain import PlainProfile

Consent = Literal["accepted", "wishes", "suggest"]
ItemKind = Literal["offer", "need"]
Level = Literal["must", "want", "no"]
PointKind = Literal["table", "booth", "video"]
# Of what is published a run keeps: nothing; what costs no value; as much as can be kept.
Stay = Literal["fresh", "free", "most"]

CONSENTS: tuple[Consent, ...] = ("accepted", "wishes", "suggest")
ITEM_KINDS: tuple[ItemKind, ...] = ("offer", "need")
LEVELS: tuple[Level, ...] = ("must", "want", "no")
STAYS: tuple[Stay, ...] = ("fresh", "free", "most")
POINT_KINDS: tuple[PointKind, ...] = ("table", "booth", "video")


@dataclass(frozen=True, slots=True)
class Interval:
    """A stretch of time, `start` included, `end` not."""

    start: datetime
    end: datetime

    def overlaps(self, other: "Interval") -> bool:
        return self.start < other.end and other.start < self.end


@dataclass(frozen=True, slots=True)
class Topic:
    id: str
    name: str
    parent: str | None = None


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of time for meetings, cut into equal slots with `pause_minutes` between two."""

    start: datetime
    end: datetime
    slot_minutes: int
    pause_minutes: int = 0

    def slots(self) -> Iterator[Interval]:
        for start, end in cut(self.start, self.end, self.slot_minutes, self.pause_minutes):
            yield Interval(start, end)


@dataclass(frozen=True, slots=True)
class Point:
    """A meeting point. Names are unique within an event.

    A booth may be `kept_for` a person, by id; `link` is where a video room is.
    """

    name: str
    kind: PointKind = "table"
    kept_for: str = ""
    link: str = ""


@dataclass(frozen=True, slots=True)
class Session:
    """A session of the programme. `id` is empty where nobody needs to name it.

    `travel_minutes` is how long the way there takes, and as long the way back.
    """

    title: str
    start: datetime
    end: datetime
    room: str = ""
    id: str = ""
    travel_minutes: int = 0
    speaker: str = ""
    abstract: str = ""

    @property
    def takes(self) -> Interval:
        """The time of those who attend, on the way too."""
        way = timedelta(minutes=self.travel_minutes)
        return Interval(self.start - way, self.end + way)


@dataclass(frozen=True, slots=True)
class Item:
    """An offer or a need. `topic` is a topic's id, or empty where none was chosen.

    `language` is that of title and text where it is known, `texts` the same in other languages.
    What else is said of it depends on its category.
    """

    kind: ItemKind
    topic: str
    title: str
    text: str = ""
    category: str = ""
    stage: str = ""
    ipr: str = ""
    cooperation: tuple[str, ...] = ()
    partner_kinds: tuple[str, ...] = ()
    partner_role: str = ""
    language: str = ""
    texts: tuple[OwnText, ...] = ()

    def title_in(self, locale: str) -> str:
        return text_in(locale, OwnText(self.language, self.title), self.texts).title

    def role_in(self, locale: str) -> str:
        first = OwnText(self.language, self.title, role=self.partner_role)
        return text_in(locale, first, self.texts).role


@dataclass(frozen=True, slots=True)
class Person:
    """One participant. `organisation` is the name; two people of one name never meet.

    `max_meetings` is `None` where the event's own number holds. Participants of one `body`, which
    is not empty, are one person for several organisations: never in two meetings at once. Who is
    `online` meets by video alone. `absences` are those they gave; `sessions` are the ids of the
    sessions they attend, which take their time too. `tags` stand in files alone.
    """

    id: str
    name: str
    email: str
    type: str
    organisation: str
    country: str = ""
    region: str = ""
    languages: tuple[str, ...] = ()
    max_meetings: int | None = None
    min_meetings: int = 0
    absences: tuple[Interval, ...] = ()
    sessions: tuple[str, ...] = ()
    items: tuple[Item, ...] = ()
    body: str = ""
    online: bool = False
    tags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Wish:
    """What `person` says of `other`; at most one for each ordered pair of ids."""

    person: str
    other: str
    level: Level


@dataclass(frozen=True, slots=True)
class Settled:
    """When two agreed to meet, in one order or the other; at `point`, unless that is left open.

    A `firm` one is held whether anybody wished for it or not: an organiser locked it.
    """

    a: str
    b: str
    start: datetime
    point: str = ""
    firm: bool = False


@dataclass(frozen=True, slots=True)
class Closed:
    """When a meeting point is not to be had; an empty name means all of them."""

    point: str
    start: datetime
    end: datetime


class Met(NamedTuple):
    """An offer that meets a need: whose, which of theirs in the order of `reasons.side_of`."""

    offerer: str
    offer: int
    needer: str
    need: int
    likeness: float


@dataclass(frozen=True, slots=True)
class Goals:
    """How much a run cares for goals beside the meetings' own values, in per cent of the usual.

    `everybody`: nobody goes without a meeting; `even`: further meetings go to those who have few;
    `promised`: everybody gets the number of meetings promised to them.
    """

    everybody: int = 100
    even: int = 100
    promised: int = 100


@dataclass(frozen=True, slots=True)
class Settings:
    """How an event matches. Nobody has more than `most_in_a_row` meetings without a free slot.

    `may_meet` holds the ordered pairs of participant types that may meet (checked both ways round:
    one direction is enough); `None` lets everybody meet everybody. `preferred` holds unordered
    pairs of types worth bringing together, as sorted tuples.
    """

    consent: Consent = "wishes"
    max_meetings: int = 10
    most_in_a_row: int | None = None
    weights: Weights = field(default_factory=Weights)
    may_meet: frozenset[tuple[str, str]] | None = None
    preferred: frozenset[tuple[str, str]] = frozenset()
    goals: Goals = field(default_factory=Goals)

    def types_meet(self, one: str, other: str) -> bool:
        """Whether participants of these types may meet at all."""
        return self.may_meet is None or not self.may_meet.isdisjoint(((one, other), (other, one)))


@dataclass(frozen=True, slots=True)
class Snapshot:
    """An event at one moment. `accepted` holds accepted requests as ordered (asker, answerer).

    `questions`, `profiles`, `organisations`, `pictures`, `event_settings` and `agreements` stand in
    files alone.

    `settled` holds what people agreed on among themselves, which a run keeps; `published` are the
    meetings of now, of which a run keeps what `stay` says. What is settled apart, no meeting is
    put before `not_before`, the moment of a run once there is an agenda. `slot_ids` by start and
    `point_ids` by name are a run's own: they stay when slots move and points are renamed.

    `met` holds what meets what where that was worked out before; else the words are compared.
    """

    name: str
    slug: str
    place: str
    timezone: str
    organiser_email: str
    topics: tuple[Topic, ...] = ()
    blocks: tuple[Block, ...] = ()
    points: tuple[Point, ...] = ()
    closed: tuple[Closed, ...] = ()
    sessions: tuple[Session, ...] = ()
    people: tuple[Person, ...] = ()
    wishes: tuple[Wish, ...] = ()
    accepted: frozenset[tuple[str, str]] = frozenset()
    settled: tuple[Settled, ...] = ()
    questions: tuple[PlainQuestion, ...] = ()
    profiles: tuple[PlainProfile, ...] = ()
    organisations: tuple[PlainOrganisation, ...] = ()
    pictures: tuple[PlainPicture, ...] = ()
    published: tuple[Settled, ...] = ()
    stay: Stay = "fresh"
    not_before: datetime | None = None
    slot_ids: tuple[tuple[datetime, int], ...] = ()
    point_ids: tuple[tuple[str, int], ...] = ()
    met: tuple[Met, ...] | None = None
    settings: Settings = field(default_factory=Settings)
    event_settings: PlainSettings | None = None
    agreements: PlainAgreements = field(default_factory=PlainAgreements)

    def away(self) -> dict[str, tuple[Interval, ...]]:
        """When each person cannot meet, by id: absences, and the sessions they attend."""
        takes = {session.id: session.takes for session in self.sessions}
        return {
            person.id: (*person.absences, *(takes[one] for one in person.sessions))
            for person in self.people
        }

    def slots(self) -> tuple[Interval, ...]:
        """Every slot of every block, in order of time."""
        return tuple(sorted((s for b in self.blocks for s in b.slots()), key=lambda s: s.start))
