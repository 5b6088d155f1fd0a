"""What is left to do before an event's registration opens, as a short list."""

from dataclasses import dataclass

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from matchmaker.events.models import Event
from matchmaker.questions.queries import questions_of
from matchmaker.registration.queries_points import rooms_of


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to settle; `state` says what it is like now. None of them has to be done."""

    name: str
    state: str
    url: str
    done: bool


def steps_to_open(event: Event) -> list[Step]:
    return [_texts(event), _times(event), _points(event), _questions(event), _data(event)]


def count_left(steps: list[Step]) -> int:
    return sum(not step.done for step in steps)


def _texts(event: Event) -> Step:
    written = bool(event.description)
    state = _("Written.") if written else _("Nobody can read yet what the event is about.")
    return Step(_("Texts"), state, url_for("look.texts", slug=event.slug), written)


def _times(event: Event) -> Step:
    count = len(event.slots)
    state = ngettext("%(num)d time for meetings", "%(num)d times for meetings", count)
    url = url_for("setup.part", slug=event.slug, part="times")
    return Step(_("Times"), state, url, count > 0)


def _points(event: Event) -> Step:
    count = len(event.points)
    missing = sum(point.kind == "video" for point in event.points) - len(rooms_of(event))
    state = ngettext("%(num)d meeting point", "%(num)d meeting points", count)
    if missing > 0:
        state = ngettext(
            "%(num)d video room has no link yet",
            "%(num)d video rooms have no link yet",
            missing,
        )
    url = url_for("points.index", slug=event.slug)
    return Step(_("Meeting points"), state, url, count > 0 and missing <= 0)


def _questions(event: Event) -> Step:
    """What is asked is up to the organiser: nothing may be right too."""
    count = len(questions_of(event))
    state = ngettext("%(num)d question of your own", "%(num)d questions of your own", count)
    return Step(_("Questions"), state, url_for("questions.index", slug=event.slug), True)


def _data(event: Event) -> Step:
    settled = event.erase_on is not None
    state = _("Settled.") if settled else _("Not said yet until when data are kept.")
    return Step(_("Data"), state, url_for("privacy.erasing", slug=event.slug), settled)
