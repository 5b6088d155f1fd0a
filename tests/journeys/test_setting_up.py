"""From nothing to an open registration: counted in pages and in fields."""

from matchmaker.accounts.services import issue_link
from matchmaker.events.models import Event
from matchmaker.extensions import db
from tests.factories.events import make_user
from tests.journeys.stage import Site
from tests.pages.organiser import OrganiserAtBrowser
from tests.pages.visitor import Visitor

FIELDS = "main form :is(input:not([type=hidden], [type=radio], [type=checkbox]), select, textarea)"
GROUPS = "main form fieldset"


def test_an_event_is_open_after_three_pages_and_three_fields(site: Site) -> None:
    """Of the seven that are asked four are filled already, or may stay empty."""
    with site.app.app_context():
        saara = make_user("Saara Levänen", email="saara@kokkola.example", creates_events=True)
        link = issue_link(saara, next_path="/")
        db.session.commit()
    desk = Visitor(site.browser, site.url, 1280, site.seen)
    OrganiserAtBrowser(desk, "").signs_in(link)
    pages: list[str] = []
    desk.page.on("framenavigated", lambda frame: pages.append(frame.url))

    desk.press("New event", role="link")
    asked = desk.page.locator(FIELDS).count() + desk.page.locator(GROUPS).count()
    desk.write("Name", "Critical minerals, Kokkola", exact=True)
    desk.write("Place", "Kokkola")
    desk.write("First day", "2030-03-12")
    desk.press("Make the event")
    assert desk.heading == "Only you see this event so far"
    desk.press("Open the registration")

    with site.app.app_context():
        event = db.session.query(Event).filter_by(slug="critical-minerals-kokkola").one()
        assert event.takes_registrations
        assert (len(event.slots), len(event.points), len(event.types)) == (17, 30, 6)
    assert (len(pages), asked) == (3, 7)
    desk.leave()
