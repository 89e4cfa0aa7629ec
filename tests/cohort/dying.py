"""Work that ends its own process: what a lack of memory does, on demand. Importable, so that workers find it."""

from __future__ import annotations

import os
import signal
import time


def square_or_die(item):
    """The square of a number; a negative one takes its process along."""
    if item < 0:
        os.kill(os.getpid(), signal.SIGKILL)
    return item * item


def lost(item):
    return ("lost", item)


def slowly(item):
    time.sleep(0.05)
    return item
