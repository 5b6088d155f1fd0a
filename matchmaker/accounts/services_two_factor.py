"""The second factor: turning it on and off, checking codes.

A wrong code counts against its account; after a few in an hour none is accepted there for the
rest of it. Only who has the mailbox or the password gets as far as trying one.
"""

import hashlib
import secrets
from datetime import timedelta

import pyotp
from flask_babel import force_locale
from flask_babel import gettext as _
from sqlalchemy import delete, select, update

from matchmaker.accounts.models import User
from matchmaker.accounts.models_two_factor import Passkey, RecoveryCode, SecondFactor
from matchmaker.accounts.queries_two_factor import factor_of, locked_factor, passkeys_of
from matchmaker.accounts.sealing import seal, unseal
from matchmaker.audit.services import record
from matchmaker.clock import now
from matchmaker.errors import Invalid
from matchmaker.extensions import db
from matchmaker.messages.composing import compose
from matchmaker.messages.services import queue_mail
from matchmaker.web import app_config

STEP_SECONDS = 30
STEPS_OFF = 1
MOST_FAILURES = 10
FAILURES_FORGOTTEN_AFTER = timedelta(hours=1)
RECOVERY_CODES = 10
SIGNS = "abcdefghijkmnpqrstuvwxyz23456789"  # nothing that looks like something else
OFFER_SECONDS = 3600


def offer_app(user: User) -> str:
    """A new secret for the user's app, sealed: nothing is kept before a code has proved it."""
    return seal(f"{user.id} {pyotp.random_base32()}")


def offered_secret(user: User, offer: str) -> str | None:
    """The secret in an offer made to this user within the last hour."""
    owner, _space, secret = (unseal(offer, seconds=OFFER_SECONDS) or "").partition(" ")
    return secret if secret and owner == str(user.id) else None


def turn_on_app(user: User, secret: str, code: str) -> list[str]:
    """Ask for the codes of this app from now on. Returns recovery codes where these are the first.

    Raises:
        Invalid: the code is not the app's, so the app was set up wrongly or its clock is off.
    """
    counter = _counter_of(secret, code)
    if counter is None:
        raise Invalid(
            _(
                "This code does not fit. Type the six digits that the app shows now; if they keep"
                " failing, set the clock of your phone to the network's time."
            ),
            field="code",
        )
    codes = begin_second_factor(user)
    factor = locked_factor(user)
    assert factor is not None  # noqa: S101 - made a line above
    factor.app_secret, factor.last_counter = seal(secret), counter
    db.session.flush()
    tell_of_change(user, "second factor: app added")
    return codes


def begin_second_factor(user: User) -> list[str]:
    """Where it is the user's first, end their other sessions and make recovery codes."""
    db.session.execute(select(User.id).where(User.id == user.id).with_for_update())
    if locked_factor(user) is not None:
        return []
    db.session.add(SecondFactor(user_id=user.id, failed=0, last_counter=0))
    user.session_number += 1
    db.session.flush()
    return _make_codes(user)


def renew_codes(user: User) -> list[str]:
    """New recovery codes; the old ones end."""
    locked_factor(user)
    codes = _make_codes(user)
    tell_of_change(user, "second factor: recovery codes renewed")
    return codes


def drop_app(user: User) -> None:
    factor = locked_factor(user)
    if factor is None or not factor.app_secret:
        return
    factor.app_secret = ""
    _end_if_nothing_is_left(user, factor)
    tell_of_change(user, "second factor: app removed")


def drop_passkey(user: User, passkey_id: int) -> None:
    """Forget one of the user's own passkeys; of anybody else's nothing happens."""
    factor = locked_factor(user)
    own = delete(Passkey).where(Passkey.id == passkey_id, Passkey.user_id == user.id)
    gone = db.session.execute(own).rowcount == 1  # type: ignore[attr-defined]
    if gone and factor is not None:
        _end_if_nothing_is_left(user, factor)
        tell_of_change(user, "second factor: passkey removed")


