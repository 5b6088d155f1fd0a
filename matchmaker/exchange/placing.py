"""Puts a set of files into a folder: all of them or none, and never anybody else's."""

import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

from matchmaker.errors import Refusal


class NoPlace(Refusal):
    """The folder cannot take the files."""


def place_files(folder: Path, files: Mapping[str, bytes], *, stale: Iterable[str] = ()) -> None:
    """Everything is written aside first, then moved in place; `stale` names go at the end.

    A new folder appears at once and whole. In a folder that exists, each file is replaced at once.
    """
    check_place(folder, files)
    folder.parent.mkdir(parents=True, exist_ok=True)
    is_there = folder.exists()
    near = folder if is_there else folder.parent
    with TemporaryDirectory(prefix=".matchmaker-", dir=near) as aside:
        written = Path(aside, "files")
        _write(written, files)
        if is_there:
            _move(written, folder, files)
        else:
            written.rename(folder)
    for name in stale:
        (folder / name).unlink(missing_ok=True)


def check_place(folder: Path, names: Iterable[str]) -> None:
    """Raises `NoPlace` where something other than a file of ours stands in the way."""
    above = next(path for path in (folder, *folder.absolute().parents) if path.exists())
    if not above.is_dir():
        raise NoPlace(f"{above} is a file, so no folder can be made there. Name another folder.")
    if not os.access(above, os.W_OK):
        raise NoPlace(f"You may not write to {above}. Name a folder that is yours.")
    paths = {folder / name for name in names}
    folders_needed = {path.parent for path in paths}
    in_the_way = [path for path in paths if path.is_dir()]
    in_the_way += [path for path in folders_needed if path.exists() and not path.is_dir()]
    if in_the_way:
        raise NoPlace(f"{min(in_the_way)} is in the way. Move it, or name another folder.")


def _write(folder: Path, files: Mapping[str, bytes]) -> None:
    folder.mkdir()
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(content)


def _move(written: Path, folder: Path, files: Iterable[str]) -> None:
    for name in files:
        (folder / name).parent.mkdir(exist_ok=True)
        (written / name).replace(folder / name)
