"""The figures of a run as one table for a spreadsheet: a number a row, and what it is of."""

from collections import Counter
from collections.abc import Iterator

from flask_babel import gettext as _

from matchmaker.events.models import Event
from matchmaker.exchange.writing import spreadsheet_csv
from matchmaker.matching.models import Run
from matchmaker.matching.result_page import parts
from matchmaker.matching.spread_page import (
    Group,
    SpreadPage,
    Use,
    breaks_by_person,
    spread_page,
)

Figure = tuple[str, str, str, float]


def figures_csv(event: Event, run: Run) -> bytes:
    """Value and bound, meetings and breaks a person, who gets how many, what is used how much."""
    spread = spread_page(event, run, event.points)
    rows = [*_of_the_whole(run), *_of_people(event, run, spread), *_of_places(spread)]
    return spreadsheet_csv((_("Of"), _("Which"), _("What"), _("Number")), rows)


def _of_the_whole(run: Run) -> Iterator[Figure]:
    report, whole = run.report or {}, _("The whole agenda")
    for key, label in (
        ("value", _("Value")),
        ("bound", _("Proven bound")),
        ("gap", _("Gap")),
        ("meetings", _("Meetings")),
        ("breaks", _("Breaks")),
        ("without_meeting", _("People with no meeting")),
    ):
        yield whole, "", label, report[key]
    for part in parts(report):
        yield _("Part by part"), part.name, _("Here"), part.value
        if part.bound is not None:
            yield _("Part by part"), part.name, _("Best"), part.bound


def _of_people(event: Event, run: Run, spread: SpreadPage) -> Iterator[Figure]:
    for count, people in spread.distribution:
        yield _("People by number of meetings"), count, _("People"), people
    breaks = Counter(breaks_by_person(event, run).values())
    for number, people in sorted(breaks.items()):
        yield _("People by number of breaks"), str(number), _("People"), people
    for title, groups in spread.groups:
        for group in groups:
            yield from _of_group(title, group)


def _of_group(title: str, group: Group) -> Iterator[Figure]:
    yield title, group.name, _("People"), group.people
    yield title, group.name, _("Meetings each"), round(group.meetings_each, 2)
    yield title, group.name, _("No meeting"), group.without


def _of_places(spread: SpreadPage) -> Iterator[Figure]:
    for title, uses in (
        (_("Use of slots"), spread.slots),
        (_("Use of meeting points"), spread.points),
    ):
        for use in uses:
            yield from _of_use(title, use)


def _of_use(title: str, use: Use) -> Iterator[Figure]:
    yield title, use.name, _("Meetings"), use.taken
    yield title, use.name, _("Room for"), use.room
    yield title, use.name, _("In use"), round(use.share, 3)
