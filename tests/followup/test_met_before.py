"""Who met at an earlier event of the series sees it at the next, where both agreed to that."""

from datetime import timedelta
from typing import NamedTuple

import pytest

from matchmaker.agenda.services import publish_run
from matchmaker.clock import stopped_at
from matchmaker.events.models import EventOrganiser
from matchmaker.extensions import db
from matchmaker.followup.earlier import met_before
from matchmaker.followup.models import MeetingWord
from matchmaker.registration.consents import Purpose, set_consents
from matchmaker.registration.models import Participant
from matchmaker.registration.models_consents import Consent
from tests.factories.events import FIRST_SLOT, make_event, make_item, make_participant, make_user
from tests.factories.runs import make_run
from tests.pages.client import PageClient

SENTENCE = "You met at A sustainable approach to raw materials in 2027"
LATER = FIRST_SLOT + timedelta(days=400)


class Again(NamedTuple):
    """Aino and Björn as they were and as they are at the next event of the same organiser."""

    before: tuple[Participant, Participant]
    aino: Participant
    bjorn: Participant


@pytest.fixture
def again(context: object):
    olli = make_user("Olli Organiser")
    first, second = make_event(organiser=olli), make_event("kokkola", organiser=olli)
    second.name = "Next year"
    before = tuple(make_participant(first, name) for name in ("Aino", "Björn"))
    publish_run(first, make_run(first, (*before, 0, 0)), None)
    now = [make_participant(second, each.name, user=each.user) for each in before]
    make_item(now[0], "need", "Ore sorting")
    make_item(now[1], "offer", "Ore sorting")
    for each in before:
        set_consents(each, {Purpose.SERIES: True})
    db.session.commit()
    with stopped_at(LATER):
        yield Again(before, *now)


def test_both_read_it_on_the_persons_page_and_on_the_card(again: Again, client: PageClient) -> None:
    third = make_participant(again.aino.event, "Carla")

    client.sign_in(again.aino.user)
    pages = [client.get(f"/e/kokkola/people/{again.bjorn.id}")]
    pages.append(client.get("/e/kokkola/people/recommended"))
    pages.append(client.sign_in(again.bjorn.user).get(f"/e/kokkola/people/{again.aino.id}"))
    others = client.sign_in(third.user).get(f"/e/kokkola/people/{again.aino.id}")

    assert [SENTENCE in page.text for page in pages] == [True, True, True]
    assert "You met" not in others.text


def test_who_agreed_to_the_first_wording_is_led_to_the_new_one(
    again: Again, client: PageClient
) -> None:
    after, privacy = "/e/kittila/after", "/e/kittila/registration/privacy"
    _earlier_wording(again)
    db.session.commit()
    client.sign_in(again.before[0].user)

    led = client.get(after).find("//main//a[contains(@href, '/privacy')]/@href")
    page = client.get(privacy)
    typed = dict.fromkeys(page.find("//select[starts-with(@name, 'see_')]/@name"), "participants")
    client.submit(privacy, agree_series="y", **typed | {"see_email": "met", "see_phone": "met"})
    assert met_before(again.aino, again.bjorn) is None
    for _press in ("one", "the second, of a double click"):
        client.submit(f"{privacy}/series/renew", on=privacy)
    client.submit(f"{privacy}/shown/renew", on=privacy, status=404)

    assert led == [f"{privacy}#reworded-series"]
    assert page.find("//*[@id='reworded-series']")
    assert "You and the people you met here see there that you met" in page.text
    assert page.text.count("The organiser may use what you entered to invite you") == 2
    given = db.session.query(Consent).filter_by(participant_id=again.before[0].id)
    versions = sorted((each.version, each.withdrawn_at is None) for each in given)
    assert versions == [(1, False), (2, True)]
    assert client.get(privacy).find("//form[contains(@action, 'renew')]") == []
    assert client.get(after).find("//main//a[contains(@href, '/privacy')]") == []


@pytest.mark.both_databases
def test_it_is_told_only_where_it_is_true_and_both_agreed(again: Again) -> None:
    found = met_before(again.aino, again.bjorn)
    assert found is not None
    assert (found.event.slug, found.year) == ("kittila", 2027)

    for spoil in (_taken_back, _earlier_wording, _did_not_come, _other_organisers, _by_a_member):
        spoil(again)
        db.session.flush()
        assert met_before(again.aino, again.bjorn) is None, spoil
        db.session.rollback()
    with stopped_at(FIRST_SLOT):
        assert met_before(again.aino, again.bjorn) is None
    _did_not_come(again)
    assert met_before(again.bjorn, again.aino) is not None, "what aino says shows her alone"


def _taken_back(again: Again) -> None:
    set_consents(again.before[1], {Purpose.SERIES: False})


def _earlier_wording(_again: Again) -> None:
    db.session.query(Consent).update({"version": 1})


def _did_not_come(again: Again) -> None:
    one, other = again.before
    db.session.add(MeetingWord(person_id=one.id, other_id=other.id, said="absent", said_at=LATER))


def _other_organisers(again: Again) -> None:
    db.session.query(EventOrganiser).filter_by(event_id=again.before[0].event_id).delete()


def _by_a_member(again: Again) -> None:
    again.before[0].in_person = False
