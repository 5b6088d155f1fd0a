"""An organiser writes a mailing, looks at it as its readers, tries it, and lets it go."""

import re
from datetime import UTC, datetime

import pytest
from flask import Flask
from sqlalchemy import select

from matchmaker.accounts.models import User
from matchmaker.clock import stopped_at
from matchmaker.events.models import Event
from matchmaker.extensions import db
from matchmaker.locales import LOCALES
from matchmaker.mailings.jobs import work_off
from matchmaker.mailings.models import Mailing
from matchmaker.mailings.occasions import Occasion, first_texts
from matchmaker.mailings.placeholders import fill, unknown_in
from matchmaker.messages.mime import body_of
from matchmaker.messages.models import Mail
from matchmaker.messages.outbox_page import without_personal_links
from matchmaker.registration.models import Participant
from tests.factories.events import make_event, make_participant, make_user
from tests.pages.client import PageClient, reload

MAILINGS = "/e/kittila/organise/mailings"
ONE = f"{MAILINGS}/1"
BEFORE = datetime(2027, 4, 1, tzinfo=UTC)
WORDS = {
    "subject_en": "Hello {name}",
    "text_en": "See you at {event}.\n\nYour agenda: {link to agenda}",
    "statuses": "approved",
    "condition": "",
    "days_of_peace": "3",
    "repeats": "0",
    "repeat_days": "0",
    "version": "1",
}


@pytest.fixture
def organiser(app: Flask, context: object) -> User:
    return make_user("Olli")


@pytest.fixture
def event(organiser: User) -> Event:
    event = make_event(organiser=organiser)
    event.languages = ["en", "fi"]
    db.session.commit()
    return event


@pytest.fixture
def aino(event: Event) -> Participant:
    return make_participant(event, "Aino <b>Niskala</b>")


@pytest.fixture
def draft(client: PageClient, event: Event, organiser: User, aino: Participant) -> PageClient:
    """Signed in as the organiser; mailing 1 is a draft of free words."""
    client.sign_in(organiser).submit(MAILINGS, occasion="free")
    return client


def test_words_are_saved_and_shown_as_a_reader_gets_them(draft: PageClient) -> None:
    draft.submit(f"{ONE}/edit", **WORDS)

    page = draft.get(ONE)
    html = draft.http.get(f"{ONE}/mail?as=1")

    assert "Hello Aino <b>Niskala</b>" in page.text
    assert "See you at A sustainable approach to raw materials." in page.text
    assert html.headers["Content-Security-Policy"].startswith("default-src 'none'")
    assert "/e/kittila/agenda" in html.text
    assert "<b>Niskala" not in html.text


def test_looking_at_a_mail_gives_nobody_the_readers_link_to_stop_it(draft: PageClient) -> None:
    draft.submit(f"{ONE}/edit", **WORDS)

    seen = draft.http.get(ONE).text + draft.http.get(f"{ONE}/mail?as=1").text

    assert "/mail/stop/…" in seen
    assert not re.search(r"/mail/stop/[\w-]", seen)


def test_a_placeholder_nobody_knows_is_named_with_those_that_exist(draft: PageClient) -> None:
    page = draft.submit(
        f"{ONE}/edit", status=422, **{**WORDS, "text_en": "Hi {nmae}, {{config}} {name}"}
    )

    errors = page.texts("//p[@class='field-error']")
    assert len(errors) == 1
    assert "Nothing stands for {nmae}" in errors[0]
    assert "{link to wishes}" in errors[0]
    assert page.texts("//textarea")[0] == "Hi {nmae}, {{config}} {name}"


def test_a_language_without_words_falls_back_and_says_so(
    draft: PageClient, aino: Participant
) -> None:
    aino.user.locale = "sv"
    db.session.commit()

    draft.submit(f"{ONE}/edit", **WORDS)

    assert (
        "no words in this reader's language, Svenska; they get it in English" in draft.get(ONE).text
    )


def test_a_test_goes_to_the_organiser_alone(draft: PageClient, organiser: User) -> None:
    draft.submit(f"{ONE}/edit", **WORDS)
    draft.submit(f"{ONE}/test", on=ONE, **{"as": "1"})

    mails = db.session.scalars(select(Mail)).all()
    assert [(mail.address, mail.subject) for mail in mails] == [
        (organiser.email, "Test: Hello Aino <b>Niskala</b>")
    ]


