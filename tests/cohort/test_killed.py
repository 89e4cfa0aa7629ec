"""A run that is killed outright: what it had judged is there, and the next run goes on from it."""

from __future__ import annotations

import signal
import subprocess
import sys
import time

import polars as pl
from tests.cohort.tables import small_cohort, write_cohort

from velveteen.cohort import part_run
from velveteen.cohort.judged import Settings
from velveteen.cohort.part_run import here, judge_part
from velveteen.cohort.parts import Part
from velveteen.cohort.source import find_tables

SCRIPT = """
import sys
from pathlib import Path
from velveteen.cohort import part_run
from velveteen.cohort.judged import Settings
from velveteen.cohort.parts import Part
from velveteen.cohort.source import find_tables

part_run.BATCH = 2
part_run.judge_part(find_tables(Path(sys.argv[1])), Path(sys.argv[2]), Part(1, 1), Settings(), part_run.here(1))
"""


def killed_once_there_are(drafts, folder, out):
    """Start a run, and end it by SIGKILL as soon as so many drafts are there."""
    run = subprocess.Popen([sys.executable, "-c", SCRIPT, str(folder), str(out)])
    while run.poll() is None and len(list(out.rglob("0*.parquet"))) < drafts:
        time.sleep(0.01)
    run.send_signal(signal.SIGKILL)
    assert run.wait() == -signal.SIGKILL


def test_a_killed_run_loses_no_finished_batch(tmp_path, monkeypatch):
    monkeypatch.setattr(part_run, "BATCH", 2)
    folder, out = write_cohort(tmp_path / "in", small_cohort(40)), tmp_path / "out"
    killed_once_there_are(2, folder, out)
    done = judge_part(find_tables(folder), out, Part(1, 1), Settings(), here(1))
    assert 4 <= done.found < 42
    whole = judge_part(find_tables(folder), tmp_path / "whole", Part(1, 1), Settings(), here(1))
    assert pl.read_parquet(done.file).equals(pl.read_parquet(whole.file))
    assert [p.name for p in out.iterdir()] == [Part(1, 1).file]
