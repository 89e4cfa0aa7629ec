"""`judge`: the contract of its JSON, its prose, and everything that a table can have wrong with it."""

from __future__ import annotations

import pytest

from velveteen.judge import verdict as verdicts
from velveteen.judge.verdict import ACCOUNTS, READERS, TESTS, Effect, Verdict

from .conftest import cells_table

KEYS = {
    "schema", "weeks", "odds", "log_evidence", "assessable", "questions", "tests", "effect", "words", "problems",
    "numerical_error", "sensitivity",
}  # fmt: skip
TURNS = "week,kind,share\n2,loss_threatened,\n3,boundary_held,1\n5,boundary_held,0.5\n"


@pytest.fixture(scope="module")
def told(tmp_path_factory):
    """One verdict, with a turning point and a limit that stood in some weeks, as JSON and as prose."""
    import contextlib
    import io
    import json

    from velveteen.cli.edge import run

    folder = tmp_path_factory.mktemp("judge")
    (folder / "cells.csv").write_text(cells_table(8))
    (folder / "turns.csv").write_text(TURNS)
    typed = ["judge", str(folder / "cells.csv"), "--turning-points", str(folder / "turns.csv")]
    ended = {}
    for name, options in {"json": ["--json"], "prose": []}.items():
        out, err = io.StringIO(), io.StringIO()
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            assert run([*typed, *options]) == 0
        ended[name] = (out.getvalue(), err.getvalue())
    return {
        "json": json.loads(ended["json"][0], parse_constant=pytest.fail),
        "prose": ended["prose"][0],
        "err": ended["json"][1],
    }


def test_every_key_is_always_there(told):
    assert set(told["json"]) >= KEYS
    assert (told["json"]["schema"], told["json"]["weeks"]) == (1, 8)
    assert set(told["json"]["odds"]) == set(READERS)
    assert set(told["json"]["tests"]) == set(TESTS)
    assert set(told["json"]["effect"]) == {"harm"}
    assert set(told["json"]["effect"]["harm"]) >= {"before", "now", "low", "high", "unit"}
    assert set(told["json"]["questions"]) == {"changed", "holds", "outlasts"}


def test_whether_the_word_would_change_is_said_in_prose_and_in_json(told):
    assert told["json"]["sensitivity"]["words"] in told["prose"].replace("\n", " ")
    assert {row["what"] for row in told["json"]["sensitivity"]["lines"]} >= {"effect_sd"}


@pytest.mark.parametrize("reader", READERS)
def test_odds_are_posterior_probabilities(told, reader):
    odds = told["json"]["odds"][reader]
    assert set(odds) == set(ACCOUNTS)
    assert sum(odds.values()) == pytest.approx(1)
    assert all(0 <= p <= 1 for p in odds.values())


def test_equal_gives_nothing_to_none_of_these(told):
    assert told["json"]["odds"]["equal"]["none_of_these"] == 0


def test_a_limit_whose_standing_never_varies_leaves_conditional_out(vv, written):
    verdict = vv("judge", written("cells.csv", cells_table(8)), "--json").json
    assert verdict["assessable"]["conditional"] is False
    assert verdict["log_evidence"]["conditional"] is None
    assert all(odds["conditional"] == 0 for odds in verdict["odds"].values())
    assert all(verdict["assessable"][name] for name in ACCOUNTS if name != "conditional")


def test_a_limit_that_stood_at_times_is_weighed(told):
    assert told["json"]["assessable"]["conditional"] is True
    assert told["json"]["log_evidence"]["conditional"] is not None


def test_the_prose_opens_by_saying_whose_door_it_is(told):
    assert told["prose"].startswith("This is the researcher's door")
    assert told["json"]["words"] in told["prose"]
    assert "researcher's door" in told["err"]


def test_a_record_with_nothing_to_remark_says_no_more(capsys):
    from velveteen.cli.table_commands import say_verdict
    from velveteen.cli.voice import Voice

    effect = {"harm": Effect(5.14, 2.26, 1.6, 3.2, "harmful acts a week together")}
    odds = {reader: dict.fromkeys(ACCOUNTS, 1 / 7) for reader in READERS}
    tests = {
        "deeds": verdicts.TestResult("yes", 0.91, 12),
        "owning": verdicts.TestResult("untested", None, 0),
    }
    verdict = Verdict(9, 0, False, odds, {}, {}, {}, tests, effect, "A sentence.", (), 0.01, {})
    say_verdict(Voice(as_json=False), verdict)
    said = capsys.readouterr().out
    assert "harm: 5.1 → 2.3 (90 % interval 1.6 to 3.2), harmful acts a week together" in said
    assert "deeds: yes (12 observations, probability 0.91)" in said
    assert "owning: untested (0 observations)" in said
    assert "beside this" not in said
    assert "Before that" not in said


