"""The pages on which an organiser brings people in."""

import io

import openpyxl
import pytest
from sqlalchemy import select

from matchmaker.extensions import db
from matchmaker.roster.models import Sheet
from tests.factories.events import make_event, make_user
from tests.pages.client import Page, PageClient
from tests.roster.files import HEADINGS, TITLE, good_row, xlsx

pytestmark = pytest.mark.usefixtures("context")
PEOPLE = "/e/kittila/organise/people"
IMPORT = f"{PEOPLE}/import"


def send(client: PageClient, data: bytes) -> str:
    sent = client.submit(IMPORT, file=(io.BytesIO(data), "people.xlsx"))  # type: ignore[arg-type]
    return str(sent.response.headers["Location"])


def test_an_organiser_corrects_the_file_sees_the_rows_and_brings_them_in(
    client: PageClient,
) -> None:
    organiser = make_user("Olli")
    make_event(organiser=organiser)
    client.sign_in(organiser)

    wrong = client.get(send(client, xlsx(TITLE, HEADINGS, good_row(1), good_row(2, Maa="Suomii"))))
    address = send(client, xlsx(TITLE, HEADINGS, good_row(1), good_row(2)))
    right = client.get(address)
    client.submit(address, column=["name"] + [""] * 7, type="SME")
    unmapped = client.get(address)
    again = send(client, xlsx(TITLE, HEADINGS, good_row(1), good_row(2)))
    mark = str(client.get(again).find("//input[@name='mark']/@value")[0])
    client.submit(f"{again}/enter", on=again, mark=mark)
    people = client.get(PEOPLE)
    late = client.submit(again, on=IMPORT, heading="1")

    assert late.response.headers["Location"].endswith(PEOPLE)
    assert wrong.heading == "1 row is wrong"
    assert wrong.texts("//td//li") == [
        'column E, Maa"Suomii" is no country. did you mean "Suomi"?',
    ]
    assert not wrong.find("//input[@name='mark']")
    assert right.heading == "2 rows would change something"
    assert unmapped.heading == "2 rows are wrong"
    assert "2 people are new · 0 changed" in people.text
    assert "Aino Niskala 2" in people.text


def test_hidden_rows_and_the_row_of_headings_are_as_the_organiser_says(client: PageClient) -> None:
    organiser = make_user("Olli")
    make_event(organiser=organiser)
    client.sign_in(organiser)
    book = openpyxl.load_workbook(io.BytesIO(xlsx(TITLE, HEADINGS, good_row(1), good_row(2))))
    for row in (1, 4):
        book.worksheets[0].row_dimensions[row].hidden = True
    file = io.BytesIO()
    book.save(file)

    address = send(client, file.getvalue()).partition("#")[0]
    told = client.get(address)
    columns = told.find("//select[@name='column']/option[@selected]/@value")
    client.submit(address, column=columns, heading="2", without_hidden="y")
    without = client.get(address)
    client.submit(address, column=columns, heading="1", without_hidden="y")
    elsewhere = client.get(address)

    assert told.texts("//tr[.//text()='hidden']/th") == ["4"]
    assert "1 row is hidden in the file" in told.text
    assert without.heading == "1 row would change something"
    assert elsewhere.heading == "2 rows are wrong"


def test_another_row_of_headings_keeps_what_else_was_said_and_one_that_is_not_there_is_refused(
    client: PageClient,
) -> None:
    organiser = make_user("Olli")
    make_event(organiser=organiser)
    client.sign_in(organiser)
    address = send(client, xlsx(TITLE, HEADINGS, good_row(1))).partition("#")[0]
    said = {"status": "approved", "type": "investor", "listed": "y", "without_hidden": "y"}
    said["csrf_token"] = client.token(address)

    def answer(row: str) -> Page:
        return Page(client.http.post(address, data=said | {"heading": row}))

    refused = [answer(row) for row in ("0", "99999", "abc")]
    untouched = client.get(address)
    answer("1")
    sheet = db.session.scalars(select(Sheet)).one()

    for page, row in zip(refused, ("0", "99999", "abc"), strict=True):
        assert page.response.status_code == 422
        assert page.texts("//*[@id='heading-error']") == ["Write a whole number from 1 to 3."]
        assert page.find("//input[@id='heading']/@value") == [row]
        assert page.find("//input[@id='as-approved']/@checked")
    assert not untouched.find("//input[@id='as-approved']/@checked")
    assert (sheet.heading, sheet.columns[1:]) == (1, [""] * 7)
    assert sheet.choices == {
        **{"hidden": [], "status": "approved", "type": "investor"},
        **{"listed": True, "without_hidden": True},
    }


@pytest.mark.parametrize("limit", ["of all", "of the type"])
def test_more_people_than_places_are_told_of_beforehand(client: PageClient, limit: str) -> None:
    organiser = make_user("Olli")
    event = make_event(organiser=organiser)
    sme = next(kind for kind in event.types if kind.name == "SME")
    (event if limit == "of all" else sme).places = 1
    db.session.commit()
    client.sign_in(organiser)

    address = send(client, xlsx(HEADINGS, good_row(1), good_row(2))).partition("#")[0]
    columns = client.get(address).find("//select[@name='column']/option[@selected]/@value")
    form = {"column": columns, "status": "approved", "csrf_token": client.token(address)}
    client.http.post(address, data=form)

    assert "This file brings in 1 person more than there are places" in client.get(address).text


def test_a_picture_is_refused_where_it_was_chosen(client: PageClient) -> None:
    organiser = make_user("Olli")
    make_event(organiser=organiser)
    client.sign_in(organiser)

    page = client.submit(IMPORT, status=422, file=(io.BytesIO(b"\x89PNG\0"), "a.png"))  # type: ignore[arg-type]

    assert "This file cannot be read as a table." in page.text


def test_the_file_of_another_event_is_not_found(client: PageClient) -> None:
    organiser = make_user("Olli")
    make_event(organiser=organiser)
    make_event("kokkola", organiser=organiser)
    client.sign_in(organiser)
    send(client, xlsx(HEADINGS, good_row(1)))
    sheet = db.session.scalars(select(Sheet.id)).one()

    client.get(f"/e/kokkola/organise/people/import/{sheet}", status=404)
    client.submit(f"/e/kokkola/organise/people/import/{sheet}", on=IMPORT, status=404)
    client.submit(f"/e/kokkola/organise/people/import/{sheet}/enter", on=IMPORT, status=409)
