"""What a change of the set-up touches, in sentences: how many, and what becomes of them."""

from flask_babel import gettext as _
from flask_babel import ngettext

from matchmaker.setup.plan import Touched
from matchmaker.setup.words_times import OF_TIMES, Saying, Sentence


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


def _online(number: int, more: dict[str, str]) -> Sentence:
    return (
        ngettext(
            "%(num)d participant takes part online, and this is the last video room",
            "%(num)d participants take part online, and this is the last video room",
            number,
        ),
        _("Without one they meet nobody. Add another room first."),
    )


def _held_there(number: int, more: dict[str, str]) -> Sentence:
    return (
        ngettext(
            "%(num)d published meeting is held there",
            "%(num)d published meetings are held there",
            number,
        ),
        _("Their people are mailed what is new, and calendars follow. Nobody else hears of it."),
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


_SENTENCES: dict[str, Saying] = {
    "unplaced": _unplaced,
    "unpermitted": _unpermitted,
    "drafted": _drafted,
    "proposed": _proposed,
    "online": _online,
    "held there": _held_there,
    "people": _people,
    "renamed": _renamed,
    "wishes": _wishes,
    "requests": _requests,
    "hidden": _hidden,
    "questions": _questions,
    "mailings": _mailings,
    "items": _items,
    **OF_TIMES,
}
