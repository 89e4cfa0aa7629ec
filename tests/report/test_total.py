"""Whatever a journal holds, it is measured and all papers are written."""

from __future__ import annotations

from datetime import datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.report.household import TODAY

from velveteen.guide.danger import DangerState, danger_state
from velveteen.journal.entries import ANSWERS, KINDS_OF_DAY, PROMISE_OUTCOMES, TURNING_POINTS, Entry
from velveteen.measure.weekly import weekly_cells
from velveteen.report import Record, for_helper, for_lawyer, for_me
from velveteen.report.last_times import last_times, summary

KINDS = (
    "day", "week", "act", "promise", "limit", "confrontation", "turning_point", "therapy_session", "inward", "danger",
    "imported", "coded_day", "note", "setting", "term", "of_tomorrow", "unsure",
)  # fmt: skip
KEYS = (
    "contact", "day", "treated", "acts", "free", "days_contact", "hard_days", "harm", "act", "toward", "weight", "what",
    "due", "outcome", "resolved", "limit", "event", "raised", "answer", "kind", "idea", "reason", "told", "acknowledged",
    "equals", "free_to_say_no", "sign", "seen", "them", "channels", "counts", "key", "value", "term", "by",
    "attended", "audience", "source", "messages", "first", "last",
)  # fmt: skip
WORDS = (
    "2025-03-01",
    "0001-01-01",
    "9999-12-31",
    "weapon",
    "lied",
    "listened",
    "held",
    "me",
    *KINDS_OF_DAY,
    *ANSWERS,
)
PLAIN = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=8), st.integers(0, 7),
    st.sampled_from((*WORDS, *PROMISE_OUTCOMES, *TURNING_POINTS)),
)  # fmt: skip
CHANNELS = st.dictionaries(
    st.sampled_from(("courtesy", "odd")), st.lists(PLAIN, min_size=2, max_size=2), max_size=2
)
JSON = st.recursive(
    PLAIN,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=2),
    max_leaves=4,
)
MOMENTS = st.one_of(
    st.datetimes(datetime(2025, 1, 1), datetime(2025, 6, 1)),
    st.sampled_from(
        [datetime(1, 1, 1), datetime(9999, 12, 31), datetime(1900, 1, 1), datetime(2199, 12, 31)]
    ),
)
ENTRIES = st.builds(
    Entry,
    id=st.sampled_from(("a", "b", "c")) | st.uuids().map(str), kind=st.sampled_from(KINDS), at=MOMENTS, written=MOMENTS,
    payload=st.dictionaries(st.sampled_from(KEYS), JSON | CHANNELS, max_size=8), about=st.sampled_from(("", "A", "B")),
    facts=st.text(max_size=5), corrects=st.none() | st.sampled_from(("a", "b", "c")),
)  # fmt: skip


@given(st.lists(ENTRIES, max_size=12))
@settings(max_examples=300, deadline=None)
def test_any_entries_become_cells_that_can_be_weighed(entries: list[Entry]) -> None:
    cells, _, _ = weekly_cells(entries)
    assert all(0 <= c.value < 1e10 and 0 < c.of < 1e10 for c in cells)


@given(st.lists(ENTRIES, max_size=8))
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_all_papers_are_written_whatever_stands_in_the_entries(
    gate_open: DangerState, entries: list[Entry]
) -> None:
    cells, points, problems = weekly_cells(entries)
    record = Record(tuple(entries), tuple(cells), tuple(points), problems=tuple(problems))
    for danger in (gate_open, danger_state(entries, TODAY)):
        assert for_me(record, danger=danger, lines=None, with_odds=False, today=TODAY).encode()
        assert for_helper(record, danger=danger, lines=None, today=TODAY).encode()
    assert for_lawyer(record, chain_fits=False, today=TODAY).encode()


@pytest.mark.parametrize(
    ("returns", "said"),
    [(0, "None is written so far."), (1, "1 is written so far."), (2, "2 are written so far.")],
)
def test_few_last_times_are_counted_in_grammar(returns: int, said: str) -> None:
    moments = [datetime(2025, 1, 1 + n) for n in range(returns)]
    entries = [Entry(str(m), "turning_point", m, m, {"kind": "returned"}) for m in moments]
    assert summary(last_times(entries)).endswith(said)


def test_one_day_is_one_day() -> None:
    entries = [
        Entry(f"{n}{kind}", kind, datetime(2025, 1, n), datetime(2025, 1, n), payload)
        for n in (1, 2, 3, 4)
        for kind, payload in (("act", {"act": "lied"}), ("turning_point", {"kind": "returned"}))
    ]
    told = summary(last_times(entries))
    assert "came within 1 day; the longest lasted 1 day." in told
