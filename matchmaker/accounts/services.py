"""Making users, and the links that sign them in."""

from datetime import timedelta

from flask_babel import force_locale
from flask_babel import gettext as _
from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError

from matchmaker.accounts.addresses import address_key, normalise_address
from matchmaker.accounts.models import SignInLink, User
from matchmaker.accounts.paths import local_path
from matchmaker.accounts.queries import count_links_since, user_by_address
from matchmaker.accounts.tokens import hash_secret, new_secret, sign_secret
from matchmaker.audit.services import record
from matchmaker.clock import now
from matchmaker.errors import Gone
from matchmaker.extensions import db
from matchmaker.messages.composing import compose
from matchmaker.messages.services import queue_mail
from matchmaker.web import absolute_url, app_config

SIGN_IN_LIFETIME = timedelta(hours=24)
REGISTRATION_LIFETIME = timedelta(days=7)
MOST_LINKS_AN_HOUR = 5


def find_or_create_user(email: str, name: str = "", *, locale: str = "") -> User:
    """The user with this address, or a new one; a known user's name and language stay.

    Raises:
        Invalid: `email` cannot be an address.
    """
    address = normalise_address(email)
    return user_by_address(address) or _create_user(address, name, locale)


def user_to_write_to(email: str, name: str = "", *, locale: str = "") -> User:
    """The same for a page that anybody may send: it takes as long whether the address is known.

    For a known one a new user is made all the same, under an address of nobody, and taken back.
    """
    address = normalise_address(email)
    known = user_by_address(address)
    if known is None:
        return _create_user(address, name, locale)
    rehearsal = db.session.begin_nested()
    _create_user(f"{new_secret().lower()}@nobody.invalid", name, locale)
    rehearsal.rollback()
    return known


def _create_user(address: str, name: str, locale: str) -> User:
    user = User(
        email=address, email_key=address_key(address), name=name.strip(), locale_chosen=locale
    )
    try:
        with db.session.begin_nested():
            db.session.add(user)
    except IntegrityError:
        # Somebody made the same user between our look and our insert.
        return db.session.execute(
            select(User).where(User.email_key == address_key(address))
        ).scalar_one()
    return user


def rename(user: User, name: str) -> None:
    user.name = name.strip()
    db.session.flush()


def choose_locale(user: User, locale: str) -> None:
    """From now on pages, mails and calendars speak this language to the user."""
    user.locale_chosen = locale
    db.session.flush()


def choose_timezone(user: User, timezone: str) -> None:
    """Show times in this zone beside the event's; empty leaves it to the browser."""
    user.timezone = timezone
    db.session.flush()


def adopt_locale(user: User, locale: str) -> None:
    """Take the language somebody signs in in for theirs, unless they have one."""
    if not user.locale_chosen:
        choose_locale(user, locale)


def allow_to_create_events(user: User) -> None:
    """Done from the console, so the audit log names no actor."""
    if not user.may_create_events:
        user.may_create_events = True
        record("allow to create events", event_id=None, actor_id=None, subject=user.email)
    db.session.flush()


def issue_link(user: User, *, next_path: str = "/", lifetime: timedelta = SIGN_IN_LIFETIME) -> str:
    """The whole address of a new link that signs `user` in once and leads on to `next_path`."""
    secret = new_secret()
    db.session.add(
        SignInLink(
            user=user,
            secret_hash=hash_secret(secret),
            next_path=local_path(next_path),
            created_at=now(),
            expires_at=now() + lifetime,
        )
    )
    db.session.flush()
    return absolute_url("accounts.sign_in_with_link", token=sign_secret(secret))


def send_sign_in_link(user: User, next_path: str = "/", *, event_name: str = "") -> None:
    """Mail the user a link; after a few in an hour silently none, so that nobody is flooded.

    With `event_name` the mail speaks of registering for that event and its link lives longer. A
    link too many is taken back rather than not made: else the time would tell who is known.
    """
    db.session.execute(select(User.id).where(User.id == user.id).with_for_update())
    enough = count_links_since(user, now() - timedelta(hours=1)) >= MOST_LINKS_AN_HOUR
    lifetime = REGISTRATION_LIFETIME if event_name else SIGN_IN_LIFETIME
    trial = db.session.begin_nested()
    link = issue_link(user, next_path=next_path, lifetime=lifetime)
    _mail_link(user, link, lifetime, event_name)
    trial.rollback() if enough else trial.commit()


def mail_link_if_known(address: str, next_path: str) -> None:
    """Mail a link to a known address; for an unknown one do the same work and take it back.

    Otherwise the time until the answer would tell which addresses are known.
    """
    user = user_by_address(address)
    if user is not None:
        send_sign_in_link(user, next_path)
        return
    rehearsal = db.session.begin_nested()
    send_sign_in_link(_create_user(address, "", ""), next_path)
    rehearsal.rollback()


def _mail_link(user: User, link: str, lifetime: timedelta, event_name: str) -> None:
    with force_locale(user.locale):
        subject = (
            _("Continue your registration for %(event)s", event=event_name)
            if event_name
            else _("Your link to sign in to Matchmaker")
        )
    text = compose(
        "sign_in",
        locale=user.locale,
        link=link,
        hours=lifetime // timedelta(hours=1),
        address=user.email,
        site=app_config().base_url,
        event_name=event_name,
    )
    queue_mail(user=user, address=user.email, subject=subject, text=text)


def use_link(link: SignInLink) -> User:
    """Use the link up and say whom it signs in.

    Raises:
        Gone: it was used before, perhaps a moment ago in another window, or has expired.
    """
    used = db.session.execute(
        update(SignInLink)
        .where(
            SignInLink.id == link.id, SignInLink.used_at.is_(None), SignInLink.expires_at > now()
        )
        .values(used_at=now())
    )
    if used.rowcount != 1:  # type: ignore[attr-defined]
        raise Gone(_("This link was used before or has expired. Ask for a new one."))
    return link.user


def renew_link(link: SignInLink) -> None:
    """Mail a link like this one to the same person."""
    send_sign_in_link(link.user, link.next_path)


def void_links(user: User) -> None:
    """Make the user's unused links worthless."""
    db.session.execute(
        update(SignInLink)
        .where(SignInLink.user_id == user.id, SignInLink.used_at.is_(None))
        .values(used_at=now())
    )
