"""Which registrations are taken for one person's, and which are not."""

from typing import Any

import pytest
from rapidfuzz import process

from matchmaker.merging.likeness import Entered, Why, likely_pairs

AINO = ("Aino Niskala", "Arctic Water Oy", "aino.niskala@arctic.example", "+358 40 123 4567")


def whys(*given: tuple[str, str, str, str]) -> list[tuple[Why, ...]]:
    people = [Entered(number, number, *each) for number, each in enumerate(given)]
    return [pair.whys for pair in likely_pairs(people)]


@pytest.mark.parametrize(
    ("other", "expected"),
    [
        (("A", "B Ltd", "niskala.aino+kittila@arctic.example", ""), [(Why.ADDRESS,)]),
        (("A", "B Ltd", "aino.niskala@arctic.fi.example", "040 123 45 67"), [(Why.PHONE,)]),
        (("Niskala Aino", "ARCTIC WATER", "a@b.example", ""), [(Why.NAME,)]),
        (("Aino Niskalä", "Arctic Water", "a@b.example", "0358401234567"), [(Why.PHONE, Why.NAME)]),
        (("Aino Niskala", "", "a@b.example", ""), [(Why.NAME,)]),
        (("Aino Niskala", "Bergslagen AB", "a@b.example", ""), []),
        (("Eero Mäkelä", "Arctic Water Oy", "info@arctic.example", "+358 50 765 4321"), []),
    ],
)
def test_two_are_likely_one_by_what_they_share(
    other: tuple[str, str, str, str], expected: list[tuple[Why, ...]]
) -> None:
    assert whys(AINO, other) == expected


def test_a_switchboard_and_one_account_for_several_make_no_pairs() -> None:
    office = [
        (f"{name} X{name}", f"Org {name}", f"{name}@a.example", "08 1234 5678")
        for name in "abcdefg"
    ]

    assert whys(*office) == []
    assert likely_pairs([Entered(1, 7, *AINO), Entered(2, 7, *AINO)]) == []


def test_thousands_of_people_are_not_held_against_each_other_pair_by_pair(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """2 million pairs; what is compared is counted, since a clock proves nothing here."""
    people = [
        Entered(n, n, f"First{n % 70} Last{n % 71}", f"Org {n % 1000}", f"p{n}@x.example", "")
        for n in range(2000)
    ]
    compared: list[int] = []
    known = process.cdist

    def counted(own: list[str], *rest: Any, **named: Any) -> Any:
        compared.append(len(own) ** 2)
        return known(own, *rest, **named)

    monkeypatch.setattr(
        process,
        "cdist",
        counted,
    )
    likely_pairs(people)

    assert 0 < sum(compared) < 400_000
