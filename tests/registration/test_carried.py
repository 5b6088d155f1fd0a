"""Coming back: what one said at an earlier event of the same organisers, where one agreed to it."""

import pytest

from matchmaker.events.models import EventOrganiser
from matchmaker.extensions import db
from matchmaker.marketplace.models import Item
from matchmaker.registration.consents import Purpose, set_consents
from matchmaker.registration.models import Participant
from tests.factories.events import make_event, make_item, make_participant, make_user
from tests.pages.client import PageClient

YOU, ITEMS = (f"/e/kokkola/register/{step}" for step in ("you", "offers-and-needs"))


@pytest.fixture
def aino(context: object) -> Participant:
    """She was at Kittilä; Kokkola has the same organiser."""
    organiser = make_user("Olli Organiser")
    aino = make_participant(make_event(organiser=organiser), "Aino Niskala")
    aino.job_title, aino.about = "Engineer", "Ore sorting since 1999"
    make_item(aino, "offer", "Dry tailings treatment")
    make_event("kokkola", organiser=organiser)
    set_consents(aino, {Purpose.SERIES: True})
    db.session.commit()
    return aino


def test_the_next_event_begins_with_what_was_said_and_saves_nothing_by_itself(
    client: PageClient, aino: Participant
) -> None:
    you = client.sign_in(aino.user).get(YOU)

    assert you.find("//input[@name='job_title']/@value") == ["Engineer"]
    assert you.texts("//textarea[@name='about']") == ["Ore sorting since 1999"]
    assert not you.find("//input[@name='listed']/@checked")
    assert db.session.query(Participant).filter_by(user_id=aino.user_id).count() == 1

    client.submit(YOU, name="Aino Niskala", organisation=aino.organisation.name, type="SME")
    items = client.get(ITEMS)

    assert "Dry tailings treatment" in items.find("//input[@name='offer-0-title']/@value")
    assert items.find("//input[@name='need-0-title']")
    assert db.session.query(Item).count() == 1


@pytest.mark.parametrize("why", ["taken back", "other organisers"])
def test_without_consent_or_for_others_it_begins_empty(
    client: PageClient, aino: Participant, why: str
) -> None:
    if why == "taken back":
        set_consents(aino, {Purpose.SERIES: False})
    else:
        db.session.query(EventOrganiser).filter_by(event_id=aino.event_id).delete()
    db.session.commit()

    you = client.sign_in(aino.user).get(YOU)

    assert "Ore sorting" not in you.response.text
    assert "Engineer" not in you.response.text
