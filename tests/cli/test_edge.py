"""Every ending is a plain sentence and a code: nothing typed, and nothing that breaks, shows a traceback."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from velveteen import __version__
from velveteen.cli import app as commands
from velveteen.cli import edge
from velveteen.problems import AmbiguousDates, BadInput, Refused

NAMES = ("new", "import", "report", "judge", "messages", "danger", "help-now", "simulate", "demo")


@pytest.fixture
def breaks_with(monkeypatch):
    """Let every command end with an error."""

    def with_error(error):
        def broken(*_, **__):
            raise error

        monkeypatch.setattr(commands, "app", broken)

    return with_error


def test_no_arguments_show_the_help(vv):
    ended = vv()
    assert ended.code == 0
    for name in NAMES:
        assert name in ended.out


@pytest.mark.parametrize("name", NAMES)
def test_each_help_shows_an_example_that_names_the_command(vv, name):
    ended = vv(name, "--help")
    assert ended.code == 0
    assert f"Example: velveteen {name}" in " ".join(ended.out.split())


def test_the_version(vv):
    assert vv("--version").out == f"velveteen {__version__}\n"


@pytest.mark.parametrize(
    "typed", [("nonsense",), ("judge",), ("judge", "a.csv", "--odd"), ("judge", "a.csv", "--min-cells", "x")]
)
def test_a_slip_in_typing_is_a_sentence(vv, typed):
    ended = vv(*typed)
    assert ended.code == 2
    assert "velveteen --help" in ended.err
    assert ended.out == ""


def test_a_slip_in_typing_is_an_object_with_json(vv):
    ended = vv("judge", "cells.csv", "--therapy", "magic", "--json")
    assert ended.code == 2
    assert ended.json["schema"] == 1
    assert ended.json["error"]["code"] == "usage"
    assert "magic" in ended.json["error"]["message"]
    assert ended.json["error"]["line"] is None


def test_a_refusal_is_three(vv, breaks_with):
    breaks_with(Refused("too_little", "Too little to say.", line=4))
    ended = vv("judge", "--json")
    assert ended.code == 3
    assert ended.json == {
        "schema": 1,
        "error": {"code": "too_little", "message": "Too little to say.", "line": 4},
    }
    assert ended.err == "Too little to say.\n"


def test_ambiguous_dates_stand_beside_the_error(vv, breaks_with):
    breaks_with(AmbiguousDates("Which way round?"))
    ended = vv("messages", "--json")
    assert ended.code == 3
    assert ended.json["ambiguous_dates"] is True
    assert ended.json["error"]["code"] == "ambiguous_dates"


@pytest.mark.parametrize(
    "error", [ValueError("secret words"), RecursionError(), MemoryError(), KeyError("secret words")]
)
def test_what_nobody_expected_is_one_sentence_without_its_words(vv, breaks_with, error):
    breaks_with(error)
    ended = vv("judge", "--json")
    assert ended.code == 70
    assert ended.json["error"]["code"] == "unexpected"
    assert "secret" not in ended.out + ended.err
    assert "VELVETEEN_DEBUG=1" in ended.err


def test_debug_shows_what_happened(capsys, monkeypatch, breaks_with):
    monkeypatch.setenv("VELVETEEN_DEBUG", "1")
    breaks_with(ValueError("inner words"))
    assert edge.run(["judge"]) == 70
    assert "ValueError: inner words" in capsys.readouterr().err


def test_a_disk_error_names_the_file(vv, breaks_with):
    breaks_with(PermissionError(13, "Permission denied", "/folder/file"))
    ended = vv("report")
    assert ended.code == 2
    assert "/folder/file: Permission denied" in ended.err


def test_a_draft_s_name_never_reaches_people(vv, breaks_with):
    breaks_with(IsADirectoryError(21, "Is a directory", "/folder/.paper.html.60571fef"))
    assert "/folder/paper.html: Is a directory" in vv("report").err


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        (("judge", "a.csv", "--min-cells", "x"), "--min-cells takes a whole number; “x”"),
        (("judge", "a.csv", "--min-cells=0"), "--min-cells takes a whole number, 1 or more; “0”"),
        (("simulate", "--out", "h", "--weeks", "9999"), "--weeks takes a whole number, 1040 or less; “9999”"),
        (("judge", "a.csv", "--therapy", "magic"), "--therapy takes one of none, begun, committed; “magic”"),
    ],
)
def test_a_value_that_does_not_fit_is_told_in_our_own_words(vv, typed, said):
    ended = vv(*typed)
    assert ended.code == 2
    assert said in ended.err
    assert "Input should" not in ended.err
    assert "Value error" not in ended.err


def test_the_callable_package_shows_the_judge_s_signature_and_numpy_waits():
    code = (
        "import sys, inspect, velveteen as vt; early = 'numpy' in sys.modules;"
        "from velveteen.judge import api;"
        "print(early, inspect.signature(vt.judge) == inspect.signature(api.judge), 'min_cells' in vt.judge.__doc__)"
    )
    ended = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ended.stdout.split() == ["False", "True", "True"]


def test_a_number_in_quotes_is_no_number_of_cells():
    import velveteen

    with pytest.raises(BadInput, match="min_cells"):
        velveteen.judge({"week": [1]}, min_cells="12")


def test_an_interrupt_says_what_is_kept(vv, breaks_with):
    breaks_with(KeyboardInterrupt())
    ended = vv("report")
    assert ended.code == 130
    assert "still there" in ended.err


def test_numbers_that_json_does_not_know_become_null():
    given = {"a": [float("nan"), 1.5], "b": (float("inf"), -float("inf"), 2, None, "x", True)}
    assert edge.plain(given) == {"a": [None, 1.5], "b": [None, None, 2, None, "x", True]}


@pytest.mark.parametrize("options", ["'help-now', '--json'", "'help-now'", "'--help'"])
def test_a_reader_who_leaves_early_hears_nothing_more(options):
    code = f"import sys; from velveteen.cli import main; sys.argv = ['velveteen', {options}]; main()"
    reads, writes = os.pipe()
    os.close(reads)
    ended = subprocess.run(
        [sys.executable, "-c", code], stdout=writes, stderr=subprocess.PIPE, text=True, check=False
    )
    os.close(writes)
    assert ended.returncode == 1
    assert "Traceback" not in ended.stderr
    assert "Exception" not in ended.stderr


def test_the_package_runs_like_the_command():
    ended = subprocess.run(
        [sys.executable, "-m", "velveteen", "--version"], capture_output=True, text=True, check=True
    )
    assert ended.stdout == f"velveteen {__version__}\n"


def test_the_installed_command_starts_without_the_heavy_rooms():
    code = (
        "import sys; from velveteen.cli import edge; edge.run(['--help']);"
        "print(*sorted({'numpy', 'numba', 'rich', 'sqlcipher3', 'vl_convert', 'zxcvbn', 'jinja2'} & set(sys.modules)))"
    )
    ended = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ended.stdout.splitlines()[-1] == ""


def test_a_process_of_its_own_asks_for_one_thread_and_heeds_another_wish() -> None:
    code = (
        "import os, sys; from velveteen.cli import main; sys.argv = ['velveteen', '--version']\n"
        "try: main()\n"
        "finally: print(os.environ['OPENBLAS_NUM_THREADS'])"
    )
    bare = {k: v for k, v in os.environ.items() if k != "OPENBLAS_NUM_THREADS"}
    for wish, told in (({}, "1"), ({"OPENBLAS_NUM_THREADS": "3"}, "3")):
        done = subprocess.run(
            [sys.executable, "-c", code], env=bare | wish, capture_output=True, text=True, check=True
        )
        assert done.stdout.splitlines()[-1] == told
