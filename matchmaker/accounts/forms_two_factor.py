"""Forms of the second step."""

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import HiddenField, StringField
from wtforms.validators import DataRequired, Length

from matchmaker.fields import LineField

LONGEST_CODE = 40
LONGEST_OFFER = 300
LONGEST_CREDENTIAL = 20_000


class AppForm(FlaskForm):
    """Proves that the app holds the secret of `offer`."""

    offer = HiddenField(validators=[DataRequired(), Length(max=LONGEST_OFFER)])
    code = StringField(
        _l("Six digits from the app"),
        validators=[
            DataRequired(_l("Type the six digits that the app shows.")),
            Length(max=LONGEST_CODE, message=_l("Six digits are enough.")),
        ],
    )


class StepForm(FlaskForm):
    code = StringField(
        _l("Code"),
        description=_l("Six digits from your app, or one of your recovery codes."),
        validators=[
            DataRequired(_l("Type the six digits that your app shows, or a recovery code.")),
            Length(max=LONGEST_CODE, message=_l("A code is shorter than this.")),
        ],
    )

    def refuse_unless(self, fits: bool) -> None:
        """One sentence for a wrong code, one used before and too many tries."""
        if not fits:
            self.code.errors = [
                _l(
                    "This code does not fit, was used before, or there were too many wrong ones"
                    " within an hour. Wait for the app's next code, or type a recovery code."
                )
            ]


class PasskeyForm(FlaskForm):
    """What a device answered; the script fills it in."""

    credential = HiddenField(validators=[DataRequired(), Length(max=LONGEST_CREDENTIAL)])
    next = HiddenField()


class NewPasskeyForm(PasskeyForm):
    name = LineField(
        _l("A name for this passkey"),
        description=_l("So that you know it again: my phone, the key on my ring."),
        validators=[Length(max=60, message=_l("A name has at most %(max)d characters."))],
    )
