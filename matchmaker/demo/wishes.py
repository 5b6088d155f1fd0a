"""Whom the people of the demonstration wish to meet, and whom not."""

from collections.abc import Sequence
from random import Random

from matchmaker.demo.people import Attendee
from matchmaker.demo.written import WrittenItem
from matchmaker.matching.snapshot import Level, Settings, Wish

APPETITES = (5, 5, 5, 5, 6, 6, 6, 6, 7, 7, 7, 8, 8, 9, 10, 12)
WITHOUT_WISHES = 7
WITH_FEW_WISHES = 6
GUESTS_WISH_FOR = 8
REFUSALS = 14
MOST_APPEAL, GUESTS_APPEAL = 3.5, 3.0


def answers(seeker: Attendee, bringer: Attendee) -> list[tuple[WrittenItem, WrittenItem]]:
    """The needs of the one that an offer of the other answers, each with that offer."""
    return [
        (need, offer)
        for need in seeker.needs
        for offer in bringer.offers
        if offer.key in need.met_by
    ]


def may_meet(one: Attendee, other: Attendee, settings: Settings) -> bool:
    """Whether they are of different organisations and of types that may meet."""
    types = (one.person.type, other.person.type)
    return one.person.organisation != other.person.organisation and (
        settings.may_meet is None or types in settings.may_meet or types[::-1] in settings.may_meet
    )


def build_wishes(
    attendees: Sequence[Attendee], settings: Settings, guests: Sequence[str], seed: int
) -> tuple[Wish, ...]:
    """Every wish, ordered by the one who wishes and the one wished for."""
    wishing = Wishing(attendees, settings, guests, seed)
    wishing.wish_for_others()
    wishing.leave_some_quiet()
    wishing.refuse_a_few()
    return tuple(
        Wish(person, other, level) for (person, other), level in sorted(wishing.levels.items())
    )


class Wishing:
    """People choose in turn: what answers their needs, who is popular, who wished for them."""

    def __init__(
        self,
        attendees: Sequence[Attendee],
        settings: Settings,
        guests: Sequence[str],
        seed: int,
    ) -> None:
        self.levels: dict[tuple[str, str], Level] = {}
        self._attendees = attendees
        self._settings = settings
        self._guests = guests
        self._rng = Random(f"{seed}:wishes")  # noqa: S311 - a fixed seed is wanted, not secrecy
        self._appeal = {a.id: min(self._rng.paretovariate(2.2), MOST_APPEAL) for a in attendees}
        self._appeal |= dict.fromkeys(guests, GUESTS_APPEAL)

    def wish_for_others(self) -> None:
        for person in self._rng.sample(self._attendees, len(self._attendees)):
            ranked = self._rank(person)[: self._appetite(person)]
            for place, other in enumerate(ranked):
                self.levels[person.id, other.id] = self._level(person, other, place)

    def leave_some_quiet(self) -> None:
        """Some have not got round to wishing for many, or for anybody; others wish for them."""
        popular = [a.id for a in self._attendees if a.id not in self._guests and self._fans(a) > 2]
        quiet = self._rng.sample(popular, WITHOUT_WISHES + WITH_FEW_WISHES)
        for place, person in enumerate(quiet):
            kept = 0 if place < WITHOUT_WISHES else self._rng.choice((1, 2))
            for pair in [pair for pair in self.levels if pair[0] == person][kept:]:
                del self.levels[pair]

    def refuse_a_few(self) -> None:
        """Half of the refusals meet somebody who wished, half somebody who did not."""
        for number in range(REFUSALS):
            wished_back = number % 2 == 0
            pairs = [
                (one.id, other.id)
                for one in self._attendees
                for other in self._attendees
                if one is not other
                and may_meet(one, other, self._settings)
                and (one.id, other.id) not in self.levels
                and (self.levels.get((other.id, one.id)) == "want") == wished_back
            ]
            self.levels[self._rng.choice(pairs)] = "no"

    def _fans(self, person: Attendee) -> int:
        return sum(other == person.id for _, other in self.levels)

    def _appetite(self, person: Attendee) -> int:
        return GUESTS_WISH_FOR if person.id in self._guests else self._rng.choice(APPETITES)

    def _rank(self, person: Attendee) -> list[Attendee]:
        scored = [
            (self._interest(person, other), other)
            for other in self._attendees
            if other is not person and may_meet(person, other, self._settings)
        ]
        return [other for _, other in sorted(scored, key=lambda entry: -entry[0])]

    def _interest(self, person: Attendee, other: Attendee) -> float:
        types = tuple(sorted((person.person.type, other.person.type)))
        return (
            5.0 * len(answers(person, other))
            + 2.5 * len(answers(other, person))
            + 0.8 * min(_shared_topics(person, other), 2)
            + 1.0 * (types in self._settings.preferred)
            + 1.0 * ((other.id, person.id) in self.levels)
            + self._appeal[other.id]
            + self._rng.gauss(0.0, 1.0)
        )

    def _level(self, person: Attendee, other: Attendee, place: int) -> Level:
        chance = (0.5, 0.15)[place] if place < 2 and answers(person, other) else 0.0
        return "must" if self._rng.random() < chance else "want"


def _shared_topics(person: Attendee, other: Attendee) -> int:
    theirs = {item.topic for item in other.offers}
    return sum(need.topic in theirs for need in person.needs)
