"""A child process ends with the one that started it, also where that one was killed."""

import os
import signal
import threading
import time

LOOK_EVERY = 1.0


def leave_with(parent: int) -> None:
    """Watch, in a thread, whether `parent` still is our parent; if not, end as if asked to."""

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(LOOK_EVERY)
        os.kill(os.getpid(), signal.SIGTERM)

    threading.Thread(target=watch, daemon=True).start()
