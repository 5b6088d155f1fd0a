"""How long the organiser's pages take at an event of five thousand, on both databases.

    uv run python -m benchmarks.organising [--people 5000] [--points 400] [--on sqlite]

Milliseconds of one request by the test client, so without network and web server: of the
processor the first time and the median of several, the median by the clock, which the database's
own work adds to on PostgreSQL, and how many queries. PostgreSQL is the tests' own, or the one in
TEST_DATABASE_URL.
"""

import argparse
import gc
import tempfile
from collections.abc import Iterable
from pathlib import Path

import flask_migrate
from flask.testing import FlaskClient

from benchmarks.afterwards import let_a_year_pass
from benchmarks.crowd import FIRST, build
from benchmarks.requests import measure, sign_in, yardstick
from config import Config
from matchmaker.app import create_app
from matchmaker.serving import collect_seldom
from tests.conftest import new_postgres_database

DATABASES = ("sqlite", "postgresql")
PATHS = (
    "",
    "people",
    "people?q=person+04",
    "people?status=approved&type=SME&page=7",
    f"people/{FIRST + 7}",
    "health",
    "health/no-items",
    "health/no-common-slot",
    "mailings",
    "mailings/{0}",
    "mailings/{1}",
    "mailings/{2}",
    "mailings/{1}/edit",
    "scheduling",
    "runs/1",
    "runs/2/review",
    "runs/compare",
    "runs/compare?a=1&b=2",
    "runs/1/why",
    "runs/1/why?a=r11&b=r12",
    "runs/1/why?a={3}&b={4}",
    "runs/1/why?a={3}&b={4}&cost=1",
    "grid",
    "grid/review",
    "agenda",
    "repair",
    "repair/3",
    "capacity",
    "settings",
    "setup",
    "setup/times",
    "setup/times/1/remove",
    "setup/types",
    "setup/types/1/remove",
    "setup/matrix",
    "setup/topics",
    "setup/topics/1/remove",
    "setup/sessions",
    "setup/points/1/remove",
    "setup/zone",
    "questions",
    "mail",
    "log",
)
A_YEAR_LATER = ("", "after")


def show(client: FlaskClient, paths: Iterable[str]) -> None:
    print(f"{'page':44} {'first':>7} {'median':>7} {'clock':>7} {'queries':>8}")
    for path in paths:
        took = measure(client, f"/e/kittila/organise/{path}")
        print(
            f"{path or '(overview)':44} {took.first:7.0f} {took.median:7.0f} {took.wall:7.0f}"
            f" {took.queries:8}",
            flush=True,
        )


def run(folder: str, on: str, arguments: argparse.Namespace) -> None:
    address = new_postgres_database() if on == "postgresql" else f"sqlite:///{folder}/crowd.db"
    config = Config(
        data_dir=Path(folder), database_url=address, secret_key="s" * 32, rate_limits=False
    )
    app = create_app(config)
    with app.app_context():
        flask_migrate.upgrade()
        crowd = build(arguments.people, arguments.points)
        gc.collect()
        collect_seldom()
        client = app.test_client()
        sign_in(client, crowd.organiser)
        print(f"\n{on}; five million additions: {yardstick():.0f} ms of the processor\n")
        paths = (path.format(*crowd.mailings, *crowd.missed) for path in PATHS)
        show(client, [path for path in paths if arguments.only in path])
        let_a_year_pass()
        print("\na year later")
        show(client, A_YEAR_LATER)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=5000)
    parser.add_argument("--points", type=int, default=400)
    parser.add_argument("--on", choices=DATABASES)
    parser.add_argument("--only", default="", help="pages with this in their address")
    arguments = parser.parse_args()
    for on in DATABASES if arguments.on is None else (arguments.on,):
        with tempfile.TemporaryDirectory() as folder:
            run(folder, on, arguments)


if __name__ == "__main__":
    main()
