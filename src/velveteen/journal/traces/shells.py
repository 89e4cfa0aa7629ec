"""What was typed on a command line, and what editors and pagers remember."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from velveteen.journal.traces.trace import Trace, content, matching

_HISTORIES = (
    ".bash_history", ".zsh_history", ".zhistory", ".histfile", ".history", ".sh_history", ".ksh_history", ".mksh_history",
    ".local/share/fish/fish_history", ".config/fish/fish_history", ".local/share/xonsh/*", ".zsh_sessions/*",
    ".bash_sessions/*", ".python_history", ".lesshst", ".viminfo", ".local/state/nvim/shada/*", ".config/nushell/history.*",
    ".local/share/powershell/PSReadLine/*_history.txt",
    "AppData/Roaming/Microsoft/Windows/PowerShell/PSReadLine/*_history.txt",
)  # fmt: skip


def in_shell_history(home: Path, names: tuple[str, ...]) -> Iterator[Trace]:
    """History files that hold one of the names, with how many lines do."""
    for path in matching(home, *_HISTORIES):
        data = content(path)
        if isinstance(data, Trace):
            yield data
        elif lines := _lines(data, names):
            yield _found(path, lines)


def _lines(data: bytes, names: tuple[str, ...]) -> int:
    wanted = [name.encode().lower() for name in names]
    return sum(any(name in line for name in wanted) for line in data.lower().splitlines())


def _found(path: Path, lines: int) -> Trace:
    return Trace(
        "shell_history",
        str(path),
        f"A list of what was typed shows this program or your journal on {lines} {'line' if lines == 1 else 'lines'}.",
        "Close all terminals but one, delete those lines in a text editor, and leave with “kill -9 $$” so that they are not "
        "written again. Next time put a space before the command, where your shell leaves such lines out.",
    )
