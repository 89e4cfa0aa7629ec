"""Work over processes: order, laziness, and a process that dies takes nothing else with it."""

from __future__ import annotations

import itertools
import os
import subprocess
import sys

import pytest
from tests.cohort.dying import lost, slowly, square_or_die

import velveteen as vt
from velveteen.cohort.pool import AHEAD, CHUNK, cores, spread


@pytest.mark.parametrize("processes", [1, 2])
def test_the_order_is_that_of_the_items(processes):
    assert list(spread(square_or_die, range(30), lost, processes)) == [i * i for i in range(30)]


def test_only_a_few_items_are_taken_ahead():
    taken = []
    endless = (taken.append(i) or i for i in itertools.count())
    found = spread(slowly, endless, lost, 2)
    assert list(itertools.islice(found, 3)) == [0, 1, 2]
    found.close()
    assert len(taken) <= CHUNK * (2 * AHEAD + 1)


def test_in_one_process_nothing_is_taken_ahead():
    taken = []
    found = spread(slowly, (taken.append(i) or i for i in itertools.count()), lost, 1)
    assert next(found) == 0
    assert taken == [0]


def test_who_takes_a_process_along_is_named_and_the_others_are_all_there():
    items = [*range(1, 21), -1, *range(21, 41), -2, -3, *range(41, 50)]
    expected = [("lost", i) if i < 0 else i * i for i in items]
    assert list(spread(square_or_die, items, lost, 2)) == expected


def test_what_cannot_be_sent_is_lost_alone():
    unsendable = itertools.count  # stands for any object that does not travel
    items = [1, (lambda: unsendable), 3]
    found = list(spread(slowly, items, lost, 2))
    assert [found[0], found[2]] == [1, 3]
    assert found[1] == ("lost", items[1])


@pytest.mark.parametrize("processes", [0, -1])
def test_no_processes_is_bad_input(processes):
    with pytest.raises(vt.BadInput) as said:
        spread(slowly, [1], lost, processes)
    assert said.value.code == "processes"


def test_all_cores_are_those_this_process_may_use(monkeypatch):
    assert 1 <= cores() <= (os.cpu_count() or 1)
    monkeypatch.delattr(os, "sched_getaffinity", raising=False)
    assert cores() == (os.cpu_count() or 1)


def test_a_script_without_a_guard_hears_what_to_do(tmp_path):
    script = tmp_path / "script.py"
    script.write_text(
        "import velveteen as vt\n"
        "from velveteen.cohort.pool import spread\n"
        "try: print(list(spread(str, [1, 2], repr, 2)))\n"
        "except vt.BadInput as error: print(error.code)\n"
    )
    ended = subprocess.run(
        [sys.executable, str(script)], check=False, capture_output=True, text=True, timeout=120
    )
    assert ended.stdout.splitlines()[-1] == "processes_did_not_start"
