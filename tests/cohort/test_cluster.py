"""The same part on a Dask cluster of this computer: the same rows, and a killed worker loses nothing."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from contextlib import contextmanager

import polars as pl
import pytest
from tests.cohort.dying import DeadlyTable
from tests.cohort.records import quiet
from tests.cohort.tables import small_cohort, write_cohort

import velveteen as vt
from velveteen.cohort import part_run
from velveteen.cohort.cluster import on_cluster
from velveteen.cohort.households import Household
from velveteen.cohort.judged import Settings
from velveteen.cohort.part_run import here, judge_part
from velveteen.cohort.parts import Part
from velveteen.cohort.source import find_tables

WHOLE = Part(1, 1)


@contextmanager
def cluster(folder, workers=2, **environment):
    """A scheduler and workers of their own processes on loopback; yields its address. Dead workers are begun anew."""
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(p for p in sys.path if p), **environment}
    told = folder / "scheduler.json"
    quiet_please = {"env": environment, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    start = [sys.executable, "-m"]
    here_only = ["--host", "127.0.0.1", "--no-dashboard"]
    processes = [
        subprocess.Popen(
            [
                *start,
                "distributed.cli.dask_scheduler",
                *here_only,
                "--port",
                "0",
                "--scheduler-file",
                str(told),
            ],
            **quiet_please,
        )
    ]
    try:
        processes.append(
            subprocess.Popen(
                [*start, "distributed.cli.dask_worker", *here_only, "--scheduler-file", str(told), "--nworkers",
                 str(workers), "--nthreads", "1", "--local-directory", str(folder)],
                **quiet_please,
            )
        )  # fmt: skip
        yield address(told)
    finally:
        for process in processes[::-1]:
            process.terminate()
            process.wait(60)


def address(told):
    """The scheduler's address, once it and a worker are there."""
    from distributed import Client

    with Client(scheduler_file=str(told), timeout=60) as client:
        client.wait_for_workers(1, timeout=60)
        return client.scheduler.address


@pytest.fixture(scope="module")
def two_workers(tmp_path_factory):
    with cluster(tmp_path_factory.mktemp("cluster")) as where:
        yield where


def pids(where):
    from distributed import Client

    with Client(where, set_as_default=False) as client:
        return list(client.run(os.getpid).values())


def test_a_worker_that_is_killed_in_the_middle_loses_nothing(tmp_path, monkeypatch, two_workers):
    monkeypatch.setattr(part_run, "BATCH", 2)
    tables = find_tables(write_cohort(tmp_path / "in", small_cohort(10), ["h1"]))
    killed = []

    def kill_one(what, done, total):
        if not killed and 0 < done < total:
            killed.append(pids(two_workers)[0])
            os.kill(killed[0], signal.SIGKILL)

    done = judge_part(tables, tmp_path / "cluster", WHOLE, Settings(), on_cluster(two_workers), kill_one)
    assert killed
    assert (done.households, done.judged) == (12, 10)
    alone = judge_part(tables, tmp_path / "alone", WHOLE, Settings(), here(1))
    assert pl.read_parquet(done.file).equals(pl.read_parquet(alone.file))


def test_a_household_that_kills_its_workers_costs_itself_alone(tmp_path):
    """With no second try allowed a batch is given up at once; each of its households then stands for itself."""
    batch = [Household("a", quiet(1)), Household("deadly", DeadlyTable()), Household("b", quiet(2))]
    steps = []
    with cluster(tmp_path, 1, DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES="0") as where:
        ((k, rows),) = on_cluster(where)(Settings(), iter([(7, batch)]), steps.append)
    assert (k, steps) == (7, [3])
    assert [(r["household"], r["status"]) for r in rows] == [
        ("a", "judged"),
        ("deadly", "failed"),
        ("b", "judged"),
    ]
    assert rows[1]["code"] == "worker_died"


def test_workers_that_cannot_do_the_work_are_a_sentence(two_workers):
    """A household of a kind that the workers do not know stands for workers with another Velveteen."""

    class Unknown:
        def __reduce__(self):
            return (__import__, ("a_module_that_no_worker_has",))

    with pytest.raises(vt.BadInput) as said:
        list(on_cluster(two_workers)(Settings(), iter([(0, [Household("a", Unknown())])]), lambda _: None))
    assert said.value.code == "cluster_failed"


def test_a_scheduler_that_does_not_answer_is_a_sentence():
    with pytest.raises(vt.BadInput) as said:
        list(on_cluster("tcp://127.0.0.1:9", 0.5)(Settings(), iter([]), lambda _: None))
    assert said.value.code == "scheduler_unreachable"
