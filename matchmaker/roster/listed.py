"""Offers, needs and tags of many people at once, added to what they have."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import func, insert, literal, select

from matchmaker.extensions import db
from matchmaker.marketplace.models import Item
from matchmaker.marketplace.services import NewItem
from matchmaker.registration.models_tags import Tag
from matchmaker.roster.fates import Fate, missing

AT_ONCE = 500


def enter_listed(fates: Sequence[Fate]) -> None:
    """What each row lists and the person does not have yet."""
    people = [fate.person.id for fate in fates if fate.person]
    has, last = _there(people)
    items: list[dict[str, Any]] = []
    tags: list[dict[str, Any]] = []
    for fate in fates:
        if fate.person is None:
            continue
        person = fate.person.id
        for kind in ("offer", "need"):
            for title in missing(fate, f"{kind}s", has.get((person, kind), ())):
                last[person] = last.get(person, -1) + 1
                new = NewItem(kind, title).columns()
                items.append(
                    {"participant_id": person, "kind": kind, "position": last[person], **new}
                )
        new_tags = missing(fate, "tags", has.get((person, "tag"), ()))
        tags += [{"participant_id": person, "tag": tag} for tag in new_tags]
    if items:
        db.session.execute(insert(Item), items)
    if tags:
        db.session.execute(insert(Tag), tags)


def _there(people: Sequence[int]) -> tuple[dict[tuple[int, str], list[str]], dict[int, int]]:
    """Titles and tags by person and kind, and the last position of each person's items."""
    has: dict[tuple[int, str], list[str]] = {}
    last: dict[int, int] = {}
    for start in range(0, len(people), AT_ONCE):
        part = people[start : start + AT_ONCE]
        own = select(Item.participant_id, Item.kind, Item.title)
        tags = select(Tag.participant_id, literal("tag"), Tag.tag)
        for query in (
            own.where(Item.participant_id.in_(part)),
            tags.where(Tag.participant_id.in_(part)),
        ):
            for person, kind, text in db.session.execute(query):
                has.setdefault((person, kind), []).append(text)
        highest = select(Item.participant_id, func.max(Item.position)).group_by(Item.participant_id)
        rows = db.session.execute(highest.where(Item.participant_id.in_(part)))
        last |= {person: position for person, position in rows}
    return has, last
