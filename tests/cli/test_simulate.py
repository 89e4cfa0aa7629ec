"""`simulate`: files of an invented household, the same for the same seed, and readable by the commands that read."""

from __future__ import annotations

import json

import pytest

NAMES = ["chat.zip", "cells.csv", "diary.csv", "truth.json", "turning_points.csv"]


def test_it_writes_its_files_and_names_them(vv, tmp_path):
    ended = vv(
        "simulate", "--out", tmp_path / "h", "--account", "lasting", "--weeks", "8", "--seed", "3", "--json"
    )
    assert ended.code == 0
    assert sorted(ended.json["files"]) == sorted(NAMES)
    assert sorted(p.name for p in (tmp_path / "h").iterdir()) == sorted(NAMES)
    assert json.loads((tmp_path / "h" / "truth.json").read_text("utf-8"))["account"] == "lasting"


def test_the_same_seed_is_the_same_household(vv, tmp_path):
    for folder, seed in [("a", 3), ("b", 3), ("c", 4)]:
        assert vv("simulate", "--out", tmp_path / folder, "--weeks", "8", "--seed", seed).code == 0
    cells = {folder: (tmp_path / folder / "cells.csv").read_text() for folder in "abc"}
    assert cells["a"] == cells["b"]
    assert cells["a"] != cells["c"]


@pytest.mark.parametrize(
    "options", [("--account", "cured"), ("--weeks", "0"), ("--seed", "-1"), ("--therapy", "magic")]
)
def test_what_cannot_be_simulated_is_two(vv, tmp_path, options):
    ended = vv("simulate", "--out", tmp_path / "h", *options)
    assert ended.code == 2
    assert not (tmp_path / "h").exists()
