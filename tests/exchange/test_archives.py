"""A zip from somebody else: what it may hold, and what it cannot do to us."""

import io
import warnings
import zipfile

import pytest
from flask import Flask

from matchmaker.errors import Invalid
from matchmaker.exchange.archives import MOST_BYTES, MOST_ENTRIES, pack, unpacked

EVENT = {"event.toml": b"name = 1", "wishes.csv": "från,till\n".encode()}

pytestmark = pytest.mark.usefixtures("context")


def zipped(files: dict[str, bytes], packing: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", packing) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return out.getvalue()


def contents(data: bytes) -> dict[str, bytes]:
    with unpacked(data) as folder:
        return {path.name: path.read_bytes() for path in folder.iterdir()}


def refusal(data: bytes) -> str:
    with pytest.raises(Invalid) as refused, unpacked(data):
        pass
    return refused.value.sentence


def test_what_is_packed_comes_out_the_same(app: Flask) -> None:
    assert contents(pack("kittila", EVENT)) == EVENT


@pytest.mark.parametrize("prefix", ["", "kittila/", "a/b/", "kittila\\"])
def test_the_event_may_lie_in_a_folder(prefix: str) -> None:
    assert contents(zipped({prefix + name: EVENT[name] for name in EVENT})) == EVENT


def test_other_files_are_left_alone() -> None:
    more = {
        "a/event.toml": b"",
        "a/.hidden.csv": b"x",
        "__MACOSX/a/event.txt": b"x",
        "a/x.exe": b"",
    }

    assert contents(zipped(more)) == {"event.toml": b""}


@pytest.mark.parametrize("prefix", ["../", "../../tmp/", "/tmp/", "..\\"])
def test_nothing_is_written_outside(prefix: str, tmp_path_factory: pytest.TempPathFactory) -> None:
    with unpacked(zipped({prefix + "event.toml": b"here"})) as folder:
        assert [path.name for path in folder.iterdir()] == ["event.toml"]
        assert not (folder.parent / "event.toml").exists()


def test_a_bomb_is_refused_after_so_many_bytes() -> None:
    bomb = {"event.toml": b"", "items.csv": b"0" * MOST_BYTES * 4}
    data = zipped(bomb)

    assert len(data) < 100_000
    assert "more than 8 megabytes" in refusal(data)


def test_a_zip_that_lies_about_its_size_is_refused() -> None:
    data = zipped({"event.toml": b"0" * MOST_BYTES * 2})
    size = (MOST_BYTES * 2).to_bytes(4, "little")

    assert "cannot" not in refusal(data.replace(size, (10).to_bytes(4, "little")))


def test_a_packing_that_cannot_be_unpacked_piece_by_piece_is_refused() -> None:
    assert "ordinary zip" in refusal(zipped(EVENT, zipfile.ZIP_BZIP2))


def test_very_many_entries_are_refused() -> None:
    many = {f"{number}.csv": b"" for number in range(MOST_ENTRIES + 1)}

    assert "too large for an event" in refusal(zipped(many))


def test_a_locked_zip_is_refused() -> None:
    data = bytearray(pack("kittila", EVENT))
    at = data.find(b"PK\x01\x02")
    data[at + 8] |= 1

    assert "locked by a password" in refusal(bytes(data))


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04nonsense", b"id,name\n"])
def test_what_is_no_zip_is_refused(data: bytes) -> None:
    assert refusal(data).startswith("This is not a zip that can be read")


def test_a_damaged_zip_is_refused() -> None:
    data = bytearray(zipped({"event.toml": b"name = 'Kittila'"}, zipfile.ZIP_STORED))
    data[data.find(b"Kittila")] ^= 1

    assert refusal(bytes(data)).startswith("This is not a zip that can be read")


def test_a_zip_without_an_event_or_with_two_is_refused() -> None:
    twice = {"a/event.toml": b"", "b/event.toml": b""}

    assert "There is no event.toml" in refusal(zipped({"notes.txt": b""}))
    assert "several events" in refusal(zipped(twice))


def test_a_file_that_is_there_twice_is_refused() -> None:
    out = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(out, "w") as archive:
        warnings.simplefilter("ignore")
        archive.writestr("event.toml", b"1")
        archive.writestr("event.toml", b"2")

    assert "holds event.toml twice" in refusal(out.getvalue())
