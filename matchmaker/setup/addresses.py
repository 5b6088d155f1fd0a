"""Where the parts of the set-up are shown and changed."""

from flask import url_for

from matchmaker.agenda.queries import latest_agenda
from matchmaker.events.models import Event

# Parts with one page for all of it; the rest are lists of things.
WHOLE = ("matrix", "zone", "moving")


def changed_as(part: str) -> str:
    """The part whose versions count its changes, and whose list shows them."""
    return "times" if part == "moving" else part


def list_url(event: Event, part: str) -> str:
    if part == "points":
        return url_for("points.index", slug=event.slug)
    if part == "moving" and latest_agenda(event) is not None:
        return url_for("repair.show", slug=event.slug)
    return url_for("setup.part", slug=event.slug, part=changed_as(part))


def leave_url(event: Event, part: str) -> str:
    """Where a form leads that is left; a whole part would lead to itself."""
    if part in WHOLE and part == changed_as(part):
        return url_for("setup.index", slug=event.slug)
    return list_url(event, part)


def form_url(event: Event, part: str, row_id: int) -> str:
    if part in WHOLE:
        return url_for("setup.change_whole", slug=event.slug, part=part)
    if row_id:
        return url_for("setup.change", slug=event.slug, part=part, row_id=row_id)
    return url_for("setup.add", slug=event.slug, part=part)
