"""The secret in a sign-in link: random, signed, and stored as a hash only."""

import hashlib
import secrets

from itsdangerous import BadSignature, Signer

from matchmaker.web import app_config


def new_secret() -> str:
    return secrets.token_urlsafe(16)


def hash_secret(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


def sign_secret(secret: str) -> str:
    """The token that stands in the link's address."""
    return _signer().sign(secret).decode()


def read_token(token: str) -> str | None:
    """The secret in a token that we have signed; None for any other."""
    try:
        return _signer().unsign(token).decode()
    except BadSignature:
        return None


def _signer() -> Signer:
    return Signer(app_config().secret_key, salt="sign-in link")
