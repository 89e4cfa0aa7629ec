"""Records made to mislead: by the one who hurts, by what is left out, by numbers far from ordinary."""

from __future__ import annotations

import math
from types import SimpleNamespace

import numpy as np
import pytest
from tests.judge.records import harm, set_up

import velveteen as vt
from velveteen.judge.api import refuse_broken
from velveteen.judge.problems import find_problems, one_sided, unsure_arithmetic, vouching
from velveteen.judge.words import with_acts
from velveteen.measure.cells import Cell, TurningPoint

ONSET = 20


def household(acts_after, *, weeks=60, seed=1, others=True):
    """Acts of the partner's diary go from 4 a week to `acts_after` times as many; all that is easily shown gets better."""
    rng = np.random.default_rng(seed)
    cells = []
    for t in range(weeks):
        after = t >= ONSET
        for strain, days in ((0.0, 4 / 7), (1.0, 3 / 7)):
            mean = 4.0 * days * (1.5 if strain else 1.0) * (acts_after if after else 1.0)
            cells.append(Cell(t, "harm", float(rng.poisson(mean)), days, "partner", strain))
        if others:
            kept, owned, met = (0.8, 0.6, 0.3) if after else (0.35, 0.2, 0.12)
            cells += [
                Cell(t, "promises", float(rng.binomial(5, kept)), 5.0, "partner"),
                Cell(t, "owning", float(rng.binomial(3, owned)), 3.0, "partner"),
                Cell(t, "met_in_messages", float(rng.binomial(30, met)), 30.0, "messages", coded=30.0),
            ]
    return cells


def codes(verdict):
    return {p.code for p in verdict.problems}


@pytest.mark.parametrize("factor", [1.5, 2.0])
def test_kept_promises_and_thanks_are_no_broad_change_while_acts_rise(factor):
    verdict = vt.judge(household(factor))
    assert verdict.detail["leading"] == {"account": "lasting", "word": "cannot tell yet"}
    assert "acts_not_less" in codes(verdict)
    assert verdict.detail["acts_less"]["lasting"] < 0.5
    assert not [line for line in verdict.sensitivity["lines"] if "broad change" in line["reads"]]


def test_limits_that_stand_while_acts_rise_are_no_change_for_the_better():
    stands = [TurningPoint(week, "boundary_held") for week in range(ONSET, 60)]
    verdict = vt.judge(household(2.0), stands, sensitivity=False)
    assert verdict.odds["neutral"]["conditional"] > 0.5
    assert verdict.detail["leading"] == {"account": "conditional", "word": "cannot tell yet"}
    (problem,) = (p for p in verdict.problems if p.code == "acts_not_less")
    assert "while a limit stands" in problem.message


def test_acts_are_looked_at_where_an_account_says_that_they_are_fewer():
    """On calm days they are, on hard days they are not."""
    cells = [
        Cell(t, "harm", float(count), days, "partner", strain)
        for t in range(40)
        for strain, days, count in ((0.0, 5 / 7, 3 if t < 15 else 0), (1.0, 2 / 7, 3))
    ]
    less = vt.judge(cells, sensitivity=False).detail["acts_less"]
    assert less["surface"] > 0.95
    assert less["lasting"] < less["surface"]
    assert less["conditional"] is None


def test_a_change_of_acts_and_all_else_keeps_its_word():
    verdict = vt.judge(household(0.35))
    assert verdict.detail["leading"] == {"account": "lasting", "word": "likely"}
    assert "acts_not_less" not in codes(verdict)


@pytest.mark.parametrize(
    ("account", "word", "less", "said"),
    [
        ("lasting", "likely", 0.49, "cannot tell yet"),
        ("lasting", "likely", 0.5, "leans towards"),
        ("lasting", "leans towards", 0.79, "leans towards"),
        ("lasting", "likely", 0.8, "likely"),
        ("lasting", "likely", None, "likely"),
        ("lasting", "cannot tell yet", 0.6, "cannot tell yet"),
        ("surface_or_lasting", "leans towards", 0.1, "cannot tell yet"),
        ("worse", "very likely", 0.0, "very likely"),
        ("same", "very likely", 0.0, "very likely"),
        ("surface", "likely", 0.1, "cannot tell yet"),
        ("conditional", "very likely", 0.6, "leans towards"),
    ],
)
def test_a_broad_change_is_said_as_surely_as_acts_are_fewer(account, word, less, said):
    told = dict.fromkeys(("surface", "conditional", "lasting", "surface_or_lasting"), less)
    assert with_acts(account, word, told) == said


@pytest.mark.parametrize(
    ("error", "unsure"), [(0.9, False), (5.0, False), (21.0, True), (7e8, True), (math.nan, True)]
)
def test_odds_of_nothing_do_not_make_broken_arithmetic_sure(error, unsure):
    odds = {"worse": 1.0, "same": 0.0}
    assert bool(unsure_arithmetic(error, odds)) is unsure


def test_self_reports_after_the_last_seen_week_make_no_record_longer():
    cells = household(0.35, weeks=30)
    praise = [Cell(t, "regard", 9.0, 1.0, "self", 0.0) for t in (-30, *range(60))]
    alone, told = vt.judge(cells), vt.judge([*cells, *praise])
    assert (told.weeks, told.first_week) == (30, 0)
    assert told.log_evidence == alone.log_evidence
    assert told.words == alone.words


