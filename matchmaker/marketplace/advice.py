"""What would help a participant most, in plain words: one thing, and never the same one twice."""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from flask_babel import gettext as _
from flask_babel import ngettext

from matchmaker.marketplace.models import Item
from matchmaker.marketplace.queries import items_of, people_by_topic
from matchmaker.registration.attending import attending_of, sessions_to_choose
from matchmaker.registration.availability import blocked
from matchmaker.registration.models import Participant
from matchmaker.registration.queries import may_describe
from matchmaker.registration.services_advice import put_off_by

KINDS = (
    "free",
    "needs",
    "offers",
    "topics",
    "sessions",
    "times",
    "languages",
    "organisation",
    "picture",
)


class Advice(NamedTuple):
    """`kind` is what is put off; `text` says why it helps, `label` and `endpoint` lead there."""

    kind: str
    text: str
    label: str
    endpoint: str


def advice_for(me: Participant) -> Advice | None:
    """The first thing that helps and was not put off; nothing where all is well."""
    if me.organisation is None or me.listed_at is None:
        return None
    unwanted = put_off_by(me)
    return next((each for each in _all(me) if each.kind not in unwanted), None)


def _all(me: Participant) -> Iterator[Advice]:
    """In the order of what helps the matching most; later ones are asked only when needed."""
    items = items_of(me)
    slots = me.event.slots
    free = len(slots) - len(blocked(slots, me.absences))
    if slots and not free:
        yield _about("free", _("You have taken off every time, so no meeting fits."))
    if not any(item.kind == "need" for item in items):
        yield _about("needs", _who_offers(me, items))
    if not any(item.kind == "offer" for item in items):
        yield _about("offers", _who_needs(me, items))
    without = sum(item.topic_id is None for item in items)
    if without and me.event.topics:
        yield _about("topics", _no_topic(without))
    if _chose_no_session(me):
        text = _("Some sessions run while meetings do. Choose yours, and no meeting is put there.")
        yield _about("sessions", text)
    if 0 < free < len(slots) / 2:
        yield _about("times", _few_times(free, len(slots)))
    if not me.languages:
        text = _("People look for somebody they can talk with.")
        yield _about("languages", text)
    if may_describe(me) and me.organisation and not me.organisation.description:
        text = _("Others read it before they meet you: what does %(name)s do?")
        yield _about("organisation", text % {"name": me.organisation.name})
    if not me.picture:
        yield _about("picture", _("With a picture people find you at the table."))


def _about(kind: str, text: str) -> Advice:
    times = (_("Choose when you can meet"), "registration.availability")
    items, you = "marketplace.edit", "registration.you"
    label, endpoint = {
        "free": times,
        "needs": (_("Say what you need"), items),
        "offers": (_("Say what you offer"), items),
        "topics": (_("Choose topics"), items),
        "sessions": (_("Choose sessions"), "registration.availability"),
        "times": times,
        "languages": (_("Say which languages you speak"), you),
        "organisation": (_("Describe it in two sentences"), you),
        "picture": (_("Add a picture"), "registration.pictures"),
    }[kind]
    return Advice(kind, text, label, endpoint)


def _chose_no_session(me: Participant) -> bool:
    ids = {session.id for session in sessions_to_choose(me.event)}
    return bool(ids) and ids.isdisjoint(attending_of(me).chosen)


def _who_offers(me: Participant, items: Sequence[Item]) -> str:
    topic, number = _likeliest(people_by_topic(me, "offer"), items)
    if not number:
        return str(_("Meetings are made from what one needs and another offers."))
    return str(
        ngettext(
            "%(num)d person here offers something in %(topic)s.",
            "%(num)d people here offer something in %(topic)s.",
            number,
            topic=topic,
        )
    )


def _who_needs(me: Participant, items: Sequence[Item]) -> str:
    topic, number = _likeliest(people_by_topic(me, "need"), items)
    if not number:
        return str(_("Meetings are made from what one offers and another needs."))
    return str(
        ngettext(
            "%(num)d person here is looking for something in %(topic)s.",
            "%(num)d people here are looking for something in %(topic)s.",
            number,
            topic=topic,
        )
    )


def _likeliest(people: Mapping[str, int], items: Sequence[Item]) -> tuple[str, int]:
    """The topic most people speak of: one of mine before any other."""
    mine = {item.topic.name for item in items if item.topic}
    named = sorted(people.items(), key=lambda pair: (pair[0] not in mine, -pair[1], pair[0]))
    return named[0] if named else ("", 0)


def _no_topic(number: int) -> str:
    return str(
        ngettext(
            "%(num)d of your offers and needs has no topic, so nobody finds it by one.",
            "%(num)d of your offers and needs have no topic, so nobody finds them by one.",
            number,
        )
    )


def _few_times(free: int, of: int) -> str:
    return str(
        ngettext(
            "You can meet at %(num)d of %(of)d times, so few meetings fit.",
            "You can meet at %(num)d of %(of)d times, so few meetings fit.",
            free,
            of=of,
        )
    )
