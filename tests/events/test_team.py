"""The team of an event: who joins how, in which role, and that it never lacks an owner."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextvars import Context
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from matchmaker.accounts.models import User
from matchmaker.audit.models import AuditEntry
from matchmaker.clock import now, stopped_at
from matchmaker.errors import Gone, Invalid, NotAllowed
from matchmaker.events.models import Event, EventOrganiser
from matchmaker.events.models_team import TeamInvitation
from matchmaker.events.queries_team import team_of
from matchmaker.events.roles import Role
from matchmaker.events.services_team import (
    ask_second_factor,
    change_role,
    hand_over,
    invite,
    join,
    leave,
    remove_member,
    take_invitation_back,
)
from matchmaker.extensions import db
from matchmaker.privacy.services import erase_account
from tests.accounts.mailed import mails_to
from tests.factories.events import make_event, make_user

ADDRESS = "hilla@niskala.example"

pytestmark = [pytest.mark.both_databases, pytest.mark.usefixtures("context")]


@pytest.fixture
def owner(context: object) -> User:
    return make_user("Olli Owner")


@pytest.fixture
def event(owner: User) -> Event:
    return make_event(organiser=owner)


def add(event: Event, name: str, role: Role) -> User:
    user = make_user(name)
    db.session.add(EventOrganiser(event_id=event.id, user_id=user.id, role=role))
    db.session.commit()
    return user


def roles(event: Event) -> dict[str, str]:
    return {each.user.name: each.role for each in team_of(event)}


def invited() -> TeamInvitation:
    return db.session.scalars(select(TeamInvitation)).one()


def logged() -> list[tuple[str, object]]:
    entries = db.session.scalars(select(AuditEntry).order_by(AuditEntry.id))
    return [(each.action, each.details.get("role")) for each in entries]


def test_an_invitation_is_used_once_and_each_step_is_on_record(event: Event, owner: User) -> None:
    invite(event, owner, "Hilla@niskala.example", Role.HELPER)
    invitation = invited()

    hilla = join(invitation)

    assert (hilla.email, roles(event)[""]) == ("Hilla@niskala.example", "helper")
    with pytest.raises(Gone, match="used before or has ended"):
        join(invitation)
    assert logged() == [("team: invited", [None, "helper"]), ("team: joined", [None, "helper"])]


def test_each_change_is_on_record_with_who_and_what_was_before(event: Event, owner: User) -> None:
    saara = add(event, "Saara", Role.VIEWER)
    invite(event, owner, ADDRESS, Role.HELPER)
    take_invitation_back(event, owner, invited().id)
    change_role(event, owner, saara.id, Role.HELPER)
    ask_second_factor(event, owner, required=True)
    ask_second_factor(event, owner, required=False)
    hand_over(event, owner, saara.id)
    remove_member(event, saara, owner.id)

    assert logged() == [
        ("team: invited", [None, "helper"]),
        ("team: invitation taken back", ["helper", None]),
        ("team: role changed", ["viewer", "helper"]),
        ("team: second step asked for", None),
        ("team: second step not asked for", None),
        ("team: ownership handed over", ["helper", "owner"]),
        ("team: removed", ["organiser", None]),
    ]
    actors = db.session.scalars(select(AuditEntry.actor_id).order_by(AuditEntry.id)).all()
    assert actors == [owner.id] * 6 + [saara.id]


def test_known_and_unknown_addresses_are_invited_alike(event: Event, owner: User) -> None:
    make_user("Hilla Known", email=ADDRESS).locale = "fi"
    invite(event, owner, ADDRESS, Role.VIEWER)
    invite(event, owner, "unknown@niskala.example", Role.VIEWER)

    texts = []
    for address in (ADDRESS, "unknown@niskala.example"):
        (mail,) = mails_to(address)
        link = next(line for line in mail.text.splitlines() if "/join/" in line)
        texts.append(mail.text.replace(link, "").replace(address, ""))
        assert (mail.user_id, mail.event_id) == (None, None), "organisers read no such mail"
    assert texts[0] == texts[1]
    assert db.session.scalar(select(User).where(User.email == "unknown@niskala.example")) is None


def test_inviting_again_ends_the_older_link_and_a_week_ends_any(event: Event, owner: User) -> None:
    invite(event, owner, ADDRESS, Role.ORGANISER)
    older = invited().secret_hash
    invite(event, owner, ADDRESS, Role.HELPER)

    assert invited().secret_hash != older
    with stopped_at(now() + timedelta(days=7, minutes=1)), pytest.raises(Gone):
        join(invited())
    assert roles(event) == {"Olli Owner": "owner"}


def test_whoever_is_on_the_team_is_not_invited(event: Event, owner: User) -> None:
    with pytest.raises(Invalid, match="on the team already"):
        invite(event, owner, owner.email.upper(), Role.VIEWER)


def test_the_only_owner_neither_leaves_nor_steps_down(event: Event, owner: User) -> None:
    add(event, "Saara Organiser", Role.ORGANISER)

    with pytest.raises(NotAllowed, match="only owner"):
        change_role(event, owner, owner.id, Role.ORGANISER)
    with pytest.raises(NotAllowed, match="only owner"):
        remove_member(event, owner, owner.id)
    with pytest.raises(NotAllowed, match="only owner"):
        erase_account(owner)

    assert roles(event) == {"Olli Owner": "owner", "Saara Organiser": "organiser"}


def test_a_handed_over_event_is_led_by_the_other_alone(event: Event, owner: User) -> None:
    saara = add(event, "Saara", Role.HELPER)
    invite(event, owner, ADDRESS, Role.OWNER)

    assert hand_over(event, owner, saara.id)

    assert roles(event) == {"Saara": "owner", "Olli Owner": "organiser"}
    assert db.session.scalars(select(TeamInvitation)).all() == [], "their links end with it"
    with pytest.raises(NotAllowed, match="no longer an owner"):
        change_role(event, owner, saara.id, Role.VIEWER)
    assert "is now: Owner" in mails_to(saara.email)[0].text
    erase_account(owner)
    assert roles(event) == {"Saara": "owner"}


def demote(event: Event, owner: User, user_id: int) -> bool:
    return change_role(event, owner, user_id, Role.VIEWER)


def go(event: Event, owner: User, user_id: int) -> bool:
    return leave(event, owner)


@pytest.mark.parametrize("act", [remove_member, demote, go])
def test_two_owners_who_oust_each_other_leave_one(
    app: Flask, event: Event, owner: User, act: Callable[..., bool]
) -> None:
    saara = add(event, "Saara", Role.OWNER)
    ids = [(owner.id, saara.id), (saara.id, owner.id)]
    event_id = event.id
    db.session.rollback()

    def oust(pair: tuple[int, int]) -> bool:
        with app.app_context():
            try:
                me = db.session.get_one(User, pair[0])
                done = act(db.session.get_one(Event, event_id), me, pair[1])
                db.session.commit()
            except NotAllowed:
                done = False
            finally:
                db.session.remove()
            return done

    with ThreadPoolExecutor(2) as threads:
        answers = list(threads.map(lambda pair: Context().run(oust, pair), ids))

    assert sorted(answers) == [False, True]
    assert list(roles(event).values()).count("owner") == 1
