"""The first step of registering: who one is, one's organisation, and the consent to be seen."""

import pytest

from matchmaker.extensions import db
from matchmaker.organisations.models import Organisation
from tests.factories.events import (
    make_event,
    make_organisation,
    make_participant,
    make_user,
)
from tests.pages.client import PageClient, reload
from tests.registration.visits import NEW_HERE, YOU, joined

pytestmark = pytest.mark.usefixtures("context")


def test_a_new_organisation_needs_its_details_and_nothing_typed_is_lost(
    client: PageClient,
) -> None:
    make_event()
    client.sign_in(make_user())

    page = client.submit(
        YOU, status=422, **{**NEW_HERE, "country": "", "kind": "", "region": "SE332X!"}
    )

    assert "choose what kind of organisation it is" in page.text
    assert "choose its country" in page.text
    assert "at most 5 characters" in page.text
    assert page.find("//input[@name='organisation']/@value") == ["Pohjolan Kierto 🪨"]
    assert page.find("//details[@open]//select[@name='kind']")
    assert db.session.query(Organisation).count() == 0


@pytest.mark.parametrize("region", ["XX12", "GR30", "GBM50"])
def test_a_region_of_no_country_is_refused_also_where_none_is_chosen(
    client: PageClient, region: str
) -> None:
    """Files refuse these codes, so an event that held one could not be brought back."""
    make_event()
    client.sign_in(make_user())

    page = client.submit(YOU, status=422, **{**NEW_HERE, "country": "", "region": region})

    assert "Write two letters and up to three more signs, like FI1D7." in page.text


def test_a_region_of_another_country_is_refused(client: PageClient) -> None:
    make_event()
    client.sign_in(make_user())

    page = client.submit(YOU, status=422, **{**NEW_HERE, "region": "SE332"})

    assert "its regions begin with FI" in page.text


def test_a_known_organisation_is_joined_and_not_rewritten(client: PageClient) -> None:
    event, user = make_event(), make_user()
    known = make_organisation("Pohjolan Kierto 🪨")
    known.name_key, known.website = "pohjolan kierto 🪨", "https://theirs.example"
    db.session.commit()
    client.sign_in(user)

    client.submit(YOU, **NEW_HERE)
    client.submit(YOU, **NEW_HERE)

    assert joined(event, user).organisation_id == known.id
    assert reload(known).website == "https://theirs.example"


def test_who_entered_an_organisation_may_correct_it_until_a_colleague_comes(
    client: PageClient,
) -> None:
    event, user = make_event(), make_user()
    client.sign_in(user)
    client.submit(YOU, **NEW_HERE)

    client.submit(YOU, **{**NEW_HERE, "website": "https://corrected.example"})
    organisation = joined(event, user).organisation
    make_participant(event, "Lars Kvist", organisation=organisation)
    client.submit(YOU, **{**NEW_HERE, "website": "https://again.example"})

    assert reload(organisation).website == "https://corrected.example"
    assert reload(organisation).size == "small"
    assert db.session.query(Organisation).count() == 1


def test_consent_is_not_given_unless_ticked(client: PageClient) -> None:
    event, user = make_event(), make_user()
    client.sign_in(user)

    unticked = client.get(YOU).find("//input[@name='listed']/@checked")
    client.submit(YOU, **{name: value for name, value in NEW_HERE.items() if name != "listed"})

    assert unticked == []
    assert joined(event, user).listed_at is None