@pytest.mark.parametrize("seen_weeks", [[], range(5)])
def test_self_reports_make_no_short_record_long_enough(seen_weeks):
    seen = [Cell(t, "harm", 1.0, 0.5, "partner", x) for t in seen_weeks for x in (0.0, 0.5, 1.0)]
    praise = [Cell(t, "regard", 9.0, 0.0, "self") for t in range(30)]
    with pytest.raises(vt.Refused) as error:
        vt.judge([*seen, *praise])
    assert error.value.code == "too_few_weeks"


@pytest.mark.parametrize(
    ("weeks", "vouches"),
    [(range(10), False), (range(50, 60), False), (range(60), True), ([0, 1, 2, *range(20, 60)], True)],
)
def test_an_instrument_vouches_for_a_change_that_it_saw_both_sides_of(weeks, vouches):
    cells = [*harm(range(60), 2), *(Cell(t, "equals", 5.0, 1.0, "therapist") for t in weeks)]
    record = set_up(cells)[0]
    assert ("therapist" in vouching(record, float(ONSET))) is vouches
    assert [p.code for p in one_sided(record, "lasting", ONSET)] == (
        [] if vouches else ["one_sided_instrument"]
    )
    assert one_sided(record, "same", ONSET) == ()
    assert one_sided(set_up(harm(range(60), 2))[0], "lasting", ONSET) == ()  # that is "one_instrument"


def test_a_therapist_who_saw_only_the_end_leaves_the_word_at_leans():
    own = [c for c in household(0.3) if c.informant == "partner"]
    thanks = [c for c in household(0.3) if c.informant == "messages"]
    both, late = vt.judge([*own, *thanks]), vt.judge([*own, *(c for c in thanks if c.week >= 40)])
    assert both.detail["leading"] == {"account": "lasting", "word": "likely"}
    assert late.detail["leading"] == {"account": "lasting", "word": "leans towards"}
    assert "one_sided_instrument" in codes(late) - codes(both)


@pytest.mark.parametrize("far", [60, -15])
def test_one_cell_far_off_makes_no_year_of_a_record(far):
    cells = household(0.2, weeks=45)
    verdict = vt.judge([*cells, Cell(far, "promises", 1.0, 1.0, "partner")])
    assert verdict.weeks >= 60
    assert verdict.detail["leading"] == {"account": "lasting", "word": "leans towards"}


def keeping(cells):
    return {p.code for p in find_problems(set_up(cells)[0])} & {
        "hard_weeks_missing",
        "calm_weeks_missing",
        "acts_not_counted",
    }


def test_weeks_missing_at_random_after_a_change_are_not_called_calm():
    """After a change all weeks are calmer than most of the record; it is its neighbours that a week is compared with."""
    named = 0
    for seed in range(40):
        missing = np.random.default_rng(seed).choice(np.arange(25, 47), 8, replace=False)
        cells = [c for c in household(0.3, weeks=48, seed=seed, others=False) if c.week not in missing]
        named += "calm_weeks_missing" in keeping(cells)
    assert named <= 5  # above it with probability .014, were a warning in 20 the rule


@pytest.mark.parametrize(("left_out", "named"), [(0, False), (2, False), (5, False), (6, True), (30, True)])
def test_weeks_that_tell_all_but_the_acts_are_named(left_out, named):
    cells = [c for c in household(1.0) if c.channel != "harm" or c.week >= left_out]
    assert "acts_not_counted" not in keeping(
        cells
    )  # what is due or owned may be dated by a week that nobody wrote
    rated = [Cell(t, "equals", 4.0, 1.0, "partner") for t in range(60)]
    assert ("acts_not_counted" in keeping([*cells, *rated])) is named


def test_acts_that_were_never_counted_are_no_such_gap():
    assert keeping([c for c in household(1.0) if c.channel != "harm"]) == set()


@pytest.mark.parametrize(("log", "components"), [(math.nan, (1,)), (-math.inf, (1,)), (-3.0, ())])
def test_evidence_that_is_no_number_is_refused(log, components):
    sound = SimpleNamespace(log=-3.0, components=(1,))
    refuse_broken({"same": sound, "worse": sound})
    with pytest.raises(vt.Refused) as error:
        refuse_broken({"same": sound, "worse": SimpleNamespace(log=log, components=components)})
    assert error.value.code == "arithmetic_failed"


@pytest.mark.parametrize(
    ("table", "bad"),
    [
        ({"family": "rating", "range": [0, 10], "scale": 0.1}, True),
        ({"family": "rating", "range": [0, 10], "scale": 0.3}, False),
        ({"family": "rating", "scale": 0.1}, True),
        ({"family": "rating", "range": [0, 10], "scale": 11}, True),
        ({"family": "count", "scale": 1000}, True),
        ({"family": "count", "scale": 0.001}, True),
        ({"family": "count", "scale": 2}, False),
    ],
)
def test_a_scale_that_would_read_noise_as_change_is_bad_input(table, bad):
    rng = np.random.default_rng(0)
    cells = [Cell(t, "own", float(v), 1.0, "partner", 0.0) for t, v in enumerate(rng.permutation(33) % 11)]
    registry = {"own": {"better": "less", **table}}
    if not bad:
        assert vt.judge(cells, channels=registry).odds["neutral"]["same"] > 0.5
        return
    with pytest.raises(vt.BadInput) as error:
        vt.judge(cells, channels=registry)
    assert error.value.code == "channel_scale"
