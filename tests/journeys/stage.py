"""The event of one journey on the running site: who is there already, and what others do of it."""

import re
from dataclasses import dataclass

from flask import Flask
from playwright.sync_api import Browser
from sqlalchemy import select

from matchmaker.accounts.models import User
from matchmaker.accounts.services import issue_link
from matchmaker.events.models import Event
from matchmaker.events.phases import Phase
from matchmaker.events.services import move_phase
from matchmaker.extensions import db
from matchmaker.messages.models import Mail
from matchmaker.registration.decisions import approve_all
from matchmaker.registration.models import Participant
from matchmaker.wishes.queries import Correspondence, find_between, find_request
from matchmaker.wishes.services import send_request
from matchmaker.wishes.services_answers import accept_request, choose_time
from tests.factories.events import (
    make_event,
    make_item,
    make_organisation,
    make_participant,
    make_user,
)
from tests.pages.participant import ParticipantAtBrowser
from tests.pages.visitor import Visitor

LINK = re.compile(r"https?://\S+/(?:sign-in|r)/\S+")


@dataclass(frozen=True)
class Site:
    """A running site: its address, and an application on the same database to look into it.

    `seen` holds what axe has looked at, for all journeys on the site.
    """

    url: str
    app: Flask
    browser: Browser
    seen: set[int]


class Stage:
    """One event on the site with an organiser, a cluster and whoever comes."""

    def __init__(
        self, site: Site, slug: str, *, at_once: bool = True, slots: int = 4, points: int = 2
    ) -> None:
        self.site, self.slug = site, slug
        with site.app.app_context():
            host = make_user("Olli Organiser", email=f"olli@{slug}.example")
            event = make_event(
                slug, phase=Phase.REGISTRATION, organiser=host, slots=slots, points=points
            )
            event.placement = "at once" if at_once else "run"
            self.organisers_link = issue_link(host, next_path=f"/e/{slug}/organise/")
            self._comes(event, "Marek Zieliński", "Silesia Mining Cluster", "cluster")
            self._comes(event, "Claire Vidal", "Région Occitanie", "policymaker")
            db.session.commit()

    def visitor(self, width: int, kind: type[Visitor] = Visitor, locale: str = "en-GB") -> Visitor:
        site = self.site
        return kind(site.browser, site.url, width, site.seen, locale=locale)

    def participant(self, visitor: Visitor) -> ParticipantAtBrowser:
        return ParticipantAtBrowser(visitor, self.slug, self.newest_link)

    def newest_link(self, address: str) -> str:
        """The link in the newest mail to an address that has one to sign in or answer by."""
        texts = (mail.text for mail in self.mails(address))
        return next(found[0] for found in map(LINK.search, texts) if found)

    def mails(self, address: str) -> list[Mail]:
        """The newest first."""
        with self.site.app.app_context():
            query = select(Mail).where(Mail.address == address).order_by(Mail.id.desc())
            return list(db.session.scalars(query))

    def lets_everybody_in(self) -> None:
        """The organiser approves who waits and lets people say whom they want to meet."""
        with self.site.app.app_context():
            event = self._event()
            host = db.session.scalars(
                select(User).filter_by(email=f"olli@{self.slug}.example")
            ).one()
            approve_all(event, host)
            move_phase(event, Phase.WISHES, host)
            db.session.commit()

    def asks(self, asker: str, answerer: str) -> None:
        with self.site.app.app_context():
            send_request(self._person(asker), self._person(answerer), "About our pilot plant")
            db.session.commit()

    def accepts(self, answerer: str, asker: str) -> None:
        with self.site.app.app_context():
            me, other = self._person(answerer), self._person(asker)
            accept_request(me, self._asked(other, me, me))
            db.session.commit()

    def chooses_the_first_time(self, asker: str, answerer: str) -> None:
        with self.site.app.app_context():
            me, other = self._person(asker), self._person(answerer)
            asked = self._asked(me, other, me)
            choose_time(me, asked, asked.request.times[0].id)
            db.session.commit()

    def _asked(
        self, asker: Participant, answerer: Participant, reader: Participant
    ) -> Correspondence:
        request = find_request(asker, answerer)
        found = None if request is None else find_between(reader, request.id)
        assert found is not None
        return found

    def _comes(self, event: Event, name: str, organisation: str, type_name: str) -> None:
        own = make_organisation(f"{organisation} {self.slug}", kind="cluster")
        person = make_participant(event, name, organisation=own, type_name=type_name)
        make_item(person, "offer", "Dry tailings treatment for small mines")
        make_item(person, "need", "A partner for dry tailings treatment")

    def _event(self) -> Event:
        return db.session.scalars(select(Event).filter_by(slug=self.slug)).one()

    def _person(self, name: str) -> Participant:
        query = select(Participant).filter_by(event_id=self._event().id, name=name)
        return db.session.scalars(query).one()
