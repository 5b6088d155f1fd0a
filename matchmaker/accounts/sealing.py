"""Secrets that we must read again, sealed by a key made from the site's own.

Whoever has the database alone reads none of them. Another secret key opens none either: then a
recovery code or the console helps.
"""

import base64
import hashlib
import hmac

from cryptography.fernet import Fernet, InvalidToken

from matchmaker.web import app_config


def seal(text: str) -> str:
    return _box().encrypt(text.encode()).decode()


def unseal(sealed: str, *, seconds: int | None = None) -> str | None:
    """The text, unless it was not sealed by us or longer ago than `seconds`."""
    try:
        return _box().decrypt(sealed.encode(), ttl=seconds).decode()
    except InvalidToken:
        return None


def _box() -> Fernet:
    key = hmac.digest(app_config().secret_key.encode(), b"second factor", hashlib.sha256)
    return Fernet(base64.urlsafe_b64encode(key))
