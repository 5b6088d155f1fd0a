"""What the mails, the log and the runs of an event still say of people who are being erased."""

from collections.abc import Sequence
from urllib.parse import parse_qs, quote_plus

from flask_babel import gettext as _
from sqlalchemy import delete, or_, select, update

from matchmaker.accounts.models import User
from matchmaker.agenda.models import Agenda
from matchmaker.audit.models import AuditEntry
from matchmaker.clock import now
from matchmaker.events.models import Event
from matchmaker.extensions import db
from matchmaker.matching.models import Run, RunState, RunUnplaced
from matchmaker.messages.models import Mail
from matchmaker.organisations.models_cluster import ClusterProfile
from matchmaker.organisations.names import fold
from matchmaker.privacy.scrubbing import Scrubber, mentions, without_people
from matchmaker.registration.models import Participant
from matchmaker.registration.models_views import SavedView
from matchmaker.roster.models import Sheet

LEAST = 3  # of a name that a filter looks for, since fewer signs find anybody


def stop_runs(event: Event) -> None:
    """A run at work would bring back whom it began with."""
    db.session.execute(
        update(Run)
        .where(Run.event_id == event.id, Run.state.in_((RunState.QUEUED, RunState.RUNNING)))
        .values(
            state=RunState.FAILED,
            finished_at=now(),
            error=_("Somebody's data were erased while this run worked. Start a new run."),
        )
    )


def tidy_texts(event: Event, people: Sequence[Participant]) -> None:
    scrubber = Scrubber(_terms(people))
    _tidy_mails(event, people, scrubber)
    _tidy_log(event, people, scrubber)
    tidy_runs(event, people)
    _tidy_notes(event, scrubber)
    _tidy_sheets(event, people)
    _tidy_views(event, people)
    db.session.flush()


def tidy_clusters(user: User) -> None:
    """A cluster they acted for names them as its director no longer; the rest is the cluster's."""
    own = select(Participant).where(Participant.user_id == user.id)
    people = db.session.scalars(own).all()
    theirs = ClusterProfile.organisation_id.in_({person.organisation_id for person in people})
    names = {fold(name) for name in (user.name, *(person.name for person in people))}
    for profile in db.session.scalars(select(ClusterProfile).where(theirs)):
        if fold(profile.director) in names:
            profile.director = ""
    db.session.flush()


def _terms(people: Sequence[Participant]) -> list[str]:
    users = db.session.scalars(select(User).where(User.id.in_({p.user_id for p in people})))
    own = [(person.name, person.ref, person.phone) for person in people]
    of_users = [(user.email, user.name) for user in users]
    return [term for terms in (*own, *of_users) for term in terms]


def _tidy_mails(event: Event, people: Sequence[Participant], scrubber: Scrubber) -> None:
    """Mails to them go; those to others lose their name, sent or waiting."""
    of_event = Mail.event_id == event.id
    own = {person.user_id for person in people}
    db.session.execute(delete(Mail).where(of_event, Mail.user_id.in_(own)))
    rest = select(Mail).where(or_(of_event, Mail.event_id.is_(None)), Mail.text != "")
    for mail in db.session.scalars(rest):
        mail.subject, mail.text = scrubber.text(mail.subject), scrubber.text(mail.text)
        if any(scrubber.names_somebody(each) for each in mail.invitations):
            mail.invitations = []


def _tidy_log(event: Event, people: Sequence[Participant], scrubber: Scrubber) -> None:
    """The log keeps what was done and when, not to whom nor what became of them."""
    own, refs = {person.user_id for person in people}, {person.ref for person in people}
    for entry in db.session.scalars(select(AuditEntry).where(AuditEntry.event_id == event.id)):
        names = entry.subject in refs or _finds(entry.details.get("filter"), people)
        entry.details = {} if names else scrubber.value(entry.details)
        entry.subject = scrubber.text(entry.subject)
        if entry.actor_id in own and not _organises(event, entry.actor_id):
            entry.actor_id = None


def _organises(event: Event, user_id: int) -> bool:
    return any(organiser.user_id == user_id for organiser in event.organisers)


def tidy_runs(event: Event, people: Sequence[Participant]) -> None:
    refs, ids = frozenset(person.ref for person in people), {person.id for person in people}
    of_event = select(Run.id, Run.snapshot).where(Run.event_id == event.id)
    for run_id, snapshot in db.session.execute(of_event).all():
        if mentions(snapshot, refs):
            changed = update(Run).where(Run.id == run_id)
            db.session.execute(changed.values(snapshot=without_people(snapshot, refs)))
    runs = select(Run.id).where(Run.event_id == event.id)
    for row in db.session.scalars(select(RunUnplaced).where(RunUnplaced.run_id.in_(runs))):
        if ids & set(row.full):
            row.full = [person for person in row.full if person not in ids]


def _tidy_notes(event: Event, scrubber: Scrubber) -> None:
    """What organisers noted of runs and agendas."""
    for kind in (Run, Agenda):
        noted = select(kind.id, kind.note).where(kind.event_id == event.id, kind.note != "")
        for number, note in db.session.execute(noted).all():
            changed = update(kind).where(kind.id == number)
            db.session.execute(changed.values(note=scrubber.text(note)))


def _tidy_sheets(event: Event, people: Sequence[Participant]) -> None:
    """Empty their rows of a file being brought in; the others keep their numbers."""
    users = db.session.scalars(select(User).where(User.id.in_({p.user_id for p in people})))
    addresses = {user.email_key for user in users}
    for sheet in db.session.scalars(select(Sheet).where(Sheet.event_id == event.id)):
        sheet.rows = [
            [""] * len(row) if addresses & {cell.strip().lower() for cell in row} else row
            for row in sheet.rows
        ]


def _tidy_views(event: Event, people: Sequence[Participant]) -> None:
    """A view that looks for one of them is of no use any more."""
    for view in db.session.scalars(select(SavedView).where(SavedView.event_id == event.id)):
        if _finds([view.query, f"q={quote_plus(view.name)}"], people):
            db.session.delete(view)


def _finds(filters: object, people: Sequence[Participant]) -> bool:
    """Whether one of the saved filters looks for one of them by name or address."""
    given = filters if isinstance(filters, list) else []
    sought = {fold(text) for each in given for text in parse_qs(str(each)).get("q", ())}
    known = [fold(f"{person.name} {person.user.email}") for person in people]
    return any(len(text) >= LEAST and text in name for text in sought for name in known)
