"""A run as tables for a spreadsheet: its meetings, people, grid, figures, and what did not fit."""

from collections import Counter
from collections.abc import Mapping

from flask_babel import gettext as _

from matchmaker.events.models import Event
from matchmaker.events.queries import point_names, slot_starts
from matchmaker.exchange.writing import spreadsheet_csv
from matchmaker.formatting import country_name
from matchmaker.matching.models import Run
from matchmaker.matching.run_queries import people_by_id, proposed_meetings, unplaced_wishes
from matchmaker.matching.spread_page import breaks_by_person
from matchmaker.organisations.labels import KIND_LABELS, SIZE_LABELS
from matchmaker.registration.models import Participant


def meetings_csv(event: Event, run: Run) -> bytes:
    people, zone = people_by_id(event), event.zone
    starts = {slot: start.astimezone(zone) for slot, start in slot_starts(event).items()}
    points = point_names(event)
    rows = sorted(proposed_meetings(run), key=lambda row: (starts[row.slot_id], row.point_id))
    return spreadsheet_csv(
        (_("Day"), _("Time"), _("Where"), _("One person"), _("The other"), _("Value")),
        (
            (
                f"{starts[row.slot_id]:%Y-%m-%d}",
                f"{starts[row.slot_id]:%H:%M}",
                points[row.point_id],
                people[row.a_id].name,
                people[row.b_id].name,
                row.value,
            )
            for row in rows
        ),
    )


def people_csv(event: Event, run: Run) -> bytes:
    meetings, value = Counter[int](), Counter[int]()
    for row in proposed_meetings(run):
        for person in (row.a_id, row.b_id):
            meetings[person] += 1
            value[person] += row.value
    breaks, types = breaks_by_person(event, run), {each.id: each.name for each in event.types}
    people = (one for one in people_by_id(event).values() if one.is_approved or one.id in meetings)
    return spreadsheet_csv(
        (
            *(_("Person"), _("Organisation"), _("Participant type"), _("Country")),
            *(_("Kind of organisation"), _("Size of organisation")),
            *(_("Meetings"), _("Value"), _("Breaks")),
        ),
        (
            (
                *(one.name, *_whence(one, types)),
                *(meetings[one.id], value[one.id], breaks[one.id]),
            )
            for one in sorted(people, key=lambda one: (meetings[one.id], one.name))
        ),
    )


def _whence(one: Participant, types: Mapping[int, str]) -> tuple[str, ...]:
    home = one.organisation
    country = one.country or (home.country if home else "")
    return (
        home.name if home else "",
        types.get(one.type_id or 0, ""),
        country_name(country) if country else "",
        str(KIND_LABELS[home.kind]) if home else "",
        str(SIZE_LABELS.get(home.size, "")) if home else "",
    )


def grid_csv(event: Event, run: Run) -> bytes:
    """What each meeting is worth, by meeting point and slot; the last row and column count them."""
    worth = {(row.point_id, row.slot_id): row.value for row in proposed_meetings(run)}
    slots, points = event.slots, event.points
    taken = Counter(slot for _point, slot in worth)
    rows = (
        [each.name, *given, sum(value != "" for value in given)]
        for each in points
        for given in [[worth.get((each.id, slot.id), "") for slot in slots]]
    )
    times = [f"{slot.starts_at.astimezone(event.zone):%Y-%m-%d %H:%M}" for slot in slots]
    counts = [taken[slot.id] for slot in slots]
    return spreadsheet_csv(
        (_("Meeting point"), *times, _("Meetings")),
        [*rows, [_("Meetings"), *counts, sum(counts)]],
    )


def unplaced_csv(event: Event, run: Run) -> bytes:
    people = people_by_id(event)
    why = {
        "person_full": _("An agenda is full"),
        "tables_full": _("No meeting point is free"),
        "never_free_together": _("Never free together"),
        "costs_more": _("Others are worth more"),
    }
    return spreadsheet_csv(
        (_("One person"), _("The other"), _("Value"), _("Why")),
        (
            (people[row.a_id].name, people[row.b_id].name, row.value, why[row.why])
            for row in unplaced_wishes(run)
        ),
    )
