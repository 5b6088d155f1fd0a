"""The hint while typing: how many people here answer it, and what it must never tell."""

import pytest

from matchmaker.events.models import TypePermission
from matchmaker.extensions import db
from matchmaker.marketplace.models import Item
from matchmaker.marketplace.queries import count_answering
from matchmaker.registration.models import Participant, Status
from tests.factories.events import make_event, make_item, make_participant, make_wish
from tests.pages.client import PageClient
from tests.query_counter import counted_queries

pytestmark = pytest.mark.usefixtures("context")

HINT = "/e/kittila/register/offers-and-needs/answering-need"


@pytest.fixture
def aino() -> Participant:
    return make_participant(make_event(), "Aino Niskala")


@pytest.fixture
def lars(aino: Participant) -> Participant:
    """Somebody Aino may meet, who offers what she will ask for."""
    lars = make_participant(aino.event, "Lars Kvist", type_name="cluster")
    make_item(lars, "offer", "Treatment of dry tailings")
    return lars


def hint(client: PageClient, typed: str) -> str:
    return client.http.get(HINT, query_string={"need-0-title": typed}).get_data(as_text=True)


@pytest.mark.both_databases
@pytest.mark.parametrize(
    ("typed", "people"),
    [
        ("Tailings treatments", 1),
        ("TAILINGS", 1),
        ("Wind turbines", 0),
        ("Treatment of waste water", 0),
        ("100%", 0),
        ("", 0),
    ],
)
def test_most_of_the_words_have_to_be_there(lars: Participant, typed: str, people: int) -> None:
    asker = make_participant(lars.event)

    assert count_answering(asker, "need", typed) == people


@pytest.mark.both_databases
def test_a_title_in_another_language_counts_too(aino: Participant, lars: Participant) -> None:
    db.session.add(
        Item(
            participant=lars,
            kind="offer",
            title="Kaivosveden puhdistus",
            texts={"en": {"title": "Mine-water cleaning", "text": ""}},
        )
    )
    db.session.commit()

    assert count_answering(aino, "need", "mine water") == 1


def test_a_person_counts_once_and_the_other_side_alone(
    client: PageClient, aino: Participant, lars: Participant
) -> None:
    make_item(lars, "offer", "Tailings, dry")
    make_item(make_participant(aino.event), "need", "Dry tailings")
    client.sign_in(aino.user)

    assert hint(client, "dry tailings") == "1 person here offers something like this."


@pytest.mark.parametrize(
    "hidden", ["unlisted", "waiting", "colleague", "matrix", "private", "self"]
)
def test_who_is_not_shown_to_me_does_not_count(
    client: PageClient, aino: Participant, lars: Participant, hidden: str
) -> None:
    if hidden == "unlisted":
        lars.listed_at = None
    if hidden == "waiting":
        lars.status = Status.PENDING
    if hidden == "colleague":
        lars.organisation = aino.organisation
    if hidden == "matrix":
        close_matrix(aino, lars)
    if hidden == "private":
        lars.audiences = {"items": "organisers"}
    if hidden == "self":
        db.session.query(Item).update({"participant_id": aino.id})
    db.session.commit()
    client.sign_in(aino.user)

    assert hint(client, "dry tailings") == ""


def close_matrix(one: Participant, other: Participant) -> None:
    pairs = {(one.type_id, other.type_id), (other.type_id, one.type_id)}
    for cell in db.session.query(TypePermission):
        if (cell.type_id, cell.other_id) in pairs:
            db.session.delete(cell)


def test_a_no_changes_nothing_whoever_says_it(
    client: PageClient, aino: Participant, lars: Participant
) -> None:
    client.sign_in(aino.user)
    before = hint(client, "dry tailings")

    make_wish(lars, aino, "no")
    make_wish(aino, lars, "no")

    assert hint(client, "dry tailings") == before == "1 person here offers something like this."


def test_it_is_one_query_however_many_people_there_are(aino: Participant) -> None:
    for _more in range(4):
        make_item(make_participant(aino.event), "offer", "Dry tailings")
    db.session.refresh(aino)

    with counted_queries() as statements:
        found = count_answering(aino, "need", "dry tailings")

    assert (found, len(statements)) == (4, 1)
