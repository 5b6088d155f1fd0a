"""`items.csv`: what participants offer and need."""

from collections.abc import Iterator, Sequence
from functools import partial

from flask_babel import gettext as _

from matchmaker.exchange import shapes
from matchmaker.exchange.participants_file import ParticipantsFile
from matchmaker.exchange.problems import NotRight, Problems, advice_by_name, shown
from matchmaker.exchange.tables import Layout, Row, read_table
from matchmaker.locales import LOCALES
from matchmaker.marketplace.kinds import CATEGORIES, COOPERATION, IPR, PARTNER_KINDS, STAGES
from matchmaker.matching.snapshot import ITEM_KINDS, Item, Topic
from matchmaker.own_texts import OwnText

SAID = ("category", "stage", "ipr", "cooperation", "partner_kinds", "partner_role", "language")
PARTS = ("title", "text", "partner_role")
TRANSLATED = tuple(f"{part}_{code}" for code in LOCALES for part in PARTS)
COLUMNS = ("participant", "kind", "topic", "title", "text", *SAID, *TRANSLATED)
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


def cells(item: Item) -> tuple[str, ...]:
    """The item as a row shows it, all but whose it is."""
    texts = {text.language: text for text in item.texts}
    translated = (texts.get(code) or OwnText(code, "") for code in LOCALES)
    return (
        *(item.kind, item.topic, item.title, item.text, item.category, item.stage, item.ipr),
        "; ".join(item.cooperation),
        "; ".join(item.partner_kinds),
        *(item.partner_role, item.language),
        *(part for text in translated for part in (text.title, text.text, text.role)),
    )


def _item(row: Row, topics: Sequence[Topic] | None) -> Item:
    language = row.optional("language", shapes.one_of(LOCALES, _("language of the pages")), "")
    return Item(
        kind=row.needed("kind", shapes.one_of(ITEM_KINDS, _("kind of item")), "offer"),
        topic=row.optional("topic", partial(_known_topic, topics=topics), ""),
        title=row.needed("title", shapes.line(shapes.TITLE), ""),
        text=row.optional("text", shapes.long_text, ""),
        category=row.optional("category", shapes.one_of(CATEGORIES, _("category")), ""),
        stage=row.optional("stage", shapes.one_of(STAGES, _("stage of development")), ""),
        ipr=row.optional("ipr", shapes.one_of(IPR, _("state of rights")), ""),
        cooperation=row.optional(
            "cooperation", shapes.several_of(COOPERATION, _("cooperation")), ()
        ),
        partner_kinds=row.optional(
            "partner_kinds", shapes.several_of(PARTNER_KINDS, _("kind of partner")), ()
        ),
        partner_role=row.optional("partner_role", shapes.line(shapes.ROLE), ""),
        language=language,
        texts=tuple(_texts(row, language)),
    )


def _texts(row: Row, language: str) -> Iterator[OwnText]:
    for code in LOCALES:
        column = f"title_{code}"
        title = row.optional(column, shapes.line(shapes.TITLE), "")
        text = row.optional(f"text_{code}", shapes.long_text, "")
        role = row.optional(f"partner_role_{code}", shapes.line(shapes.ROLE), "")
        if (text or role) and not title:
            wrong = _("%(column)s is empty", column=column)
            row.problems.add(row.place(column), wrong, _("give the title with the text"))
        elif title and language in ("", code):
            wrong = _("it is not said that title is in another language than %(code)s", code=code)
            right = _("give the column language another one, the language of title and text")
            row.problems.add(row.place("language"), wrong, right)
        elif title:
            yield OwnText(code, title, text, role=role)


def _known_topic(text: str, topics: Sequence[Topic] | None) -> str:
    identity = text.strip()
    known = {topic.id for topic in topics or ()}
    if topics is not None and identity not in known:
        meant = {topic.name: topic.id for topic in topics} | {i: i for i in known}
        otherwise = _("take the id of a topic of event.toml, or leave it empty")
        right = advice_by_name(identity, meant, otherwise)
        raise NotRight(_("there is no topic %(topic)s", topic=shown(identity)), right)
    return identity
