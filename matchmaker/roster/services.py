"""Views of the table of people, saved for every organiser of the event."""

from sqlalchemy import select

from matchmaker.accounts.models import User
from matchmaker.audit.services import record
from matchmaker.events.models import Event
from matchmaker.events.services import hold_agenda
from matchmaker.extensions import db
from matchmaker.registration.models_views import SavedView
from matchmaker.roster.filters import Wanted


def save_view(event: Event, user: User, name: str, wanted: Wanted) -> SavedView:
    """Under this name; a view of the same name becomes this one."""
    hold_agenda(event)
    named = select(SavedView).where(SavedView.event_id == event.id, SavedView.name == name)
    view = db.session.scalar(named) or SavedView(event_id=event.id, name=name, query="")
    before, view.query = view.query, wanted.query[:1000]
    db.session.add(view)
    _record("view saved", event, user, name, before, view.query)
    return view


def forget_view(event: Event, user: User, view_id: int) -> bool:
    """False if there is no such view here."""
    view = db.session.get(SavedView, view_id)
    if view is None or view.event_id != event.id:
        return False
    db.session.delete(view)
    _record("view removed", event, user, view.name, view.query, "")
    return True


def _record(action: str, event: Event, user: User, name: str, before: str, after: str) -> None:
    record(action, event_id=event.id, actor_id=user.id, subject=name, filter=[before, after])
    db.session.flush()
