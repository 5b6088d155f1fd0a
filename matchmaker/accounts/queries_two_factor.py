"""Reads of a user's second factor."""

from sqlalchemy import func, select

from matchmaker.accounts.models import User
from matchmaker.accounts.models_two_factor import Passkey, RecoveryCode, SecondFactor
from matchmaker.extensions import db


def factor_of(user: User) -> SecondFactor | None:
    return db.session.get(SecondFactor, user.id)


def locked_factor(user: User) -> SecondFactor | None:
    """Locked, so that codes sent all at once are counted one by one."""
    row = select(SecondFactor).where(SecondFactor.user_id == user.id)
    return db.session.scalar(row.with_for_update().execution_options(populate_existing=True))


def passkeys_of(user: User) -> list[Passkey]:
    own = select(Passkey).where(Passkey.user_id == user.id)
    return list(db.session.scalars(own.order_by(Passkey.created_at, Passkey.id)))


def count_codes_left(user: User) -> int:
    left = select(func.count()).where(
        RecoveryCode.user_id == user.id, RecoveryCode.used_at.is_(None)
    )
    return db.session.scalar(left) or 0
