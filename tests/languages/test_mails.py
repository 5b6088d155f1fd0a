"""Every mail is whole in its reader's language, whoever's click it comes from."""

import pytest
from flask_babel import force_locale
from sqlalchemy import select

from matchmaker.accounts.services import send_sign_in_link
from matchmaker.agenda.services import publish_run
from matchmaker.events.models import Event
from matchmaker.extensions import db
from matchmaker.messages.models import Mail
from matchmaker.registration.decisions import approve, send_registration
from matchmaker.registration.models import Status
from tests.factories.events import make_event, make_participant, make_user, make_wish
from tests.factories.runs import make_run

HELLO = {"en": "Hello Aino", "fi": "Hei Aino", "sv": "Hej Aino"}


@pytest.fixture
def event(context: object) -> Event:
    return make_event()


def mail_to(address: str) -> Mail:
    return db.session.scalars(select(Mail).where(Mail.address == address)).one()


@pytest.mark.parametrize(
    ("locale", "subject", "word"),
    [
        ("fi", "Linkkisi Matchmakeriin kirjautumiseen", "Avaa tämä linkki"),
        ("sv", "Din länk för att logga in i Matchmaker", "Öppna länken"),
    ],
)
def test_a_link_is_mailed_in_the_readers_language(
    context: object, locale: str, subject: str, word: str
) -> None:
    user = make_user()
    user.locale = locale
    with force_locale("en"):
        send_sign_in_link(user)

    mail = mail_to(user.email)
    assert (mail.subject, mail.locale) == (subject, locale)
    assert word in mail.text


@pytest.mark.parametrize("locale", ["en", "fi", "sv"])
def test_an_agenda_is_mailed_and_invited_to_in_the_readers_language(
    event: Event, locale: str
) -> None:
    aino, bjorn = make_participant(event, "Aino"), make_participant(event, "Björn")
    make_wish(aino, bjorn)
    aino.user.locale, bjorn.user.locale = locale, "en"
    with force_locale("sv"):
        publish_run(event, make_run(event, (aino, bjorn, 0, 0)), None)

    mail = mail_to(aino.user.email)
    reason = {"en": "You want to meet", "fi": "Haluat tavata", "sv": "Du vill träffa"}
    assert HELLO[locale] in mail.text
    assert [reason[locale] in invitation for invitation in mail.invitations] == [True]
    assert "Hello Björn" in mail_to(bjorn.user.email).text


def test_a_decision_is_mailed_in_the_participants_language(event: Event) -> None:
    organiser = make_user("Olli")
    aino = make_participant(event, "Aino", status=Status.PENDING)
    aino.user.locale = "fi"
    with force_locale("en"):
        approve(aino, organiser)

    mail = mail_to(aino.user.email)
    assert mail.subject.startswith("Olet mukana: ")
    assert HELLO["fi"] in mail.text


@pytest.mark.parametrize(("known", "locale"), [(True, "sv"), (False, "fi")])
def test_the_organiser_reads_their_own_language_or_the_events(
    event: Event, known: bool, locale: str
) -> None:
    event.languages = ["fi", "en"]
    if known:
        make_user("Olli", email=event.organiser_email).locale = "sv"
    aino = make_participant(event, "Aino", status=Status.REGISTERING)
    with force_locale("en"):
        send_registration(aino)

    mail = mail_to(event.organiser_email)
    subject = {"fi": "Uusi ilmoittautuminen: Aino", "sv": "Ny anmälan: Aino"}[locale]
    assert mail.subject.startswith(subject)
    assert mail.locale == locale
