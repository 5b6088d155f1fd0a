"""Suggestions while a name is typed."""

import pytest

from matchmaker.extensions import db
from matchmaker.organisations.services import find_or_create_organisation
from tests.factories.events import make_user
from tests.pages.client import PageClient

pytestmark = pytest.mark.usefixtures("context")

SEARCH = "/organisations/search"


def test_names_are_suggested_with_what_tells_them_apart(client: PageClient) -> None:
    find_or_create_organisation("Nordic <Water>", kind="cluster", country="FI")
    find_or_create_organisation("Nordic <Water>", kind="SME", country="SE")
    db.session.commit()
    client.sign_in(make_user())

    page = client.get(f"{SEARCH}?q=nordic")

    assert page.find("//li/@data-value") == ["Nordic <Water>", "Nordic <Water>"]
    assert page.texts("//li/span") == ["Cluster · Finland", "SME · Sweden"]


@pytest.mark.parametrize("typed", ["", "n", "%00", "%25", "zzz"])
def test_nothing_is_suggested_for_nothing_known(client: PageClient, typed: str) -> None:
    find_or_create_organisation("Nordic Water", country="FI")
    db.session.commit()
    client.sign_in(make_user())

    assert client.get(f"{SEARCH}?q={typed}").find("//li") == []


def test_one_must_be_signed_in(client: PageClient) -> None:
    client.get(f"{SEARCH}?q=nordic", status=302)
