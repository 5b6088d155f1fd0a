"""The page after the event: whom one met, what is still to be said, and what came of it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from flask_babel import gettext as _
from flask_babel import ngettext

from matchmaker.events.models import Event
from matchmaker.followup.forms import Typed
from matchmaker.followup.models import FAILED, MeetingOutcome, MeetingWord
from matchmaker.followup.queries import (
    MeetingSide,
    Pair,
    begun_meetings,
    outcomes_of,
    said_of,
    words_of,
)
from matchmaker.followup.rounds import round_now
from matchmaker.followup.said import results_of
from matchmaker.registration.consents import Purpose, agrees, standing_consents
from matchmaker.registration.models import Participant


@dataclass(frozen=True, slots=True)
class AfterPage:
    """`asked` are the meetings of which something may have come, as far as I say.

    `typed` is what their fields hold: what was sent, else what is kept of this round, else of the
    last one before it, which `is_carried` says. `series_asked_in` is the part of the privacy page
    that asks whether people of these meetings may be told at the next event that they met; empty
    where that is agreed to.
    """

    event: Event
    people: Sequence[Participant]
    met: Sequence[MeetingSide]
    words: Mapping[Pair, MeetingWord]
    months: int | None
    asked: Sequence[MeetingSide]
    typed: Mapping[Pair, Typed]
    is_answered: bool
    is_carried: bool
    series_asked_in: str

    @property
    def title(self) -> str:
        number, is_over = len(self.met), self.event.is_over
        if is_over and number:
            return str(ngettext("%(num)d meeting", "%(num)d meetings", number))
        if number:
            return str(ngettext("%(num)d meeting so far", "%(num)d meetings so far", number))
        return str(_("No meeting this time") if is_over else _("No meeting yet"))

    @property
    def open(self) -> list[MeetingSide]:
        """Those of which I have not said whether we met."""
        return [each for each in self.met if not said_of(each.meeting, self.words.get(each.pair))]

    @property
    def several(self) -> bool:
        return len(self.people) > 1

    @property
    def opens_on(self) -> date:
        return self.event.ends_on

    @property
    def errors(self) -> dict[Pair, str]:
        return {pair: typed.error for pair, typed in self.typed.items() if typed.error}


def after_page(
    people: Sequence[Participant], typed: Mapping[Pair, Typed] | None = None
) -> AfterPage:
    event = people[0].event
    met, words, months = begun_meetings(people), words_of(people), round_now(event)
    said = outcomes_of(people)
    asked = asked_of(met, words)
    kept = {(row.person_id, row.other_id): row for row in said if row.months <= (months or 0)}
    now_answered = any(row.months == months for row in said)
    return AfterPage(
        event=event,
        people=people,
        met=met,
        words=words,
        months=months,
        asked=asked,
        typed=typed or {each.pair: _typed(kept.get(each.pair)) for each in asked},
        is_answered=now_answered,
        is_carried=bool(kept) and not now_answered,
        series_asked_in=_series_asked_in({each.me.id: each.me for each in asked}.values()),
    )


def _series_asked_in(people: Iterable[Participant]) -> str:
    open_ = [each for each in people if not agrees(each, Purpose.SERIES)]
    if not open_:
        return ""
    is_reworded = any(Purpose.SERIES in standing_consents(each) for each in open_)
    return f"reworded-{Purpose.SERIES}" if is_reworded else "agreements"


def asked_of(met: Sequence[MeetingSide], words: Mapping[Pair, MeetingWord]) -> list[MeetingSide]:
    """All but those that I say failed; what the other side says changes nothing here."""
    return [each for each in met if said_of(each.meeting, words.get(each.pair)) not in FAILED]


def _typed(row: MeetingOutcome | None) -> Typed:
    if row is None:
        return Typed()
    results = frozenset(results_of(row.results))
    return Typed(results=results, nothing=not results, line=row.line)
