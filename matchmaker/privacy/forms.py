"""The form that asks before data are erased for good."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import ValidationError
from wtforms.validators import DataRequired

from matchmaker.accounts.addresses import address_key
from matchmaker.accounts.forms import RemovePasswordForm
from matchmaker.fields import LineField


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
