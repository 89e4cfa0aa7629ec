"""How messages are worded is kept and named, and moves nothing: it can be polished while deeds stay as they are."""

from __future__ import annotations

import pytest
from tests.judge.records import weighed
from tests.judge.test_self_report import WEEKS, seen_by_partner

import velveteen as vt
from velveteen.judge.growth import odds_as_it_grew
from velveteen.measure.cells import Cell
from velveteen.measure.channels import registry

POLISHED = [
    Cell(t, "hurt_in_messages", 12.0 * (t < WEEKS // 2), 9.0, "messages", 0.0, "messages", coded=150.0)
    for t in range(-8, WEEKS + 8)
]


def test_wounds_that_stop_move_no_odds_and_lengthen_no_record():
    cells = seen_by_partner(0)
    assert weighed([*cells, *POLISHED]).log_evidence() == weighed(cells).log_evidence()
    verdict = vt.judge([*cells, *POLISHED], sensitivity=False)
    assert verdict.weeks == WEEKS
    assert "hurt_in_messages" not in verdict.effect


def test_it_is_said_where_there_is_any():
    codes = [
        {p.code for p in vt.judge(c, sensitivity=False).problems}
        for c in (seen_by_partner(0), [*seen_by_partner(0), *POLISHED])
    ]
    assert ["wording_not_weighed" in c for c in codes] == [False, True]


def test_wording_alone_gives_no_verdict():
    with pytest.raises(vt.Refused) as refusal:
        vt.judge(POLISHED)
    assert refusal.value.code == "only_wording"
    assert odds_as_it_grew(POLISHED) == []


def test_a_registry_of_ones_own_may_weigh_it():
    own = {"hurt_in_messages": {"family": "count", "better": "less", "level": [-1.0, 1.5], "scale": 1.0}}
    verdict = vt.judge(POLISHED, channels=own, sensitivity=False)
    assert "hurt_in_messages" in verdict.effect


def test_what_can_be_polished_is_not_weighed_and_nothing_else_is_left_out():
    assert {name for name, c in registry().items() if not c.weighed} == {"courtesy", "hurt_in_messages"}
