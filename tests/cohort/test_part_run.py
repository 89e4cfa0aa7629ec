"""A part judged into a file: one row a household, nothing twice, nothing of another run taken for this one's."""

from __future__ import annotations

import polars as pl
import pytest
from tests.cohort.records import LEFT, quiet
from tests.cohort.tables import small_cohort, write_cohort

import velveteen as vt
from velveteen.cohort import part_run
from velveteen.cohort.judged import Settings
from velveteen.cohort.part_run import here, judge_part
from velveteen.cohort.parts import Part
from velveteen.cohort.result_table import SCHEMA
from velveteen.cohort.source import find_tables
from velveteen.judge.verdict import ACCOUNTS, READERS

WHOLE = Part(1, 1)
ONE = here(1)


@pytest.fixture(autouse=True)
def small_batches(monkeypatch):
    """Two households a draft, two drafts a reading: every seam is crossed by a cohort of seven."""
    monkeypatch.setattr(part_run, "BATCH", 2)
    monkeypatch.setattr(part_run, "AT_ONCE", 2)


@pytest.fixture
def tables(tmp_path):
    return find_tables(write_cohort(tmp_path / "in", small_cohort(), ["h1"]))


def stopped_after(batches):
    """A run that ends after so many batches, as with Ctrl-C."""

    def run(settings, wanted, step):
        for count, done in enumerate(ONE(settings, wanted, step)):
            if count == batches:
                raise KeyboardInterrupt
            yield done

    return run


def stopped_at_the_end(settings, wanted, step):
    yield from ONE(settings, wanted, step)
    raise KeyboardInterrupt


def counting(judged):
    def run(settings, wanted, step):
        for k, rows in ONE(settings, wanted, step):
            judged.extend(row["household"] for row in rows)
            yield k, rows

    return run


def test_one_row_a_household_and_always_the_same_columns(tables, tmp_path):
    done = judge_part(tables, tmp_path / "out", WHOLE, Settings(), ONE)
    frame = pl.read_parquet(done.file)
    assert frame.schema == pl.Schema(SCHEMA)
    assert frame["household"].to_list() == ["h0", "h1", "h2", "h3", "h4", "short", "wrong"]
    assert (done.households, done.judged, done.found, done.skipped) == (7, 5, 0, False)
    assert done.failed == {"too_few_weeks": 1, "unknown_channel": 1}
    assert [p.name for p in (tmp_path / "out").iterdir()] == ["part-0001-of-0001.parquet"]


def test_a_row_says_what_the_verdict_says(tables, tmp_path):
    settings = Settings(therapy="begun")
    rows = {
        r["household"]: r
        for r in pl.read_parquet(judge_part(tables, tmp_path, WHOLE, settings, ONE).file).to_dicts()
    }
    verdict, row = vt.judge(quiet(1), LEFT, therapy="begun"), rows["h1"]
    for reader in READERS:
        assert {a: row[f"odds_{reader}_{a}"] for a in ACCOUNTS} == verdict.odds[reader]
    assert {a: row[f"log_evidence_{a}"] for a in ACCOUNTS} == verdict.log_evidence
    assert (row["status"], row["code"], row["weeks"], row["words"]) == ("judged", None, 8, verdict.words)
    assert {"account": row["leading"], "word": row["rung"]} == verdict.detail["leading"]
    assert {q: row[q] for q in verdict.questions} == verdict.questions
    assert row["problems"] == [p.code for p in verdict.problems]
    assert (row["test_hard_days"], row["test_hard_days_probability"]) == (
        verdict.tests["hard_days"].answer,
        verdict.tests["hard_days"].probability,
    )
    (effect,) = row["effects"]
    assert (effect["channel"], effect["now"]) == ("harm", verdict.effect["harm"].now)
    assert (row["therapy"], row["hyperprior"], row["version"]) == ("begun", "shipped", vt.__version__)
    assert (row["numerical_error"], row["cells"]) == (verdict.numerical_error, 16)


def test_a_household_that_failed_is_a_row_with_its_reason(tables, tmp_path):
    frame = pl.read_parquet(judge_part(tables, tmp_path, WHOLE, Settings(), ONE).file)
    short = frame.row(by_predicate=pl.col("household") == "short", named=True)
    assert (short["status"], short["code"]) == ("failed", "too_few_weeks")
    assert "3 weeks" in short["reason"]
    assert short["odds_equal_same"] is short["effects"] is None


