"""The one stylesheet: whole, in order, kept by browsers, and small on its way."""

import re
from pathlib import Path

import pytest

from matchmaker.styles import NAMES
from tests.pages.client import PageClient

CSS = Path(__file__).parents[1] / "static" / "css"


def test_every_file_is_in_it_once() -> None:
    assert sorted(NAMES) == sorted(path.stem for path in CSS.glob("*.css"))


def test_it_holds_all_files_in_their_order(client: PageClient) -> None:
    answer = client.http.get("/static/css/all.css")

    whole = "".join((CSS / f"{name}.css").read_text() for name in NAMES)
    assert answer.text.split() == re.sub(r"/\*.*?\*/", "", whole, flags=re.DOTALL).split()
    assert "/*" not in answer.text
    assert answer.mimetype == "text/css"


def test_a_page_links_it_by_an_address_that_changes_with_it(client: PageClient) -> None:
    page = client.get("/sign-in")

    (address,) = page.find("//link[@rel='stylesheet']/@href")
    answer = client.http.get(address)
    assert address.startswith("/static/css/all.css?v=")
    assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"


@pytest.mark.parametrize("encoding", ["br", "gzip"])
def test_it_travels_compressed(client: PageClient, encoding: str) -> None:
    plain = client.http.get("/static/css/all.css")
    packed = client.http.get("/static/css/all.css", headers={"Accept-Encoding": encoding})

    assert packed.headers["Content-Encoding"] == encoding
    assert len(packed.data) < len(plain.data) / 3
