"""`event.toml`: the event itself, its topics, blocks, meeting points and sessions."""

from collections.abc import Iterable
from datetime import date, timedelta
from functools import partial
from zoneinfo import ZoneInfo

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from matchmaker.events.models import MOST_IN_A_ROW, MOST_MEETINGS
from matchmaker.events.weights import MAX_WEIGHT, USUAL_WEIGHTS, Weights, min_weight
from matchmaker.exchange import moments, shapes
from matchmaker.exchange.problems import NotRight, Place, Problems, shown
from matchmaker.exchange.sessions import read_sessions
from matchmaker.exchange.toml_tables import TomlTable, number, parse_toml, written
from matchmaker.exchange.topic_tree import read_topics
from matchmaker.matching.snapshot import (
    CONSENTS,
    POINT_KINDS,
    Block,
    Point,
    PointKind,
    Settings,
    Snapshot,
)

FILE = "event.toml"
LONGEST_BLOCK = timedelta(hours=25)  # the day on which summer time ends has 25
KEYS = ("name", "slug", "place", "timezone", "organiser_email")
LISTS = ("topics", "blocks", "points", "sessions", "matching")
EXAMPLES = {
    "blocks": _l(
        "add [[blocks]] with date, start, end and slot_minutes, or blocks = [] for none yet"
    ),
    "points": _l("add [[points]] with name and kind, or points = [] for none yet"),
}


def read_event(text: str, problems: Problems) -> Snapshot | None:
    """The event without its people and wishes; `None` where the file cannot be read at all."""
    top = parse_toml(FILE, text, problems)
    if top is None:
        return None
    top.check_keys(*KEYS, *LISTS)
    for key, example in EXAMPLES.items():
        if key not in top.values:
            problems.add(top.place(), _("the key %(key)s is missing", key=key), str(example))
    return _snapshot(top, top.needed("timezone", written(shapes.time_zone), ZoneInfo("UTC")))


def _snapshot(top: TomlTable, zone: ZoneInfo) -> Snapshot:
    return Snapshot(
        name=top.needed("name", written(shapes.line(shapes.EVENT)), ""),
        slug=top.needed("slug", written(shapes.slug), ""),
        place=top.optional("place", written(shapes.line(shapes.PLACE)), ""),
        timezone=zone.key,
        organiser_email=top.needed("organiser_email", written(shapes.email), ""),
        topics=read_topics(top.tables("topics")),
        blocks=_blocks(top.tables("blocks"), zone),
        points=_points(top.tables("points")),
        sessions=read_sessions(top.tables("sessions"), zone),
        settings=_settings(top.table("matching")),
    )


def _blocks(tables: Iterable[TomlTable], zone: ZoneInfo) -> tuple[Block, ...]:
    read = [(table, block) for table in tables if (block := _block(table, zone))]
    latest: tuple[TomlTable, Block] | None = None
    for table, block in sorted(read, key=lambda entry: entry[1].start):
        if latest and block.start < latest[1].end:
            line = latest[0].place().line
            wrong = _("this block overlaps the one in line %(line)d", line=line)
            right = _("let one start when the other has ended")
            table.refuse("start", NotRight(wrong, right))
        if not latest or block.end > latest[1].end:
            latest = table, block
    return tuple(block for _, block in read)


def _block(table: TomlTable, zone: ZoneInfo) -> Block | None:
    table.check_keys("date", "start", "end", "slot_minutes", "pause_minutes")
    on = table.needed("date", moments.day, None)
    time_of_day = partial(moments.moment_of, on=on or date.min.replace(2000), zone=zone)
    start = table.needed("start", time_of_day, None)
    end = table.needed("end", time_of_day, None)
    minutes = table.needed("slot_minutes", number(1, 24 * 60), None)
    pause = table.if_given("pause_minutes", number(0, 24 * 60), 0)
    if on is None or start is None or end is None or minutes is None:
        return None
    if start.astimezone(zone).date() != on:
        wrong = _("the start is not on %(day)s, the date of the block", day=on)
        table.refuse("start", NotRight(wrong, _("give the time alone, or correct the date")))
    return _checked(table, Block(start, end, minutes, pause))


