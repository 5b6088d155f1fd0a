"""The people of the demonstration: who comes, what they offer and need, and when they can meet."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from random import Random

from matchmaker.demo.naming import email, slug
from matchmaker.demo.written import (
    WrittenItem,
    WrittenOrganisation,
    read_needs,
    read_offers,
    read_organisations,
)
from matchmaker.matching.snapshot import Person

NATIVE = {
    "AT": "de", "CZ": "cs", "DE": "de", "EE": "et", "ES": "es", "FI": "fi", "FR": "fr",
    "GR": "el", "IE": "en", "IT": "it", "LT": "lt", "LV": "lv", "NL": "nl", "NO": "no",
    "PL": "pl", "PT": "pt", "SE": "sv", "SK": "sk",
}  # fmt: skip
BILINGUAL_COAST = "FI1D5"
# Everybody has some of these, whatever their trade.
COMMON_GROUND = ("investment", "communities")


@dataclass(frozen=True, slots=True)
class Attendee:
    """A participant, and the written items they say. `profile` is the two together."""

    person: Person
    status: str
    offers: tuple[WrittenItem, ...]
    needs: tuple[WrittenItem, ...]

    @property
    def id(self) -> str:
        return self.person.id

    @property
    def is_approved(self) -> bool:
        return self.status == "approved"

    @property
    def profile(self) -> Person:
        items = tuple(item.as_item() for item in (*self.offers, *self.needs))
        return replace(self.person, items=items)


class Shelf:
    """Hands out written items so that every one is taken before many are taken twice."""

    def __init__(self, items: Iterable[WrittenItem], rng: Random) -> None:
        self._items = tuple(items)
        self._rng = rng
        self._taken: Counter[str] = Counter()

    def take(
        self, count: int, topics: Sequence[str], person: Person, without: set[str]
    ) -> list[WrittenItem]:
        """Items this person would say, of these topics if possible, none twice in a firm."""
        fitting = [
            item
            for item in self._items
            if item.key not in without
            and without.isdisjoint(item.met_by)
            and item.fits(person.type, person.country, person.languages)
        ]
        fitting.sort(
            key=lambda item: (item.topic not in topics, self._taken[item.key], self._rng.random())
        )
        return self.note(fitting[:count])

    def note(self, items: Sequence[WrittenItem]) -> list[WrittenItem]:
        self._taken.update(item.key for item in items)
        return list(items)


class Casting:
    """Sends the people of each organisation with something to say."""

    def __init__(self, seed: int) -> None:
        self._rng = Random(f"{seed}:people")  # noqa: S311 - a fixed seed is wanted, not secrecy
        self._offers = Shelf(read_offers().values(), self._rng)
        self._needs = Shelf(read_needs().values(), self._rng)

    def send(self, organisation: WrittenOrganisation) -> Iterator[Attendee]:
        spoken_for = {*organisation.offers, *organisation.needs}
        for number, name in enumerate(organisation.people):
            person = self._introduce(name, organisation)
            offers = self._offers_of(organisation, number, person, spoken_for)
            spoken_for.update(item.key for item in offers)
            needs = self._needs_of(organisation, number, person, spoken_for)
            spoken_for.update(key for item in needs for key in (item.key, *item.met_by))
            yield Attendee(person, organisation.status, tuple(offers), tuple(needs))

    def _introduce(self, name: str, organisation: WrittenOrganisation) -> Person:
        rng = self._rng
        return Person(
            id=slug(name),
            name=name,
            email=email(name, organisation.name),
            type=organisation.type,
            organisation=organisation.name,
            country=organisation.country,
            region=organisation.region,
            languages=self._languages(organisation),
            max_meetings=rng.choice((4, 5, 6, 8, 12)) if rng.random() < 0.15 else None,
            min_meetings=rng.choice((2, 3)) if rng.random() < 0.08 else 0,
        )

    def _languages(self, organisation: WrittenOrganisation) -> tuple[str, ...]:
        rng, spoken = self._rng, [NATIVE[organisation.country]]
        if organisation.region == BILINGUAL_COAST or (spoken == ["fi"] and rng.random() < 0.2):
            spoken.append("sv")
        if spoken != ["en"]:
            spoken.append("en")
        if rng.random() < 0.15:
            spoken.append(rng.choice([code for code in ("de", "fr", "es") if code not in spoken]))
        return tuple(spoken)

    def _offers_of(
        self, organisation: WrittenOrganisation, number: int, person: Person, spoken_for: set[str]
    ) -> list[WrittenItem]:
        given = _share(organisation.offers, number, len(organisation.people))
        if given:
            return self._offers.note([read_offers()[key] for key in given])
        return self._offers.take(
            self._rng.choice((1, 1, 2, 2, 3)), organisation.topics, person, spoken_for
        )

    def _needs_of(
        self, organisation: WrittenOrganisation, number: int, person: Person, spoken_for: set[str]
    ) -> list[WrittenItem]:
        given = _share(organisation.needs, number, len(organisation.people))
        if given:
            return self._needs.note([read_needs()[key] for key in given])
        needs = self._needs.take(
            self._rng.choice((1, 1, 2)), organisation.topics, person, spoken_for
        )
        if self._rng.random() < 0.55:
            spoken_for = spoken_for | {item.key for item in needs}
            needs += self._needs.take(1, COMMON_GROUND, person, spoken_for)
        return needs


def build_attendees(seed: int) -> tuple[Attendee, ...]:
    """Everybody who registered, approved or not, in the order of the written lists."""
    casting = Casting(seed)
    everybody = [person for firm in read_organisations() for person in casting.send(firm)]
    return _leave_unfinished(everybody, seed)


def _leave_unfinished(everybody: list[Attendee], seed: int) -> tuple[Attendee, ...]:
    """Some colleagues who came along have not said yet what they offer, or what they need."""
    first_of = {attendee.person.organisation: attendee for attendee in reversed(everybody)}
    colleagues = [a.person.id for a in everybody if first_of[a.person.organisation] is not a]
    rng = Random(f"{seed}:unfinished")  # noqa: S311 - a fixed seed is wanted, not secrecy
    chosen = rng.sample(colleagues, 6)
    without_offers, without_needs = chosen[:4], chosen[3:]
    return tuple(
        replace(
            attendee,
            offers=() if attendee.person.id in without_offers else attendee.offers,
            needs=() if attendee.person.id in without_needs else attendee.needs,
        )
        for attendee in everybody
    )


def _share(keys: tuple[str, ...], number: int, people: int) -> tuple[str, ...]:
    """What one of several colleagues says of the organisation's list: every n-th entry."""
    return keys[number::people] or keys
