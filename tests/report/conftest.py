"""The household's record, judged and not, and the gate open."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.report.household import TODAY, Household, a_growth, a_verdict, none_of_the_signs

from velveteen.guide import danger as danger_
from velveteen.guide.lines import HelpLines, help_lines
from velveteen.journal.entries import Entry
from velveteen.measure.weekly import weekly_cells
from velveteen.report import Record


@pytest.fixture(scope="session")
def entries() -> tuple[Entry, ...]:
    """The household's entries, in order."""
    return tuple(sorted(Household().entries, key=lambda e: (e.at, e.id)))


@pytest.fixture(scope="session")
def record(entries: tuple[Entry, ...]) -> Record:
    """The household's record with its verdict."""
    cells, points, problems = weekly_cells(list(entries))
    return Record(
        entries, tuple(cells), tuple(points), a_verdict(), None, a_growth(), tuple(problems), "R., about A."
    )


@pytest.fixture(scope="session")
def unjudged(record: Record) -> Record:
    """The same record, not judged."""
    return replace(record, verdict=None, growth=())


@pytest.fixture(scope="session")
def gate_open() -> danger_.DangerState:
    """No sign stands and all are answered."""
    return danger_.danger_state(none_of_the_signs(), TODAY)


@pytest.fixture(scope="session")
def lines() -> HelpLines:
    """The lines of one country."""
    return help_lines("GB", TODAY)
