"""The history of a request: what was done, by which side, in the reader's words."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from flask_babel import lazy_gettext as _l

from matchmaker.extensions import db
from matchmaker.registration.models import Participant
from matchmaker.wishes.models import Request, RequestStep

BY_ME = {
    ("asker", "asked"): _l("You asked."),
    ("asker", "edited"): _l("You changed the request."),
    ("asker", "accepted"): _l("You chose one of the times."),
    ("asker", "declined"): _l("You wrote that none of the times suits."),
    ("asker", "withdrawn"): _l("You took the request back."),
    ("answerer", "proposed"): _l("You proposed times."),
    ("answerer", "accepted"): _l("You accepted."),
    ("answerer", "declined"): _l("You declined."),
    ("answerer", "withdrawn"): _l("You took the times back."),
}
BY_THEM = {
    ("asker", "asked"): _l("%(name)s asked."),
    ("asker", "edited"): _l("%(name)s changed the request."),
    ("asker", "accepted"): _l("%(name)s chose one of the times."),
    ("asker", "declined"): _l("%(name)s wrote that none of the times suits."),
    ("asker", "withdrawn"): _l("%(name)s took the request back."),
    ("answerer", "proposed"): _l("%(name)s proposed times."),
    ("answerer", "accepted"): _l("%(name)s accepted."),
    ("answerer", "declined"): _l("%(name)s declined."),
    ("answerer", "withdrawn"): _l("%(name)s took the times back."),
}
BY_TIME = _l("The request expired without an answer.")


@dataclass(frozen=True, slots=True)
class Told:
    """One step in a sentence; `by_organiser` where one acted for that side."""

    at: datetime
    sentence: str
    by_organiser: bool = False


def note_step(request: Request, by: Participant | None, deed: str) -> None:
    """Write down what was done; `by` is empty for what time did."""
    side = ""
    if by is not None:
        side = "asker" if by.id == request.asker_id else "answerer"
    db.session.add(RequestStep(request_id=request.id, side=side, deed=deed))
    db.session.flush()


def tell_steps(
    request: Request, steps: Sequence[RequestStep], me: Participant, other: str
) -> list[Told]:
    """The history as `me` reads it, `other` being the name of the other side."""
    mine = "asker" if request.asker_id == me.id else "answerer"
    return [
        Told(step.at, _sentence(step, other, by_me=step.side == mine), step.by_organiser)
        for step in steps
    ]


def _sentence(step: RequestStep, name: str, *, by_me: bool) -> str:
    if not step.side:
        return str(BY_TIME)
    sentences = BY_ME if by_me else BY_THEM
    return str(sentences[step.side, step.deed]) % {"name": name}
