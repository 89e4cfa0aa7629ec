"""Cells sorted for the kernels: nothing is lost, and what shares a row has the same design."""

from __future__ import annotations

import numpy as np
import pytest
from tests.judge.records import LIMITS, NAMES, harm, mixed_cells, set_up

from velveteen.judge.accounts import ALL
from velveteen.judge.layout import layout_of, rows_of


@pytest.fixture(scope="module")
def setting():
    return set_up(mixed_cells(12, 3, informants=("partner", "other")), LIMITS)


def test_every_cell_stands_once_with_its_own_nodes(setting):
    record, _, _ = setting
    layout = layout_of(record)
    np.testing.assert_array_equal(np.sort(layout.order), np.arange(len(record.cells)))
    for i, cell in enumerate(layout.order):
        told = sorted(zip(record.node[cell], record.log_weight[cell], strict=True))
        got = sorted(zip(layout.strain[:, i], layout.log_weight[:, i], strict=True))
        assert [p for p in told if np.isfinite(p[1])] == [p for p in got if np.isfinite(p[1])]


def test_a_family_lies_together_and_cells_with_more_nodes_come_first(setting):
    record, _, _ = setting
    layout = layout_of(record)
    assert (np.diff(record.family[layout.order]) >= 0).all()
    count = np.isfinite(layout.log_weight).sum(axis=0)
    for begin, end, many in zip([0, *layout.ends[:4]], layout.ends, layout.many.T, strict=True):
        assert (np.diff(count[begin:end]) <= 0).all()
        assert [int((count[begin:end] > k).sum()) for k in range(len(many))] == many.tolist()


@pytest.mark.parametrize("name", NAMES)
def test_a_row_of_every_account_is_that_of_its_cells(setting, name):
    record, shared, _ = setting
    layout, effects = layout_of(record), ALL[name](record, shared).effects
    design = rows_of(layout, effects.column, effects.v0, effects.v1)
    block = np.searchsorted(design.start, np.arange(design.start[-1]), side="right") - 1
    for i, cell in enumerate(layout.order):
        row = layout.row[i]
        assert layout.week[row] == record.week[cell]
        np.testing.assert_array_equal(design.column[block[row]], effects.column[cell])
        np.testing.assert_array_equal(design.v0[:, row], effects.v0[cell])
        np.testing.assert_array_equal(design.v1[:, row], effects.v1[cell])
        part = design.part[block[row]]
        assert ((part & 1 > 0) | (effects.v0[cell] == 0)).all()
        assert ((part & 2 > 0) | (effects.v1[cell] == 0)).all()


def test_cells_of_one_row_cannot_differ():
    record, shared, _ = set_up(harm(range(12), 3) + harm(range(12), 4, strain=1.0))
    layout = layout_of(record)
    assert layout.week.size == 12
    v0 = shared.v0.copy()
    v0[0, 0] = 7.0
    with pytest.raises(ValueError, match="share their row"):
        rows_of(layout, shared.column, v0, shared.v1)
