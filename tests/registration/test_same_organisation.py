"""The same organisation is not entered twice: who types nearly its name is asked first."""

import pytest

from matchmaker.extensions import db
from matchmaker.organisations.models import Organisation
from matchmaker.registration.models import Participant, Status
from tests.factories.events import make_event, make_organisation, make_participant, make_user
from tests.pages.client import PageClient, reload

pytestmark = pytest.mark.usefixtures("context")

YOU = "/e/kittila/register/you"
SAID = {
    "name": "Aino Niskala",
    "organisation": "Artic Industry Cluster",
    "kind": "cluster",
    "country": "FI",
    "type": "cluster",
    "languages": ["fi", "en"],
}


@pytest.fixture
def cluster() -> Organisation:
    return make_organisation("Arctic Industry Cluster", kind="cluster")


@pytest.fixture
def newcomer(client: PageClient) -> PageClient:
    make_event()
    return client.sign_in(make_user())


def mine() -> Participant:
    return db.session.query(Participant).one()


def test_who_means_the_known_one_joins_it(newcomer: PageClient, cluster: Organisation) -> None:
    asked = newcomer.submit(YOU, status=422, **SAID)
    newcomer.submit(YOU, **SAID, same_as=str(cluster.id))

    assert "Did you mean one of these?" in asked.text
    assert asked.texts("//label[starts-with(@for, 'same_as')]") == [
        "It is Arctic Industry Cluster Cluster · Finland",
        "No, ours is another one",
    ]
    assert asked.find("//input[@name='organisation']/@value") == ["Artic Industry Cluster"]
    assert mine().organisation_id == cluster.id
    assert db.session.query(Organisation).count() == 1


def test_who_says_it_is_another_enters_it(newcomer: PageClient, cluster: Organisation) -> None:
    newcomer.submit(YOU, **SAID, same_as="new")
    newcomer.submit(YOU, **SAID, same_as="new")

    assert mine().organisation.name == "Artic Industry Cluster"
    assert db.session.query(Organisation).count() == 2


def test_without_script_a_beginning_or_an_acronym_offers_the_known_ones(
    newcomer: PageClient, cluster: Organisation
) -> None:
    only_typed = {**SAID, "kind": "", "country": ""}

    for typed in ("Arctic", "AIC"):
        page = newcomer.submit(YOU, status=422, **{**only_typed, "organisation": typed})
        assert page.find("//input[@type='radio'][@name='same_as']/@value") == [
            str(cluster.id),
            "new",
        ]
    newcomer.submit(YOU, **{**only_typed, "organisation": "AIC"}, same_as=str(cluster.id))

    assert mine().organisation_id == cluster.id


def test_of_one_name_in_two_countries_one_is_chosen(newcomer: PageClient) -> None:
    make_organisation("Nordic Water", country="FI")
    swedish = make_organisation("Nordic Water", country="SE")
    only_typed = {**SAID, "organisation": "nordic water", "kind": "", "country": ""}

    asked = newcomer.submit(YOU, status=422, **only_typed)
    newcomer.submit(YOU, **only_typed, same_as=str(swedish.id))

    assert len(asked.find("//input[@name='same_as']")) == 3
    assert mine().organisation_id == swedish.id


@pytest.mark.parametrize("forged", ["0", "999", "99999999999", "-1", "x"])
def test_an_organisation_that_was_not_offered_cannot_be_chosen(
    newcomer: PageClient, cluster: Organisation, forged: str
) -> None:
    newcomer.submit(YOU, status=422, **SAID, same_as=forged)

    assert db.session.query(Participant).count() == 0


def test_a_strangers_organisation_is_not_joined_under_another_name(
    newcomer: PageClient, cluster: Organisation
) -> None:
    newcomer.submit(YOU, **{**SAID, "organisation": "Kuusamo Stone"}, same_as=str(cluster.id))

    assert mine().organisation.name == "Kuusamo Stone"


def test_a_slip_in_ones_own_organisation_is_put_right_without_asking(
    newcomer: PageClient,
) -> None:
    newcomer.submit(YOU, **SAID)

    newcomer.submit(YOU, **{**SAID, "organisation": "Arctic Industry Cluster"})

    assert [each.name for each in db.session.query(Organisation)] == ["Arctic Industry Cluster"]


def test_who_was_let_in_as_one_type_stays_it(client: PageClient) -> None:
    event = make_event()
    aino = make_participant(event, type_name="SME")
    client.sign_in(aino.user)
    as_cluster = {**SAID, "organisation": aino.organisation.name, "type": "cluster"}

    page = client.get(YOU)
    client.submit(YOU, **as_cluster)
    let_in_as = reload(aino).type.name
    event.approval = "automatic"
    db.session.commit()
    client.submit(YOU, **as_cluster)

    assert page.find("//input[@name='type']") == []
    assert (let_in_as, reload(aino).type.name) == ("SME", "cluster")


def test_who_still_waits_may_choose_another_type(client: PageClient) -> None:
    aino = make_participant(make_event(), status=Status.PENDING)
    client.sign_in(aino.user)

    client.submit(YOU, **{**SAID, "organisation": aino.organisation.name, "type": "policymaker"})

    assert (reload(aino).type.name, aino.status) == ("policymaker", Status.PENDING)
