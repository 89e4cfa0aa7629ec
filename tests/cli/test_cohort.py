"""`cohort judge` and `cohort prior`: rows in files, one object on stdout, and a sentence for everything that is wrong."""

from __future__ import annotations

import sys
import tomllib

import polars as pl
import pytest
from tests.cohort.records import quiet
from tests.cohort.tables import small_cohort, write_cohort

import velveteen as vt


@pytest.fixture
def cohort(tmp_path):
    return write_cohort(tmp_path / "in", small_cohort(2), ["h1"])


def judged(vv, cohort, out, *options):
    return vv("cohort", "judge", cohort, "--out", out, "--processes", "1", *options)


def test_a_cohort_becomes_one_file_and_one_object(vv, cohort, tmp_path):
    ended = judged(vv, cohort, tmp_path / "out", "--json")
    assert ended.code == 0
    file = tmp_path / "out" / "part-0001-of-0001.parquet"
    assert ended.json == {
        "schema": 1, "part": "1/1", "file": str(file), "households": 4, "judged": 2,
        "failed": {"too_few_weeks": 1, "unknown_channel": 1}, "found": 0, "skipped": False,
    }  # fmt: skip
    assert pl.read_parquet(ended.json["file"]).height == 4


def test_what_is_done_is_said_and_not_done_again(vv, cohort, tmp_path):
    first = judged(vv, cohort, tmp_path / "out")
    assert "4 households, 2 with a verdict" in first.out
    assert "1 without one: too few weeks" in first.out
    again = judged(vv, cohort, tmp_path / "out")
    assert "done already; nothing was done again" in again.out
    assert judged(vv, cohort, tmp_path / "out", "--json").json["skipped"] is True


def test_a_run_that_goes_on_says_how_many_were_there(capsys, tmp_path):
    from velveteen.cli.cohort_commands import say_part
    from velveteen.cli.voice import Voice
    from velveteen.cohort.part_run import PartDone

    say_part(Voice(as_json=False), PartDone(tmp_path / "f", 9, 9, {}, 4))
    assert "4 households were there from an earlier run." in capsys.readouterr().out


def test_parts_go_into_files_of_their_own(vv, cohort, tmp_path):
    ended = [judged(vv, cohort, tmp_path / "out", "--part", f"{i}/2", "--json").json for i in (1, 2)]
    assert sum(e["households"] for e in ended) == 4
    names = sorted(p.name for p in (tmp_path / "out").iterdir())
    assert names == ["part-0001-of-0002.parquet", "part-0002-of-0002.parquet"]


def test_options_reach_the_judge(vv, tmp_path):
    folder = write_cohort(tmp_path / "in", {"a": quiet()})
    own = tmp_path / "own.toml"
    own.write_text('[harm]\nfamily = "count"\nbetter = "less"\nside = "inward"\n')
    options = ["--channels", own, "--therapy", "begun", "--hyperprior", "circle", "--min-cells", "16"]
    file = judged(vv, folder, tmp_path / "out", *options, "--json").json["file"]
    row = pl.read_parquet(file).row(0, named=True)
    assert (row["therapy"], row["hyperprior"]) == ("begun", "circle")
    assert "no_outward_channel" in row["problems"]


@pytest.mark.parametrize(
    ("options", "code"),
    [
        (["--part", "3/2"], "no_part"),
        (["--hyperprior", "nowhere.toml"], "hyperprior_unreadable"),
        (["--channels", "nowhere.toml"], "channels_unreadable"),
        (["--min-cells", "0"], "usage"),
        (["--therapy", "magic"], "usage"),
        (["--scheduler", "nowhere"], "scheduler_unreachable"),
    ],
)
def test_an_option_that_cannot_be_is_two_and_nothing_is_written(vv, cohort, tmp_path, options, code):
    ended = judged(vv, cohort, tmp_path / "out", *options, "--json")
    assert (ended.code, ended.json["error"]["code"]) == (2, code)
    assert not list((tmp_path / "out").rglob("*.parquet"))


def test_no_cohort_there_is_two(vv, tmp_path):
    ended = judged(vv, tmp_path / "nothing", tmp_path / "out", "--json")
    assert (ended.code, ended.json["error"]["code"]) == (2, "no_table")


@pytest.mark.parametrize(
    ("module", "command"),
    [
        ("polars", ["judge", "--out", "o"]),
        ("polars", ["prior", "--out", "o.toml"]),
        ("distributed", ["judge", "--out", "o", "--scheduler", "tcp://127.0.0.1:9"]),
    ],
)
def test_without_the_extra_it_says_how_to_get_it(vv, tmp_path, monkeypatch, module, command):
    monkeypatch.setitem(sys.modules, module, None)
    ended = vv("cohort", command[0], tmp_path, *command[1:], "--json")
    assert (ended.code, ended.json["error"]["code"]) == (2, "cohort_extra_missing")
    assert "pip install velveteen[cohort]" in ended.json["error"]["message"]


@pytest.fixture
def sixteen(tmp_path):
    return write_cohort(tmp_path / "in", {f"h{i}": quiet(i, weeks=6) for i in range(16)})


def test_a_fitted_prior_is_a_file_with_a_card(vv, sixteen, tmp_path):
    out = tmp_path / "own.toml"
    ended = vv("cohort", "prior", sixteen, "--out", out, "--processes", "1", "--json")
    assert ended.code == 0
    assert ended.json["file"] == str(out)
    assert tomllib.loads(out.read_text("utf-8"))["card"] == ended.json["card"]
    assert ended.json["card"]["households"] + ended.json["card"]["held_out"] == 16
    assert vt.judge(quiet(), hyperprior=out).detail["hyperprior"] == "own.toml"
    assert "carries the habits" in ended.err
    assert "spread: median 0.6 →" in ended.err
    assert "nats of log evidence a household" in ended.err


def test_a_prior_can_be_fitted_on_a_share_of_a_large_cohort(vv, sixteen, tmp_path):
    options = ["--most", "14", "--reader", "neutral", "--processes", "1", "--json"]
    card = vv("cohort", "prior", sixteen, "--out", tmp_path / "own.toml", *options).json["card"]
    assert card["households"] + card["held_out"] == 14
    assert card["accounts_weighed_by"] == "neutral"


def test_nothing_is_replaced_by_a_prior(vv, cohort, tmp_path):
    mine = tmp_path / "mine.toml"
    mine.write_text("mine")
    ended = vv("cohort", "prior", cohort, "--out", mine, "--json")
    assert (ended.code, ended.json["error"]["code"]) == (2, "out_in_use")
    assert mine.read_text() == "mine"
    ended = vv("cohort", "prior", cohort, "--out", tmp_path / "no" / "where.toml", "--json")
    assert (ended.code, ended.json["error"]["code"]) == (2, "folder_not_found")


def test_too_small_a_cohort_is_three(vv, cohort, tmp_path):
    ended = vv("cohort", "prior", cohort, "--out", tmp_path / "own.toml", "--processes", "1", "--json")
    assert (ended.code, ended.json["error"]["code"]) == (3, "too_few_households")
    assert not (tmp_path / "own.toml").exists()


def test_what_could_not_be_weighed_is_said(capsys):
    from velveteen.cli.cohort_commands import say_card
    from velveteen.cli.voice import Voice

    card = {
        "households": 9,
        "held_out": 0,
        "moved": {},
        "held_out_gain": {},
        "failed": {"too_few_weeks": 2},
        "warning": "W.",
    }
    say_card(Voice(as_json=False), card)
    said = capsys.readouterr().out
    assert "2 could not be weighed: too few weeks" in said
    assert "Held out" not in said
