"""Work that ends its own process: what a lack of memory does, on demand. Importable, so that workers find it."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Mapping


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


class DeadlyTable(Mapping):
    """Cells that take along the process that reads them, unless it is the one that made them."""

    def __init__(self):
        self.made_by = os.getpid()

    def __iter__(self):
        if os.getpid() != self.made_by:
            os.kill(os.getpid(), signal.SIGKILL)
        return iter(())

    def __getitem__(self, key):
        raise KeyError(key)

    def __len__(self):
        return 0
