"""How long the pages of people take, and how much they weigh, at an event of a thousand.

    uv run python -m benchmarks.pages [--people 1000] [--items 4] [--text 300]

Times are milliseconds of the processor for one request, the least and the median of several, by
the test client, so without network and web server. The worker's comparing is done beforehand and
timed apart. The yardstick is a fixed loop of additions, to compare machines by. Weights are what
a browser loads for one page, each file compressed as gzip does.
"""

import argparse
import gc
import gzip
import re
import tempfile
import time
import tomllib
from collections.abc import Iterator
from pathlib import Path
from random import Random

import flask_migrate
from flask import Flask
from flask.testing import FlaskClient

from benchmarks.requests import measure, sign_in, yardstick
from config import Config
from matchmaker.agenda.models import Agenda
from matchmaker.app import create_app
from matchmaker.events.phases import Phase
from matchmaker.extensions import db
from matchmaker.marketplace.models import Item
from matchmaker.matching.jobs_needs_met import compare_items
from matchmaker.registration.models import Participant
from matchmaker.serving import collect_seldom
from matchmaker.wishes.models import Wish
from tests.factories.events import make_event, make_organisation, make_participant

WRITTEN = Path(__file__).parents[1] / "matchmaker" / "demo" / "content"
PATHS = (
    "people",
    "people?sort=name&page=7",
    "people?type=cluster&country=SE&kind=offer",
    "people?q=sensor",
    "people?q=kaivosveden+puhdistus",
    "people?q=tailngs",
    "people/recommended",
    "people/2",
    "people/offers-and-needs",
    "people/offers-and-needs?fits=need",
    "organisations/2",
    "agenda",
    "agenda/free/3",
)
LINKED = re.compile(r'(?:href|src)="(/static/[^"]+)"')
FONTS = re.compile(r'url\("\.\./([^"]+)"\)')


def build(people: int, items: int, length: int) -> Participant:
    """An event whose people say what those of the demonstration do, each in other words."""
    rng, event = Random(7), make_event(phase=Phase.WISHES, slots=20)  # noqa: S311
    written = [text for kind in ("offers", "needs") for text in _written(kind)]
    places = ["FI", "SE", "NO", "PL", "ES", "FR", "DE"]
    own = [make_organisation(country=rng.choice(places)) for _ in range(people // 2)]
    kinds = [kind.name for kind in event.types]
    everybody = [
        make_participant(
            event, _name(rng), organisation=rng.choice(own), type_name=rng.choice(kinds)
        )
        for _ in range(people)
    ]
    topics = [*event.topics, None]
    for person in everybody:
        for number in range(items):
            title, text = rng.choice(written)
            own_words = " ".join(rng.choice(written)[1] for _ in range(1 + length // 200))
            db.session.add(
                Item(
                    participant=person,
                    kind=("offer", "need")[number % 2],
                    title=title,
                    text=f"{text} {own_words}"[:length],
                    topic=rng.choice(topics),
                )
            )
        for other in rng.sample(everybody, 6):
            if other is not person:
                db.session.add(
                    Wish(event_id=event.id, person_id=person.id, other_id=other.id, level="want")
                )
    db.session.commit()
    return everybody[0]


def _written(kind: str) -> Iterator[tuple[str, str]]:
    for path in sorted((WRITTEN / kind).glob("*.toml")):
        for row in tomllib.loads(path.read_text(encoding="utf-8")).values():
            yield row["title"], row.get("text", "")


def _name(rng: Random) -> str:
    letters = "aeiouäöklmnprstv"
    return " ".join(
        "".join(rng.choice(letters) for _ in range(rng.randint(4, 9))).title() for _ in range(2)
    )


def show(client: FlaskClient, path: str) -> None:
    took = measure(client, path)
    print(
        f"{path.removeprefix('/e/kittila/'):48} {took.first:8.0f} {took.least:8.0f}"
        f" {took.median:8.0f} {took.queries:8}"
    )


def weigh(client: FlaskClient, path: str) -> None:
    """The page, what it links to, and the fonts that its styles name."""
    page = client.get(path).get_data(as_text=True)
    weights = {path: len(gzip.compress(page.encode()))}
    linked = [address.replace("&amp;", "&") for address in LINKED.findall(page)]
    styles = next(client.get(address).text for address in linked if ".css" in address)
    fonts = [f"/static/{name}" for name in FONTS.findall(styles)]
    for address in dict.fromkeys([*linked, *fonts]):
        body = client.get(address).data
        weights[address] = len(body) if ".woff2" in address else len(gzip.compress(body))
    for address, size in weights.items():
        print(f"{address.partition('?')[0]:64} {size:8}")
    print(f"{'all of it':64} {sum(weights.values()):8}")


def run(app: Flask, arguments: argparse.Namespace) -> None:
    flask_migrate.upgrade()
    me = build(arguments.people, arguments.items, arguments.text)
    db.session.add(Agenda(event_id=me.event_id, number=1))
    db.session.commit()
    print(f"yardstick, five million additions: {yardstick():.0f} ms of the processor")
    began = time.process_time()
    compare_items(me.event_id)
    print(f"comparing by the worker: {time.process_time() - began:.1f} s of the processor\n")
    gc.collect()
    collect_seldom()
    client = app.test_client()
    sign_in(client, me.user)
    print(f"{'page':48} {'first':>8} {'least':>8} {'median':>8} {'queries':>8}")
    for path in PATHS:
        show(client, f"/e/kittila/{path}")
    print()
    weigh(client, "/e/kittila/people")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=1000)
    parser.add_argument("--items", type=int, default=4)
    parser.add_argument("--text", type=int, default=300)
    with tempfile.TemporaryDirectory() as folder:
        config = Config(
            data_dir=Path(folder),
            database_url=f"sqlite:///{folder}/pages.db",
            secret_key="s" * 32,
            rate_limits=False,
        )
        app = create_app(config)
        with app.app_context():
            run(app, parser.parse_args())


if __name__ == "__main__":
    main()
