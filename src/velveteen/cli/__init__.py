"""The commands: thin, above every room, called by none.

Intention: what a person types reaches the rooms, and every way out is a plain sentence and an exit code.
In: arguments, a passphrase from a file or a hidden prompt. Out: prose or one JSON object on stdout, progress on stderr.
"""

from __future__ import annotations

import gc
import os
import sys

SELDOM = 50_000  # values that are made before Python looks for cycles of them


def main() -> None:
    """Run the command line of this process and leave with its exit code."""
    # Read when NumPy is first imported. The matrices here are small: OpenBLAS's own threads only wait for each other, and
    # cost many times the work on a machine that does anything else.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    # A long record is some hundred thousand values that stay. Python would look through all of them for cycles again and
    # again while it is read, a fifth of the time; it has few to find.
    gc.set_threshold(SELDOM)
    from velveteen.cli.edge import run

    sys.exit(run(sys.argv[1:]))
