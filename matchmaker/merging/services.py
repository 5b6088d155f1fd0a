"""Joining two registrations of one person into one, for good."""

from collections.abc import Mapping
from typing import Any

from flask_babel import force_locale
from flask_babel import gettext as _
from sqlalchemy import delete, func, select, update

from matchmaker.accounts.models import User
from matchmaker.audit.models import AuditEntry
from matchmaker.audit.services import record
from matchmaker.clock import now
from matchmaker.errors import Conflict, Invalid
from matchmaker.events.models import Event
from matchmaker.events.services import hold_agenda
from matchmaker.extensions import db
from matchmaker.merging.choices import PARTS, Choice, choices_of, print_of
from matchmaker.merging.joining import drop, join_belongings
from matchmaker.merging.models import Apart
from matchmaker.merging.queries import hindrances
from matchmaker.messages.composing import compose
from matchmaker.messages.models import Mail
from matchmaker.messages.services import queue_mail
from matchmaker.privacy.texts import tidy_runs
from matchmaker.registration.audience import RANKS, Field, audience_of
from matchmaker.registration.models import Absence, Participant, Status
from matchmaker.registration.models_consents import Consent
from matchmaker.registration.services_sessions import take_time_of
from matchmaker.registration.waiting import let_next_in
from matchmaker.web import absolute_url


def merge(
    event: Event, user: User, ids: tuple[int, int], given: Mapping[str, str], seen: str
) -> Participant:
    """Make one of the two: each part as chosen, what they have joined; who is left is returned.

    Raises:
        Conflict: one of them changed since it was `seen`, is there no more, or something clashes.
        Invalid: what was chosen does not make a registration.
    """
    hold_agenda(event)
    a, b = _locked(event, ids)
    if print_of(a, b) != seen:
        raise Conflict(
            _("Something of the two changed meanwhile. Look at both again, then choose anew.")
        )
    clashes = hindrances(event, a, b)
    if clashes:
        raise Conflict(" ".join(clashes))
    choices = choices_of(a, b, given)
    kept, gone = (a, b) if _side(choices, "email") == "a" else (b, a)
    told = _what_changes(choices, kept_is_a=kept is a)
    merged, former = f"{gone.name} <{gone.user.email}>", gone.user
    _take_chosen(choices, kept, gone, kept_is_a=kept is a)
    _join(event, kept, gone)
    details: dict[str, Any] = {"merged": merged, **told}
    record("participants merged", event_id=event.id, actor_id=user.id, subject=kept.ref, **details)
    _tell(kept, former)
    let_next_in(event)
    db.session.flush()
    return kept


def keep_apart(event: Event, user: User, a: Participant, b: Participant) -> None:
    """They are two people: said twice is said once."""
    hold_agenda(event)
    pair = (min(a.id, b.id), max(a.id, b.id))
    if db.session.get(Apart, pair) is None:
        db.session.add(Apart(a_id=pair[0], b_id=pair[1]))
        names = f"{a.name}, {b.name}"
        record(
            "participants kept apart",
            event_id=event.id,
            actor_id=user.id,
            subject=a.ref,
            people=names,
        )
    db.session.flush()


def _join(event: Event, kept: Participant, gone: Participant) -> None:
    _join_privacy(kept, gone)
    join_belongings(kept, gone)
    take_time_of([kept.id])
    _join_mails(kept, gone)
    _join_log(event, kept.ref, gone.ref)
    tidy_runs(event, [gone])
    drop(gone)


def _locked(event: Event, ids: tuple[int, int]) -> tuple[Participant, Participant]:
    rows = (
        select(Participant)
        .where(Participant.id.in_(ids), Participant.event_id == event.id)
        .order_by(Participant.id)
        .with_for_update(of=Participant)
        .execution_options(populate_existing=True)
    )
    found = {row.id: row for row in db.session.scalars(rows)}
    if len(found) != 2:
        raise Conflict(
            _("One of the two is not there any more: they may have been joined already.")
        )
    return found[ids[0]], found[ids[1]]


def _side(choices: list[Choice], name: str) -> str:
    return next(choice.side for choice in choices if choice.name == name)


