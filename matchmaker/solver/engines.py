"""The engines are slow to load: whoever will soon ask for them has it done beside other work."""

import importlib
import threading
from functools import cache

NAMES = ("scipy.sparse.csgraph", "scipy.optimize")


@cache
def load_soon() -> threading.Thread:
    """Begin to load them, once in a process; the thread ends when they are there."""
    thread = threading.Thread(target=_load, name="loading engines", daemon=True)
    thread.start()
    return thread


def _load() -> None:
    for name in NAMES:
        importlib.import_module(name)
