"""An app for codes, as a phone has it, and accounts that use one."""

import pyotp

from matchmaker.accounts.models import User
from matchmaker.accounts.services_two_factor import turn_on_app
from matchmaker.clock import now
from matchmaker.extensions import db

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


def code(secret: str = SECRET, *, later: int = 0) -> str:
    """What the app shows now, or so many half minutes later."""
    return pyotp.TOTP(secret).at(now(), counter_offset=later)


def with_app(user: User) -> list[str]:
    """Give the account an app whose code of this moment is used up; says its recovery codes."""
    codes = turn_on_app(user, SECRET, code())
    db.session.commit()
    return codes
