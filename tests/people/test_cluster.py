"""The profile of a cluster: kept by its people, read by everybody who may see one of them."""

from datetime import timedelta

import pytest
from flask_babel import force_locale

from matchmaker.clock import stopped_at
from matchmaker.events.phases import Phase
from matchmaker.extensions import db
from matchmaker.organisations.forms_cluster import ClusterForm
from matchmaker.organisations.models_cluster import ClusterProfile
from matchmaker.organisations.queries import cluster_profile
from matchmaker.organisations.services_cluster import save_profile
from matchmaker.privacy.services import erase_account
from matchmaker.registration.keeping import may_keep_profile
from tests.factories.events import (
    FIRST_SLOT,
    make_event,
    make_organisation,
    make_participant,
)
from tests.pages.client import PageClient
from tests.people.conftest import Kittila

LABELLED = {
    "label": "gold",
    "label_by": "European Clusters Office",
    "label_from": "2025-01-01",
    "label_until": "2027-12-31",
}
TYPED = {
    "director": "Ewa Kowalska",
    "members_SME": "41",
    "members_research_body": "3",
    "services": "Test beds and export trips",
    "services_language": "en",
    "services_fi": "Koealustoja ja vientimatkoja",
    "strategy_link": "www.silesia-mining.example/strategy",
    "criterion_director": "met",
    "evidence_director": "https://silesia-mining.example/board",
    "criterion_evaluation": "not met",
    "evidence_evaluation": "Planned for 2028",
    **LABELLED,
}


def own_page(kittila: Kittila) -> str:
    return f"/e/kittila/organisations/{kittila.marek.organisation_id}"


@pytest.fixture
def form_page(kittila: Kittila) -> str:
    kittila.marek.organisation.kind = "cluster"
    db.session.commit()
    kittila.client.sign_in(kittila.marek.user)
    return f"{own_page(kittila)}/cluster-profile"


def test_who_acts_for_a_cluster_says_what_it_is_and_all_read_it_as_its_own_words(
    kittila: Kittila, form_page: str
) -> None:
    page = kittila.client.get(own_page(kittila))
    assert "Fill in the cluster profile" in page.text
    state = kittila.client.get("/e/kittila/registration")
    assert "the profile of your cluster" in state.text
    kittila.client.submit(form_page, seen="0", **TYPED)
    kittila.sara.user.locale = "en"
    db.session.commit()

    with stopped_at(FIRST_SLOT):
        page = kittila.client.sign_in(kittila.sara.user).get(own_page(kittila))
    with stopped_at(FIRST_SLOT + timedelta(days=365)):
        later = kittila.client.get(own_page(kittila))

    assert "As stated by the cluster itself" in page.text
    for words in (
        "Ewa Kowalska",
        "44",
        "Small and medium-sized companies: 41",
        "Granted by: European Clusters Office",
        "1 of 8 criteria met",
        "Planned for 2028",
        "Gold label, until 31 December 2027",
        "Test beds and export trips",
        "https://www.silesia-mining.example/strategy",
    ):
        assert words in page.text, words
    assert "Gold label, expired on 31 December 2027" in later.text
    assert "Change the cluster profile" not in page.text
    kittila.client.get(form_page, status=404)
    kittila.marek.event.phase = Phase.CLOSED
    db.session.commit()
    state = kittila.client.sign_in(kittila.marek.user).get("/e/kittila/registration")
    assert "the profile of your cluster" not in state.text


WRONG = (
    ({"label_by": ""}, "Say who granted the label."),
    ({"label_until": ""}, "Say until when the label holds."),
    ({"label_until": "2024-01-01"}, "The label would end before it begins."),
    ({"label": ""}, "Choose the label that was granted, or empty this."),
    ({"members_SME": "-1"}, "Write a number from 0 to 100000."),
    ({"strategy_link": "no address"}, "Write the address like https://www.example.org."),
    ({"services_language": ""}, "Say which language you wrote it in first"),
)


def test_what_is_wrong_is_said_at_its_field_and_what_was_typed_stays(
    kittila: Kittila, form_page: str
) -> None:
    for typed, sentence in WRONG:
        page = kittila.client.submit(form_page, status=422, seen="0", **(TYPED | typed))
        assert sentence in page.text
        assert page.find("//input[@name='director']/@value") == ["Ewa Kowalska"]

    assert db.session.query(ClusterProfile).count() == 0


def test_who_saves_second_is_told_and_sees_both_versions(kittila: Kittila, form_page: str) -> None:
    kittila.client.submit(form_page, seen="0", **TYPED)

    typed = {"director": "Jan Nowak", "services_fi": "Vientimatkoja", "evidence_director": ""}
    page = kittila.client.submit(form_page, status=409, seen="0", **(TYPED | typed))
    assert "Marek Zieliński saved this profile on" in page.text
    assert page.texts("//tbody/tr/*") == [
        *("Director", "Jan Nowak", "Ewa Kowalska"),
        *("A director is appointed · Evidence", "(empty)", TYPED["evidence_director"]),
        *("Services to members · Suomi", "Vientimatkoja", TYPED["services_fi"]),
    ]
    assert page.find("//input[@name='director']/@value") == ["Jan Nowak"]
    (seen,) = page.find("//input[@name='seen']/@value")
    kittila.client.submit(form_page, seen=str(seen), director="Jan Nowak")

    assert cluster_profile(kittila.marek.organisation_id).director == "Jan Nowak"


@pytest.mark.both_databases
def test_it_stays_from_event_to_event_and_strangers_cannot_rewrite_it(context: object) -> None:
    cluster = make_organisation("Silesia Mining Cluster", kind="cluster")
    first, open_event = make_event(), make_event("open")
    open_event.approval = "automatic"
    marek = make_participant(first, "Marek", organisation=cluster)
    again = make_participant(open_event, "Marek", organisation=cluster, user=marek.user)
    stranger = make_participant(open_event, "Stranger", organisation=cluster)
    other = make_participant(first, "Aino")
    assert save_profile(cluster, marek.user, 0, {"director": "Marek", "label_by": "Office"})
    assert not save_profile(cluster, marek.user, 0, {"director": "Jan"})
    db.session.commit()

    assert [may_keep_profile(one) for one in (marek, again, stranger, other)] == [
        True,
        True,
        False,
        False,
    ]
    first.phase = Phase.CLOSED
    assert not may_keep_profile(marek)
    with force_locale("en"):
        erase_account(marek.user)
    db.session.commit()
    kept = cluster_profile(cluster.id)
    assert kept is not None
    assert (kept.director, kept.label_by, kept.changed_by_id) == ("", "Office", None)


def test_the_form_begins_with_all_that_is_saved(
    kittila: Kittila, form_page: str, client: PageClient
) -> None:
    kittila.client.submit(form_page, seen="0", **TYPED)
    saved = cluster_profile(kittila.marek.organisation_id)

    with client.app.test_request_context():
        given = ClusterForm.of(saved).given()

    assert {name: getattr(saved, name) for name in given} == given
