"""Pressing the buttons, asking and answering, in the browser without script and with it."""

import pytest
from flask import Flask

from matchmaker.events.phases import Phase
from matchmaker.extensions import db
from matchmaker.registration.models import Status
from matchmaker.wishes.models import Request, RequestState
from matchmaker.wishes.queries import levels_of
from matchmaker.wishes.services import send_request
from tests.factories.events import make_event, make_participant, make_user, make_wish
from tests.pages.client import Page, PageClient, reload
from tests.wishes.conftest import Trio

PEOPLE = "/e/kittila/people"
REQUESTS = "/e/kittila/requests"


@pytest.fixture
def aino(trio: Trio, app: Flask) -> PageClient:
    return PageClient(app).sign_in(trio.aino.user)


def sent_by_marek(trio: Trio, note: str = "") -> Request:
    request = send_request(trio.marek, trio.aino, note)
    db.session.commit()
    return request


def pressed(page: Page, name: str) -> list[str]:
    buttons = page.find(f"//form[.//span[contains(., '{name}')]]//button[@aria-pressed='true']")
    return [button.get("class").rpartition("--")[2] for button in buttons]


def press(client: PageClient, trio: Trio, level: str, *, back: str = "", status: int = 302) -> Page:
    path = f"{PEOPLE}/{trio.marek.id}/wish"
    return client.submit(f"{path}?back={back}", on=PEOPLE, status=status, level=level)


def test_a_pressed_button_stays_pressed_until_pressed_again(trio: Trio, aino: PageClient) -> None:
    press(aino, trio, "must")
    page = aino.get(PEOPLE)
    assert pressed(page, "Marek Zieliński") == ["must"]
    assert "1 of about 10" in page.texts("//section[@id='your-wishes']")[0]

    value = page.find(f"//button[@id='wish-{trio.marek.id}-must']/@value")[0]
    press(aino, trio, value)

    assert pressed(aino.get(PEOPLE), "Marek Zieliński") == []
    assert levels_of(trio.aino) == {}


@pytest.mark.parametrize(
    ("back", "location"),
    [
        ("/e/kittila/people%3Fq%3Dzieli%25C5%2584ski", "/e/kittila/people?q=zieli%C5%84ski"),
        ("/e/kittila/people", "/e/kittila/people"),
        ("//evil.example/e/kittila/people", "/e/kittila/people/{id}"),
        ("https://evil.example", "/e/kittila/people/{id}"),
        ("/e/kittila/peoples", "/e/kittila/people/{id}"),
        ("", "/e/kittila/people/{id}"),
    ],
)
def test_without_script_one_comes_back_to_the_same_place(
    trio: Trio, aino: PageClient, back: str, location: str
) -> None:
    page = press(aino, trio, "want", back=back)

    expected = f"{location.format(id=trio.marek.id)}#person-{trio.marek.id}"
    assert page.response.headers["Location"] == expected


def test_with_htmx_only_what_changed_is_answered(trio: Trio, aino: PageClient) -> None:
    token = aino.token(PEOPLE)
    path = f"{PEOPLE}/{trio.marek.id}/wish?back={PEOPLE}"
    data = {"csrf_token": token, "level": "want"}

    page = Page(aino.http.post(path, data=data, headers={"HX-Request": "true"}))

    assert page.status == 200
    assert page.find("//html/body/*/@id") == [f"wish-{trio.marek.id}", "your-wishes"]
    assert pressed(page, "Marek Zieliński") == ["want"]
    assert "1 of about 10" in page.texts("//section")[0]


def test_the_persons_page_learns_of_the_request_taken_back(trio: Trio, aino: PageClient) -> None:
    path = f"{PEOPLE}/{trio.marek.id}"
    aino.submit(f"{path}/request", on=path, note="Hello 🪨")
    assert "You asked to meet" in aino.get(path).texts("//section[@id='request']/h2")
    data = {"csrf_token": aino.token(path), "level": "no"}

    page = Page(aino.http.post(f"{path}/wish", data=data, headers={"HX-Request": "true"}))

    assert page.texts("//section[@id='request']/h2") == ["No meeting"]
    assert db.session.query(Request).one().state == RequestState.WITHDRAWN


def test_an_unknown_level_is_refused(trio: Trio, aino: PageClient) -> None:
    press(aino, trio, "perhaps", status=400)

    assert levels_of(trio.aino) == {}


def test_asking_accepting_and_reading_so_on_both_sides(trio: Trio, aino: PageClient) -> None:
    path = f"{PEOPLE}/{trio.marek.id}"
    aino.submit(f"{path}/request", on=path, note="About ö-sorting 🪨")
    assert aino.get(REQUESTS).texts("//section/h2") == ["You asked"]
    marek = PageClient(aino.app).sign_in(trio.marek.user)
    page = marek.get(REQUESTS)
    assert page.heading == "1 request waits for you"
    assert page.texts("//blockquote") == ["About ö-sorting 🪨"]

    marek.submit(f"{REQUESTS}/{db.session.query(Request.id).scalar()}/accept", on=REQUESTS)

    for client, other in ((aino, "Marek Zieliński"), (marek, "Aino Niskala")):
        page = client.get(REQUESTS)
        assert page.texts("//section/h2") == ["You agreed to meet"]
        assert page.texts("//section//h3") == [other]
        assert page.texts("//a[contains(., 'Requests')]/span[@class='nav-count']") == []


