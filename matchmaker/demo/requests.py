"""The requests for a meeting that people of the demonstration sent, and how they were answered."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from random import Random
from typing import Literal

from matchmaker.demo.people import Attendee
from matchmaker.demo.wishes import answers
from matchmaker.demo.written import read
from matchmaker.matching.snapshot import Level, Wish

RequestState = Literal["pending", "accepted", "declined", "expired"]
REQUESTS = 60
EACH_SENDS = 2
EACH_GUEST_GETS = 3


@dataclass(frozen=True, slots=True)
class DemoRequest:
    asker: str
    answerer: str
    state: RequestState
    note: str


def build_requests(
    attendees: Sequence[Attendee], wishes: Sequence[Wish], guests: Sequence[str], seed: int
) -> tuple[DemoRequest, ...]:
    """Requests out of the wishes, one a pair; each guest has some to answer."""
    rng = Random(f"{seed}:requests")  # noqa: S311 - a fixed seed is wanted, not secrecy
    people = {attendee.id: attendee for attendee in attendees}
    levels = {(wish.person, wish.other): wish.level for wish in wishes}
    waiting = set(_ask_guests(levels, guests, rng))
    asked = sorted(waiting | set(_ask_others(levels, waiting, guests, rng)))
    return tuple(
        DemoRequest(
            asker,
            answerer,
            "pending" if (asker, answerer) in waiting else _answer(levels, asker, answerer, rng),
            _write_note(people[asker], people[answerer], rng),
        )
        for asker, answerer in asked
    )


def _ask_guests(
    levels: Mapping[tuple[str, str], Level], guests: Sequence[str], rng: Random
) -> Iterator[tuple[str, str]]:
    for guest in guests:
        fans = [
            person
            for (person, other), level in levels.items()
            if other == guest and level != "no" and levels.get((guest, person)) != "no"
        ]
        yield from ((fan, guest) for fan in rng.sample(fans, min(EACH_GUEST_GETS, len(fans))))


def _ask_others(
    levels: Mapping[tuple[str, str], Level],
    asked: set[tuple[str, str]],
    guests: Sequence[str],
    rng: Random,
) -> Iterator[tuple[str, str]]:
    """More requests up to the number wanted, none back the way and few from one person."""
    seen, sent = set(asked), Counter(asker for asker, _ in asked)
    wished = [pair for pair, level in levels.items() if level != "no" and pair[1] not in guests]
    for asker, answerer in rng.sample(wished, len(wished)):
        if len(seen) == REQUESTS:
            return
        if sent[asker] < EACH_SENDS and (answerer, asker) not in seen:
            seen.add((asker, answerer))
            sent[asker] += 1
            yield asker, answerer


def _answer(
    levels: Mapping[tuple[str, str], Level], asker: str, answerer: str, rng: Random
) -> RequestState:
    back = levels.get((answerer, asker))
    if back == "no":
        return "declined"
    yes, no, late = (0.75, 0.0, 0.0) if back else (0.4, 0.2, 0.15)
    drawn = rng.random()
    if drawn < yes:
        return "accepted"
    if drawn < yes + no:
        return "declined"
    return "expired" if drawn < yes + no + late else "pending"


def _write_note(asker: Attendee, answerer: Attendee, rng: Random) -> str:
    notes = read("requests.toml")["notes"]
    if found := answers(asker, answerer):
        return str(rng.choice(notes["offer"])).format(offer=found[0][1].title)
    if found := answers(answerer, asker):
        return str(rng.choice(notes["need"])).format(need=found[0][0].title)
    return str(rng.choice(notes["other"]))
