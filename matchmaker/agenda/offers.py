"""A free time of one's own: who else is free then, the best to meet first.

Whoever said "no" of the reader is offered like anybody who said nothing, and asked in vain: who
left them out would tell of it.
"""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import islice

from flask_babel import gettext as _
from flask_babel import ngettext

from matchmaker.agenda.free_times import busy_slots, has_room
from matchmaker.agenda.queries import latest_agenda
from matchmaker.agenda.queries_free import (
    free_at,
    had_meetings,
    own_free_slots,
    places_at,
    resting_at,
    ties_of,
)
from matchmaker.agenda.rest import tiring
from matchmaker.clock import now
from matchmaker.events.models import Slot
from matchmaker.matching.words import Sentence
from matchmaker.people.entries import Entry, people_for, reasons_of
from matchmaker.registration.models import Participant
from matchmaker.wishes.queries import count_requests_pending
from matchmaker.wishes.rules import why_closed

MOST_OFFERS = 3


@dataclass(frozen=True, slots=True)
class Offer:
    """Somebody to meet; where they are `sure`, a tap gives the meeting its place at once."""

    entry: Entry
    why: tuple[Sentence, ...]
    sure: bool


@dataclass(frozen=True, slots=True)
class FreeTime:
    """One time of `me`; `why_not` says why nobody is offered, `others` are free too that day."""

    me: Participant
    slot: Slot
    why_not: str
    offers: list[Offer]
    others: list[Slot]
    at_the_limit: bool


def free_time(me: Participant, slot: Slot, gettext: Callable[[str], str]) -> FreeTime:
    free = own_free_slots(me)
    why_not = _why_not(me, slot, is_free=slot in free)
    day, zone = slot.starts_at.astimezone(me.event.zone).date(), me.event.zone
    return FreeTime(
        me=me,
        slot=slot,
        why_not=why_not,
        offers=[] if why_not else _best(me, slot, gettext),
        others=[each for each in free if each.starts_at.astimezone(zone).date() == day],
        at_the_limit=count_requests_pending(me) >= me.event.most_pending,
    )


def _why_not(me: Participant, slot: Slot, *, is_free: bool) -> str:
    """Why nobody is offered to `me` then, and what to do about it; empty where somebody may be."""
    sentence: str = ""
    if why_closed(me.event):
        sentence = why_closed(me.event)
    elif latest_agenda(me.event) is None:
        sentence = _("The agenda is not published yet, so nobody’s times are settled.")
    elif slot.starts_at <= now():
        sentence = _("This time has begun. Choose another one in your agenda.")
    elif not is_free and slot.id in busy_slots(me):
        sentence = _("You have a meeting at this time, so it is no longer free.")
    elif not is_free and slot.id in tiring(me.event, busy_slots(me)):
        sentence = ngettext(
            "With a meeting at this time you would have more than %(num)d in a row. Choose another"
            " one, or keep it for a rest.",
            "With a meeting at this time you would have more than %(num)d in a row. Choose another"
            " one, or keep it for a rest.",
            me.event.most_in_a_row or 0,
        )
    elif not is_free:
        sentence = _("You said that you cannot meet at this time. Change your times if you can.")
    elif not has_room(me):
        sentence = _("You have as many meetings as you take. Change your times to take more.")
    elif not me.is_listed:
        sentence = _(
            "You have not agreed to be shown to other participants, so nobody could see who "
            "asks. Agree to it in your registration first."
        )
    return sentence


def _best(me: Participant, slot: Slot, gettext: Callable[[str], str]) -> list[Offer]:
    people, ties = people_for(me.event, me), ties_of(me, slot)
    free = free_at(slot) - resting_at(me.event, slot) - had_meetings(me) - ties.closed
    fits = places_at(me, slot)
    offered = (
        entry
        for entry in people.entries
        if entry.id in free
        and entry.promise
        and entry.level != "no"
        and not entry.is_out_of_reach
        and (entry.id in ties.sure or entry.person.type in ties.askable)
        and fits(entry.id)
    )
    return [
        Offer(entry, reasons_of(people, entry, gettext), entry.id in ties.sure)
        for entry in islice(offered, MOST_OFFERS)
    ]
