"""The table of error rates: counted by length and density, weighted as the reader expects, and readable as TOML."""

import tomllib

import error_rates
import pytest
from tests.benchmarks.test_shares import row

from velveteen.judge.priors import readers
from velveteen.judge.verdict import ACCOUNTS


def kept(truth, density, **evidence):
    return row(truth, weeks=104, **evidence) | {"cells_a_week": density}


def test_lengths_and_densities_are_kept_apart():
    rows = [kept("same", 1.0), kept("same", 9.0), kept("same", 9.5)]
    found = error_rates.rates(rows)
    assert [(f["cells_a_week"], f["households"]) for f in found] == [([0.0, 4.0], 1), ([8.0, 30.0], 2)]


def test_wrong_verdicts_count_by_what_the_reader_expects():
    rows = [kept("same", 6.0, same=9.0), kept("lasting", 6.0, same=9.0)]
    prior = readers(104, "none", dict.fromkeys(ACCOUNTS, True))["neutral"]
    step = error_rates.step_rates(rows, 0.5)
    assert (step["said"], step["wrong"]) == (2, 1)
    assert step["wrong_share"] == pytest.approx(
        prior["lasting"] / (prior["lasting"] + prior["same"]), abs=1e-4
    )


def test_a_step_that_nothing_reached_says_so():
    assert error_rates.step_rates([kept("same", 6.0)], 0.95) == {"said": 0, "wrong": 0, "wrong_share": -1.0}


def test_the_file_reads_back_as_it_was(tmp_path):
    rows = [kept("same", 6.0, same=9.0), kept("same", 6.0) | {"scenario": "drift"}]
    error_rates.write_rates(rows, tmp_path / "rates.toml")
    assert tomllib.loads((tmp_path / "rates.toml").read_text("utf-8"))["rates"] == error_rates.rates(rows[:1])
