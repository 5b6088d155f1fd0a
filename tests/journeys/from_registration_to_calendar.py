"""Three people and an organiser, from the public page to the entry in the calendar."""

import re
from urllib.request import urlopen

import icalendar
from playwright.sync_api import Browser
from sqlalchemy import select

from matchmaker.accounts.services import issue_link
from matchmaker.events.phases import Phase
from matchmaker.extensions import db
from matchmaker.messages.models import Mail
from tests.factories.events import make_event, make_user
from tests.journeys.conftest import Site
from tests.pages.organiser import OrganiserAtBrowser
from tests.pages.participant import ParticipantAtBrowser
from tests.pages.visitor import Visitor

SLUG = "kittila"
LINK = re.compile(r"https?://\S+/sign-in/\S+")
CLUSTER = ("Marek Zieliński", "marek@silesia.example")
POLICYMAKER = ("Claire Vidal", "claire@occitanie.example")
SME = ("Aino Niskala", "aino@kierto.example")


class Cast:
    """Everybody in the journey, each with a browser window of their own."""

    def __init__(self, browser: Browser, site: Site, width: int) -> None:
        self.browser, self.site, self.width = browser, site, width
        self.seen: set[str] = set()
        self.organiser = OrganiserAtBrowser(self.window(), SLUG)
        self.cluster, self.policymaker, self.sme = (
            ParticipantAtBrowser(self.window(), SLUG, self.newest_link) for _each in range(3)
        )

    def window(self) -> Visitor:
        return Visitor(self.browser, self.site.url, self.width, self.seen)

    def newest_link(self, email: str) -> str:
        with self.site.app.app_context():
            query = select(Mail.text).where(Mail.address == email).order_by(Mail.id.desc())
            texts = db.session.scalars(query).all()
        return next(found[0] for found in map(LINK.search, texts) if found)


def from_registration_to_calendar(browser: Browser, site: Site, *, width: int) -> None:
    """Walk the whole way in windows of one width, checking every page on it."""
    with site.app.app_context():
        host = make_user("Olli Organiser", email="olli@host.example")
        make_event(SLUG, phase=Phase.REGISTRATION, organiser=host)
        organisers_link = issue_link(host, next_path=f"/e/{SLUG}/organise/")
        db.session.commit()
    cast = Cast(browser, site, width)

    everybody_registers(cast)
    cast.organiser.signs_in(organisers_link)
    cast.organiser.approves_everybody()
    cast.organiser.moves_to_the_next_phase()
    they_wish_and_ask(cast)
    the_organiser_publishes(cast)
    the_agenda_is_on_the_phone_and_in_the_calendar(cast)


def everybody_registers(cast: Cast) -> None:
    register(cast.cluster, CLUSTER, "Silesia Mining Cluster", "Cluster", "cluster")
    register(cast.policymaker, POLICYMAKER, "Région Occitanie", "Public authority", "policymaker")
    register(cast.sme, SME, "Pohjolan Kierto Oy", "SME", "SME")


def register(
    person: ParticipantAtBrowser, who: tuple[str, str], organisation: str, kind: str, comes_as: str
) -> None:
    name, email = who
    person.asks_to_register(name, email)
    person.opens_the_mailed_link(email)
    person.says_who_they_are(organisation=organisation, kind=kind, comes_as=comes_as)
    person.offers_and_needs(
        offer=f"Dry tailings treatment by {name}", need="Dry tailings treatment"
    )
    person.sends_the_registration(off="14:00")
    assert "organiser" in person.visitor.text


def they_wish_and_ask(cast: Cast) -> None:
    cast.sme.opens_people()
    cast.sme.wishes("Marek Zieliński", "Must")
    cast.sme.asks_to_meet("Claire Vidal", "About permits for our pilot")
    cast.policymaker.accepts_the_request()
    cast.cluster.opens_people()
    assert "Dry tailings treatment" in cast.cluster.visitor.text
    cast.cluster.wishes("Aino Niskala", "Want")
    cast.cluster.wishes("Claire Vidal", "No")


def the_organiser_publishes(cast: Cast) -> None:
    organiser = cast.organiser
    organiser.looks_at("", "settings", "mail")
    organiser.makes_the_agenda()
    assert organiser.visitor.heading == "2 meetings, proven best"
    organiser.publishes()
    organiser.looks_at("", "scheduling", "runs/1", "runs/1/review", "mail")


def the_agenda_is_on_the_phone_and_in_the_calendar(cast: Cast) -> None:
    cast.sme.opens_the_agenda()
    page = cast.sme.visitor.page
    assert "Marek Zieliński" in cast.sme.visitor.text
    assert "Claire Vidal" in cast.sme.visitor.text
    with page.expect_download() as download:
        page.get_by_role("link", name="Download .ics").click()
    feed = page.locator("#feed").input_value()
    with urlopen(feed) as answer:  # noqa: S310 - our own address
        subscribed = icalendar.Calendar.from_ical(answer.read())

    downloaded = icalendar.Calendar.from_ical(download.value.path().read_bytes())
    titles = {str(entry["SUMMARY"]) for entry in downloaded.walk("VEVENT")}
    assert titles == {
        "Meeting with Marek Zieliński, Silesia Mining Cluster",
        "Meeting with Claire Vidal, Région Occitanie",
    }
    assert {str(entry["SUMMARY"]) for entry in subscribed.walk("VEVENT")} == titles
