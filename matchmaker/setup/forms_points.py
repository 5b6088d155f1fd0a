"""The forms of meeting points: many at once, and one."""

import re
from urllib.parse import urlsplit

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import IntegerField, RadioField, ValidationError
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange

from matchmaker.events.labels import POINT_LABELS
from matchmaker.events.models import Event, MeetingPoint
from matchmaker.extensions import db
from matchmaker.fields import TOO_LONG, LineField
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
    def of_kinds(cls) -> "AddPointsForm":
        form = cls()
        form.kind.choices = list(POINT_LABELS.items())
        return form


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

    @classmethod
    def of(cls, event: Event, point: MeetingPoint) -> "PointForm":
        said = said_of(point)
        form = cls(data={"name": said.name, "kind": said.kind, "link": said.link})
        if not form.is_submitted():
            form.whose.data = _whose(point)
        form.kind.choices = list(POINT_LABELS.items())
        return form

    def said(self) -> PointSaid:
        return PointSaid(
            name=self.name.data or "",
            kind=self.kind.data,
            kept_for=_ref_in(self.whose.data or "") if self.kind.data == "booth" else "",
            link=self.link.data or "" if self.kind.data == "video" else "",
        )


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
