"""Pairs of people as single numbers in sorted arrays: there are tens of thousands of them."""

from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import BigInteger, cast, select

from matchmaker.events.models import Event
from matchmaker.extensions import db
from matchmaker.wishes.models import Wish

Numbers = NDArray[np.int64]
WIDE = 2**32


def said_keys(event: Event, *levels: str) -> Numbers:
    """Who says so of whom."""
    return keys_of(Wish.person_id, Wish.other_id, Wish.event_id == event.id, Wish.level.in_(levels))


def keys_of(one: Any, other: Any, *where: Any) -> Numbers:
    """The two columns of these rows."""
    pair = cast(one, BigInteger) * WIDE + other
    found = db.session.connection().scalars(select(pair).where(*where)).all()
    return np.array(found, dtype=np.int64)


def places(keys: Numbers, ones: Numbers, others: Numbers) -> tuple[Numbers, Numbers]:
    """Each pair as the places of its two among sorted ids, but for those that are not there."""
    one, other = keys // WIDE, keys % WIDE
    known = np.isin(one, ones) & np.isin(other, others)
    return np.searchsorted(ones, one[known]), np.searchsorted(others, other[known])


def in_order(keys: Numbers) -> Numbers:
    """The same pairs, each the same whichever way round it was said."""
    one, other = keys // WIDE, keys % WIDE
    ordered: Numbers = np.minimum(one, other) * WIDE + np.maximum(one, other)
    return ordered


def distinct(keys: Numbers) -> Numbers:
    """Sorted, each once; numpy looks each up in a table, which takes ten times as long."""
    keys = np.sort(keys)
    return np.concatenate([keys[:1], keys[1:][np.diff(keys) > 0]])


def repeated(keys: Numbers) -> Numbers:
    """Those that are there twice, sorted."""
    keys = np.sort(keys)
    twice: Numbers = keys[1:][np.diff(keys) == 0]
    return twice


def without(keys: Numbers, others: Numbers) -> Numbers:
    return keys[~np.isin(keys, others, kind="sort")]
