"""My data: all of it is shown and taken along, and nothing that others think of me is in it."""

import io
import json
import zipfile

import pytest
from sqlalchemy import Table

from matchmaker.accounts.models import User
from matchmaker.accounts.services import send_sign_in_link
from matchmaker.extensions import db
from matchmaker.mailings.models import Delivery, DeliveryState, Mailing
from matchmaker.privacy.holdings import BY_TABLE, HOLDINGS, NOT_SHOWN
from matchmaker.privacy.labels import COLUMN_WORDS
from matchmaker.registration.models import Participant
from matchmaker.tables import metadata
from matchmaker.wishes.models import Request
from tests.factories.events import make_event, make_item, make_participant, make_wish
from tests.pages.client import PageClient

PEOPLE = {"user_account", "participant"}


def about_people() -> set[Table]:
    """Every table that refers to an account or a participant, however far."""
    found = {metadata.tables[name] for name in PEOPLE}
    while True:
        more = {
            table
            for table in metadata.tables.values()
            for key in table.foreign_keys
            if key.column.table in found
        }
        if more <= found:
            return found
        found |= more


def test_every_table_about_people_is_shown_or_says_why_not() -> None:
    names = {table.name for table in about_people()}

    assert names == BY_TABLE.keys() | NOT_SHOWN.keys()


@pytest.mark.parametrize("name", BY_TABLE)
def test_every_column_is_shown_or_hidden_on_purpose(name: str) -> None:
    holding = BY_TABLE[name]

    assert sorted({*holding.shown, *holding.hidden}) == sorted(metadata.tables[name].c.keys())


def test_every_column_shown_has_its_word() -> None:
    shown = {name.removesuffix("_id") for holding in HOLDINGS for name in holding.shown}

    assert shown == COLUMN_WORDS.keys()


def test_rows_about_people_go_with_them_or_lose_the_name() -> None:
    staying = [
        f"{table.name}.{key.parent.name}"
        for table in about_people()
        for key in table.foreign_keys
        if key.column.table.name in PEOPLE and key.ondelete not in ("CASCADE", "SET NULL")
    ]

    assert staying == ["participant.user_id"]


@pytest.fixture
def aino(context: object) -> Participant:
    """Has said and been told something of every kind."""
    event = make_event()
    aino, marek = make_participant(event, "Aino Niskala"), make_participant(event, "Marek Kuusi")
    hidden = make_participant(event, "Hidden Hanna", listed=False)
    make_item(aino, "offer", "Ore sorting", text="by colour")
    make_wish(aino, marek, "no")
    make_wish(hidden, aino, "no")
    make_wish(marek, aino, "no")
    db.session.add(Request(event_id=event.id, asker_id=hidden.id, answerer_id=aino.id, note="Hi"))
    db.session.commit()
    send_sign_in_link(aino.user)
    db.session.commit()
    return aino


def taken_along(client: PageClient, user: User) -> dict[str, list[dict[str, object]]]:
    response = client.sign_in(user).http.get("/account/data.json")
    whole: dict[str, list[dict[str, object]]] = json.loads(response.data)
    return whole


def test_my_own_no_is_in_my_data_and_that_of_others_is_not(
    client: PageClient, aino: Participant
) -> None:
    whole = taken_along(client, aino.user)

    assert [(row["other"], row["level"]) for row in whole["wish"]] == [("Marek Kuusi", "no")]


def test_whoever_is_not_shown_any_more_stays_without_a_name(
    client: PageClient, aino: Participant
) -> None:
    whole = taken_along(client, aino.user)

    assert [(row["asker"], row["note"]) for row in whole["request"]] == [(None, "Hi")]
    assert "Hanna" not in json.dumps(whole)


def test_a_mailing_of_the_organiser_is_told_by_its_occasion(
    client: PageClient, aino: Participant
) -> None:
    mailing = Mailing(event_id=aino.event_id, occasion="thanks")
    db.session.add(mailing)
    db.session.flush()
    spared = Delivery(mailing_id=mailing.id, participant_id=aino.id, state=DeliveryState.SPARED)
    db.session.add(spared)
    db.session.commit()

    whole = taken_along(client, aino.user)

    told = {"participant": "Aino Niskala", "mailing": "thanks", "state": "spared"}
    assert whole["mailing_delivery"] == [told | {"handed_at": None}]


def test_nothing_that_opens_a_door_is_in_my_data(client: PageClient, aino: Participant) -> None:
    text = json.dumps(taken_along(client, aino.user))

    assert "/sign-in/" not in text
    assert aino.feed_token not in text


def test_the_zip_holds_a_table_a_file_and_all_of_it_as_json(
    client: PageClient, aino: Participant
) -> None:
    response = client.sign_in(aino.user).http.get("/account/data.zip")

    with zipfile.ZipFile(io.BytesIO(response.data)) as archive:
        names = set(archive.namelist())
        items = archive.read("item.csv").decode().splitlines()
        whole = json.loads(archive.read("my-data.json"))
    assert names == {"my-data.json", *(f"{key}.csv" for key in whole)}
    assert items[1].startswith("Aino Niskala,offer,Raw materials,Ore sorting,by colour")
    assert response.headers["Cache-Control"] == "no-store"


def test_the_page_shows_it_and_leads_to_where_it_is_corrected(
    client: PageClient, aino: Participant
) -> None:
    page = client.sign_in(aino.user).get("/account/data")

    assert "Ore sorting" in page.text
    assert "Hanna" not in page.text
    links = {str(link) for link in page.find("//main//a/@href")}
    assert {"/e/kittila/registration", "/e/kittila/registration/privacy"} <= links