def test_declining_and_withdrawing(trio: Trio, aino: PageClient) -> None:
    received = sent_by_marek(trio)
    aino.submit(f"{REQUESTS}/{received.id}/decline", on=REQUESTS)
    assert aino.get(REQUESTS).texts("//section//span[@class='chip']") == ["You declined"]

    path = f"{PEOPLE}/{trio.claire.id}"
    aino.submit(f"{path}/request", on=path, note="")
    sent = db.session.query(Request).filter_by(asker_id=trio.aino.id).one()
    aino.submit(f"{REQUESTS}/{sent.id}/withdraw", on=REQUESTS)

    assert reload(sent).state == RequestState.WITHDRAWN
    assert reload(received).state == RequestState.DECLINED


def test_whom_one_told_no_does_not_wait_in_the_list(trio: Trio, aino: PageClient) -> None:
    sent_by_marek(trio, "Please")
    make_wish(trio.aino, trio.marek, "no")

    page = aino.get(REQUESTS)

    assert page.heading == "Requests"
    assert "Marek" not in page.text
    assert page.find("//span[@class='nav-count']") == []
    assert "Please" not in aino.get(f"{PEOPLE}/{trio.marek.id}").text


def test_an_accepted_request_can_still_end_in_no_meeting(trio: Trio, aino: PageClient) -> None:
    request = sent_by_marek(trio)
    request.state = RequestState.ACCEPTED
    make_wish(trio.aino, trio.marek, "no")

    assert aino.get(REQUESTS).texts("//section//span[@class='chip']") == ["No meeting, said you"]


def test_a_note_too_long_is_kept_and_explained(trio: Trio, aino: PageClient) -> None:
    path = f"{PEOPLE}/{trio.marek.id}"
    note = "ö" * 501

    page = aino.submit(f"{path}/request", on=path, status=422, note=note)

    assert page.heading == "Ask Marek Zieliński to meet"
    assert page.texts("//textarea") == [note]
    assert "at most 500 characters" in page.texts("//p[@id='note-error']")[0]
    assert db.session.query(Request).count() == 0


def test_the_limit_is_visible_before_it_is_hit(trio: Trio, aino: PageClient) -> None:
    for n in range(9):
        send_request(trio.aino, make_participant(trio.event, f"Person {n}"))
    db.session.commit()
    path = f"{PEOPLE}/{trio.marek.id}"
    assert "9 of at most 10 requests of yours wait" in aino.get(path).text

    aino.submit(f"{path}/request", on=path, note="")

    page = aino.get(f"{PEOPLE}/{trio.claire.id}")
    assert "10 of your requests wait for an answer" in page.text
    assert page.find("//textarea") == []


def test_refusals_teach(trio: Trio, aino: PageClient) -> None:
    token = aino.token(PEOPLE)
    trio.event.phase = Phase.SCHEDULING
    db.session.commit()

    response = aino.http.post(
        f"{PEOPLE}/{trio.marek.id}/wish", data={"csrf_token": token, "level": "must"}
    )

    assert response.status_code == 403
    assert "wishes stay as they are until it is published" in response.get_data(as_text=True)


def test_nothing_can_be_done_with_what_is_not_ones_own(trio: Trio, aino: PageClient) -> None:
    request = send_request(trio.marek, trio.claire, "Between us")
    db.session.commit()
    stranger = make_participant(make_event("kokkola"), "Stranger")
    token = aino.token(PEOPLE)

    for path in (
        *(f"{REQUESTS}/{request.id}/{verb}" for verb in ("accept", "decline", "withdraw")),
        f"{PEOPLE}/{stranger.id}/wish",
        f"{PEOPLE}/{trio.aino.id}/wish",
        f"{PEOPLE}/{stranger.id}/request",
    ):
        response = aino.http.post(path, data={"csrf_token": token, "level": "must", "note": ""})
        assert response.status_code == 404, path
        assert "Between us" not in response.get_data(as_text=True)
    assert reload(request).state == RequestState.PENDING


@pytest.mark.parametrize("verb", ["wish", "request"])
def test_strangers_change_nothing(trio: Trio, aino: PageClient, verb: str) -> None:
    path = f"{PEOPLE}/{trio.marek.id}/{verb}"
    elsewhere = make_participant(make_event("kokkola"), "Elsewhere")
    pending = make_participant(trio.event, "Pending", status=Status.PENDING)

    for user, status in ((make_user("Nobody"), 404), (elsewhere.user, 404), (pending.user, 302)):
        client = PageClient(aino.app).sign_in(user)
        data = {"csrf_token": client.token("/account"), "level": "must"}
        assert client.http.post(path, data=data).status_code == status

    assert levels_of(elsewhere) == levels_of(pending) == {}
    assert db.session.query(Request).count() == 0


def test_every_form_needs_its_token(trio: Trio, aino: PageClient) -> None:
    response = aino.http.post(f"{PEOPLE}/{trio.marek.id}/wish", data={"level": "must"})

    assert response.status_code == 400
    assert levels_of(trio.aino) == {}
