"""What counts as nearly the same name, and how well a name answers what was typed."""

from typing import get_args

import msgspec
import pytest

from matchmaker.organisations.models import KINDS
from matchmaker.organisations.names import acronym, bare_name, likeness, nearly_same
from matchmaker.organisations.plain import Kind, PictureFile, PlainOrganisation
from matchmaker.organisations.sizes import SIZES


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("Pohjolan Kierto Oy", "pohjolan kierto"),
        ("Oy Nordic Water Ab", "nordic water"),
        ("Åland Försök A/S", "aland forsok"),
        ("Krakowski Klaster Sp. z o.o.", "krakowski klaster"),
        ("Bergbau e.V.", "bergbau"),
        ("Oy", "oy"),
        ("🪨", "🪨"),
    ],
)
def test_the_legal_form_is_not_part_of_what_people_say(name: str, said: str) -> None:
    assert bare_name(name) == said


def test_an_acronym_leaves_out_small_words_and_the_legal_form() -> None:
    assert [
        acronym(name) for name in ("Arctic Industry Cluster Oy", "University of Oulu", "Valio")
    ] == ["aic", "uo", ""]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Artic Industry Cluster", "Arctic Industry Cluster"),
        ("Pohjolan Kierto Ab", "Pohjolan Kierto Oy"),
        ("Universite de Liege", "Université de Liège"),
        ("AIC", "Arctic Industry Cluster"),
        ("Water Nordic", "Nordic Water"),
    ],
)
def test_names_that_may_mean_one_organisation(one: str, other: str) -> None:
    assert nearly_same(one, other)
    assert nearly_same(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Company 1", "Company 2"),
        ("University of Oulu", "University of Turku"),
        ("Kemi", "Kemijärvi Wood"),
        ("Arctic Industry Cluster", "Arctic Water Cluster"),
    ],
)
def test_names_that_mean_two(one: str, other: str) -> None:
    assert not nearly_same(one, other)


def test_what_is_typed_so_far_is_answered_in_order_of_likeness() -> None:
    names = ["Arctic Industry Cluster", "Nordic Arctic Industry", "Artisan Bakery"]

    best = sorted(names, key=lambda name: -likeness("Artic Indus", name))

    assert best[0] == "Arctic Industry Cluster"
    assert likeness("univ oulu", "University of Oulu") > likeness("univ oulu", "Unicorn Olut")


def test_files_know_every_kind_and_size_and_a_picture_of_every_id() -> None:
    assert get_args(Kind) == KINDS
    for size in ("", *SIZES):
        msgspec.convert({"name": "Kierto", "size": size}, PlainOrganisation)
    for participant in ("aino", "aino-", "p+1", "x@", "Ääni 2"):
        msgspec.convert(f"pictures/{participant}.webp", PictureFile)
