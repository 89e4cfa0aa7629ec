"""The file of a fitted hyperprior: the judge reads it, and its card says what a reader must know."""

from __future__ import annotations

import tomllib
from importlib import resources

import numpy as np
import pytest
from tests.cohort.records import quiet

import velveteen as vt
from velveteen.cohort.card import WARNING, card_of, hyperprior_toml
from velveteen.cohort.hyperfit import Fit
from velveteen.cohort.posterior import HyperPosterior
from velveteen.judge.hyperprior import NAMES, load_hyperprior, parse_hyperprior, shipped

MOVED = type(shipped())(
    "fitted", {**shipped().normals, "ebb_sd": (np.log(0.4), 0.3), "rating_share": (0.4, 0.9)}
)


def household(weeks, *channels):
    return HyperPosterior("h", ("ebb_sd",), np.zeros((0, 1)), -1.0, weeks, channels)


def fit(held_out=(0.5, -0.1, 0.2)):
    fitted = (household(20, "harm"), household(30, "harm", "regard"), household(52, "regard"))
    return Fit(
        MOVED,
        shipped(),
        fitted,
        np.array(held_out),
        {"too_few_weeks": 2},
        (-90.123, -80.0),
        {"ebb_sd": 3},
        "equal",
    )


def test_the_judge_reads_the_file(tmp_path):
    path = tmp_path / "own.toml"
    path.write_text(hyperprior_toml(fit()), "utf-8")
    read = load_hyperprior(path)
    for name in NAMES:
        assert read[name] == pytest.approx(MOVED[name], abs=1e-3)
    verdict = vt.judge(quiet(), hyperprior=path)
    assert verdict.detail["hyperprior"] == "own.toml"


def test_the_file_holds_the_card():
    assert tomllib.loads(hyperprior_toml(fit()))["card"] == card_of(fit())


def test_the_card_says_on_whom_how_it_moved_and_what_it_gained():
    card = card_of(fit())
    assert card["warning"] == WARNING
    assert (card["households"], card["held_out"], card["failed"]) == (3, 3, {"too_few_weeks": 2})
    assert card["weeks"] == {"least": 20, "median": 30.0, "most": 52}
    assert card["channels"] == {"harm": 2, "regard": 2}
    assert card["log_evidence_by_round"] == [-90.12, -80.0]
    assert card["moved"]["ebb_sd"] == {"households": 3, "median": [0.35, 0.4], "sd": [0.5, 0.3]}
    assert card["moved"]["count_size"]["households"] == 0
    assert card["held_out_gain"] == {
        "mean": 0.2, "standard_error": round(0.3 / 3**0.5, 4), "total": 0.6, "share_of_households_better": 0.667,
    }  # fmt: skip


def test_without_households_to_test_on_no_gain_is_claimed():
    assert card_of(fit(held_out=()))["held_out_gain"] == {}


def test_the_one_that_ships_for_the_circle_has_a_card_and_is_read_by_name():
    text = resources.files("velveteen.judge").joinpath("hyperprior_circle.toml").read_text("utf-8")
    card = tomllib.loads(text)["card"]
    assert card["warning"] == WARNING
    assert card["households"] + card["held_out"] == 400
    assert load_hyperprior("circle").normals == parse_hyperprior(text, "circle").normals != shipped().normals
    assert vt.judge(quiet(), hyperprior="circle").detail["hyperprior"] == "circle"
