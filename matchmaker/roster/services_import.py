"""A table of people entered as a whole."""

from collections.abc import Sequence
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import func, select

from matchmaker.accounts.addresses import address_key
from matchmaker.accounts.models import User
from matchmaker.audit.services import record
from matchmaker.clock import now
from matchmaker.errors import Conflict, Invalid
from matchmaker.events.models import Event, ParticipantType
from matchmaker.events.services import hold_parts
from matchmaker.extensions import db
from matchmaker.locales import first_offered
from matchmaker.organisations.models import Organisation
from matchmaker.organisations.names import fold_name
from matchmaker.organisations.services import find_or_create_organisation
from matchmaker.registration.consents import Purpose, wording
from matchmaker.registration.models import Participant, Status
from matchmaker.registration.models_consents import Consent
from matchmaker.registration.refs import new_feed_token, refs_for
from matchmaker.roster.fates import ADDED, PLAIN, Fate, dry_run
from matchmaker.roster.listed import enter_listed
from matchmaker.roster.models import Sheet
from matchmaker.roster.queries_import import (
    find_sheet,
    known_names,
    known_users,
)


def enter(event: Event, user: User, sheet_id: int, mark: str) -> tuple[int, int]:
    """Enter all rows or none; how many people are new and how many changed.

    Raises:
        Conflict: it was entered before, or would do something else than was shown.
        Invalid: a row is wrong.
    """
    hold_parts(event)
    sheet = find_sheet(event, sheet_id, lock=True)
    if sheet is None or sheet.entered_at is not None:
        raise Conflict(_("This file was brought in already. The table of people shows them."))
    run = dry_run(event, sheet)
    if run.mark != mark:
        raise Conflict(_("People changed while you looked. Go back and look at the rows again."))
    if run.counts["error"]:
        raise Invalid(_("Some rows are wrong, so nothing was brought in. Correct them first."))
    new = [fate for fate in run.fates if fate.state == "new"]
    changed = [fate for fate in run.fates if fate.state == "update"]
    _enter_new(event, user, sheet, new)
    _enter_changes(event, user, changed)
    _settle(event, user, sheet, len(new), len(changed))
    return len(new), len(changed)


def _settle(event: Event, user: User, sheet: Sheet, new: int, changed: int) -> None:
    sheet.entered_at, sheet.rows = now(), []
    record(
        "people imported",
        event_id=event.id,
        actor_id=user.id,
        subject=sheet.name[:120],
        new=new,
        changed=changed,
    )
    db.session.flush()


def _enter_new(event: Event, user: User, sheet: Sheet, fates: Sequence[Fate]) -> None:
    accounts = _accounts(event, fates)
    homes = _homes(fates)
    refs = refs_for(event, [fate.name for fate in fates])
    numbers: dict[int, int] = _numbers(event)
    for fate, ref in zip(fates, refs, strict=True):
        account = accounts[address_key(fate.values["email"])]
        numbers[account.id] = numbers.get(account.id, 0) + 1
        home = homes[_home_key(fate)]
        _fill_size(home, fate)
        fate.person = _new(event, sheet, fate, account, home, ref, numbers[account.id])
    db.session.add_all(fate.person for fate in fates if fate.person)
    db.session.flush()
    if sheet.choices["listed"]:
        _agree(fates)
    enter_listed(fates)
    for fate in fates:
        _record("participant imported", event, user, fate.person, row=fate.row)


def _new(
    event: Event,
    sheet: Sheet,
    fate: Fate,
    account: User,
    home: Organisation,
    ref: str,
    number: int,
) -> Participant:
    status = Status(sheet.choices["status"])
    plain = {name: fate.values[name] for name in PLAIN if name in fate.values}
    person = Participant(
        event_id=event.id,
        user_id=account.id,
        number=number,
        organisation=home,
        type=type_of(event, fate.values.get("type") or sheet.choices["type"]),
        ref=ref,
        status=status,
        step=3 if status == Status.APPROVED else 1,
        decided_at=now() if status == Status.APPROVED else None,
        listed_at=now() if sheet.choices["listed"] else None,
        feed_token=new_feed_token(),
        **{"languages": [], **plain},
    )
    _place(person, home, fate)
    return person


