"""Passkeys: asking a device to make one or to sign with one, and checking what it answers.

The library that reads the answers is loaded where one is at hand, since that takes half a second.
"""

import ipaddress
import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

from flask_babel import gettext as _
from sqlalchemy import delete, select, update
from sqlalchemy.exc import IntegrityError

from matchmaker.accounts.models import User
from matchmaker.accounts.models_two_factor import Passkey, PasskeyChallenge
from matchmaker.accounts.queries_two_factor import passkeys_of
from matchmaker.accounts.services_two_factor import begin_second_factor, tell_of_change
from matchmaker.clock import now
from matchmaker.errors import Invalid
from matchmaker.extensions import db
from matchmaker.web import app_config

ANSWERED_WITHIN = timedelta(minutes=10)
MOST_PASSKEYS = 20
BASE64URL = re.compile(r"[A-Za-z0-9_-]{1,1400}")
TRANSPORTS = ("ble", "hybrid", "internal", "nfc", "smart-card", "usb")


def site_name() -> str:
    return urlsplit(app_config().base_url).hostname or ""


def passkeys_work() -> bool:
    """Browsers bind them to a name with an address of its own, never to a bare number."""
    try:
        ipaddress.ip_address(site_name())
    except ValueError:
        return app_config().is_https or site_name() == "localhost"
    return False


def ask_to_make(user: User) -> tuple[str, str]:
    """The challenge, and what the browser passes to the device, as JSON."""
    import webauthn  # noqa: PLC0415 - slow to load
    from webauthn.helpers import structs  # noqa: PLC0415

    options = webauthn.generate_registration_options(
        rp_id=site_name(),
        rp_name="Matchmaker",
        user_id=f"matchmaker {user.id}".encode(),
        user_name=user.email,
        user_display_name=user.name or user.email,
        authenticator_selection=structs.AuthenticatorSelectionCriteria(
            resident_key=structs.ResidentKeyRequirement.REQUIRED,
            user_verification=structs.UserVerificationRequirement.REQUIRED,
        ),
        exclude_credentials=[
            structs.PublicKeyCredentialDescriptor(id=webauthn.base64url_to_bytes(key.credential))
            for key in passkeys_of(user)
        ],
    )
    return _kept(options.challenge, user), webauthn.options_to_json(options)


def ask_to_sign() -> tuple[str, str]:
    """The same for signing in; the device says who it is."""
    import webauthn  # noqa: PLC0415
    from webauthn.helpers import structs  # noqa: PLC0415

    options = webauthn.generate_authentication_options(
        rp_id=site_name(), user_verification=structs.UserVerificationRequirement.REQUIRED
    )
    return _kept(options.challenge, None), webauthn.options_to_json(options)


def add_passkey(user: User, challenge: str, answer: str, name: str) -> list[str]:
    """Keep the passkey a device made. Returns recovery codes where it is the first second factor.

    Raises:
        Invalid: the answer is not to this challenge, not from this site, or known already.
    """
    import webauthn  # noqa: PLC0415

    _take(challenge, user)
    with _refusing():
        made = webauthn.verify_registration_response(
            credential=answer,
            expected_challenge=webauthn.base64url_to_bytes(challenge),
            expected_rp_id=site_name(),
            expected_origin=app_config().base_url,
            require_user_verification=True,
        )
    codes = begin_second_factor(user)
    if len(passkeys_of(user)) >= MOST_PASSKEYS:
        raise Invalid(_("You have as many passkeys as one can have here. Remove one first."))
    _enter(
        Passkey(
            user_id=user.id,
            credential=webauthn.helpers.bytes_to_base64url(made.credential_id),
            public_key=made.credential_public_key,
            sign_count=made.sign_count,
            transports=_transports(answer),
            name=name or _("Passkey"),
        )
    )
    tell_of_change(user, "second factor: passkey added")
    return codes


def user_by_passkey(challenge: str, answer: str) -> User:
    """Whom the signed answer signs in. A copied device is found by its count going back.

    Raises:
        Invalid: the answer is not to this challenge, not from this site, or of no known passkey.
    """
    import webauthn  # noqa: PLC0415

    _take(challenge, None)
    passkey = _named_in(answer)
    with _refusing():
        signed = webauthn.verify_authentication_response(
            credential=answer,
            expected_challenge=webauthn.base64url_to_bytes(challenge),
            expected_rp_id=site_name(),
            expected_origin=app_config().base_url,
            credential_public_key=passkey.public_key,
            credential_current_sign_count=passkey.sign_count,
            require_user_verification=True,
        )
    _note_use(passkey, signed.new_sign_count)
    return passkey.user


def _note_use(passkey: Passkey, count: int) -> None:
    """Only where nobody used it meanwhile with the same count."""
    used = db.session.execute(
        update(Passkey)
        .where(Passkey.id == passkey.id, Passkey.sign_count == passkey.sign_count)
        .values(sign_count=count, used_at=now())
    )
    if used.rowcount != 1:  # type: ignore[attr-defined]
        raise Invalid(_not_understood())


def _kept(challenge: bytes, user: User | None) -> str:
    from webauthn.helpers import bytes_to_base64url  # noqa: PLC0415

    forgotten = delete(PasskeyChallenge).where(
        PasskeyChallenge.created_at < now() - ANSWERED_WITHIN
    )
    db.session.execute(forgotten)
    written: str = bytes_to_base64url(challenge)
    db.session.add(PasskeyChallenge(challenge=written, user_id=user.id if user else None))
    db.session.flush()
    return written


def _take(challenge: str, user: User | None) -> None:
    """Use the challenge up: an answer that somebody kept is worth nothing a second time."""
    taken = db.session.execute(
        delete(PasskeyChallenge).where(
            PasskeyChallenge.challenge == challenge,
            PasskeyChallenge.user_id == (user.id if user else None),
            PasskeyChallenge.created_at >= now() - ANSWERED_WITHIN,
        )
    )
    if taken.rowcount != 1:  # type: ignore[attr-defined]
        raise Invalid(_not_understood())


def _named_in(answer: str) -> Passkey:
    try:
        name = json.loads(answer)["id"]
    except (ValueError, KeyError, TypeError):
        raise Invalid(_not_understood()) from None
    if not isinstance(name, str) or not BASE64URL.fullmatch(name):
        raise Invalid(_not_understood())
    passkey = db.session.scalar(select(Passkey).where(Passkey.credential == name))
    if passkey is None:
        sentence = _("This passkey is not known here; it may have been removed. Sign in by mail.")
        raise Invalid(sentence)
    return passkey


def _transports(answer: str) -> list[str]:
    """How the device is reached, as far as the standard names it."""
    told: Any = json.loads(answer)["response"].get("transports")
    return [each for each in told if each in TRANSPORTS] if isinstance(told, list) else []


def _enter(passkey: Passkey) -> None:
    try:
        with db.session.begin_nested():
            db.session.add(passkey)
    except IntegrityError:
        raise Invalid(_("This passkey is in use here already.")) from None


@contextmanager
def _refusing() -> Iterator[None]:
    """Turns what the library says of a bad answer into our refusal."""
    from webauthn.helpers.exceptions import WebAuthnException  # noqa: PLC0415

    try:
        yield
    except (WebAuthnException, ValueError, KeyError, TypeError) as error:
        raise Invalid(_not_understood()) from error


def _not_understood() -> str:
    return str(_("The passkey's answer came too late or twice, so it was not used. Try again."))
