"""Forms of an event's team."""

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import EmailField, RadioField, SelectField
from wtforms.validators import DataRequired, Email, InputRequired, Length

from matchmaker.events.labels import ROLE_LABELS
from matchmaker.events.roles import Role
from matchmaker.fields import one_line

LONGEST_ADDRESS = 254


def role_choices() -> list[tuple[str, str]]:
    return [(str(role), ROLE_LABELS[role]) for role in Role]


class InviteForm(FlaskForm):
    email = EmailField(
        _l("E-mail address"),
        filters=[one_line],
        validators=[
            DataRequired(_l("Type the address of whom you want on the team.")),
            Length(max=LONGEST_ADDRESS, message=_l("An address has at most %(max)d characters.")),
            Email(_l("This is not an e-mail address. Write it like name@example.org.")),
        ],
    )
    role = RadioField(
        _l("Role"),
        choices=role_choices,
        default=str(Role.ORGANISER),
        validators=[InputRequired(_l("Choose one."))],
    )


class RoleForm(FlaskForm):
    role = SelectField(
        _l("Role"), choices=role_choices, validators=[InputRequired(_l("Choose one."))]
    )
