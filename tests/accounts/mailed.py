"""Reads the mails in the outbox as their recipients would."""

import re

from matchmaker.extensions import db
from matchmaker.messages.models import Mail


def mails_to(address: str) -> list[Mail]:
    return list(
        db.session.scalars(db.select(Mail).where(Mail.address == address).order_by(Mail.id))
    )


def link_in(mail: Mail) -> str:
    """The path of the sign-in link in a mail."""
    found = re.search(r"^http://127\.0\.0\.1:8000(/sign-in/\S+\.\S+)$", mail.text, re.MULTILINE)
    assert found, mail.text
    return found[1]
