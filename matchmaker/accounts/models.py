"""Users and the links that sign them in."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from matchmaker.clock import now
from matchmaker.database import Base


class User(Base):
    """A person who can sign in. `email_key` is the address in lower case, for finding it.

    A higher `session_number` ends every session begun under a lower one. `failed_passwords` counts
    the wrong passwords since `failed_since`. `locale_chosen` is empty until the person has chosen
    a language, or registered or signed in in one. An empty `timezone` leaves times to the event's
    zone and the browser's.
    """

    __tablename__ = "user_account"

    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(String(254))
    email_key: Mapped[str] = mapped_column(String(254), unique=True)
    name: Mapped[str] = mapped_column(String(120), default="")
    password_hash: Mapped[str | None] = mapped_column(String(200))
    locale_chosen: Mapped[str] = mapped_column("locale", String(5), default="")
    timezone: Mapped[str] = mapped_column(String(60), default="", server_default="")
    may_create_events: Mapped[bool] = mapped_column(default=False)
    session_number: Mapped[int] = mapped_column(default=1)
    failed_passwords: Mapped[int] = mapped_column(default=0)
    failed_since: Mapped[datetime | None]
    created_at: Mapped[datetime] = mapped_column(default=now)

    __table_args__ = (CheckConstraint("email_key = lower(email_key)", name="email_key_lower"),)

    # What Flask-Login asks of a user, so that only `accounts.sessions` knows Flask-Login.
    is_authenticated = True
    is_active = True
    is_anonymous = False

    @property
    def locale(self) -> str:
        """The language of mails and calendars."""
        return self.locale_chosen or "en"

    @locale.setter
    def locale(self, code: str) -> None:
        self.locale_chosen = code

    def get_id(self) -> str:
        return f"{self.id}:{self.session_number}"


class SignInLink(Base):
    """A link mailed to one user, good for one use. Only the hash of its secret is kept."""

    __tablename__ = "sign_in_link"

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id", ondelete="CASCADE"))
    secret_hash: Mapped[str] = mapped_column(String(64), unique=True)
    next_path: Mapped[str] = mapped_column(String(300), default="/")
    created_at: Mapped[datetime] = mapped_column(default=now)
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]

    user: Mapped[User] = relationship()

    @property
    def is_open(self) -> bool:
        return self.used_at is None and self.expires_at > now()
