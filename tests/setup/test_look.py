"""An event's texts in each language, its logo and its colours."""

import itertools
from io import BytesIO
from typing import Any

import pytest
from flask_babel import force_locale
from PIL import Image

from matchmaker.accounts.models import User
from matchmaker.audit.models import AuditEntry
from matchmaker.events import colours
from matchmaker.events.models import Event
from matchmaker.events.phases import Phase
from matchmaker.events.said import said, said_in
from matchmaker.extensions import db
from tests.architecture.test_contrast import SHAPES, TEXT, contrast
from tests.architecture.test_contrast import colours as tokens
from tests.factories.events import make_event, make_participant, make_user
from tests.pages.client import PageClient, reload

pytestmark = pytest.mark.usefixtures("context")

TEXTS, LOOK = "/e/kittila/organise/texts", "/e/kittila/organise/look"
VIOLET, ORANGE = "#7a3db8", "#e07b1a"


@pytest.fixture
def olli() -> User:
    return make_user("Olli Organiser")


@pytest.fixture
def event(olli: User) -> Event:
    event = make_event(organiser=olli, phase=Phase.REGISTRATION)
    event.languages, event.description = ["en", "fi"], "Of ores."
    event.texts = {"fi": {"name": "Malmipäivät", "venue": "Levi-halli"}}
    db.session.commit()
    return event


def shown(client: PageClient, path: str) -> dict[str, Any]:
    """The form as the page gives it, to be sent back."""
    page = client.get(path)
    texts = {field.get("name"): field.get("value") or "" for field in page.find("//form//input")}
    areas = {field.get("name"): field.text or "" for field in page.find("//form//textarea")}
    ticked = page.find("//input[@name='languages'][@checked]/@value")
    first = page.find("//input[@name='first'][@checked]/@value")
    return {**texts, **areas, "languages": ticked, "first": "".join(first)}


@pytest.mark.parametrize(
    ("locale", "name", "place", "in_language"),
    [
        ("en", "A sustainable approach to raw materials", "Kittilä, Lapland", None),
        ("fi", "Malmipäivät", "Kittilä, Lapland", "en"),
        ("sv", "A sustainable approach to raw materials", "Kittilä, Lapland", "en"),
    ],
)
def test_each_text_is_in_the_readers_language_else_in_the_first(
    event: Event, locale: str, name: str, place: str, in_language: str | None
) -> None:
    with force_locale(locale):
        assert (said(event, "name"), said(event, "place")) == (name, place)
        assert said_in(event, "place") == in_language


def test_a_language_that_is_not_offered_is_not_shown_and_not_lost(
    client: PageClient, olli: User, event: Event
) -> None:
    client.sign_in(olli).submit(TEXTS, **(shown(client, TEXTS) | {"languages": ["en", "sv"]}))

    saved = reload(event)
    with force_locale("fi"):
        assert said(saved, "name") == "A sustainable approach to raw materials"
    assert (saved.languages, saved.texts["fi"]["name"]) == (["en", "sv"], "Malmipäivät")


def test_another_first_language_takes_its_texts_to_the_front_and_loses_none(
    client: PageClient, olli: User, event: Event
) -> None:
    client.sign_in(olli).submit(TEXTS, **(shown(client, TEXTS) | {"first": "fi"}))

    saved = reload(event)
    assert (saved.languages, saved.name, saved.venue) == (["fi", "en"], "Malmipäivät", "Levi-halli")
    assert saved.description == "Of ores."
    assert saved.texts["en"]["name"] == "A sustainable approach to raw materials"
    assert db.session.query(AuditEntry).one().details["name"][1] == "Malmipäivät"


def test_a_finn_reads_the_event_in_finnish_as_far_as_it_is_written(
    client: PageClient, event: Event
) -> None:
    aino = make_participant(event, "Aino").user
    aino.locale = "fi"
    event.practical = "Bus 5."
    db.session.commit()

    page = client.sign_in(aino).get("/e/kittila/")

    assert page.heading == "Malmipäivät"
    assert page.texts("//header//*[@class='brand-name']") == ["Malmipäivät"]
    assert page.texts("//*[@lang='en']/p") == ["Of ores.", "Bus 5."]


