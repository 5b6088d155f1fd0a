"""`items.csv`: what participants offer and need."""

from collections.abc import Sequence
from functools import partial

from matchmaker.exchange import shapes
from matchmaker.exchange.participants_file import ParticipantsFile
from matchmaker.exchange.problems import NotRight, Problems, advice_by_name, shown
from matchmaker.exchange.tables import Layout, Row, read_table
from matchmaker.matching.snapshot import ITEM_KINDS, Item, Topic

COLUMNS = ("participant", "kind", "topic", "title", "text")
LAYOUT = Layout("items.csv", columns=COLUMNS, needed=("participant", "kind", "title"))


def read_items(
    text: str,
    participants: ParticipantsFile,
    topics: Sequence[Topic] | None,
    problems: Problems,
) -> dict[str, list[Item]]:
    """Each participant's items in the order of the file; unknown topics pass if none are known."""
    items: dict[str, list[Item]] = {}
    for row in read_table(LAYOUT, text, problems).rows:
        if row.whole:
            participant = row.needed("participant", participants.known, "")
            items.setdefault(participant, []).append(_item(row, topics))
    return items


def _item(row: Row, topics: Sequence[Topic] | None) -> Item:
    return Item(
        kind=row.needed("kind", shapes.one_of(ITEM_KINDS, "kind of item"), "offer"),
        topic=row.optional("topic", partial(_known_topic, topics=topics), ""),
        title=row.needed("title", shapes.line(shapes.TITLE), ""),
        text=row.optional("text", shapes.long_text, ""),
    )


def _known_topic(text: str, topics: Sequence[Topic] | None) -> str:
    identity = text.strip()
    known = {topic.id for topic in topics or ()}
    if topics is not None and identity not in known:
        meant = {topic.name: topic.id for topic in topics} | {i: i for i in known}
        right = advice_by_name(
            identity, meant, "take the id of a topic of event.toml, or leave it empty"
        )
        raise NotRight(f"there is no topic {shown(identity)}", right)
    return identity