def reset_two_factor(user: User) -> None:
    """For who has lost everything: take all of it away and end their sessions."""
    for table in (Passkey, RecoveryCode, SecondFactor):
        db.session.execute(delete(table).where(table.user_id == user.id))
    user.session_number += 1
    db.session.flush()
    tell_of_change(user, "second factor: reset from the console", by_console=True)


def check_code(user: User, code: str) -> bool:
    """Whether it is the app's code of this moment or an unused recovery code; either works once."""
    factor = locked_factor(user)
    if factor is None or _failed_too_often(factor):
        return False
    typed = "".join(code.split()).replace("-", "").lower()
    if not (_take_app_code(factor, typed) or _take_recovery_code(user, typed)):
        _count_failure(factor)
        return False
    factor.failed = 0
    db.session.flush()
    return True


def _take_app_code(factor: SecondFactor, code: str) -> bool:
    secret = unseal(factor.app_secret) if factor.app_secret else None
    counter = _counter_of(secret, code) if secret else None
    if counter is None or counter <= factor.last_counter:
        return False
    factor.last_counter = counter
    return True


def _counter_of(secret: str, code: str) -> int | None:
    """The time step whose code this is, of now and the ones beside it."""
    here = int(now().timestamp()) // STEP_SECONDS
    typed = "".join(code.split())
    codes = pyotp.HOTP(secret)
    steps = range(here - STEPS_OFF, here + STEPS_OFF + 1)
    return next((step for step in steps if pyotp.utils.strings_equal(codes.at(step), typed)), None)


def _take_recovery_code(user: User, code: str) -> bool:
    used = db.session.execute(
        update(RecoveryCode)
        .where(
            RecoveryCode.user_id == user.id,
            RecoveryCode.code_hash == _hashed(code),
            RecoveryCode.used_at.is_(None),
        )
        .values(used_at=now())
    )
    return used.rowcount == 1  # type: ignore[attr-defined, no-any-return]


def _failed_too_often(factor: SecondFactor) -> bool:
    if factor.failed_since is None or factor.failed_since + FAILURES_FORGOTTEN_AFTER <= now():
        factor.failed = 0
    return factor.failed >= MOST_FAILURES


def _count_failure(factor: SecondFactor) -> None:
    if factor.failed == 0:
        factor.failed_since = now()
    factor.failed += 1
    db.session.flush()


def _make_codes(user: User) -> list[str]:
    db.session.execute(delete(RecoveryCode).where(RecoveryCode.user_id == user.id))
    codes = [
        "".join(secrets.choice(SIGNS) for _sign in range(16)) for _code in range(RECOVERY_CODES)
    ]
    db.session.add_all(RecoveryCode(user_id=user.id, code_hash=_hashed(code)) for code in codes)
    db.session.flush()
    return ["-".join(code[at : at + 4] for at in range(0, 16, 4)) for code in codes]


def _hashed(code: str) -> str:
    """Eighty bits of chance need no slow hash."""
    return hashlib.sha256(code.encode()).hexdigest()


def _end_if_nothing_is_left(user: User, factor: SecondFactor) -> None:
    if factor.app_secret or passkeys_of(user):
        return
    db.session.execute(delete(RecoveryCode).where(RecoveryCode.user_id == user.id))
    db.session.delete(factor)
    db.session.flush()


def tell_of_change(user: User, action: str, *, by_console: bool = False) -> None:
    """Into the log, and a mail to the user: a change somebody else made must not go unseen."""
    record(action, event_id=None, actor_id=None if by_console else user.id, subject=user.email)
    with force_locale(user.locale):
        subject = _("How you sign in to Matchmaker was changed")
    text = compose(
        "second_factor_changed",
        locale=user.locale,
        on=factor_of(user) is not None,
        site=app_config().base_url,
    )
    queue_mail(user=user, address=user.email, subject=subject, text=text)