def test_what_was_before_the_present_stands_below_the_sentence(capsys):
    from velveteen.cli.table_commands import say_verdict
    from velveteen.cli.voice import Voice

    odds = {reader: dict.fromkeys(ACCOUNTS, 1 / 7) for reader in READERS}
    detail = {"present": {"words": "Before that, a stretch of years."}}
    verdict = Verdict(300, 0, False, odds, {}, {}, {}, {}, {}, "A sentence.", (), 0.01, {}, detail)
    say_verdict(Voice(as_json=False), verdict)
    assert "A sentence.\n\nBefore that, a stretch of years.\n" in capsys.readouterr().out


def test_an_audit_is_made_on_request(vv, written, monkeypatch):
    from velveteen.judge import audit

    for name, size in {"PILOT": 120, "MANY": 250, "FEW": 60}.items():
        monkeypatch.setattr(audit, name, size)
    cells = written("cells.csv", cells_table(8))
    ended = vv("judge", cells, "--audit", "--json")
    found = ended.json["detail"]["audit"]
    assert set(found["accounts"]) == set(ACCOUNTS) - {"conditional"}
    assert f"differ by at most {found['largest_difference']:.2f} nats" in " ".join(ended.err.split())
    assert "random draws" in vv("judge", cells, "--audit").out
    assert "audit" not in vv("judge", cells, "--json").json["detail"]


def test_own_channels_need_no_other(vv, written):
    toml = '[sleep]\nfamily = "rating"\nbetter = "more"\nside = "inward"\nrange = [0, 10]\n'
    cells = written("cells.csv", cells_table(8, channel="sleep", of=1))
    assert vv("judge", cells, "--channels", written("own.toml", toml), "--json").json["effect"].keys() == {
        "sleep"
    }
    ended = vv("judge", cells, "--json")
    assert (ended.code, ended.json["error"]["code"]) == (2, "unknown_channel")


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (cells_table(8, value=-1), "negative_count"),
        (cells_table(8, value="nan"), "not_finite"),
        (cells_table(8, value="many"), "not_a_number"),
        (cells_table(8, value=""), "not_a_number"),
        (cells_table(8, value=1.5), "fractional_count"),
        (cells_table(8, channel="promises", value=3, of=2), "kept_over_due"),
        (cells_table(8, channel="moods"), "unknown_channel"),
        (cells_table(8, strain=0), "repeated_cell"),
        (cells_table(8, week="someday"), "week_unreadable"),
        (cells_table(8).replace("value", "amount"), "missing_column"),
        ("", "empty_file"),
        (b"\x00\x01\x02\xff\xfe" * 50, "not_text"),
    ],
)
def test_a_table_with_something_wrong_is_two(vv, written, content, code):
    ended = vv("judge", written("cells.csv", content), "--json")
    assert ended.code == 2
    assert ended.json["error"]["code"] == code
    assert ended.json["error"]["message"].endswith(".")
    assert "odds" not in ended.json


def test_the_line_of_what_is_wrong_is_named(vv, written):
    lines = cells_table(8).splitlines()
    lines[4] = lines[4].replace(",harm,", ",moods,")
    assert vv("judge", written("cells.csv", "\n".join(lines)), "--json").json["error"]["line"] == 5


@pytest.mark.parametrize(
    ("turns", "code"),
    [
        ("week,kind\n99,left\n", "turning_point_after_end"),
        ("week,kind\n3,moonrise\n", "unknown_turning_point"),
        ("week,kind\n2024-01-01,left\n", "mixed_weeks"),
        ("kind\nleft\n", "missing_column"),
    ],
)
def test_turning_points_with_something_wrong_are_two(vv, written, turns, code):
    cells = written("cells.csv", cells_table(8))
    ended = vv("judge", cells, "--turning-points", written("turns.csv", turns), "--json")
    assert (ended.code, ended.json["error"]["code"]) == (2, code)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (cells_table(8, informant="self"), "only_self_report"),
        (cells_table(3), "too_few_weeks"),
        (cells_table(8, of=0, value=0), "too_few_cells"),
    ],
)
def test_too_little_is_refused(vv, written, content, code):
    ended = vv("judge", written("cells.csv", content), "--json")
    assert (ended.code, ended.json["error"]["code"]) == (3, code)


def test_the_least_number_of_cells_is_chosen(vv, written):
    cells = written("cells.csv", "\n".join(cells_table(10).splitlines()[::2]) + "\n")
    assert vv("judge", cells, "--json").code == 3
    assert vv("judge", cells, "--min-cells", "8", "--json").code == 0


def test_a_hyperprior_of_one_s_own_is_named(vv, written):
    cells = written("cells.csv", cells_table(8))
    assert vv("judge", cells, "--json").json["detail"]["hyperprior"] == "shipped"
    assert vv("judge", cells, "--hyperprior", "circle", "--json").json["detail"]["hyperprior"] == "circle"
    ended = vv("judge", cells, "--hyperprior", "nowhere.toml", "--json")
    assert (ended.code, ended.json["error"]["code"]) == (2, "hyperprior_unreadable")


def test_no_such_table(vv, tmp_path):
    assert vv("judge", tmp_path / "nothing.csv").code == 2
