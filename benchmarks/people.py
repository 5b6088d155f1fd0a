"""What the organiser's people cost at 5,000: the table, its filters, the dry run and the entry.

uv run python -m benchmarks.people [--people 5000]
"""

import argparse
import statistics
import tempfile
import time
from pathlib import Path

import flask_migrate

from config import Config
from matchmaker.app import create_app
from matchmaker.extensions import db
from matchmaker.roster.fates import dry_run
from matchmaker.roster.services_import import enter
from matchmaker.roster.services_sheet import take_up
from matchmaker.roster.sheets import read_sheet
from tests.factories.events import make_event, make_user
from tests.pages.client import PageClient
from tests.postgres import server_address
from tests.query_counter import counted_queries
from tests.roster.files import HEADINGS, good_row, xlsx

PAGES = {
    "table": "",
    "page 50": "?page=50",
    "search": "?q=niskala+77",
    "every filter and column": "?offers=without&needs=without&wishes=without&meetings=without"
    "&language=fi&country=FI&columns=offers&columns=wishes&columns=meetings&columns=needs",
}
TIMES = 7


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--people", type=int, default=5000)
    parser.add_argument("--postgres", action="store_true")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        address = _address(Path(folder), postgres=given.postgres)
        measure(
            Config(data_dir=Path(folder), database_url=address, secret_key="s" * 32), given.people
        )


def _address(folder: Path, *, postgres: bool) -> str:
    if not postgres:
        return f"sqlite:///{folder / 'people.db'}"
    from tests.conftest import new_postgres_database

    server_address()
    return new_postgres_database()


def measure(config: Config, people: int) -> None:
    app = create_app(config)
    app.testing = True
    with app.app_context():
        flask_migrate.upgrade()
        organiser = make_user("Olli")
        _bring_in(organiser, people)
        client = PageClient(app).sign_in(organiser)
        for name, query in PAGES.items():
            _look(client, name, query)
        db.session.remove()
        db.engine.dispose()


def _bring_in(organiser: object, people: int) -> None:
    event = make_event(organiser=organiser)  # type: ignore[arg-type]
    data = xlsx(HEADINGS, *(good_row(number) for number in range(people)))
    began = time.perf_counter()
    rows = read_sheet(data)
    read = time.perf_counter()
    sheet = take_up(event, rows, "people.xlsx")
    mark = dry_run(event, sheet).mark
    dry = time.perf_counter()
    enter(event, organiser, sheet.id, mark)  # type: ignore[arg-type]
    db.session.commit()
    done = time.perf_counter()
    print(f"read {read - began:.1f} s, dry run {dry - read:.1f} s, enter {done - dry:.1f} s")


def _look(client: PageClient, name: str, query: str) -> None:
    path = f"/e/kittila/organise/people{query}"
    client.http.get(path)
    spent = []
    for _time in range(TIMES):
        began = time.process_time()
        with counted_queries() as queries:
            client.http.get(path)
        spent.append((time.process_time() - began) * 1000)
    print(f"{name}: {statistics.median(spent):.0f} ms of the processor, {len(queries)} queries")


if __name__ == "__main__":
    main()
