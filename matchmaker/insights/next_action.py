"""The one thing an organiser should do next, by the event's phase and figures."""

from dataclasses import dataclass

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from matchmaker.events.models import Event
from matchmaker.events.phases import Phase
from matchmaker.insights.queries import Overview


@dataclass(frozen=True, slots=True)
class NextAction:
    sentence: str
    label: str
    url: str


def next_action(event: Event, figures: Overview) -> NextAction:
    """What stands as the page's heading and its one obvious button."""
    if figures.waiting_for_approval:
        return NextAction(
            ngettext(
                "%(num)d person waits for your approval",
                "%(num)d people wait for your approval",
                figures.waiting_for_approval,
            ),
            _("Look at them"),
            url_for("registration.people", slug=event.slug, status="pending"),
        )
    return _by_phase(event, figures)


def _by_phase(event: Event, figures: Overview) -> NextAction:
    settings = url_for("events.settings", slug=event.slug, _anchor="phase")
    scheduling = url_for("matching.scheduling", slug=event.slug)
    match event.phase:
        case Phase.DRAFT:
            return NextAction(
                _("Only you see this event so far"), _("Open the registration"), settings
            )
        case Phase.REGISTRATION:
            return NextAction(_people(figures), _("Open the wishes"), settings)
        case Phase.WISHES | Phase.SCHEDULING:
            return NextAction(_wishes(figures), _("Make the agenda"), scheduling)
        case Phase.PUBLISHED | Phase.LIVE:
            return NextAction(_("The agenda is published"), _("Scheduling"), scheduling)
        case _:
            return NextAction(
                _("The event is over"), _("See the page"), url_for("events.show", slug=event.slug)
            )


def _people(figures: Overview) -> str:
    return str(ngettext("%(num)d person takes part", "%(num)d people take part", figures.people))


def _wishes(figures: Overview) -> str:
    people = figures.people - figures.without_wishes
    wishes = ngettext("%(num)d wish", "%(num)d wishes", figures.wishes)
    wishers = ngettext("%(num)d person", "%(num)d people", people)
    return str(_("%(wishes)s from %(people)s", wishes=wishes, people=wishers))
