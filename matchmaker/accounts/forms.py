"""Forms for signing in and for one's own account."""

from functools import cache
from typing import Any
from zoneinfo import available_timezones

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import BooleanField, EmailField, PasswordField, SelectField, StringField
from wtforms.validators import (
    AnyOf,
    DataRequired,
    Email,
    EqualTo,
    Length,
    Optional,
    ValidationError,
)

from matchmaker.accounts.models import User
from matchmaker.accounts.passwords import LONGEST, SHORTEST, easily_guessed
from matchmaker.fields import LineField, ManyOptions
from matchmaker.locales import LOCALES

LONGEST_ADDRESS = 254
LONGEST_NAME = 120
CONTINENTS = (
    "Africa/",
    "America/",
    "Antarctica/",
    "Arctic/",
    "Asia/",
    "Atlantic/",
    "Australia/",
    "Europe/",
    "Indian/",
    "Pacific/",
)


@cache
def zones() -> list[tuple[str, str]]:
    """The zones named after cities, as people know them: `Europe/Helsinki`."""
    names = sorted(name for name in available_timezones() if name.startswith(CONTINENTS))
    return [(name, name.replace("_", " ").replace("/", " / ")) for name in names]


def _stripped(text: str | None) -> str:
    return (text or "").strip()


class _AddressForm(FlaskForm):
    email = EmailField(
        _l("E-mail address"),
        filters=[_stripped],
        validators=[
            DataRequired(_l("Type your e-mail address.")),
            Length(max=LONGEST_ADDRESS, message=_l("An address has at most %(max)d characters.")),
            Email(_l("This is not an e-mail address. Write it like name@example.org.")),
        ],
    )


class AskForLinkForm(_AddressForm):
    pass


class PasswordSignInForm(_AddressForm):
    password = PasswordField(
        _l("Password"),
        validators=[DataRequired(_l("Type your password.")), Length(max=LONGEST)],
    )
    remember = BooleanField(_l("Stay signed in on this device"), default=True)

    def refuse_unless(self, fits: object) -> None:
        """One sentence for a wrong password, too many tries and an unknown address."""
        if not fits:
            self.form_errors.append(
                _l(
                    "This address and password do not fit, or there were too many wrong tries "
                    "within an hour. Try again, or have a sign-in link mailed: that always works."
                )
            )


class UseLinkForm(FlaskForm):
    remember = BooleanField(
        _l("Stay signed in on this device"),
        default=True,
        description=_l("For 60 days. Untick it on a device that others use."),
    )


class ProfileForm(FlaskForm):
    name = LineField(
        _l("Your name"),
        validators=[
            DataRequired(_l("Type your name, as it should stand on your agenda.")),
            Length(max=LONGEST_NAME, message=_l("A name has at most %(max)d characters.")),
        ],
    )
    timezone = SelectField(
        _l("Your time zone"),
        description=_l("Your agenda shows your own time too where the event is in another zone."),
        choices=lambda: [("", _l("That of my browser")), *zones()],
        widget=ManyOptions(),
        validators=[Optional()],
    )


class LanguageForm(FlaskForm):
    """Sent from every page's footer, with one button a language."""

    locale = StringField(validators=[AnyOf(LOCALES)])


class _OwnPasswordForm(FlaskForm):
    """Asks for the password in force, unless there is none or the mailbox was just proved."""

    current = PasswordField(
        _l("Password so far"),
        validators=[DataRequired(_l("Type the password you have now.")), Length(max=LONGEST)],
    )

    def __init__(self, user: User, *, ask_current: bool, **options: Any) -> None:
        super().__init__(**options)
        self.user = user
        if not ask_current:
            del self.current

    def refuse_unless(self, fits: bool) -> None:
        if not fits:
            self.current.errors = [
                _l(
                    "This is not your password, or there were too many wrong tries within an hour. "
                    "If you forgot it, sign out, sign in by a mailed link and come back here."
                )
            ]


class SetPasswordForm(_OwnPasswordForm):
    password = PasswordField(
        _l("New password"),
        description=_l(
            "At least %(count)d characters; three or four words are easy to keep.", count=SHORTEST
        ),
        validators=[
            DataRequired(_l("Type a new password.")),
            Length(min=SHORTEST, message=_l("Too short: use at least %(min)d characters.")),
            Length(max=LONGEST, message=_l("Too long: use at most %(max)d characters.")),
        ],
    )
    repeated = PasswordField(
        _l("New password once more"),
        validators=[
            DataRequired(_l("Type the new password again.")),
            EqualTo("password", _l("The two differ. Type the same password twice.")),
        ],
    )

    def validate_password(self, field: PasswordField) -> None:
        if easily_guessed(field.data or "", self.user.email):
            raise ValidationError(
                _l("This is among the first passwords anybody would try. Choose another.")
            )


class RemovePasswordForm(_OwnPasswordForm):
    pass
