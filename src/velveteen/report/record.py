"""What a paper is written from, as one value."""

from __future__ import annotations

from dataclasses import dataclass

from velveteen.journal.entries import Entry
from velveteen.judge.verdict import Verdict
from velveteen.measure.cells import Cell, TurningPoint
from velveteen.problems import Problem, Refused


@dataclass(frozen=True, slots=True)
class Record:
    """One record, measured and, where it could be, judged.

    Attributes:
        entries: the entries that stand (`journal.entries.current`).
        cells: weekly cells of those entries, dated weeks.
        turning_points: as the judge had them.
        verdict: the judge's verdict, or None.
        refusal: why there is no verdict, or None.
        growth: (week index, account -> neutral odds) as the record grew, oldest first; may be empty.
        problems: what a reader should know.
        title: whose record it is, as its owner names it; may be empty.
        history: every entry in stored order, corrected ones included; empty: only what stands is known.
    """

    entries: tuple[Entry, ...]
    cells: tuple[Cell, ...] = ()
    turning_points: tuple[TurningPoint, ...] = ()
    verdict: Verdict | None = None
    refusal: Refused | None = None
    growth: tuple[tuple[int, dict[str, float]], ...] = ()
    problems: tuple[Problem, ...] = ()
    title: str = ""
    history: tuple[Entry, ...] = ()

    @property
    def written(self) -> tuple[Entry, ...]:
        """All that is known: the history, or where there is none, what stands."""
        return self.history or self.entries