def type_of(event: Event, name: str) -> ParticipantType:
    """The participant type of this name, else the event's first."""
    return next((kind for kind in event.types if kind.name == name), event.types[0])


def _place(person: Participant, home: Organisation, fate: Fate) -> None:
    """Their own country and region only where it is not the organisation's."""
    for name in ("country", "region"):
        given = fate.values.get(name, "")
        if given:
            setattr(person, name, None if given == getattr(home, name) else given)


def _accounts(event: Event, fates: Sequence[Fate]) -> dict[str, User]:
    """The account of each address, by its key: the known one, or a new one."""
    by_key = {address_key(fate.values["email"]): fate for fate in fates}
    known = known_users(list(by_key))
    locale = first_offered(event.languages)
    new = {
        key: User(email=fate.values["email"], email_key=key, name=fate.name, locale_chosen=locale)
        for key, fate in by_key.items()
        if key not in known
    }
    db.session.add_all(new.values())
    db.session.flush()
    return known | new


def _numbers(event: Event) -> dict[int, int]:
    """The highest number each account holds at the event."""
    highest = (
        select(Participant.user_id, func.max(Participant.number))
        .where(Participant.event_id == event.id)
        .group_by(Participant.user_id)
    )
    return {user_id: number for user_id, number in db.session.execute(highest)}


def _home_key(fate: Fate) -> tuple[str, str]:
    return fold_name(fate.values["organisation"]), fate.values.get("country", "")


def _homes(fates: Sequence[Fate]) -> dict[tuple[str, str], Organisation]:
    """Each organisation once; who says its country goes first, so that a new one has it."""
    homes: dict[tuple[str, str], Organisation] = {}
    known = known_names([_home_key(fate)[0] for fate in fates])
    new: dict[str, Organisation] = {}
    for fate in sorted(fates, key=lambda each: not each.values.get("country")):
        key = name, country = _home_key(fate)
        if key in homes:
            continue
        if not country and name in new:
            homes[key] = new[name]
        elif name in known:
            homes[key] = find_or_create_organisation(
                fate.values["organisation"], **_home_details(fate)
            )
        else:
            homes[key] = Organisation(name=fate.values["organisation"], **_home_details(fate))
            new.setdefault(name, homes[key])
    db.session.add_all(homes.values())
    db.session.flush()
    return homes


def _home_details(fate: Fate) -> dict[str, Any]:
    said = {name: fate.values.get(name, "") for name in ("country", "region", "size")}
    return said | {"kind": fate.values.get("kind", "other")}


def _agree(fates: Sequence[Fate]) -> None:
    version = wording(Purpose.SHOWN).version
    db.session.add_all(
        Consent(
            participant_id=fate.person.id,
            purpose=Purpose.SHOWN,
            version=version,
            told_by="organiser",
        )
        for fate in fates
        if fate.person
    )


def _enter_changes(event: Event, user: User, fates: Sequence[Fate]) -> None:
    for fate in fates:
        person = fate.person
        if person is None:
            continue
        for change in fate.changes:
            _apply(event, person, fate, change.field)
        told = {change.field: [change.before, change.after] for change in fate.changes}
        _record("participant changed by import", event, user, person, **told)
    enter_listed(fates)
    db.session.flush()


def _apply(event: Event, person: Participant, fate: Fate, name: str) -> None:
    if name in PLAIN or name in ("country", "region"):
        setattr(person, name, fate.values[name])
    elif name == "type":
        person.type = type_of(event, fate.values["type"])
    elif name == "size" and person.organisation is not None:
        _fill_size(person.organisation, fate)
    elif name == "organisation":
        person.organisation = _homes([fate])[_home_key(fate)]
        _fill_size(person.organisation, fate)
    elif name not in ADDED:
        raise AssertionError(name)


def _fill_size(home: Organisation, fate: Fate) -> None:
    """A size that is said stays, also one of a row above."""
    home.size = home.size or fate.values.get("size", "")


def _record(
    action: str, event: Event, user: User, person: Participant | None, **details: Any
) -> None:
    if person is not None:
        record(action, event_id=event.id, actor_id=user.id, subject=person.ref, **details)
