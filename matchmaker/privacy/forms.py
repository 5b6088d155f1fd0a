"""The forms that ask before data are erased for good, and for the day of it."""

from datetime import timedelta

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import ValidationError
from wtforms.validators import DataRequired, Optional

from matchmaker.accounts.addresses import address_key
from matchmaker.accounts.forms import RemovePasswordForm
from matchmaker.clock import now
from matchmaker.events.models import Event
from matchmaker.fields import DayField, LineField
from matchmaker.formatting import days_between


class EraseForm(RemovePasswordForm):
    """One's own address, typed; and the password where there is one."""

    address = LineField(
        _l("Type your e-mail address to confirm"),
        validators=[DataRequired(_l("Type your address, so that nothing is erased by a slip."))],
    )

    def validate_address(self, field: LineField) -> None:
        if address_key(field.data or "") != self.user.email_key:
            sentence = _("Type the address you sign in with: %(address)s.", address=self.user.email)
            raise ValidationError(sentence)


class EraseOnForm(FlaskForm):
    """The day on which an event's people are erased; none keeps them."""

    erase_on = DayField(
        _l("Erase everybody's data on"),
        description=_l("Leave it empty to keep them until each erases their own."),
        validators=[Optional()],
    )

    @classmethod
    def of(cls, event: Event) -> "EraseOnForm":
        form = cls(data={"erase_on": event.erase_on})
        form.event = event
        return form

    event: Event | None = None

    def validate_erase_on(self, field: DayField) -> None:
        if self.event is None or field.data is None:
            return
        earliest = max(self.event.ends_on, now().date()) + timedelta(days=1)
        if field.data < earliest:
            sentence = _("Choose a day from %(day)s on.", day=days_between(earliest, earliest))
            raise ValidationError(sentence)
