"""The forms of meeting points: many at once, and one."""

import hashlib
import re
from typing import Self
from urllib.parse import urlsplit

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import HiddenField, IntegerField, RadioField, ValidationError
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange

from matchmaker.events.labels import POINT_LABELS
from matchmaker.events.models import Event, MeetingPoint
from matchmaker.extensions import db
from matchmaker.fields import TOO_LONG, LineField, differing
from matchmaker.registration.models import Participant
from matchmaker.registration.models_points import Booth
from matchmaker.setup.queries_points import PointSaid, said_of

REF = re.compile(r"\(([^()]+)\)\s*$")
LINK_HELP = _l(
    "Write {room} where each meeting gets a name of its own that nobody can guess, as"
    " https://meet.example/{room}. Only the two who meet see it."
)


def _check_link(_form: FlaskForm, field: LineField) -> None:
    parts = urlsplit(field.data or "")
    if field.data and (parts.scheme not in ("https", "http") or not parts.netloc):
        raise ValidationError(_("Write the whole address, with https:// in front."))


def _link() -> LineField:
    return LineField(
        _l("Link"),
        description=LINK_HELP,
        validators=[Length(max=300, message=TOO_LONG), _check_link],
    )


class AddPointsForm(FlaskForm):
    """`there` is how many meeting points the page showed: a second click adds none."""

    there = HiddenField()
    number = IntegerField(
        _l("How many"),
        default=10,
        validators=[
            InputRequired(_l("Write a whole number.")),
            NumberRange(1, 200, message=_l("Write a whole number from %(min)d to %(max)d.")),
        ],
    )
    kind = RadioField(_l("Kind"), default="table", validators=[InputRequired(_l("Choose one."))])
    link = _link()

    @classmethod
    def of(cls, event: Event) -> Self:
        form = cls(data={"there": len(event.points)})
        form.kind.choices = list(POINT_LABELS.items())
        return form

    def is_outdated(self, event: Event) -> bool:
        """Whether points were added or taken out since the page was made."""
        outdated = str(self.there.data) != str(len(event.points))
        self.there.data = str(len(event.points))
        return outdated


class LinkForm(FlaskForm):
    """One link for all video rooms."""

    room_link = LineField(
        _l("Link"),
        description=LINK_HELP,
        validators=[
            DataRequired(_l("Write the link that all video rooms get.")),
            Length(max=300, message=TOO_LONG),
            _check_link,
        ],
    )


class PointForm(FlaskForm):
    """`was` is a print of the meeting point as the page showed it."""

    was = HiddenField()
    name = LineField(
        _l("Name"),
        validators=[
            DataRequired(_l("The meeting point needs a name.")),
            Length(max=60, message=TOO_LONG),
        ],
    )
    kind = RadioField(_l("Kind"), validators=[InputRequired(_l("Choose one."))])
    whose = LineField(
        _l("Kept for"),
        description=_l("Type a name and choose. Everybody meets this person here, at no table."),
        validators=[Length(max=200, message=TOO_LONG)],
    )
    link = _link()

    point: MeetingPoint

    @classmethod
    def of(cls, point: MeetingPoint, *, fresh: bool = False) -> Self:
        """As it was sent, else as it is saved; `fresh` as it is saved in any case."""
        said = said_of(point)
        data = {"name": said.name, "kind": said.kind, "link": said.link, "whose": _whose(point)}
        data["was"] = _print_of(said)
        form = cls(formdata=None, data=data) if fresh else cls(data=data)
        form.kind.choices = list(POINT_LABELS.items())
        form.point = point
        return form

    @property
    def is_outdated(self) -> bool:
        """Whether the meeting point was changed since the page was made."""
        return bool(self.was.data != _print_of(said_of(self.point)))

    def beside_saved(self) -> list[tuple[str, str, str]]:
        """What differs from what is saved; sending the form again from now on replaces that."""
        saved = self.of(self.point, fresh=True)
        self.was.data = saved.was.data
        return differing(self, saved)

    def said(self) -> PointSaid:
        return PointSaid(
            name=self.name.data or "",
            kind=self.kind.data,
            kept_for=_ref_in(self.whose.data or "") if self.kind.data == "booth" else "",
            link=self.link.data or "" if self.kind.data == "video" else "",
        )


def _print_of(said: PointSaid) -> str:
    return hashlib.sha256(repr(said).encode()).hexdigest()[:16]


def named(person: Participant) -> str:
    """A person as the field of whom a booth is kept for says them: nobody else is meant."""
    return f"{person.name} ({person.ref})"


def _whose(point: MeetingPoint) -> str:
    booth = db.session.get(Booth, point.id)
    person = db.session.get(Participant, booth.participant_id) if booth else None
    return named(person) if person else ""


def _ref_in(text: str) -> str:
    found = REF.search(text)
    return found[1] if found else text