def _what_changes(choices: list[Choice], *, kept_is_a: bool) -> dict[str, list[str]]:
    """From what the one who stays had, to what was chosen of the other."""
    pairs = {each.name: (each.a, each.b) if kept_is_a else (each.b, each.a) for each in choices}
    return {
        each.name: [pairs[each.name][0], each.chosen]
        for each in choices
        if pairs[each.name][0] != each.chosen
    }


def _take_chosen(
    choices: list[Choice], kept: Participant, gone: Participant, *, kept_is_a: bool
) -> None:
    for choice in choices:
        if (choice.side == "a") != kept_is_a:
            for column in PARTS[choice.name].columns:
                setattr(kept, column, getattr(gone, column))
    complete = kept.organisation_id is not None and kept.type_id is not None
    if not complete and kept.status not in (Status.REGISTERING, Status.WITHDRAWN):
        raise Invalid(
            _("Choose the side that has an organisation and a type: one of them lacks it.")
        )
    if (_side(choices, "times") == "a") != kept_is_a:
        _take_times(kept, gone)
    if not kept.picture:
        kept.picture = gone.picture
    db.session.flush()


def _take_times(kept: Participant, gone: Participant) -> None:
    away = [(each.starts_at, each.ends_at) for each in gone.own_absences]
    for each in kept.own_absences:
        kept.absences.remove(each)
    kept.absences += [Absence(starts_at=start, ends_at=end) for start, end in away]


def _join_privacy(kept: Participant, gone: Participant) -> None:
    """Nothing is shown to more people than both had agreed to; who was never asked says nothing."""
    narrowest = {
        field: max(
            (audience_of(each.audiences, field) for each in (kept, gone)), key=RANKS.__getitem__
        )
        for field in Field
    }
    kept.audiences = {str(field): str(audience) for field, audience in narrowest.items()}
    asked = [one for one in (kept, gone) if one.status != Status.REGISTERING or one.step > 1]
    moments = [one.listed_at for one in asked or [kept]]
    kept.listed_at = max(filter(None, moments)) if all(moments) else None
    _join_consents(kept, gone)


def _join_consents(kept: Participant, gone: Participant) -> None:
    """What was said about a purpose by the one who stays counts; else what the other said."""
    said = select(Consent.purpose).where(Consent.participant_id == kept.id)
    db.session.execute(
        delete(Consent).where(Consent.participant_id == gone.id, Consent.purpose.in_(said))
    )
    db.session.execute(
        update(Consent).where(Consent.participant_id == gone.id).values(participant_id=kept.id)
    )
    if kept.listed_at is None:
        standing = (Consent.participant_id == kept.id, Consent.withdrawn_at.is_(None))
        closed = update(Consent).where(*standing, Consent.purpose == "shown")
        db.session.execute(closed.values(withdrawn_at=now()))


def _join_mails(kept: Participant, gone: Participant) -> None:
    """Those of the event, unless the other account is still somebody here."""
    others = select(func.count()).where(
        Participant.event_id == kept.event_id,
        Participant.user_id == gone.user_id,
        Participant.id.not_in((kept.id, gone.id)),
    )
    if gone.user_id != kept.user_id and not db.session.scalar(others):
        own = (Mail.event_id == kept.event_id, Mail.user_id == gone.user_id)
        db.session.execute(update(Mail).where(*own).values(user_id=kept.user_id))


def _join_log(event: Event, kept: str, gone: str) -> None:
    """What the log has of either is found, and erased, under the one who is left."""
    own = (AuditEntry.event_id == event.id, AuditEntry.subject == gone)
    db.session.execute(update(AuditEntry).where(*own).values(subject=kept))


def _tell(kept: Participant, former: User) -> None:
    """Both addresses learn by which one the person signs in from now on."""
    for reader in {kept.user_id: kept.user, former.id: former}.values():
        if former.id != kept.user_id:
            _mail(kept, reader)


def _mail(kept: Participant, reader: User) -> None:
    event: Any = kept.event
    with force_locale(reader.locale):
        subject = _("Your two registrations are one now: %(event)s", event=event.name)
    text = compose(
        "merged",
        locale=reader.locale,
        event=event,
        address=kept.user.email,
        link=absolute_url("registration.state", slug=event.slug),
    )
    queue_mail(user=reader, address=reader.email, subject=subject, text=text, event_id=event.id)