def test_parts_together_are_the_whole(tables, tmp_path):
    whole = pl.read_parquet(judge_part(tables, tmp_path / "whole", WHOLE, Settings(), ONE).file)
    for i in (1, 2, 3):
        judge_part(tables, tmp_path / "parts", Part(i, 3), Settings(), ONE)
    parts = pl.read_parquet(tmp_path / "parts" / "part-*.parquet")
    assert parts.sort("household").equals(whole)


def test_processes_change_nothing(tables, tmp_path):
    one, two = (judge_part(tables, tmp_path / str(n), WHOLE, Settings(), here(n)).file for n in (1, 2))
    assert pl.read_parquet(one).equals(pl.read_parquet(two))


def test_a_part_that_holds_nobody_is_an_empty_table(tables, tmp_path):
    empty = next(p for i in range(1, 40) if not any((p := Part(i, 39)).holds(n) for n in small_cohort()))
    done, again = (judge_part(tables, tmp_path, empty, Settings(), ONE) for _ in range(2))
    assert [(d.households, d.skipped) for d in (done, again)] == [(0, False), (0, True)]
    assert pl.read_parquet(done.file).schema == pl.Schema(SCHEMA)


def test_a_part_whose_last_draft_was_written_is_put_together_without_judging(tables, tmp_path):
    with pytest.raises(KeyboardInterrupt):
        judge_part(tables, tmp_path, WHOLE, Settings(), stopped_at_the_end)
    judged = []
    done = judge_part(tables, tmp_path, WHOLE, Settings(), counting(judged))
    assert (judged, done.found, done.skipped) == ([], 7, False)
    assert pl.read_parquet(done.file).height == 7


def test_a_run_that_was_stopped_goes_on_and_judges_nobody_twice(tables, tmp_path):
    with pytest.raises(KeyboardInterrupt):
        judge_part(tables, tmp_path / "out", WHOLE, Settings(), stopped_after(2))
    assert not (tmp_path / "out" / WHOLE.file).exists()
    judged, told = [], []
    done = judge_part(
        tables, tmp_path / "out", WHOLE, Settings(), counting(judged), lambda *a: told.append(a)
    )
    assert judged == ["h4", "short", "wrong"]
    assert (done.found, done.households) == (4, 7)
    assert told[0] == ("households", 4, 7)
    assert told[-1] == ("households", 7, 7)
    whole = judge_part(tables, tmp_path / "again", WHOLE, Settings(), ONE)
    assert pl.read_parquet(done.file).equals(pl.read_parquet(whole.file))


def test_a_part_that_is_there_is_left_as_it_is(tables, tmp_path):
    first = judge_part(tables, tmp_path, WHOLE, Settings(), ONE)
    before = first.file.stat().st_mtime_ns
    judged = []
    again = judge_part(tables, tmp_path, WHOLE, Settings(), counting(judged))
    assert (judged, again.skipped, again.judged, again.failed) == ([], True, first.judged, first.failed)
    assert first.file.stat().st_mtime_ns == before


@pytest.mark.parametrize("change", ["tables", "settings", "version", "foreign"])
def test_what_was_made_otherwise_is_neither_taken_nor_replaced(tables, tmp_path, change, monkeypatch):
    target = judge_part(tables, tmp_path / "out", WHOLE, Settings(), ONE).file
    settings = Settings(min_cells=13) if change == "settings" else Settings()
    if change == "tables":
        write_cohort(tmp_path / "in", small_cohort() | {"new": quiet(9)}, ["h1"])
    if change == "version":
        monkeypatch.setattr(part_run, "__version__", "9.9.9")
    if change == "foreign":
        target.write_text("my own notes")
    before = target.read_bytes()
    with pytest.raises(vt.BadInput) as said:
        judge_part(tables, tmp_path / "out", WHOLE, settings, ONE)
    assert said.value.code == "part_in_use"
    assert target.read_bytes() == before


def test_drafts_of_other_settings_are_not_taken_for_these(tables, tmp_path):
    with pytest.raises(KeyboardInterrupt):
        judge_part(tables, tmp_path, WHOLE, Settings(), stopped_after(2))
    done = judge_part(tables, tmp_path, WHOLE, Settings(therapy="committed"), ONE)
    assert done.found == 0
    assert set(pl.read_parquet(done.file).filter(status="judged")["therapy"]) == {"committed"}
