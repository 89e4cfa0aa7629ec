"""The priors of the hyperparameters as data: the shipped ones, one's own file, and everything such a file can have wrong."""

from __future__ import annotations

import re
from importlib import resources

import numpy as np
import pytest
from tests.judge.records import harm, mixed_cells, set_up

import velveteen as vt
from velveteen.judge.hyper import hyper_for
from velveteen.judge.hyperprior import (
    NAMES,
    HyperPrior,
    load_hyperprior,
    parse_hyperprior,
    shipped,
    to_natural,
    to_scale,
)

SHIPPED = resources.files("velveteen.judge").joinpath("hyperprior.toml").read_text("utf-8")
CELLS = harm(range(16), [3, 2, 4, 1] * 4)


def own_file(tmp_path, old, new):
    path = tmp_path / "own.toml"
    path.write_text(SHIPPED.replace(old, new, 1), "utf-8")
    return path


def test_medians_are_on_the_natural_scale():
    assert shipped()["ebb_weeks"] == (pytest.approx(np.log(1.5)), 0.9)
    assert shipped()["inward_loading"] == (pytest.approx(np.log(0.27 / 0.73)), 1.5)


@pytest.mark.parametrize("name", NAMES)
def test_the_two_scales_undo_each_other(name):
    for natural in (0.01, 0.4, 0.97):
        assert to_natural(name, to_scale(name, natural)) == pytest.approx(natural)


def test_a_record_takes_its_priors_from_the_file(tmp_path):
    record = set_up(mixed_cells(6, 0))[0]
    prior = load_hyperprior(str(own_file(tmp_path, "median = 0.35", "median = 0.60")))
    hyper, ordinary = hyper_for(record, prior), hyper_for(record)
    place = hyper.names.index("ebb_sd")
    assert hyper.natural(np.zeros(hyper.size)).ebb_sd == pytest.approx(0.6)
    np.testing.assert_array_equal(np.delete(hyper.centre, place), np.delete(ordinary.centre, place))


def test_the_shipped_file_gives_the_shipped_verdict(tmp_path):
    path = own_file(tmp_path, "", "")
    assert vt.judge(CELLS, hyperprior=path).log_evidence == vt.judge(CELLS).log_evidence


def test_another_file_gives_another_verdict(tmp_path):
    narrow = own_file(tmp_path, "median = 0.60\nsd = 0.6", "median = 0.20\nsd = 0.1")
    other, ordinary = vt.judge(CELLS, hyperprior=narrow), vt.judge(CELLS)
    assert other.log_evidence != ordinary.log_evidence
    assert (other.detail["hyperprior"], ordinary.detail["hyperprior"]) == ("own.toml", "shipped")


def test_a_hyperprior_in_hand_is_taken_as_it_is():
    prior = HyperPrior("mine", shipped().normals)
    assert load_hyperprior(prior) is prior


def test_a_card_is_left_alone():
    assert parse_hyperprior(SHIPPED + "\n[card]\nhouseholds = 4\n", "x").normals == shipped().normals


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("median = 1.5", "median =", "hyperprior_not_toml"),
        ("median = 1.5", "", "hyperprior_incomplete"),
        ("median = 1.5", 'median = "3"', "hyperprior_incomplete"),
        ("median = 1.5", "median = true", "hyperprior_incomplete"),
        ("[ebb_weeks]", "[other]", "hyperprior_incomplete"),
        ("median = 1.5", "median = 0.0", "hyperprior_range"),
        ("median = 1.5", "median = nan", "hyperprior_range"),
        ("sd = 0.9", "sd = 0", "hyperprior_range"),
        ("sd = 0.9", "sd = 7.0", "hyperprior_range"),
        ("median = 0.46\n", "median = 1.0\n", "hyperprior_range"),
    ],
)
def test_a_file_with_something_wrong_is_said(tmp_path, old, new, code):
    assert old in SHIPPED
    with pytest.raises(vt.BadInput) as said:
        vt.judge(CELLS, hyperprior=own_file(tmp_path, old, new))
    assert said.value.code == code
    assert re.search(r"[.]$", said.value.message)


def test_a_table_that_is_a_number_is_incomplete():
    with pytest.raises(vt.BadInput, match="needs a table “ebb_weeks”"):
        parse_hyperprior("ebb_weeks = 3.0", "x")


def test_a_file_that_cannot_be_read_is_said(tmp_path):
    (tmp_path / "bytes.toml").write_bytes(b"\xff\xfe")
    for name in ("nothing.toml", "bytes.toml"):
        with pytest.raises(vt.BadInput) as said:
            load_hyperprior(tmp_path / name)
        assert said.value.code == "hyperprior_unreadable"
