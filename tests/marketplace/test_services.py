"""Offers and needs: entered once, limited with a reason."""

import pytest

from matchmaker.errors import Invalid
from matchmaker.extensions import db
from matchmaker.marketplace.models import Item
from matchmaker.marketplace.queries import items_of
from matchmaker.marketplace.services import MOST_ITEMS, NewItem, add_item
from tests.factories.events import make_event, make_participant

pytestmark = [pytest.mark.both_databases, pytest.mark.usefixtures("context")]


def test_the_same_item_sent_twice_is_entered_once() -> None:
    aino = make_participant(make_event())

    for _click in range(2):
        add_item(aino, NewItem("offer", "Ore-sorting sensors 🪨", "raw"))

    assert [(item.title, item.topic.key) for item in items_of(aino)] == [
        ("Ore-sorting sensors 🪨", "raw")
    ]


@pytest.mark.parametrize(
    ("item", "sentence"),
    [
        (NewItem("wish", "Sensors"), "offer or a need"),
        (NewItem("offer", ""), "1 to 160 characters"),
        (NewItem("offer", "x" * 161), "1 to 160 characters"),
        (NewItem("offer", "Sensors", "gold"), "no topic gold"),
    ],
)
def test_what_cannot_be_right_is_refused(item: NewItem, sentence: str) -> None:
    aino = make_participant(make_event())

    with pytest.raises(Invalid, match=sentence):
        add_item(aino, item)

    db.session.rollback()
    assert db.session.query(Item).count() == 0


def test_there_is_a_most() -> None:
    aino = make_participant(make_event())
    for n in range(MOST_ITEMS):
        add_item(aino, NewItem("offer", f"Offer {n}"))

    with pytest.raises(Invalid, match="the most there can be"):
        add_item(aino, NewItem("offer", "One more"))
