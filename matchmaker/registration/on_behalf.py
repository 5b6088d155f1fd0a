"""An organiser who acts for a participant: chosen for a browser, at one event, for two hours.

Pages that are the participant's alone stay closed: what they agreed to and who sees it, their data,
handing over, bookmarks, the secret addresses of calendar and contact card. The organiser's own
account is theirs as before. An organiser who takes part is hidden from what they do for others,
so that nobody reads what is said of themselves.
"""

from datetime import timedelta

from flask import Response, after_this_request, current_app, g, has_request_context, session
from flask_login import current_user

from matchmaker.clock import now
from matchmaker.events.models import Event
from matchmaker.extensions import db
from matchmaker.registration.models import Participant

ACTS = "acts_for"
CSRF_SEED = "csrf_token"
LASTS = timedelta(hours=2)
OPEN = frozenset(
    {
        *("registration.state", "registration.you", "registration.save_you"),
        *("registration.availability", "registration.save_availability"),
        *("registration.leave_availability", "registration.block_on", "registration.block_off"),
        *("registration.session_on", "registration.session_off", "registration.attend_session"),
        *("registration.ask_to_withdraw", "registration.confirm_withdrawal"),
        *("registration.picture", "marketplace.edit", "marketplace.save", "marketplace.add"),
        *("marketplace.leave", "marketplace.remove", "marketplace.answering"),
        *("people.index", "people.show", "people.organisation", "people.offers_and_needs"),
        *("wishes.set", "wishes.send", "wishes.requests", "wishes.show", "wishes.edit"),
        *("wishes.withdraw", "wishes.accept", "wishes.decline", "wishes.propose"),
        *("wishes.choose", "wishes.refuse"),
        *("agenda.show", "meetings.show", "meetings.cancel", "meetings.move"),
        "followup.say",
        *("meetings.agree", "meetings.keep", "offers.show", "offers.ask"),
    }
)


def begin_acting(participant: Participant) -> None:
    """Pages opened before are closed: a form of another tab would change the wrong person."""
    session[ACTS] = {
        "participant": participant.id,
        "until": (now() + LASTS).timestamp(),
    }
    _close_other_pages()


def end_acting() -> None:
    if session.pop(ACTS, None) is not None:
        _close_other_pages()


def acted_for(event: Event | None = None) -> Participant | None:
    """Whom the reader acts for at this event, or at any; nobody once they organise it no more."""
    if not has_request_context():
        return None
    if "acted_for" not in g:
        g.acted_for = _chosen()
    person: Participant | None = g.acted_for
    at_another = person is not None and event is not None and person.event_id != event.id
    return None if at_another else person


def acts_on_behalf() -> bool:
    """Whether what is written in this request is an organiser's doing for a participant."""
    return has_request_context() and "on_behalf" in g


def hidden_account() -> int:
    """The account of who acts on behalf, whose own participants are not shown; else none."""
    return int(current_user.id) if acts_on_behalf() else 0


def _chosen() -> Participant | None:
    kept = session.get(ACTS)
    if not kept or kept["until"] < now().timestamp() or not current_user.is_authenticated:
        return None
    person = db.session.get(Participant, kept["participant"])
    organises = current_app.extensions["matchmaker.organises"]
    return person if person is not None and organises(current_user, person.event) else None


def _close_other_pages() -> None:
    """Their forms are refused, and what the browser keeps for reading offline is dropped."""
    session.pop(CSRF_SEED, None)
    g.pop("acted_for", None)
    after_this_request(_forget_kept_pages)


def _forget_kept_pages(response: Response) -> Response:
    response.headers["Clear-Site-Data"] = '"storage"'
    return response
