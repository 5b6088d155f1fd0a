"""Timing single requests of a page by the test client, so without network and web server."""

import statistics
import time
from typing import NamedTuple

from flask.testing import FlaskClient

from matchmaker.accounts.models import User
from matchmaker.extensions import db
from tests.query_counter import counted_queries

ROUNDS = 7


class Measured(NamedTuple):
    """Milliseconds of one page, the first time and later, and how many queries it takes."""

    first: float
    least: float
    median: float
    wall: float
    queries: int


def measure(client: FlaskClient, path: str, *, rounds: int = ROUNDS) -> Measured:
    """Of the processor but for `wall`, the median by the clock.

    Raises:
        SystemExit: the page did not answer as it should.
    """
    first, _wall = _time(client, path)
    spent = [_time(client, path) for _ in range(rounds)]
    with counted_queries() as statements:
        answer = client.get(path)
    if answer.status_code != 200:
        raise SystemExit(f"{path} answered {answer.status_code}.")
    cpu = [each for each, _wall in spent]
    return Measured(
        first=first,
        least=min(cpu),
        median=statistics.median(cpu),
        wall=statistics.median(wall for _cpu, wall in spent),
        queries=len(statements),
    )


def _time(client: FlaskClient, path: str) -> tuple[float, float]:
    db.session.remove()
    wall, began = time.perf_counter(), time.process_time()
    client.get(path)
    return 1000 * (time.process_time() - began), 1000 * (time.perf_counter() - wall)


def sign_in(client: FlaskClient, user: User) -> None:
    with client.session_transaction() as session:
        session["_user_id"] = f"{user.id}:{user.session_number}"
        session["_fresh"] = True


def yardstick() -> float:
    """A fixed loop of additions, to compare machines by."""
    began, total = time.process_time(), 0
    for number in range(5_000_000):
        total += number
    return 1000 * (time.process_time() - began)
