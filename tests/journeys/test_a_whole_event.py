"""An organiser from nothing to a repaired agenda: one person, one laptop, 150 guests."""

import re
from dataclasses import dataclass
from random import Random

import pytest
from flask import Flask
from sqlalchemy import func, select

from matchmaker.accounts.services import issue_link
from matchmaker.agenda.models import Meeting
from matchmaker.events.models import Event
from matchmaker.extensions import db
from matchmaker.messages.models import Kind, Mail
from matchmaker.registration.models import Participant
from matchmaker.wishes.models import Wish
from tests.factories.events import make_user
from tests.journeys.guest_list import SLIPS, as_xlsx, rows
from tests.journeys.stage import Site
from tests.pages.organiser import OrganiserAtBrowser
from tests.pages.visitor import Visitor

STAMP = re.compile(rb"DTSTAMP:\S+")
SILENT = 10


@pytest.mark.timeout(600)  # fifty pages, on a machine that does ten times as much else
def test_from_nothing_to_a_repaired_agenda(site: Site) -> None:
    desk = Visitor(site.browser, site.url, 1280, site.seen)
    olli = sets_up(site, desk)
    brings_in_150(olli)
    guests = Guests(site.app, olli.slug)
    for _phase in ("registration", "wishes"):
        olli.moves_to_the_next_phase()
    guests.wish()
    olli.nudges("10")
    olli.moves_to_the_next_phase()
    olli.makes_the_agenda()
    olli.asks_why("Aino Åkesson, Company 0 Oy", "Björn Björklund, Company 5 Oy")
    olli.looks_at("health", "runs/1")
    olli.publishes()
    told = guests.last_mail()
    moved = {*olli.moves_a_meeting(0), *olli.drags_a_meeting(60)}
    olli.publishes_the_changes()
    assert guests.mailed_since(told) == moved

    before, told = guests.calendars(), guests.last_mail()
    gone = guests.two_who_meet()
    olli.says_what_happened("A table or room is lost", "Table or room", "Table 1")
    for name in gone:
        olli.says_what_happened("Somebody does not come", "Who", name)
    olli.repairs()
    after, concerned = guests.calendars(), guests.mailed_since(told)
    changed = {name for name in before if before[name] != after[name]}
    assert concerned - gone == changed - gone
    assert 0 < len(concerned) < len(before) / 2
    desk.leave()


def sets_up(site: Site, desk: Visitor) -> OrganiserAtBrowser:
    with site.app.app_context():
        link = issue_link(make_user("Olli", creates_events=True), next_path="/events/new")
        db.session.commit()
    olli = OrganiserAtBrowser(desk, "")
    olli.signs_in(link)
    desk.write("Name", "Half a day in Levi")
    desk.write("Place", "Kittilä, Lapland")
    desk.write("First day", "2027-04-28")
    desk.tick("Half-day matchmaking")
    desk.press("Make the event")
    olli.slug = desk.page.url.split("/")[4]
    return olli


def brings_in_150(olli: OrganiserAtBrowser) -> None:
    desk, people = olli.visitor, rows()
    olli.hands_in("guests.xlsx", as_xlsx(people, SLIPS))
    desk.choose("Company / Organisation", "Organisation")
    desk.press("Look again")
    assert desk.heading == "12 rows are wrong"
    told = desk.page.locator("#rows tbody tr")
    assert [int(row) for row in told.locator("th").all_inner_texts()] == list(SLIPS)
    olli.hands_in("guests.xlsx", as_xlsx(people, {}))
    assert desk.heading == "150 rows would change something"
    desk.tick("is in at once")
    desk.tick("has agreed to be shown")
    desk.press("Look again")
    desk.press("Bring in 150 rows")
    assert "150 people are new" in desk.page.locator("body").inner_text()


@dataclass(frozen=True)
class Guests:
    """What the guests do, and what they hold: looked up beside the browser."""

    app: Flask
    slug: str

    def wish(self) -> None:
        """Each five others of those that may be met; but for ten, who forget."""
        rng = Random(3)  # noqa: S311
        with self.app.app_context():
            event, people = self._event(), self._people()
            for person in people[SILENT:]:
                for other in rng.sample(people, 5):
                    if other.organisation_id != person.organisation_id:
                        db.session.add(
                            Wish(
                                event_id=event.id,
                                person_id=person.id,
                                other_id=other.id,
                                level="want",
                            )
                        )
            db.session.commit()

    def two_who_meet(self) -> set[str]:
        """Of the first meeting there is, both."""
        with self.app.app_context():
            event = self._event()
            first = select(Meeting).where(
                Meeting.event_id == event.id, Meeting.state == "confirmed"
            )
            meeting = db.session.scalars(first.order_by(Meeting.id).limit(1)).one()
            names = {person.id: person.name for person in self._people()}
            return {names[meeting.a_id], names[meeting.b_id]}

    def calendars(self) -> dict[str, bytes]:
        """Everybody's feed but for the moment it was made; empty for who does not come."""
        with self.app.app_context():
            feeds = {each.name: each.feed_token for each in self._people()}
        client, found = self.app.test_client(), dict[str, bytes]()
        for name, token in feeds.items():
            answer = client.get(f"/feeds/{token}.ics")
            found[name] = STAMP.sub(b"", answer.data) if answer.status_code == 200 else b""
        return found

    def last_mail(self) -> int:
        with self.app.app_context():
            return db.session.scalar(select(func.max(Mail.id))) or 0

    def mailed_since(self, mail_id: int) -> set[str]:
        """Who got a mail about the agenda after this one, by name."""
        with self.app.app_context():
            query = (
                select(Participant.name)
                .join(Mail, Mail.user_id == Participant.user_id)
                .where(
                    Mail.id > mail_id,
                    Mail.kind == Kind.AGENDA,
                    Participant.event_id == self._event().id,
                )
            )
            return set(db.session.scalars(query))

    def _event(self) -> Event:
        return db.session.scalars(select(Event).filter_by(slug=self.slug)).one()

    def _people(self) -> list[Participant]:
        event_id = self._event().id
        query = select(Participant).where(Participant.event_id == event_id)
        return list(db.session.scalars(query.order_by(Participant.id)))
