"""Tests: every process compiles a module once, although the environment may forbid to keep it.

Where `PYTHONDONTWRITEBYTECODE` is set, each worker, server and command would compile everything
anew: seconds each. So what is compiled goes to a folder of the tests' own, not beside the code.
"""

import os
import sys
from pathlib import Path

if os.environ.pop("PYTHONDONTWRITEBYTECODE", ""):
    folder = Path(__file__).parents[1] / ".pytest_cache" / "bytecode"
    sys.dont_write_bytecode, sys.pycache_prefix = False, str(folder)
    os.environ["PYTHONPYCACHEPREFIX"] = str(folder)
