"""Reads of mailings: who fits, who was written to lately, and what became of each mail."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, func, or_, select
from sqlalchemy.orm import joinedload

from matchmaker.accounts.models import User
from matchmaker.clock import now
from matchmaker.events.models import Event
from matchmaker.extensions import db
from matchmaker.insights.conditions import Condition, people_with
from matchmaker.mailings.audience import Audience
from matchmaker.mailings.models import Delivery, DeliveryState, Mailing
from matchmaker.messages.models import MOST_ATTEMPTS, Mail
from matchmaker.organisations.models import Organisation
from matchmaker.registration.models import Participant
from matchmaker.registration.models_tags import Tag

PEOPLE_A_PAGE = 50
OUTCOMES = (
    "waiting",
    "sent",
    "printed",
    "failed",
    "refused",
    "bounced",
    "unwanted",
    "settled",
    "spared",
    "stopped",
)


def find_mailing(event: Event, mailing_id: int) -> Mailing | None:
    return db.session.scalar(
        select(Mailing).where(Mailing.id == mailing_id, Mailing.event_id == event.id)
    )


def mailings_of(event: Event, most: int = 100) -> list[Mailing]:
    """The latest first."""
    own = select(Mailing).where(Mailing.event_id == event.id)
    latest = own.order_by(Mailing.created_at.desc(), Mailing.id.desc()).limit(most)
    return list(db.session.scalars(latest))


def fitting_ids(event: Event, audience: Audience) -> set[int]:
    """Who is meant at this moment."""
    fitting = set(db.session.scalars(_fitting(event, audience)))
    if audience.condition:
        fitting &= people_with(event, Condition(audience.condition))
    return fitting


def _fitting(event: Event, audience: Audience) -> Select[int]:
    country: ColumnElement[Any] = func.coalesce(Participant.country, Organisation.country)
    language: ColumnElement[Any] = func.coalesce(func.nullif(User.locale_chosen, ""), "en")
    query = (
        select(Participant.id)
        .join(User, User.id == Participant.user_id)
        .outerjoin(Organisation, Organisation.id == Participant.organisation_id)
        .where(Participant.event_id == event.id, Participant.status.in_(audience.known_statuses))
    )
    tagged = select(Tag.participant_id).where(Tag.tag.in_(audience.tags))
    narrowing: tuple[tuple[Any, ColumnElement[bool]], ...] = (
        (audience.type_ids, Participant.type_id.in_(audience.type_ids)),
        (audience.countries, country.in_(audience.countries)),
        (audience.languages, language.in_(audience.languages)),
        (audience.tags, Participant.id.in_(tagged)),
        (audience.people, Participant.id.in_(audience.people)),
    )
    return query.where(*(condition for given, condition in narrowing if given))


def people_by_ids(ids: Collection[int]) -> list[Participant]:
    """With what a text may say of them, in the order of their ids."""
    rows = (
        select(Participant)
        .where(Participant.id.in_(ids))
        .options(joinedload(Participant.user), joinedload(Participant.organisation))
        .order_by(Participant.id)
    )
    return list(db.session.scalars(rows))


def written_to(event: Event, occasion: str, days: int, *, but: int = 0) -> set[int]:
    """The accounts that got another mailing of the occasion than `but` in the last days."""
    since = now() - timedelta(days=days)
    return set(
        db.session.scalars(
            select(Participant.user_id)
            .join(Delivery, Delivery.participant_id == Participant.id)
            .join(Mailing, Mailing.id == Delivery.mailing_id)
            .where(
                Mailing.event_id == event.id,
                Mailing.occasion == occasion,
                Mailing.id != but,
                Delivery.state == DeliveryState.HANDED,
                Delivery.handed_at > since,
            )
        )
    )


def held_by(event: Event, accounts: Collection[int]) -> set[int]:
    """The participants of these accounts."""
    rows = db.session.execute(
        select(Participant.id, Participant.user_id).where(Participant.event_id == event.id)
    )
    return {id_ for id_, user_id in rows if user_id in accounts} if accounts else set()


def outcome() -> ColumnElement[str]:
    """What became of a delivery: its own state, or its mail's where it was handed over."""
    return case(
        (Delivery.state != DeliveryState.HANDED, Delivery.state),
        (Mail.id.is_(None), "sent"),
        (Mail.bounced_at.is_not(None), "bounced"),
        (Mail.sent_at.is_not(None), "sent"),
        (Mail.printed_at.is_not(None), "printed"),
        (Mail.stopped_at.is_not(None), "unwanted"),
        (Mail.refused_at.is_not(None), "refused"),
        (Mail.attempts >= MOST_ATTEMPTS, "failed"),
        else_="waiting",
    )


