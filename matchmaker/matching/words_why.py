"""What another decision about one pair would cost, and what more would add, in words."""

from collections.abc import Callable, Iterator

from flask_babel import format_decimal, gettext, ngettext

from matchmaker.matching.explaining import Barrier, Exchange, Why
from matchmaker.matching.outcome import More, PairValue, Resource
from matchmaker.matching.words import Names

MOST_NAMED = 4  # pairs in one sentence


def _(message: str, **words: str) -> str:
    return str(gettext(message, **words))


def barrier_text(barrier: Barrier) -> str:
    return {
        "not_there": _("One of the two was not in the event when this run began."),
        "same_person": _("They are one person, there for two organisations."),
        "same_organisation": _("They are of one organisation."),
        "types": _("The event does not bring their two types of participant together."),
        "not_proposed": _(
            "This run did not consider the two: as the event asks for consent, they may not be "
            "brought together, or nothing speaks for a meeting."
        ),
    }[barrier]


def exchange_texts(why: Why, names: Names) -> tuple[str, ...]:
    """In sentences: the simplest other way, a better one if found, and what is proved."""
    if why.barrier is not None:
        return ()
    return tuple(_without(why, names) if why.obstacle is None else _with(why, names))


def _without(why: Why, names: Names) -> Iterator[str]:
    exchange = why.exchange
    if exchange is None:
        yield _("The two settled this meeting themselves; no run moves it.")
        return
    if exchange.is_proved:
        yield _(
            "Without this meeting the agenda would be worth %(cost)s less. That is proved.",
            cost=_number(exchange.found),
        )
    else:
        yield _(
            "Without this meeting the agenda would be worth at least %(least)s and at most "
            "%(most)s less.",
            least=_number(max(0, exchange.proved)),
            most=_number(exchange.found),
        )
    if exchange.brought_in:
        yield _("In its place could come: %(pairs)s.", pairs=_pairs(exchange.brought_in, names))


def _with(why: Why, names: Names) -> Iterator[str]:
    exchange = why.exchange
    if exchange is None:
        yield _("No way to fit it in was found; settled meetings stand in the way.")
        return
    yield _simplest(exchange, names)
    if exchange.found < exchange.simple:
        yield ngettext(
            "Exchanging %(num)d meeting would lower the cost to %(cost)s.",
            "Exchanging %(num)d meetings would lower the cost to %(cost)s.",
            exchange.exchanged,
            cost=_number(max(0, exchange.found)),
        )
    yield _proof(exchange)


def _simplest(exchange: Exchange, names: Names) -> str:
    cost = _number(max(0, exchange.simple))
    if not exchange.pushed_out:
        return _("The simplest way to fit it in costs %(cost)s in value.", cost=cost)
    gone = _pairs(exchange.pushed_out, names)
    if not exchange.brought_in:
        return _(
            "The simplest way to fit it in costs %(cost)s in value. It drops: %(gone)s.",
            cost=cost,
            gone=gone,
        )
    return _(
        "The simplest way to fit it in costs %(cost)s in value. It drops: %(gone)s. "
        "It brings in: %(new)s.",
        cost=cost,
        gone=gone,
        new=_pairs(exchange.brought_in, names),
    )


def _proof(exchange: Exchange) -> str:
    if exchange.is_proved:
        return _("That is proved: no agenda with this meeting loses less.")
    if exchange.proved > 0:
        return _(
            "It is proved that every agenda with this meeting loses at least %(cost)s.",
            cost=_number(exchange.proved),
        )
    return _("This is the cheapest way found. It is not proved that there is no cheaper one.")


def _pairs(pairs: tuple[PairValue, ...], names: Names) -> str:
    shown = [
        _("%(one)s and %(other)s", one=names.person(pair.a), other=names.person(pair.b))
        for pair in pairs[:MOST_NAMED]
    ]
    further = len(pairs) - len(shown)
    if further:
        shown.append(ngettext("%(num)d more", "%(num)d more", further))
    return "; ".join(shown)


def more_text(more: More) -> str:
    """What one more of something would add to the value, as far as it is known."""
    nothing, exactly, at_most, between = _MORE[more.of]()
    least, most = _number(more.found), _number(more.proved)
    if more.proved <= 0:
        return nothing
    if more.found >= more.proved:
        return exactly % {"most": most}
    if more.found <= 0:
        return at_most % {"most": most}
    return between % {"least": least, "most": most}


def _more_points() -> tuple[str, str, str, str]:
    return (
        _("One more meeting point would add nothing; that is proved."),
        _("One more meeting point would add %(most)s; that is proved."),
        _("One more meeting point would add %(most)s at most."),
        _("One more meeting point would add at least %(least)s and at most %(most)s."),
    )


def _more_slots() -> tuple[str, str, str, str]:
    return (
        _("One more slot at the end would add nothing; that is proved."),
        _("One more slot at the end would add %(most)s; that is proved."),
        _("One more slot at the end would add %(most)s at most."),
        _("One more slot at the end would add at least %(least)s and at most %(most)s."),
    )


def _more_each() -> tuple[str, str, str, str]:
    return (
        _("Allowing each person one more meeting would add nothing; that is proved."),
        _("Allowing each person one more meeting would add %(most)s; that is proved."),
        _("Allowing each person one more meeting would add %(most)s at most."),
        _(
            "Allowing each person one more meeting would add at least %(least)s and at most "
            "%(most)s."
        ),
    )


_MORE: dict[Resource, Callable[[], tuple[str, str, str, str]]] = {
    "point": _more_points,
    "slot": _more_slots,
    "meeting_each": _more_each,
}


def _number(value: int) -> str:
    return str(format_decimal(value))
