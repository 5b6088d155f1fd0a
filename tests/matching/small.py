"""Small events by hand: say only what the test is about."""

from datetime import UTC, datetime, timedelta

from matchmaker.matching.snapshot import (
    Block,
    Interval,
    Item,
    Level,
    Person,
    Point,
    Settings,
    Snapshot,
    Topic,
    Wish,
)

TOPICS = (
    Topic("raw", "Raw materials"),
    Topic("tailings", "Tailings", parent="raw"),
    Topic("batteries", "Batteries", parent="raw"),
    Topic("digital", "Digitalisation"),
)


def person(identity: str, *items: Item, **changes: object) -> Person:
    """Each from an organisation of their own, from nowhere in particular."""
    given = {
        "name": identity.capitalize(),
        "email": f"{identity}@people.example",
        "type": "SME",
        "organisation": f"{identity} Oy",
    }
    return Person(id=identity, items=items, **{**given, **changes})  # type: ignore[arg-type]


def people(identities: str) -> tuple[Person, ...]:
    return tuple(person(identity) for identity in identities.split())


def offer(title: str, topic: str = "", text: str = "") -> Item:
    return Item("offer", topic, title, text)


def need(title: str, topic: str = "", text: str = "") -> Item:
    return Item("need", topic, title, text)


def wishes(said: str, level: Level = "want") -> tuple[Wish, ...]:
    """`"a>b c>a"`: a says it of b, c of a."""
    return tuple(Wish(*pair.split(">"), level) for pair in said.split())  # type: ignore[arg-type]


def at(clock: str, day: int = 26) -> datetime:
    hours, minutes = clock.split(":")
    return datetime(2023, 4, day, int(hours), int(minutes), tzinfo=UTC)


def block(start: str, slots: int, day: int = 26, minutes: int = 20) -> Block:
    begin = at(start, day)
    return Block(begin, begin + timedelta(minutes=slots * minutes), minutes)


def interval(start: str, end: str, day: int = 26) -> Interval:
    return Interval(at(start, day), at(end, day))


def tables(number: int) -> tuple[Point, ...]:
    return tuple(Point(f"Table {place}") for place in range(1, number + 1))


def event(*attending: Person, settings: Settings | None = None, **changes: object) -> Snapshot:
    """An event with the topics above, that suggests meetings unless told otherwise."""
    given = {
        "name": "A sustainable approach to raw materials",
        "slug": "kittila",
        "place": "Kittilä",
        "timezone": "Europe/Helsinki",
        "organiser_email": "organiser@event.example",
        "topics": TOPICS,
        "people": attending,
        "settings": settings or Settings(consent="suggest"),
    }
    return Snapshot(**{**given, **changes})  # type: ignore[arg-type]
