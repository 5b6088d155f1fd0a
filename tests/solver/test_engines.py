"""What is slow to load can be loaded before it is asked for."""

import sys

from matchmaker.solver.engines import load_soon


def test_the_engines_are_loaded_once_beside_other_work() -> None:
    loading = load_soon()
    loading.join()

    assert {"scipy.optimize", "scipy.sparse.csgraph"} <= sys.modules.keys()
    assert load_soon() is loading