def test_a_second_organiser_sees_both_and_loses_nothing(
    client: PageClient, olli: User, event: Event
) -> None:
    mine = shown(client.sign_in(olli), TEXTS) | {"tagline_fi": "Minun"}
    client.submit(TEXTS, **(shown(client, TEXTS) | {"tagline_fi": "Toisen"}))

    told = client.submit(TEXTS, status=409, **mine)

    assert told.find("//input[@name='tagline_fi']/@value") == ["Minun"]
    both = "//section[.//h2='Both versions']//tbody//*[self::th or self::td]"
    assert told.texts(both) == ["Tagline (Suomi)", "Minun", "Toisen"]
    colour = shown(client, LOOK) | {"brand": VIOLET}
    client.submit(LOOK, **(shown(client, LOOK) | {"brand": "#123456"}))
    assert client.submit(LOOK, status=409, **colour).texts(both) == [
        *("Colour of the event", VIOLET, "#123456"),
    ]
    empty = client.submit(TEXTS, status=422, **(shown(client, TEXTS) | {"name_en": ""}))
    assert "The event needs a name." in empty.text


def test_the_two_colours_are_drawn_on_the_events_pages_alone(
    client: PageClient, olli: User, event: Event
) -> None:
    accent = colours.nearest_readable(ORANGE)
    client.sign_in(olli).submit(LOOK, **shown(client, LOOK), status=302)
    assert reload(event).colours == {}
    client.submit(LOOK, **(shown(client, LOOK) | {"brand": VIOLET, "accent": accent}))

    (address,) = client.get("/e/kittila/").find("//link[contains(@href, 'look.css')]/@href")
    sheet = client.http.get(str(address))
    assert sheet.mimetype == "text/css"
    assert f"--fjord: {VIOLET};" in sheet.text
    assert f"--cloud: {accent};" in sheet.text
    assert client.get("/").find("//link[contains(@href, 'look.css')]") == []
    client.submit(f"{LOOK}/usual", on=LOOK)
    assert client.get("/e/kittila/").find("//link[contains(@href, 'look.css')]") == []


def test_a_colour_nobody_can_read_is_refused_and_the_nearest_taken_by_one_press(
    client: PageClient, olli: User, event: Event
) -> None:
    form = shown(client.sign_in(olli), LOOK) | {"brand": VIOLET, "accent": ORANGE}
    told = client.submit(LOOK, status=422, **form)

    nearest = colours.nearest_readable(ORANGE)
    assert colours.contrast(nearest) >= 4.5 > colours.contrast(ORANGE)
    assert "Words in this colour have a contrast of 2.69 to 1" in told.text
    assert told.texts("//button[@name='nearest']") == [f"Take {VIOLET} and {nearest}"]
    client.submit(LOOK, **form, nearest="yes")
    assert reload(event).colours == {"brand": VIOLET, "accent": nearest}
    client.submit(LOOK, status=422, **(form | {"brand": "red;}"}))


def test_every_tone_made_of_two_readable_colours_can_be_read() -> None:
    faint = []
    for parts in itertools.product(("00", "80", "ff"), repeat=3):
        own = colours.nearest_readable("#" + "".join(parts))
        light, dark = colours.roles(own, own)
        for scheme, roles in (("light", light), ("dark", dark)):
            drawn = tokens(scheme) | {role: rgb(colour) for role, colour in roles.items()}
            for pairs, least in ((TEXT, 4.5), (SHAPES, 3.0)):
                faint += [
                    (own, scheme, a, b) for a, b in pairs if contrast(drawn[a], drawn[b]) < least
                ]

    assert faint == []


def rgb(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def test_the_logo_is_on_the_events_pages_and_gone_when_removed(
    client: PageClient, olli: User, event: Event
) -> None:
    drawn = BytesIO()
    Image.new("RGB", (300, 100), "#7a3db8").save(drawn, "PNG")
    sent = {"picture": (BytesIO(drawn.getvalue()), "logo.png")}
    token = client.sign_in(olli).token(LOOK)
    answer = client.http.post(
        f"{LOOK}/logo", data={"csrf_token": token, **sent}, content_type="multipart/form-data"
    )
    assert answer.status_code == 302

    (address,) = client.get("/e/kittila/").find("//header//img/@src")
    picture = client.http.get(str(address))
    assert Image.open(BytesIO(picture.data)).size == (96, 96)
    client.submit(f"{LOOK}/logo", on=LOOK, status=422)
    client.submit(f"{LOOK}/logo/remove", on=LOOK)
    assert client.get("/e/kittila/").find("//header//img") == []
    assert PageClient(client.app).http.get(str(address)).status_code == 404


def test_the_look_of_a_draft_is_its_organisers_alone(client: PageClient, event: Event) -> None:
    event.phase, event.colours = Phase.DRAFT, {"brand": VIOLET, "accent": VIOLET}
    db.session.commit()

    client.get("/e/kittila/look.css", status=404)
