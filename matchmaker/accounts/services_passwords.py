"""Setting, removing and checking passwords.

A wrong password counts against its account; after a few in an hour no password is accepted there
for the rest of it. Nobody can lock a person out that way: a mailed link always signs them in.
"""

from datetime import timedelta

from flask_babel import force_locale
from flask_babel import gettext as _
from sqlalchemy import select

from matchmaker.accounts.addresses import address_key
from matchmaker.accounts.models import User
from matchmaker.accounts.passwords import hash_password, password_fits
from matchmaker.accounts.services import void_links
from matchmaker.clock import now
from matchmaker.extensions import db
from matchmaker.messages.composing import compose
from matchmaker.messages.services import queue_mail
from matchmaker.web import absolute_url, app_config

MOST_FAILURES = 10
FAILURES_FORGOTTEN_AFTER = timedelta(hours=1)


def check_password(email: str, password: str) -> User | None:
    """The user whom this address and password sign in; a wrong password is counted.

    For an unknown address, a wrong password and too many tries the answer is the same and takes
    as long, so it tells nobody which addresses are known.
    """
    user = _locked_user(email)
    fits = password_fits(password, user.password_hash if user else None)
    if user is None or _failed_too_often(user):
        return None
    if not fits:
        _count_failure(user)
        return None
    user.failed_passwords = 0
    db.session.flush()
    return user


def set_new_password(user: User, password: str) -> None:
    """Give the user a password; ends all their sessions and voids their unused links."""
    _replace_hash(user, hash_password(password))
    with force_locale(user.locale):
        _tell(user, "password_set", _("Your password for Matchmaker was set"))


def drop_password(user: User) -> None:
    """Sign in by mailed link only from now on; ends all their sessions, voids unused links."""
    _replace_hash(user, None)
    with force_locale(user.locale):
        _tell(user, "password_removed", _("Your password for Matchmaker was removed"))


def _locked_user(email: str) -> User | None:
    """Locked, so that guesses sent all at once are counted one by one."""
    key = address_key(email.strip())
    return db.session.scalar(select(User).where(User.email_key == key).with_for_update())


def _failed_too_often(user: User) -> bool:
    if user.failed_since is None or user.failed_since + FAILURES_FORGOTTEN_AFTER <= now():
        user.failed_passwords = 0
    return user.failed_passwords >= MOST_FAILURES


def _count_failure(user: User) -> None:
    if user.failed_passwords == 0:
        user.failed_since = now()
    user.failed_passwords += 1
    db.session.flush()


def _replace_hash(user: User, kept_hash: str | None) -> None:
    user.password_hash = kept_hash
    user.session_number += 1
    user.failed_passwords = 0
    void_links(user)
    db.session.flush()


def _tell(user: User, template: str, subject: str) -> None:
    text = compose(
        template,
        locale=user.locale,
        site=app_config().base_url,
        sign_in=absolute_url("accounts.sign_in"),
    )
    queue_mail(user=user, address=user.email, subject=subject, text=text)
