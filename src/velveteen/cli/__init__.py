"""The commands: thin, above every room, called by none.

Intention: what a person types reaches the rooms, and every way out is a plain sentence and an exit code.
In: arguments, a passphrase from a file or a hidden prompt. Out: prose or one JSON object on stdout, progress on stderr.
"""

from __future__ import annotations

import sys


def main() -> None:
    """Run the command line of this process and leave with its exit code."""
    from velveteen.cli.edge import run

    sys.exit(run(sys.argv[1:]))
