"""The topics of `event.toml`: each id once, each parent known, and no cycles."""

from collections.abc import Iterator, Mapping, Sequence

from flask_babel import gettext as _

from matchmaker.exchange import shapes
from matchmaker.exchange.problems import NotRight, advice, shown
from matchmaker.exchange.toml_tables import TomlTable, written
from matchmaker.matching.snapshot import Topic


def read_topics(tables: Sequence[TomlTable]) -> tuple[Topic, ...]:
    topics = [_topic(table) for table in tables]
    places = _by_id(tables, topics)
    for table, topic in zip(tables, topics, strict=True):
        if topic.parent is not None and topic.parent not in places:
            otherwise = _("add a topic with the id %(topic)s", topic=shown(topic.parent))
            wrong = _("there is no topic %(topic)s", topic=shown(topic.parent))
            table.refuse("parent", NotRight(wrong, advice(topic.parent, places, otherwise)))
    for cycle in _cycles({topic.id: topic.parent for topic in topics if topic.id}):
        ring = " < ".join([*cycle, cycle[0]])
        wrong = _("these topics are each other's parents: %(ring)s", ring=ring)
        right = _("take the parent from one of them")
        places[cycle[0]].refuse("parent", NotRight(wrong, right))
    return tuple(topics)


def _topic(table: TomlTable) -> Topic:
    table.check_keys("id", "name", "parent")
    identity = written(shapes.line(shapes.ID))
    return Topic(
        id=table.needed("id", identity, ""),
        name=table.needed("name", written(shapes.line(shapes.TOPIC)), ""),
        parent=table.optional("parent", identity, None),
    )


def _by_id(tables: Sequence[TomlTable], topics: Sequence[Topic]) -> dict[str, TomlTable]:
    places: dict[str, TomlTable] = {}
    for table, topic in zip(tables, topics, strict=True):
        first = places.setdefault(topic.id, table)
        if topic.id and first is not table:
            wrong = _(
                "the topic %(topic)s is in line %(line)d already",
                topic=shown(topic.id),
                line=first.place().line,
            )
            table.refuse("id", NotRight(wrong, _("give each topic an id of its own")))
    return places


def _cycles(parents: Mapping[str, str | None]) -> Iterator[list[str]]:
    """Each cycle once, from the first of its topics in the file."""
    settled: set[str] = set()
    for start in parents:
        path: list[str] = []
        topic = start
        while topic in parents and topic not in settled and topic not in path:
            path.append(topic)
            topic = parents[topic] or ""
        settled.update(path)
        if topic in path:
            yield path[path.index(topic) :]
