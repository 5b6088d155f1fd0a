"""What hangs on times, in sentences: how many, and what becomes of them."""

from collections.abc import Callable

from flask_babel import gettext as _
from flask_babel import ngettext

Sentence = tuple[str, str]
Saying = Callable[[int, dict[str, str]], Sentence]


def _agreed(number: int, more: dict[str, str]) -> Sentence:
    return (
        ngettext(
            "%(num)d pair has agreed on this time",
            "%(num)d pairs have agreed on these times",
            number,
        ),
        _("Their yes stays; the next agenda gives them another time."),
    )


def _offered(number: int, more: dict[str, str]) -> Sentence:
    return (
        ngettext(
            "%(num)d open request has such a time proposed",
            "%(num)d open requests have such times proposed",
            number,
        ),
        _("The request stays open; the time can no longer be chosen."),
    )


def _moves(number: int, more: dict[str, str]) -> Sentence:
    return (
        ngettext(
            "%(num)d meeting shall move there, and waits for an answer",
            "%(num)d meetings shall move there, and wait for an answer",
            number,
        ),
        _("They stay where they are; the proposal can no longer be accepted."),
    )


def _away(number: int, more: dict[str, str]) -> Sentence:
    return (
        ngettext(
            "%(num)d participant is away then",
            "%(num)d participants are away then",
            number,
        ),
        _("Their absence stays as they gave it."),
    )


def _calendars(number: int, more: dict[str, str]) -> Sentence:
    return (
        ngettext(
            "%(num)d participant has the programme in their agenda",
            "%(num)d participants have the programme in their agenda",
            number,
        ),
        _("Agendas and subscribed calendars follow by themselves; nobody is mailed."),
    )


def _shifted(number: int, more: dict[str, str]) -> Sentence:
    return (
        ngettext(
            "%(num)d published meeting comes at another moment",
            "%(num)d published meetings come at another moment",
            number,
        ),
        _("It keeps its time of day. Its people are told by mail, and their calendars follow."),
    )


def _shifted_times(number: int, more: dict[str, str]) -> Sentence:
    return (
        ngettext(
            "%(num)d time for meetings comes at another moment",
            "%(num)d times for meetings come at another moment",
            number,
        ),
        _("The programme shifts in the same way."),
    )


def _same_moments(number: int, more: dict[str, str]) -> Sentence:
    return (
        ngettext(
            "%(num)d time for meetings is shown by another clock",
            "%(num)d times for meetings are shown by another clock",
            number,
        ),
        _("The moments stay, so calendars do too. Pages and paper show another time of day."),
    )


def _due(number: int, more: dict[str, str]) -> Sentence:
    return (
        ngettext(
            "%(num)d mailing waits for its time",
            "%(num)d mailings wait for their time",
            number,
        ),
        _("The moment stays, which is another time of day by the new clock."),
    )


def _shifted_absences(number: int, more: dict[str, str]) -> Sentence:
    return (
        ngettext(
            "%(num)d absence of a participant comes at another moment",
            "%(num)d absences of participants come at another moment",
            number,
        ),
        _("They keep their times of day too."),
    )


def _moving(number: int, more: dict[str, str]) -> Sentence:
    return (
        ngettext(
            "%(num)d published meeting moves with its time",
            "%(num)d published meetings move with their time",
            number,
        ),
        _("The same people at the same place. They are told by mail, and their calendars follow."),
    )


def _in_the_way(number: int, more: dict[str, str]) -> Sentence:
    return (
        ngettext(
            "%(num)d published meeting cannot be held at its new time",
            "%(num)d published meetings cannot be held at their new time",
            number,
        ),
        _(
            "Somebody is away then, or the place is lost. The repair finds another time; their"
            " people are told once you publish it."
        ),
    )


def _moving_times(number: int, more: dict[str, str]) -> Sentence:
    return (
        ngettext(
            "%(num)d time for meetings moves",
            "%(num)d times for meetings move",
            number,
        ),
        _("What is planned there and not published, by hand or by a run, moves too."),
    )


def _sessions_then(number: int, more: dict[str, str]) -> Sentence:
    return (
        ngettext(
            "%(num)d session of the programme is at the same time",
            "%(num)d sessions of the programme are at the same time",
            number,
        ),
        _("Whoever has a meeting then cannot go; their agenda leaves the session out."),
    )


def _attending(number: int, more: dict[str, str]) -> Sentence:
    return (
        ngettext(
            "%(num)d participant attends it",
            "%(num)d participants attend it",
            number,
        ),
        _("The time it takes of them follows: nobody meets them then, and the old time is free."),
    )


def _fallen_on(number: int, more: dict[str, str]) -> Sentence:
    return (
        ngettext(
            "%(num)d published meeting is at its new time",
            "%(num)d published meetings are at its new time",
            number,
        ),
        _("It stays where it is until you repair the agenda; nobody is told before."),
    )


OF_TIMES: dict[str, Saying] = {
    "agreed": _agreed,
    "offered": _offered,
    "moves": _moves,
    "away": _away,
    "calendars": _calendars,
    "shifted": _shifted,
    "shifted times": _shifted_times,
    "same moments": _same_moments,
    "due": _due,
    "shifted absences": _shifted_absences,
    "moving": _moving,
    "in the way": _in_the_way,
    "moving times": _moving_times,
    "sessions then": _sessions_then,
    "attending": _attending,
    "fallen on": _fallen_on,
}
