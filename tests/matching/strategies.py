"""Any event at all, for properties: small enough that wishes and topics meet, odd in its texts."""

from datetime import UTC, datetime

from hypothesis import settings
from hypothesis import strategies as st

from matchmaker.events.weights import Weights
from matchmaker.matching.snapshot import (
    CONSENTS,
    ITEM_KINDS,
    LEVELS,
    POINT_KINDS,
    Block,
    Interval,
    Item,
    Person,
    Point,
    Session,
    Settings,
    Snapshot,
    Topic,
    Wish,
)

untimed = settings(deadline=None, max_examples=30)  # a busy machine is no fault

IDS = tuple("abcdefgh")
TYPES = ("cluster", "SME", "policymaker")
THINGS = ("Kaivosvesien puhdistus", "Mine-water cleaning", "Rening av gruvvatten", "Drone surveys")

moments = st.datetimes(
    min_value=datetime(2000, 1, 1),  # noqa: DTZ001 - the strategy adds the zone itself
    max_value=datetime(2100, 1, 1),  # noqa: DTZ001
    timezones=st.just(UTC),
)
texts = st.text(max_size=12)
topic_ids = st.sampled_from(["", "raw", "tailings", "digital"])
type_pairs = st.tuples(st.sampled_from(TYPES), st.sampled_from(TYPES))
id_pairs = st.tuples(st.sampled_from(IDS), st.sampled_from(IDS))

intervals = st.builds(Interval, moments, moments)
items = st.builds(
    Item,
    kind=st.sampled_from(ITEM_KINDS),
    topic=topic_ids,
    title=st.sampled_from(THINGS) | texts,
    text=texts,
)
some_settings = st.builds(
    Settings,
    consent=st.sampled_from(CONSENTS),
    max_meetings=st.integers(0, 12),
    weights=st.builds(Weights, must=st.integers(1, 1000), same_topic=st.integers(0, 1000)),
    may_meet=st.none() | st.frozensets(type_pairs),
    preferred=st.frozensets(type_pairs),
)


def people(identity: str) -> st.SearchStrategy[Person]:
    return st.builds(
        Person,
        id=st.just(identity),
        name=texts,
        email=texts,
        type=st.sampled_from(TYPES),
        organisation=st.sampled_from(["Kaivos Oy", "KAIVOS oy", ""]) | texts,
        country=st.sampled_from(["", "FI", "SE"]),
        region=st.sampled_from(["", "FI1D", "FI1D7", "SE332"]),
        languages=st.lists(texts, max_size=2).map(tuple),
        max_meetings=st.none() | st.integers(0, 12),
        absences=st.lists(intervals, max_size=2).map(tuple),
        items=st.lists(items, max_size=4).map(tuple),
    )


@st.composite
def snapshots(draw: st.DrawFn) -> Snapshot:
    identities = draw(st.lists(st.sampled_from(IDS), unique=True, max_size=6))
    pairs = draw(st.lists(id_pairs.filter(lambda pair: pair[0] != pair[1]), unique=True))
    return Snapshot(
        name=draw(texts),
        slug="event",
        place=draw(texts),
        timezone="Europe/Helsinki",
        organiser_email="organiser@event.example",
        topics=(Topic("raw", draw(texts)), Topic("tailings", "Tailings", "raw")),
        blocks=tuple(
            draw(st.lists(st.builds(Block, moments, moments, st.integers(1, 60)), max_size=2))
        ),
        points=tuple(
            draw(st.lists(st.builds(Point, texts, st.sampled_from(POINT_KINDS)), max_size=3))
        ),
        sessions=tuple(
            draw(st.lists(st.builds(Session, texts, moments, moments, texts), max_size=2))
        ),
        people=tuple(draw(people(identity)) for identity in identities),
        wishes=tuple(Wish(*pair, draw(st.sampled_from(LEVELS))) for pair in pairs),
        accepted=draw(st.frozensets(id_pairs, max_size=3)),
        settings=draw(some_settings),
    )
