"""What a change of the set-up touches, in sentences: how many, and what becomes of them."""

from collections.abc import Callable

from flask_babel import gettext as _
from flask_babel import ngettext

from matchmaker.setup.plan import Touched

Sentence = tuple[str, str]


def sentences(touched: Touched) -> Sentence:
    """How many are touched, and what becomes of them."""
    return _SENTENCES[touched.kind](len(touched.ids), touched.more)


def _unplaced(number: int, more: dict[str, str]) -> Sentence:
    return (
        ngettext(
            "%(num)d published meeting loses its time or place",
            "%(num)d published meetings lose their time or place",
            number,
        ),
        _("You choose below what becomes of them."),
    )


def _unpermitted(number: int, more: dict[str, str]) -> Sentence:
    return (
        ngettext(
            "%(num)d published meeting is between types that may no longer meet",
            "%(num)d published meetings are between types that may no longer meet",
            number,
        ),
        _("You choose below what becomes of them."),
    )


def _drafted(number: int, more: dict[str, str]) -> Sentence:
    return (
        ngettext(
            "%(num)d meeting was put there by hand and is not published",
            "%(num)d meetings were put there by hand and are not published",
            number,
        ),
        _("They are left out when the grid is published; put them somewhere else first."),
    )


def _proposed(number: int, more: dict[str, str]) -> Sentence:
    return (
        ngettext(
            "%(num)d meeting of run %(run)s, which is not published, is there",
            "%(num)d meetings of run %(run)s, which is not published, are there",
            number,
            run=more["run"],
        ),
        _("Publishing that run leaves them out. Start a new run to place them again."),
    )


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


def _people(number: int, more: dict[str, str]) -> Sentence:
    return (
        ngettext(
            "%(num)d participant is of this type",
            "%(num)d participants are of this type",
            number,
        ),
        _("They get the type %(type)s; nobody is told.", type=more["type"]),
    )


def _renamed(number: int, more: dict[str, str]) -> Sentence:
    return (
        ngettext(
            "%(num)d participant is of this type",
            "%(num)d participants are of this type",
            number,
        ),
        _("Everybody reads %(type)s there from now on.", type=more["type"]),
    )


def _wishes(number: int, more: dict[str, str]) -> Sentence:
    return (
        ngettext(
            "%(num)d wish is between types that may no longer meet",
            "%(num)d wishes are between types that may no longer meet",
            number,
        ),
        _("They are kept, and count again once the types may meet again."),
    )


def _requests(number: int, more: dict[str, str]) -> Sentence:
    return (
        ngettext(
            "%(num)d request is between types that may no longer meet",
            "%(num)d requests are between types that may no longer meet",
            number,
        ),
        _("They are kept, and no agenda gives them a time."),
    )


def _hidden(number: int, more: dict[str, str]) -> Sentence:
    return (
        ngettext(
            "%(num)d participant no longer sees some of the others",
            "%(num)d participants no longer see some of the others",
            number,
        ),
        _("Nobody is told."),
    )


def _questions(number: int, more: dict[str, str]) -> Sentence:
    return (
        ngettext(
            "%(num)d question is asked of this type",
            "%(num)d questions are asked of this type",
            number,
        ),
        _("The answers stay. See whom else you want to ask."),
    )


def _mailings(number: int, more: dict[str, str]) -> Sentence:
    return (
        ngettext(
            "%(num)d mailing that has not gone out is for this type",
            "%(num)d mailings that have not gone out are for this type",
            number,
        ),
        _("It reaches nobody of it any more. Choose its recipients anew."),
    )


def _items(number: int, more: dict[str, str]) -> Sentence:
    return (
        ngettext(
            "%(num)d offer or need is under this topic",
            "%(num)d offers and needs are under this topic",
            number,
        ),
        _("They keep their words and go where you choose below."),
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


_SENTENCES: dict[str, Callable[[int, dict[str, str]], Sentence]] = {
    "unplaced": _unplaced,
    "unpermitted": _unpermitted,
    "drafted": _drafted,
    "proposed": _proposed,
    "agreed": _agreed,
    "offered": _offered,
    "moves": _moves,
    "away": _away,
    "people": _people,
    "renamed": _renamed,
    "wishes": _wishes,
    "requests": _requests,
    "hidden": _hidden,
    "questions": _questions,
    "mailings": _mailings,
    "items": _items,
    "calendars": _calendars,
    "shifted": _shifted,
    "shifted times": _shifted_times,
    "shifted absences": _shifted_absences,
    "moving": _moving,
    "in the way": _in_the_way,
    "moving times": _moving_times,
    "sessions then": _sessions_then,
    "attending": _attending,
    "fallen on": _fallen_on,
}
