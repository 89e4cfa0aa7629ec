"""What on this device could tell somebody that a journal is kept.

Intention: the owner knows of each trace and how to clear it, in plain words. It looks, and changes nothing.
In: a home folder, the journal's path if wanted, the root of the file system. Out: `Trace` values.

It finds traces in places that are known here; there are others, and no program can find spyware this way. Deleting what it
finds can be seen too, by somebody who knows how much was there.
"""

from __future__ import annotations

from pathlib import Path

from velveteen.journal import pair
from velveteen.journal.traces.browsers import in_browsers
from velveteen.journal.traces.files import around_the_journal, left_over
from velveteen.journal.traces.machine import in_memory_files
from velveteen.journal.traces.recent import in_recent_lists
from velveteen.journal.traces.shells import in_shell_history
from velveteen.journal.traces.trace import Trace

__all__ = ["Trace", "find_traces"]


def find_traces(home: Path, journal: Path | None = None, *, root: Path = Path("/")) -> list[Trace]:
    """Every trace that is found, those closest to the journal first.

    Args:
        home: the home folder to look through.
        journal: the journal's file, to look around it and for its name.
        root: of the file system, for temporary files and what memory is written to.
    """
    whole = None if journal is None else journal.absolute()
    names = ("velveteen", *(file.name for file in (whole, *pair.both(whole)))) if whole else ("velveteen",)
    return [
        *(around_the_journal(journal, home) if journal is not None else ()),
        *in_shell_history(home, names),
        *in_recent_lists(home, names),
        *in_browsers(home),
        *left_over(home, root, names),
        *in_memory_files(root),
    ]
