"""The second factor of signing in: an app's codes, passkeys, codes for when both are lost."""

from datetime import datetime

from sqlalchemy import JSON, ForeignKey, Index, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from matchmaker.accounts.models import User
from matchmaker.clock import now
from matchmaker.database import Base


class SecondFactor(Base):
    """There where a user has a second factor; signing in then takes another step.

    `app_secret` is sealed, and empty where there are passkeys only. `last_counter` is the time
    step of the last code taken, so that none is taken twice. `failed` counts the wrong codes since
    `failed_since`.
    """

    __tablename__ = "second_factor"

    user_id: Mapped[int] = mapped_column(
        ForeignKey("user_account.id", ondelete="CASCADE"), primary_key=True
    )
    app_secret: Mapped[str] = mapped_column(String(300), default="")
    last_counter: Mapped[int] = mapped_column(default=0)
    failed: Mapped[int] = mapped_column(default=0)
    failed_since: Mapped[datetime | None]
    created_at: Mapped[datetime] = mapped_column(default=now)

    user: Mapped[User] = relationship()


class RecoveryCode(Base):
    """A code that stands in for the second factor once. Only its hash is kept."""

    __tablename__ = "recovery_code"

    user_id: Mapped[int] = mapped_column(
        ForeignKey("user_account.id", ondelete="CASCADE"), primary_key=True
    )
    code_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    used_at: Mapped[datetime | None]


class Passkey(Base):
    """A key pair whose private half stays in a person's device; `sign_count` must only grow."""

    __tablename__ = "passkey"

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id", ondelete="CASCADE"))
    credential: Mapped[str] = mapped_column(String(1400), unique=True)
    public_key: Mapped[bytes] = mapped_column(LargeBinary)
    sign_count: Mapped[int] = mapped_column(default=0)
    transports: Mapped[list[str]] = mapped_column(JSON, default=list)
    name: Mapped[str] = mapped_column(String(60))
    created_at: Mapped[datetime] = mapped_column(default=now)
    used_at: Mapped[datetime | None]

    user: Mapped[User] = relationship()

    __table_args__ = (Index("ix_passkey_user_id", "user_id"),)


class PasskeyChallenge(Base):
    """What a device is asked to sign, once and soon; the row goes with the answer."""

    __tablename__ = "passkey_challenge"

    challenge: Mapped[str] = mapped_column(String(100), primary_key=True)
    user_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id", ondelete="CASCADE"))
    created_at: Mapped[datetime] = mapped_column(default=now)
