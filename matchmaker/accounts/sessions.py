"""Sessions: who is signed in, from when to when; the one place that sets up Flask-Login."""

from datetime import timedelta

from flask import Response, after_this_request, request, session
from flask_login import current_user, login_user, logout_user

from matchmaker.accounts.models import User
from matchmaker.clock import now
from matchmaker.extensions import db, login

LINK_REMEMBERED_FOR = timedelta(minutes=30)


def start_session(user: User, *, remember: bool = False, by_link: bool = False) -> None:
    """Sign `user` in; whatever the browser's session held before is gone."""
    session.clear()
    after_this_request(_forget_kept_pages)
    login_user(user, remember=remember)
    if by_link:
        session["by_link_at"] = now().timestamp()


def renew_session(user: User) -> None:
    """Keep this browser signed in after the user's other sessions were ended."""
    start_session(user, remember="remember_token" in request.cookies)


def end_session() -> None:
    session.clear()
    after_this_request(_forget_kept_pages)
    logout_user()


def _forget_kept_pages(response: Response) -> Response:
    """What the browser keeps for reading without a network is one person's, not the next one's."""
    response.headers["Clear-Site-Data"] = '"storage"'
    return response


def signed_in_user() -> User | None:
    user: User | None = current_user._get_current_object() if current_user else None
    return user if user is not None and user.is_authenticated else None


def owns_the_mailbox() -> bool:
    """Whether this session was begun by a mailed link a short while ago."""
    moment: float = session.get("by_link_at", 0.0)
    return 0 <= now().timestamp() - moment <= LINK_REMEMBERED_FOR.total_seconds()


def user_of_session(session_id: str) -> User | None:
    """The session's user, unless their sessions were ended since it began."""
    number = session_id.partition(":")[0]
    user = db.session.get(User, int(number)) if number.isdecimal() else None
    return user if user is not None and user.get_id() == session_id else None


login.user_loader(user_of_session)
# People's addresses change as they walk from hotel to hall: that must not end a session.
login.session_protection = None
