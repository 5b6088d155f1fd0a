"""What people say of themselves and their organisation, in the language of who reads."""

from typing import Any

import pytest

from matchmaker.extensions import db
from matchmaker.registration.audience import Audience, Field
from matchmaker.registration.models import Participant
from matchmaker.registration.services_privacy import set_audiences
from tests.factories.events import make_event, make_organisation, make_participant
from tests.pages.client import Page, PageClient, reload

pytestmark = pytest.mark.usefixtures("context")

PRIVACY = "/e/kittila/registration/privacy"
SEEN: dict[str, Any] = {f"see_{field}": "participants" for field in Field}


@pytest.fixture
def aino() -> Participant:
    event = make_event()
    kierto = make_organisation("Pohjolan Kierto")
    kierto.description, kierto.description_language = "Kuivaa rikastushiekkaa", "fi"
    kierto.description_texts = {"en": "Dries tailings"}
    db.session.commit()
    return make_participant(event, "Aino Niskala", organisation=kierto)


def read_in(app_client: PageClient, reader: Participant, locale: str, path: str) -> Page:
    reader.user.locale_chosen = reader.user.locale = locale
    db.session.commit()
    return app_client.sign_in(reader.user).get(path)


def test_each_reads_about_somebody_in_their_own_language_or_as_it_was_first_written(
    client: PageClient, aino: Participant
) -> None:
    client.sign_in(aino.user).submit(
        PRIVACY,
        listed="y",
        about="Malmin lajittelua vuodesta 1999",
        about_language="fi",
        about_en="Ore sorting since 1999",
        **SEEN,
    )
    marek = make_participant(aino.event, "Marek Kuusi")
    page = f"/e/kittila/people/{aino.id}"
    english, swedish = (read_in(client, marek, locale, page) for locale in ("en", "sv"))

    assert english.texts("//p[@class='note-text']") == ["Ore sorting since 1999", "Dries tailings"]
    assert not english.find("//p[@class='note-text']/@lang")
    assert swedish.texts("//p[@lang='fi']") == [
        "Malmin lajittelua vuodesta 1999",
        "Kuivaa rikastushiekkaa",
    ]
    organisation = read_in(client, marek, "en", f"/e/kittila/organisations/{aino.organisation_id}")
    assert "Dries tailings" in organisation.text


def test_no_language_of_what_is_kept_back_shows_anywhere(
    client: PageClient, aino: Participant
) -> None:
    aino.about, aino.about_language = "Malmia", "fi"
    aino.about_texts = {"en": "Secret ore"}
    set_audiences(aino, {Field.ABOUT: Audience.ORGANISERS})
    db.session.commit()
    marek = make_participant(aino.event, "Marek Kuusi")

    page = read_in(client, marek, "en", f"/e/kittila/people/{aino.id}")

    assert "Secret ore" not in page.response.text
    assert "Malmia" not in page.response.text


@pytest.mark.parametrize(
    ("typed", "field", "told"),
    [
        ({"about": "Ore", "about_fi": "Malmia"}, "about_language", "Say which language"),
        (
            {"about": "Ore", "about_language": "en", "about_en": "Ore"},
            "about_en",
            "You wrote it first in this language already",
        ),
        ({"about_language": "en", "about_fi": "Malmia"}, "about", "Write it here first"),
    ],
)
def test_what_no_reader_could_be_given_is_refused_at_its_field_and_kept_in_the_form(
    client: PageClient, aino: Participant, typed: dict[str, Any], field: str, told: str
) -> None:
    page = client.sign_in(aino.user).submit(PRIVACY, status=422, **SEEN, **typed)

    assert told in page.texts(f"//*[@id='{field}-error']")[0]
    assert page.texts("//details[@open]//textarea[@name='about_fi' or @name='about_en']")
    assert reload(aino).about == ""
