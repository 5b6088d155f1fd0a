"""Between the first and the second step of signing in: who has done the first, and where to go on.

Nobody is signed in meanwhile. Passing the second step begins a session of its own, as the first
does for who has no second factor, so that nothing known before is worth anything after.
"""

from dataclasses import dataclass
from datetime import timedelta

from flask import redirect, session, url_for
from werkzeug.wrappers import Response

from matchmaker.accounts.models import User
from matchmaker.accounts.paths import local_path
from matchmaker.accounts.queries_two_factor import factor_of
from matchmaker.accounts.sessions import end_session, start_session, user_of_session
from matchmaker.clock import now

SECOND_STEP_WITHIN = timedelta(minutes=15)
PROOF_LASTS = timedelta(minutes=30)


@dataclass(frozen=True, slots=True)
class Begun:
    """The first step, done."""

    user: User
    path: str
    remember: bool
    by_link: bool


def enter(user: User, path: str, *, remember: bool = False, by_link: bool = False) -> Response:
    """Sign in and go on to `path`; who has a second factor is asked for it first."""
    path = local_path(path)
    if factor_of(user) is None:
        start_session(user, remember=remember, by_link=by_link)
        return redirect(path)
    end_session()
    session["begun"] = {
        "user": user.get_id(),
        "at": now().timestamp(),
        "path": path,
        "remember": remember,
        "by_link": by_link,
    }
    return redirect(url_for("two_factor.second_step"))


def begun() -> Begun | None:
    """Who did the first step in this browser a short while ago."""
    kept = session.get("begun")
    if not kept or not 0 <= now().timestamp() - kept["at"] <= SECOND_STEP_WITHIN.total_seconds():
        return None
    user = user_of_session(kept["user"])
    if user is None:
        return None
    return Begun(user, kept["path"], bool(kept["remember"]), bool(kept["by_link"]))


def finish(user: User, path: str, *, remember: bool, by_link: bool = False) -> Response:
    """The second step is passed: begin the session and go on."""
    start_session(user, remember=remember, by_link=by_link)
    note_proof()
    return redirect(local_path(path))


def note_proof() -> None:
    """Both steps were done in this session just now."""
    session["proved_at"] = now().timestamp()


def proved_lately() -> bool:
    moment: float = session.get("proved_at", 0.0)
    return 0 <= now().timestamp() - moment <= PROOF_LASTS.total_seconds()