def counts_of(mailing: Mailing) -> dict[str, int]:
    return counts_of_all([mailing.id]).get(mailing.id, {})


def counts_of_all(ids: Collection[int]) -> dict[int, dict[str, int]]:
    """How many of each mailing came to what."""
    each = (
        select(Delivery.mailing_id, outcome().label("outcome"))
        .outerjoin(Mail, Mail.id == Delivery.mail_id)
        .where(Delivery.mailing_id.in_(ids))
        .subquery()
    )
    rows = db.session.execute(
        select(each.c.mailing_id, each.c.outcome, func.count()).group_by(
            each.c.mailing_id, each.c.outcome
        )
    )
    found: dict[int, dict[str, int]] = {}
    for mailing_id, state, number in rows:
        found.setdefault(mailing_id, {})[str(state)] = number
    return found


@dataclass(frozen=True, slots=True)
class Delivered:
    """One person's line: what became of it, when, and what the mail server said."""

    participant_id: int
    name: str
    address: str
    outcome: str
    at: datetime | None
    error: str


def deliveries(mailing: Mailing, wanted: str, page: int) -> list[Delivered]:
    """A page of the people, troubles first."""
    state = outcome()
    trouble = case((state.in_(("refused", "bounced", "failed")), 0), else_=1)
    query = (
        select(
            Participant.id,
            Participant.name,
            func.coalesce(Mail.address, User.email),
            state,
            func.coalesce(Mail.sent_at, Mail.printed_at, Delivery.handed_at),
            func.coalesce(Mail.error, ""),
        )
        .select_from(Delivery)
        .join(Participant, Participant.id == Delivery.participant_id)
        .join(User, User.id == Participant.user_id)
        .outerjoin(Mail, Mail.id == Delivery.mail_id)
        .where(Delivery.mailing_id == mailing.id)
        .order_by(trouble, Participant.name, Participant.id)
    )
    if wanted:
        query = query.where(state == wanted)
    rows = db.session.execute(query.offset((page - 1) * PEOPLE_A_PAGE).limit(PEOPLE_A_PAGE))
    return [Delivered(*row) for row in rows]


def undelivered(mailing: Mailing) -> list[Delivery]:
    """Whose mail was given up, or came back."""
    return list(
        db.session.scalars(
            select(Delivery)
            .join(Mail, Mail.id == Delivery.mail_id)
            .where(
                Delivery.mailing_id == mailing.id,
                Delivery.state == DeliveryState.HANDED,
                or_(
                    Mail.bounced_at.is_not(None),
                    and_(Mail.sent_at.is_(None), Mail.attempts >= MOST_ATTEMPTS),
                ),
            )
        )
    )


def last_texts(event: Event, occasion: str) -> dict[str, dict[str, str]]:
    """How the event put it the last time."""
    last = (
        select(Mailing.texts)
        .where(Mailing.event_id == event.id, Mailing.occasion == occasion)
        .order_by(Mailing.id.desc())
        .limit(1)
    )
    return db.session.scalar(last) or {}


def choices_of(event: Event) -> tuple[list[str], list[str]]:
    """The countries and the tags that the event's people have."""
    here = Participant.event_id == event.id
    country = func.coalesce(Participant.country, Organisation.country)
    countries = db.session.scalars(
        select(country)
        .outerjoin(Participant.organisation)
        .where(here, country.is_not(None))
        .distinct()
    )
    tags = db.session.scalars(
        select(Tag.tag)
        .join(Participant, Participant.id == Tag.participant_id)
        .where(here)
        .distinct()
    )
    return [code for code in countries if code], sorted(tags)
