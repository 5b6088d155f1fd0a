"""Reads of users and their sign-in links."""

from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from matchmaker.accounts.addresses import address_key
from matchmaker.accounts.models import SignInLink, User
from matchmaker.accounts.tokens import hash_secret, read_token
from matchmaker.extensions import db


def user_by_address(address: str) -> User | None:
    return db.session.scalar(select(User).where(User.email_key == address_key(address.strip())))


def link_by_token(token: str) -> SignInLink | None:
    """The link with this token, used up or not; None if we never made it."""
    secret = read_token(token)
    if secret is None:
        return None
    return db.session.scalar(
        select(SignInLink)
        .where(SignInLink.secret_hash == hash_secret(secret))
        .options(joinedload(SignInLink.user))
    )


def count_links_since(user: User, moment: datetime) -> int:
    query = select(func.count()).where(
        SignInLink.user_id == user.id, SignInLink.created_at > moment
    )
    return db.session.scalar(query) or 0
