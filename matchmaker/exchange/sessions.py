"""The sessions of `event.toml`, and how `participants.csv` names those that somebody attends."""

from collections.abc import Collection, Sequence
from datetime import UTC, datetime
from functools import partial
from zoneinfo import ZoneInfo

from flask_babel import gettext as _

from matchmaker.exchange import moments, shapes
from matchmaker.exchange.problems import NotRight, advice, shown
from matchmaker.exchange.toml_tables import TomlTable, number, written
from matchmaker.matching.snapshot import Session
from matchmaker.programme.models import MOST_TRAVEL

TEXTS = ("speaker", "abstract")
NO_TIME = datetime.min.replace(tzinfo=UTC)


def read_sessions(tables: Sequence[TomlTable], zone: ZoneInfo) -> tuple[Session, ...]:
    sessions = tuple(_session(table, zone) for table in tables)
    first: dict[str, TomlTable] = {}
    for table, session in zip(tables, sessions, strict=True):
        before = first.setdefault(session.id, table)
        if session.id and before is not table:
            wrong = _(
                "the session %(id)s is in line %(line)d already",
                id=shown(session.id),
                line=before.place().line,
            )
            table.refuse("id", NotRight(wrong, _("give each session an id of its own")))
    return sessions


def _session(table: TomlTable, zone: ZoneInfo) -> Session:
    table.check_keys("id", "title", "start", "end", "room", "travel_minutes", *TEXTS)
    at = partial(moments.moment, zone=zone)
    start = table.needed("start", at, None)
    end = table.needed("end", at, None)
    if start and end:
        try:
            moments.check_order(start, end)
        except NotRight as error:
            table.refuse("end", error)
    return Session(
        title=table.needed("title", written(shapes.line(shapes.SESSION)), ""),
        start=start or NO_TIME,
        end=end or NO_TIME,
        room=table.optional("room", written(shapes.line(shapes.ROOM)), ""),
        id=table.optional("id", written(_id), ""),
        travel_minutes=table.if_given("travel_minutes", number(0, MOST_TRAVEL), 0),
        speaker=table.optional("speaker", written(shapes.line(shapes.SPEAKER)), ""),
        abstract=table.optional("abstract", written(shapes.long_text), ""),
    )


def _id(text: str) -> str:
    name = shapes.identifier(text)
    if len(name.split()) > 1:
        wrong = _("%(text)s has a space in it", text=shown(name))
        raise NotRight(wrong, _("write it as one word, as %(id)s", id=shown("s1")))
    return name


def named_sessions(text: str, known: Collection[str] | None) -> tuple[str, ...]:
    """The ids in a cell, each once and in the order of the programme."""
    names = text.split()
    for name in names:
        if known is not None and name not in known:
            ids = [each for each in known if each]
            wrong = _("there is no session %(id)s", id=shown(name))
            otherwise = _("give the session in %(file)s this id", file="event.toml")
            raise NotRight(wrong, advice(name, ids, otherwise))
    return tuple(name for name in known if name in names) if known is not None else ()


def written_session(session: Session, zone: ZoneInfo) -> dict[str, str | int]:
    return {
        **({"id": session.id} if session.id else {}),
        "title": session.title,
        "start": moments.written(session.start, zone),
        "end": moments.written(session.end, zone),
        "room": session.room,
        **({"travel_minutes": session.travel_minutes} if session.travel_minutes else {}),
        **{name: text for name in TEXTS if (text := getattr(session, name))},
    }