def test_it_is_scheduled_in_the_time_zone_of_the_event_once(draft: PageClient) -> None:
    draft.submit(f"{ONE}/edit", **WORDS)
    page = draft.submit(f"{ONE}/send", on=ONE, status=422, at="tomorrow")
    assert "Write a day and a time" in page.text
    for never in ("0001-01-01T00:00", "9999-12-31T23:59-12:00", "2020-04-20T09:00"):
        draft.submit(f"{ONE}/send", on=ONE, status=422, at=never, version="2")
    with stopped_at(BEFORE):
        draft.submit(f"{ONE}/send", on=ONE, at="2027-04-20T09:00", version="2")
        draft.submit(f"{ONE}/send", on=MAILINGS, status=403, at="2027-04-21T09:00", version="2")

    mailing = db.session.get_one(Mailing, 1)
    assert mailing.due_at is not None
    assert (mailing.state, mailing.due_at.isoformat()) == ("scheduled", "2027-04-20T06:00:00+00:00")


def test_what_leaves_is_what_was_looked_at(draft: PageClient, aino: Participant) -> None:
    aino.user.locale = "sv"
    db.session.commit()
    draft.submit(f"{ONE}/edit", **WORDS)
    late = draft.submit(f"{ONE}/send", on=ONE, status=409, at="", version="1")
    draft.submit(f"{ONE}/edit", **{**WORDS, "text_en": "", "text_fi": "", "version": "2"})
    draft.submit(f"{ONE}/send", on=ONE, at="", version="3")
    state = db.session.get_one(Mailing, 1).state
    draft.submit(f"{ONE}/edit", **{**WORDS, "version": "3"})
    shown = draft.get(ONE).texts("//pre")[0]
    draft.submit(f"{ONE}/send", on=ONE, at="", version="4")
    work_off(9)

    mail = db.session.scalars(select(Mail)).one()
    sent = without_personal_links(body_of(mail).text)
    assert "Look at it again, then let it go." in late.text
    assert state == "draft"
    assert " ".join(sent.split()) == shown


def test_two_who_change_it_at_once_do_not_overwrite_each_other(draft: PageClient) -> None:
    draft.submit(f"{ONE}/edit", **WORDS)
    mine = {"text_en": "Mine", "type_ids": ["1", "2"]}
    page = draft.submit(f"{ONE}/edit", status=409, **{**WORDS, **mine})

    assert "changed while you had it open" in page.text
    assert page.texts("//textarea")[0] == "Mine"
    assert page.texts("//section[.//h2='Both versions']//tbody//th") == ["Types", "Text (English)"]
    cells = page.texts("//section[.//h2='Both versions']//td")
    assert cells[:3] == ["cluster, policymaker", "(empty)", "Mine"]
    assert "See you at" in db.session.get_one(Mailing, 1).texts["en"]["text"]

    seen = page.find("//input[@name='version']/@value")[0]
    draft.submit(f"{ONE}/edit", **{**WORDS, "text_en": "Mine", "version": seen})
    assert reload(db.session.get_one(Mailing, 1)).texts["en"]["text"] == "Mine"


def test_a_second_click_takes_up_the_same_draft(draft: PageClient) -> None:
    draft.submit(MAILINGS, occasion="free")
    draft.submit(MAILINGS, occasion="thanks")

    occasions = db.session.scalars(select(Mailing.occasion).order_by(Mailing.id))
    assert list(occasions) == ["free", "thanks"]


def test_the_next_mailing_begins_with_the_words_of_the_last(
    draft: PageClient, event: Event
) -> None:
    draft.submit(f"{ONE}/edit", **WORDS)
    draft.submit(f"{ONE}/send", on=ONE)
    draft.submit(MAILINGS, occasion="free")

    assert db.session.get_one(Mailing, 2).texts["en"]["subject"] == "Hello {name}"


def test_people_ticked_elsewhere_are_the_readers(
    draft: PageClient, event: Event, aino: Participant
) -> None:
    make_participant(event, "Marek")
    answer = draft.submit(MAILINGS, occasion="practical", person=[str(aino.id)])

    page = draft.get(answer.response.headers["Location"])

    assert page.texts("//main//table//th[@scope='row']") == ["Aino <b>Niskala</b>"]


@pytest.mark.parametrize("occasion", list(Occasion))
def test_our_own_words_use_only_placeholders_that_exist(
    app: Flask, context: object, occasion: Occasion
) -> None:
    for said in first_texts(occasion, list(LOCALES)).values():
        assert unknown_in(said["subject"] + said["text"]) == []
        assert "{event}" in said["subject"]
        assert "{name}" in said["text"]


def test_what_a_name_holds_is_not_read_again() -> None:
    assert fill("{name} {event} {{name}}", {"name": "{event}", "event": "X"}) == (
        "{event} X {{event}}"
    )
