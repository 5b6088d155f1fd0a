"""What a page of people costs: bytes on the wire and queries in the database."""

import gzip
import re

from matchmaker.extensions import db
from matchmaker.marketplace.shelf import _shelves
from tests.factories.events import make_item, make_participant, make_wish
from tests.people.conftest import Kittila
from tests.query_counter import counted_queries

MOST_BYTES = 100_000
PATHS = (
    "people",
    "people?q=drone&type=SME&sort=name",
    "people?q=dorne",
    "people/recommended",
    "people/offers-and-needs?q=drone",
    "people/{id}",
    "organisations/{organisation}",
)
LINKED = re.compile(r'(?:href|src)="(/static/[^"]+)"')


def crowd(kittila: Kittila, number: int) -> None:
    for n in range(number):
        person = make_participant(kittila.event, f"Person Personsson {n}")
        make_item(person, "offer", f"Drone surveys of tailings {n}", text="In the dark of winter")
        make_wish(person, kittila.sara)


def test_a_full_page_with_all_it_links_to_stays_below_a_hundred_kilobytes(kittila: Kittila) -> None:
    crowd(kittila, 30)
    page = load(kittila, "/e/kittila/people")

    linked = [address.replace("&amp;", "&") for address in LINKED.findall(page.decode())]
    bodies = [load(kittila, address) for address in dict.fromkeys(linked)]
    weight = sum(len(gzip.compress(body)) for body in (page, *bodies))

    assert any(".woff2" in address for address in linked)
    assert any("all.css" in address for address in linked)
    assert weight < MOST_BYTES


def load(kittila: Kittila, address: str) -> bytes:
    with kittila.client.http.get(address) as response:
        return response.get_data()


def test_pictures_keep_their_place_before_they_are_loaded(kittila: Kittila) -> None:
    page = kittila.client.get("/e/kittila/people")

    assert [img for img in page.find("//img") if not (img.get("width") and img.get("height"))] == []


def test_more_people_cost_no_more_queries_on_any_page(kittila: Kittila) -> None:
    crowd(kittila, 1)
    few = queries(kittila)
    crowd(kittila, 30)

    assert queries(kittila) == few
    assert max(few) <= 40


def queries(kittila: Kittila) -> list[int]:
    ids = {"id": kittila.aino.id, "organisation": kittila.aino.organisation_id}
    counts = []
    for path in PATHS:
        _shelves.clear()
        db.session.rollback()
        with counted_queries() as statements:
            kittila.client.get(f"/e/kittila/{path.format(**ids)}")
        counts.append(len(statements))
    return counts