def _checked(table: TomlTable, block: Block) -> Block | None:
    try:
        moments.check_order(block.start, block.end)
    except NotRight as error:
        table.refuse("end", error)
        return None
    length = block.end - block.start
    if length > LONGEST_BLOCK:
        right = _("make one block a day, or correct the end")
        table.refuse("end", NotRight(_("the block is longer than a day"), right))
        return None
    if timedelta(minutes=block.slot_minutes) > length:
        wrong = _(
            "a slot of %(minutes)d minutes does not fit into the block", minutes=block.slot_minutes
        )
        right = _("make the slots shorter or the block longer")
        table.refuse("slot_minutes", NotRight(wrong, right))
    return block


def _points(tables: Iterable[TomlTable]) -> tuple[Point, ...]:
    kinds, points = written(_point_kind), []
    seen: dict[str, TomlTable] = {}
    for table in tables:
        table.check_keys("name", "kind", "kept_for", "link")
        name = table.needed("name", written(shapes.line(shapes.POINT)), "")
        points.append(
            Point(
                name,
                table.if_given("kind", kinds, "table"),
                kept_for=table.optional("kept_for", written(shapes.line(shapes.ID)), ""),
                link=table.optional("link", written(shapes.link), ""),
            )
        )
        first = seen.setdefault(name.casefold(), table)
        if name and first is not table:
            wrong = _(
                "the meeting point %(name)s is in line %(line)d already",
                name=shown(name),
                line=first.place().line,
            )
            right = _("give each meeting point a name of its own")
            table.refuse("name", NotRight(wrong, right))
    return tuple(points)


def check_kept(
    text: str, points: Iterable[Point], known: Iterable[str], problems: Problems
) -> None:
    """Say of each booth that is kept for somebody who is not there, or has another."""
    ids, kept = set(known), [point.kept_for for point in points if point.kept_for]
    lines = [(n, at) for n, at in enumerate(text.splitlines(), start=1) if "kept_for" in at]
    for owner in dict.fromkeys(kept):
        at = [n for n, line in lines if owner in line] or [1]
        if owner not in ids:
            wrong = _("there is no participant %(id)s", id=shown(owner))
            right = _("correct the id, or add a row with this id to participants.csv")
            problems.add(Place(FILE, at[0]), wrong, right)
        elif kept.count(owner) > 1:
            wrong = _("the participant %(id)s has a booth already", id=shown(owner))
            problems.add(Place(FILE, at[-1]), wrong, _("keep one booth for each participant"))


def _point_kind(text: str) -> PointKind:
    known = shapes.one_of(POINT_KINDS, _("kind of meeting point"))
    return "video" if text.strip().casefold() == "video room" else known(text)


def _settings(table: TomlTable) -> Settings:
    table.check_keys("consent", "max_meetings", "most_in_a_row", "weights")
    consents, usual = written(shapes.one_of(CONSENTS, _("mode of consent"))), Settings()
    most, in_a_row = number(0, MOST_MEETINGS), number(1, MOST_IN_A_ROW)
    return Settings(
        consent=table.if_given("consent", consents, usual.consent),
        max_meetings=table.if_given("max_meetings", most, usual.max_meetings),
        most_in_a_row=table.if_given("most_in_a_row", in_a_row, None),
        weights=_weights(table.table("weights")),
    )


def _weights(table: TomlTable) -> Weights:
    table.check_keys(*USUAL_WEIGHTS)
    return Weights(
        **{
            name: table.if_given(name, number(min_weight(name), MAX_WEIGHT), points)
            for name, points in USUAL_WEIGHTS.items()
        }
    )
