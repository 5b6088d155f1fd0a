"""Arrays as this package wants them: copied, of one type and shape, or refused."""

from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

IntArray = NDArray[np.int64]
BoolArray = NDArray[np.bool_]


def table(
    given: ArrayLike | None, name: str, kind: type, shape: tuple[int, int] | None = None
) -> NDArray[Any]:
    """Two dimensions; left out, ones of the shape."""
    found: NDArray[Any] = np.array(np.ones(shape or (0, 0)) if given is None else given, dtype=kind)
    if found.ndim != 2:
        raise ValueError(f"{name} has {found.ndim} dimensions; it needs 2.")
    return found


def pair_table(given: ArrayLike) -> IntArray:
    pairs = np.array(given, dtype=np.int64)
    if pairs.size == 0:
        return pairs.reshape(0, 2)
    if pairs.ndim != 2 or pairs.shape[1] != 2:
        raise ValueError(f"pairs has the shape {pairs.shape}; it needs two columns.")
    return pairs


def row(given: ArrayLike | None, name: str, length: int, default: ArrayLike) -> IntArray:
    found = np.broadcast_to(default, length) if given is None else np.array(given)
    if found.shape != (length,):
        raise ValueError(f"{name} has the shape {found.shape}; it needs {length} numbers.")
    if not np.array_equal(found, found.astype(np.int64)):
        raise ValueError(f"{name} holds a number that is not whole.")
    return found.astype(np.int64)
