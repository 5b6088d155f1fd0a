"""A small good folder, to be spoilt one thing at a time."""

from pathlib import Path

import pytest

from matchmaker.exchange.problems import FolderErrors
from matchmaker.exchange.reading import read_folder
from matchmaker.matching.snapshot import Snapshot
from tests.ical_js import read_with_ical_js

__all__ = ["read_with_ical_js"]

EVENT, PEOPLE = "event.toml", "participants.csv"
ITEMS, WISHES = "items.csv", "wishes.csv"
FILES = {
    EVENT: """\
name = "Sustainable raw materials"
slug = "kittila-2023"
place = "Levi Hall, Kittilä"
timezone = "Europe/Helsinki"
organiser_email = "organiser@lapland.example"

[[topics]]
id = "raw"
name = "Raw materials"

[[topics]]
id = "tailings"
name = "Tailings"
parent = "raw"

[[blocks]]
date = "2023-04-26"
start = "13:00"
end = "14:00"
slot_minutes = 20

[[points]]
name = "Table 1"
kind = "table"

[[sessions]]
title = "Keynote"
start = "2023-04-26T09:00"
end = "2023-04-26T10:00"
room = "Main hall"

[matching]
consent = "wishes"
max_meetings = 8
""",
    PEOPLE: """\
id,name,email,type,organisation,country,region,languages,max_meetings,unavailable
p1,Aino Niskala,aino@kierto.example,SME,Pohjolan Kierto,FI,FI1D7,fi en,3,
p2,Åsa Öhman,asa@gruv.example,cluster,Gruv & Miljö,SE,SE332,,,2023-04-26T13:00/2023-04-26T13:20
p3,Marek Zieliński,marek@silesia.example,cluster,Silesia Mining,PL,,,,
""",
    ITEMS: """\
participant,kind,topic,title,text
p1,need,tailings,Dry tailings treatment,"For a mine,
by 2025"
p2,offer,raw,Tailings treatment,
""",
    WISHES: """\
from,to,level
p1,p2,must
p2,p1,want
p3,p1,no
""",
}


class Folder:
    """The good folder on disk; lines are counted as an editor counts them."""

    def __init__(self, path: Path) -> None:
        self.path = path
        path.mkdir()
        for name, text in FILES.items():
            self.write(name, text)

    def write(self, name: str, text: str | bytes) -> None:
        data = text.encode() if isinstance(text, str) else text
        (self.path / name).write_bytes(data)

    def text(self, name: str) -> str:
        return (self.path / name).read_bytes().decode()

    def change(self, name: str, old: str, new: str) -> None:
        assert self.text(name).count(old) == 1
        self.write(name, self.text(name).replace(old, new))

    def add(self, name: str, line: str) -> None:
        self.write(name, f"{self.text(name)}{line}\n")

    def remove(self, name: str) -> None:
        (self.path / name).unlink()

    def read(self) -> Snapshot:
        return read_folder(self.path)

    def problems(self) -> list[str]:
        with pytest.raises(FolderErrors) as refusal:
            read_folder(self.path)
        return [str(problem) for problem in refusal.value.problems]

    def only_problem(self) -> str:
        (problem,) = self.problems()
        return problem

    def problems_if_any(self) -> list[str]:
        try:
            read_folder(self.path)
        except FolderErrors as errors:
            return [str(problem) for problem in errors.problems]
        return []


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    return Folder(tmp_path / "event")
