"""Which language a page comes in, and how one chooses another."""

import pytest
from flask import Flask

from matchmaker.accounts.services import adopt_locale, find_or_create_user
from matchmaker.locales import first_offered
from tests.factories.events import make_event, make_user
from tests.pages.client import Page, PageClient, reload


def language_of(page: Page) -> str:
    return str(page.find("//html/@lang")[0])


def choose(client: PageClient, locale: str, *, on: str) -> Page:
    back = client.get(on).find("//form[@class='languages']/input[@name='next']/@value")[0]
    return client.submit("/language", on=on, locale=locale, next=back)


@pytest.mark.parametrize(
    ("asked", "given"),
    [
        ("fi", "fi"),
        ("fi-FI,fi;q=0.9,en;q=0.8", "fi"),
        ("sv-FI,fi;q=0.5", "sv"),
        ("de,fi;q=0.5", "fi"),
        ("fil,de", "en"),
        ("", "en"),
    ],
)
def test_a_stranger_gets_the_language_their_browser_asks_for(
    client: PageClient, asked: str, given: str
) -> None:
    page = Page(client.http.get("/sign-in", headers={"Accept-Language": asked}))

    assert language_of(page) == given


def test_a_choice_at_the_foot_of_a_page_stays_and_leads_back(
    app: Flask, client: PageClient
) -> None:
    with app.app_context():
        make_event()

    answer = choose(client, "sv", on="/e/kittila/programme/?day=1")

    assert answer.response.headers["Location"] == "/e/kittila/programme/?day=1"
    page = client.get("/e/kittila/")
    assert language_of(page) == "sv"
    current = page.texts("//form[@class='languages']//button[@aria-current='true']")
    assert current == ["Svenska"]


def test_each_language_is_offered_under_its_own_name_and_marked_as_such(
    client: PageClient,
) -> None:
    page = client.get("/sign-in")

    buttons = page.find("//footer//form[@class='languages']//button")
    assert [(button.get("lang"), button.text) for button in buttons] == [
        ("en", "English"),
        ("fi", "Suomi"),
        ("sv", "Svenska"),
    ]


def test_a_choice_of_somebody_signed_in_is_theirs_everywhere(
    app: Flask, client: PageClient
) -> None:
    with app.app_context():
        user = make_user()
        client.sign_in(user)
        choose(client, "fi", on="/account")

        assert reload(user).locale == "fi"
        elsewhere = PageClient(app).sign_in(user)
        assert language_of(elsewhere.get("/account")) == "fi"


def test_looking_at_a_page_chooses_nothing(app: Flask, client: PageClient) -> None:
    assert client.http.get("/language?locale=fi").status_code == 405
    client.http.get("/sign-in?locale=fi&lang=fi")

    assert language_of(client.get("/sign-in")) == "en"


@pytest.mark.parametrize("back", ["https://elsewhere.example/", "//elsewhere.example", "/\\x"])
def test_a_choice_never_leads_to_another_site(client: PageClient, back: str) -> None:
    answer = client.submit("/language", on="/sign-in", locale="fi", next=back)

    assert answer.response.headers["Location"] == "/"


def test_a_language_that_is_not_offered_is_refused(client: PageClient) -> None:
    client.submit("/language", on="/sign-in", locale="de", next="/sign-in", status=404)

    assert language_of(client.get("/sign-in")) == "en"


def test_a_form_with_errors_leads_back_to_its_page(client: PageClient) -> None:
    page = client.submit("/sign-in", email="", status=422)
    back = page.find("//form[@class='languages']/input[@name='next']/@value")[0]

    assert choose(client, "fi", on=back).response.headers["Location"] == back == "/sign-in"


@pytest.mark.parametrize(
    ("sender", "back"),
    [
        ("http://localhost/e/kittila/organise/scheduling", "/e/kittila/organise/scheduling"),
        ("http://elsewhere.example/e/kittila/", "/"),
    ],
)
def test_a_form_sent_to_another_address_leads_back_to_the_page_it_stood_on(
    app: Flask, client: PageClient, sender: str, back: str
) -> None:
    with app.app_context():
        organiser = make_user("Olli")
        make_event(organiser=organiser)
        client.sign_in(organiser)
    token = client.token("/e/kittila/organise/scheduling")

    page = Page(
        client.http.post(
            "/e/kittila/organise/runs",
            data={"csrf_token": token, "seed": "abc"},
            headers={"Referer": sender},
        )
    )

    assert page.status == 422
    assert page.find("//form[@class='languages']/input[@name='next']/@value") == [back]


def test_whoever_registers_has_the_language_they_registered_in(
    app: Flask, client: PageClient
) -> None:
    with app.app_context():
        make_event()
        choose(client, "fi", on="/e/kittila/register")
        client.submit("/e/kittila/register", name="Aino", email="aino@niskala.example")

        assert find_or_create_user("aino@niskala.example").locale == "fi"


@pytest.mark.both_databases
def test_a_first_sign_in_takes_the_language_of_its_page_and_later_ones_do_not(app: Flask) -> None:
    with app.app_context():
        user = find_or_create_user("aino@niskala.example")
        before = user.locale
        adopt_locale(user, "fi")
        adopt_locale(user, "sv")

        assert (before, reload(user).locale) == ("en", "fi")


@pytest.mark.parametrize(
    ("languages", "first"), [(["fi", "en"], "fi"), (["de", "sv"], "sv"), (["en", "fi"], "")]
)
def test_people_of_a_folder_get_the_first_language_of_their_event(
    languages: list[str], first: str
) -> None:
    assert first_offered(languages) == first
