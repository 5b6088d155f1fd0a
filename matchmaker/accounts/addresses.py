"""E-mail addresses: checked and written in one way, and a key by which they are compared."""

from email_validator import EmailNotValidError, validate_email
from flask_babel import gettext as _

from matchmaker.errors import Invalid


def normalise_address(text: str) -> str:
    """The address as it is stored and written to.

    Raises:
        Invalid: it cannot be an address.
    """
    try:
        return validate_email(text.strip(), check_deliverability=False).normalized
    except EmailNotValidError:
        sentence = _(
            "%(text)s is not an e-mail address. Write it like name@example.org.", text=repr(text)
        )
        raise Invalid(sentence, field="email") from None


def address_key(address: str) -> str:
    """Two addresses with the same key belong to one person."""
    return address.lower()
