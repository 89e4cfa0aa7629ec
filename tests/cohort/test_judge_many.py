"""`judge_many`: the verdicts of `judge`, in order, and a reason where there is none."""

from __future__ import annotations

import itertools

import pytest
from tests.cohort.dying import DeadlyTable
from tests.cohort.records import LEFT, quiet, short, wrong

import velveteen as vt
from velveteen.cohort.households import Household
from velveteen.cohort.judged import Settings
from velveteen.judge.hyperprior import HyperPrior, shipped

COHORT = [("a", quiet(1)), ("b", short()), ("c", quiet(2), LEFT), ("d", wrong()), ("e", quiet(3), None)]


@pytest.mark.parametrize("processes", [1, 2])
def test_each_household_has_the_verdict_it_has_alone(processes):
    found = list(vt.judge_many(COHORT, processes=processes))
    assert [j.household for j in found] == list("abcde")
    for place, (cells, points) in {0: (quiet(1), None), 2: (quiet(2), LEFT), 4: (quiet(3), None)}.items():
        assert found[place].verdict == vt.judge(cells, points, sensitivity=False)
        assert (found[place].code, found[place].reason) == ("", "")


@pytest.mark.parametrize("processes", [1, 2])
def test_a_household_that_cannot_be_judged_says_why(processes):
    _, refused, _, bad, _ = vt.judge_many(COHORT, processes=processes)
    assert (refused.verdict, refused.code) == (None, "too_few_weeks")
    assert (bad.verdict, bad.code) == (None, "unknown_channel")
    assert "3 weeks" in refused.reason


def test_a_mapping_and_tables_do_as_well():
    table = {"week": [0, 1], "channel": ["harm"] * 2, "value": [1, 2]}
    found = list(vt.judge_many({1: table, 2: (quiet(2), LEFT)}, processes=1))
    assert [(j.household, j.code) for j in found] == [("1", "too_few_weeks"), ("2", "")]
    (same,) = vt.judge_many([Household("2", quiet(2), LEFT)], processes=1)
    assert found[1].verdict == same.verdict == vt.judge(quiet(2), LEFT, sensitivity=False)


def test_a_fault_of_the_program_itself_costs_one_household(monkeypatch):
    def breaks(cells, *args, **kwargs):
        if cells == "break":
            raise ZeroDivisionError
        return vt.judge(cells, sensitivity=False)

    monkeypatch.setattr("velveteen.cohort.judged.judge", breaks)
    bad, good = vt.judge_many([("a", "break"), ("b", quiet())], processes=1)
    assert (bad.code, bad.verdict) == ("unexpected", None)
    assert good.verdict is not None


def test_a_household_is_judged_when_it_is_asked_for():
    asked = []
    endless = ((str(i), asked.append(i) or short()) for i in itertools.count())
    found = vt.judge_many(endless, processes=1)
    assert next(found).household == "0"
    assert asked == [0]


def test_progress_names_each_household_and_the_total_where_there_is_one():
    told = []
    list(vt.judge_many([("a", short()), ("b", short())], progress=lambda *a: told.append(a), processes=1))
    assert told == [("a", 1, 2), ("b", 2, 2)]
    list(vt.judge_many(iter([("a", short())]), progress=lambda *a: told.append(a), processes=1))
    assert told[-1] == ("a", 1, 0)


def test_options_are_those_of_judge():
    prior = HyperPrior("wide", {**shipped().normals, "spread": (0.0, 1.0)})
    found = next(vt.judge_many([("a", quiet())], therapy="begun", hyperprior=prior, processes=1))
    assert found.verdict == vt.judge(quiet(), therapy="begun", hyperprior=prior, sensitivity=False)
    assert found.verdict.detail["hyperprior"] == "wide"
    own = {"moonlight": {"family": "count", "better": "less", "side": "outward"}}
    assert next(vt.judge_many([("d", wrong())], channels=own, processes=1)).verdict is not None
    assert next(vt.judge_many([("a", quiet())], min_cells=17, processes=1)).code == "too_few_cells"


@pytest.mark.parametrize(
    ("option", "code"), [({"therapy": "magic"}, "unknown_therapy"), ({"min_cells": 0}, "min_cells")]
)
def test_a_wrong_option_is_said_before_anything_is_judged(option, code):
    with pytest.raises(vt.BadInput) as said:
        vt.judge_many([], **option)
    assert said.value.code == code
    with pytest.raises(vt.BadInput):
        Settings(**option)


@pytest.mark.parametrize("item", [3, ("a",), ("a", [], None, None), "ab"])
def test_an_item_that_is_no_household_is_bad_input(item):
    with pytest.raises(vt.BadInput) as said:
        list(vt.judge_many([item], processes=1))
    assert said.value.code == "no_household"


def test_a_household_whose_process_dies_says_so_and_the_others_are_judged():
    cohort = [("a", quiet(1)), ("deadly", DeadlyTable()), ("b", quiet(2))]
    found = list(vt.judge_many(cohort, processes=2))
    assert [(j.household, j.code) for j in found] == [("a", ""), ("deadly", "worker_died"), ("b", "")]
    assert found[2].verdict == vt.judge(quiet(2), sensitivity=False)
