"""Which two registrations may be one person: by phone, address, or name and organisation. Pure.

Only people who share something are held against each other: an organisation, a word of the name, a
number, an address. So 5,000 people take a fraction of the 12 million pairs there are.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import combinations

import numpy as np
from rapidfuzz import fuzz, process

from matchmaker.organisations.names import bare_name, fold

SAME_NAME = 88
SAME_ORGANISATION = 88
LONGEST_BLOCK = 400
MOST_WITH_A_NUMBER = 5
DIGITS = 8
_WORDS = re.compile(r"[^\W_]+")


class Why(StrEnum):
    """Why two may be one, the strongest first."""

    ADDRESS = "address"
    PHONE = "phone"
    NAME = "name"


@dataclass(frozen=True, slots=True)
class Entered:
    id: int
    user_id: int
    name: str
    organisation: str
    email: str
    phone: str


@dataclass(frozen=True, slots=True)
class Pair:
    a: Entered
    b: Entered
    whys: tuple[Why, ...]


def likely_pairs(people: Sequence[Entered]) -> list[Pair]:
    """The likeliest first. One account may hold several on purpose, so those are left out."""
    found: dict[tuple[int, int], set[Why]] = defaultdict(set)
    for why, pairs in (
        (Why.ADDRESS, _sharing(_address_keys(people), len(people))),
        (Why.PHONE, _sharing(_phone_keys(people), MOST_WITH_A_NUMBER)),
        (Why.NAME, _alike(people)),
    ):
        for a, b in pairs:
            if people[a].user_id != people[b].user_id:
                found[min(a, b), max(a, b)].add(why)
    likely = [
        Pair(people[a], people[b], tuple(why for why in Why if why in whys))
        for (a, b), whys in found.items()
    ]
    return sorted(likely, key=lambda pair: (-len(pair.whys), list(Why).index(pair.whys[0])))


def _address_keys(people: Sequence[Entered]) -> Iterator[tuple[str, int]]:
    """The words before the @ in any order, with the domain's own name: aino.n@, n-aino+x@."""
    for place, person in enumerate(people):
        local, _at, domain = fold(person.email).rpartition("@")
        words = sorted(_WORDS.findall(local.partition("+")[0]))
        labels = domain.split(".")
        yield f"{' '.join(words)}@{labels[-2] if len(labels) > 1 else domain}", place


def _phone_keys(people: Sequence[Entered]) -> Iterator[tuple[str, int]]:
    """The last digits: with or without the country's, 0 or 00."""
    for place, person in enumerate(people):
        digits = "".join(sign for sign in person.phone if sign.isdecimal())
        if len(digits) >= DIGITS:
            yield digits[-DIGITS:], place


def _sharing(keys: Iterable[tuple[str, int]], most: int) -> Iterator[tuple[int, int]]:
    """Pairs with one key; a number that many share is a switchboard's."""
    for block in _blocks(keys).values():
        if len(block) <= most:
            yield from combinations(block, 2)


def _blocks(keys: Iterable[tuple[str, int]]) -> dict[str, list[int]]:
    blocks: dict[str, list[int]] = defaultdict(list)
    for key, place in keys:
        blocks[key].append(place)
    return blocks


def _alike(people: Sequence[Entered]) -> Iterator[tuple[int, int]]:
    """A like name and a like organisation; where one has none yet, the name must be the same."""
    names = [" ".join(sorted(_WORDS.findall(fold(person.name)))) for person in people]
    homes = [bare_name(person.organisation) if person.organisation else "" for person in people]
    words = ((word, place) for place, name in enumerate(names) for word in set(name.split()))
    at_home = ((f"@{home}", place) for place, home in enumerate(homes) if home)
    seen: set[tuple[int, int]] = set()
    for block in _blocks((*words, *at_home)).values():
        if 1 < len(block) <= LONGEST_BLOCK:
            for pair in _like_names(names, block):
                if pair not in seen and _fits(names, homes, *pair):
                    seen.add(pair)
                    yield pair


def _like_names(names: Sequence[str], block: Sequence[int]) -> Iterator[tuple[int, int]]:
    own = [names[place] for place in block]
    scores = process.cdist(
        own, own, scorer=fuzz.ratio, score_cutoff=SAME_NAME, dtype=np.uint8, workers=1
    )
    for one, other in np.argwhere(np.triu(scores, 1)):
        yield block[int(one)], block[int(other)]


def _fits(names: Sequence[str], homes: Sequence[str], a: int, b: int) -> bool:
    if not homes[a] or not homes[b]:
        return names[a] == names[b]
    return fuzz.token_set_ratio(homes[a], homes[b]) >= SAME_ORGANISATION
