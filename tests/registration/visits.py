"""Where registering takes place, and what a newcomer types."""

from sqlalchemy import select

from matchmaker.accounts.models import User
from matchmaker.events.models import Event
from matchmaker.extensions import db
from matchmaker.messages.models import Mail
from matchmaker.registration.models import Participant
from tests.pages.client import Page

REGISTER = "/e/kittila/register"
YOU = f"{REGISTER}/you"
ITEMS = f"{REGISTER}/offers-and-needs"
AVAILABILITY = f"{REGISTER}/availability"
STATE = "/e/kittila/registration"
NEW_HERE = {
    "name": "Aino Niskala",
    "organisation": "Pohjolan Kierto 🪨",
    "kind": "SME",
    "size": "small",
    "country": "FI",
    "region": "fi1d7",
    "website": "kierto.example",
    "type": "SME",
    "languages": ["fi", "en"],
    "listed": "y",
}


def leads_to(page: Page) -> str:
    return str(page.response.headers["Location"])


def link_in_mail() -> str:
    text = db.session.scalars(select(Mail.text).order_by(Mail.id.desc())).first()
    assert text is not None
    return next(line for line in text.split() if "/sign-in/" in line).partition(":8000")[2]


def joined(event: Event, user: User) -> Participant:
    return db.session.scalars(
        select(Participant).where(Participant.event_id == event.id, Participant.user_id == user.id)
    ).one()
