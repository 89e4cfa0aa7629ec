"""What is said, and where: prose on stdout, or, with `--json`, one object on stdout and the prose on stderr."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from velveteen.cli.edge import plain
from velveteen.judge.progress import Progress
from velveteen.problems import Problem


@dataclass(frozen=True, slots=True)
class Voice:
    """How one command speaks.

    Attributes:
        as_json: whether stdout belongs to one JSON object.
    """

    as_json: bool

    def say(self, text: Any = "") -> None:
        """Say a sentence, or show a rich table; words are never read as markup."""
        from rich.console import Console

        # Off a terminal lines stay whole: whoever scripts against them must not meet an accident of width.
        Console(stderr=self.as_json, markup=False, highlight=False, soft_wrap=isinstance(text, str)).print(
            text
        )

    def problems(self, problems: Iterable[Problem]) -> None:
        """Say every problem with the places that it is about; the same sentence once, with all its places."""
        places: dict[str, list[str]] = {}
        for problem in problems:
            places.setdefault(problem.message, []).append(problem.where)
        for message, where in places.items():
            named = ", ".join(place for place in where if place)
            self.say(f"  • {named}: {message}" if named else f"  • {message}")

    def result(self, data: dict[str, Any]) -> None:
        """Give the one object of `--json`; without `--json`, nothing."""
        if self.as_json:
            sys.stdout.write(json.dumps(plain(data), ensure_ascii=False, allow_nan=False) + "\n")

    @contextmanager
    def progress(self, words: str) -> Iterator[Progress]:
        """A progress line on stderr while something long runs; silent where stderr is no terminal.

        Yields:
            A function of (what is done now, steps done, steps in all).
        """
        from rich.console import Console
        from rich.progress import Progress as Bar

        console = Console(stderr=True)
        with Bar(console=console, transient=True, disable=not console.is_terminal) as bar:
            task = bar.add_task(words, total=None)
            yield lambda _, done, total: bar.update(task, completed=done, total=total)


def person_is_here() -> bool:
    """Whether somebody can be asked: both the questions and the answers go through a terminal."""
    return sys.stdin.isatty() and sys.stderr.isatty()
