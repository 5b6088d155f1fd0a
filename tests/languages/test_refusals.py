"""Refusals, forms' errors and calendars speak the reader's language too."""

from pathlib import Path

import pytest
from flask import Flask
from flask_babel import force_locale

from matchmaker.agenda.services import publish_run
from matchmaker.exchange.problems import FolderErrors
from matchmaker.exchange.reading import read_folder
from matchmaker.extensions import db
from tests.exchange.conftest import Folder
from tests.factories.events import make_event, make_participant, make_user, make_wish
from tests.factories.runs import make_run
from tests.pages.client import Page, PageClient


@pytest.mark.parametrize(
    ("locale", "title"),
    [("en", "Not found"), ("fi", "Sivua ei löydy"), ("sv", "Sidan finns inte")],
)
def test_a_page_that_is_not_there_says_so_in_the_readers_language(
    client: PageClient, locale: str, title: str
) -> None:
    page = Page(client.http.get("/nowhere", headers={"Accept-Language": locale}))

    assert (page.status, page.heading) == (404, title)


@pytest.mark.parametrize(
    ("locale", "error"),
    [("fi", "Ei ole kelvollinen kokonaisluku"), ("sv", "Inte ett giltigt heltal")],
)
def test_an_error_of_the_form_library_is_in_the_readers_language(
    app: Flask, client: PageClient, locale: str, error: str
) -> None:
    with app.app_context():
        organiser = make_user("Olli")
        organiser.locale = locale
        make_event(organiser=organiser)
        client.sign_in(organiser)
    runs = "/e/kittila/organise/scheduling"

    page = client.submit("/e/kittila/organise/runs", on=runs, seed="abc", seconds="", status=422)

    assert error in page.text


@pytest.mark.parametrize(
    ("locale", "refusal"),
    [
        ("fi", "wishes.csv:1:1: tiedosto on tyhjä; aloita näin: from,to,level"),
        ("sv", "wishes.csv:1:1: filen är tom; börja med from,to,level"),
    ],
)
def test_a_folder_is_refused_in_the_readers_language(
    app: Flask, tmp_path: Path, locale: str, refusal: str
) -> None:
    folder = Folder(tmp_path / "event")
    folder.write("wishes.csv", "")

    with app.app_context(), force_locale(locale), pytest.raises(FolderErrors) as refused:
        read_folder(folder.path)

    assert [str(problem) for problem in refused.value.problems] == [refusal]


@pytest.mark.parametrize("locale", ["fi", "sv"])
def test_a_feed_speaks_to_its_owner_whatever_the_program_asks_for(
    app: Flask, client: PageClient, locale: str
) -> None:
    with app.app_context():
        event = make_event()
        aino, bjorn = make_participant(event, "Aino"), make_participant(event, "Björn")
        make_wish(aino, bjorn)
        aino.user.locale = locale
        publish_run(event, make_run(event, (aino, bjorn, 0, 0)), None)
        db.session.commit()
        token = aino.feed_token

    feed = client.http.get(f"/feeds/{token}.ics", headers={"Accept-Language": "en"}).text

    said = {"fi": ("Tapaaminen: Björn", "Miksi tapaatte"), "sv": ("Möte med Björn", "Varför ni")}
    assert [words in feed for words in said[locale]] == [True, True]
