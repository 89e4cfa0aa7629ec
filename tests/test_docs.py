"""The documentation cannot drift: the command reference is what the program says, and every dependency has its line."""

from __future__ import annotations

import importlib.util
import re
import tomllib
from pathlib import Path

import pytest
import typer

from velveteen.cli.app import app

ROOT = Path(__file__).parents[1]
REFERENCE = (ROOT / "docs" / "reference" / "cli.md").read_text("utf-8")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
SPEC = importlib.util.spec_from_file_location("reference_build", ROOT / "docs" / "reference" / "build.py")
BUILD = importlib.util.module_from_spec(SPEC)
SPEC.loader.exec_module(BUILD)
COMMANDS = dict(BUILD.commands(typer.main.get_command(app)))


def test_the_reference_is_fresh():
    assert BUILD.page() == REFERENCE, "stale: run `make docs`"


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_every_command_and_option_is_in_the_reference(name):
    section = REFERENCE.split(f"## velveteen {name}\n")[1].split("\n## ")[0]
    for parameter in COMMANDS[name].params:
        for option in (*parameter.opts, *parameter.secondary_opts):
            assert option in section or parameter.metavar in section
        assert parameter.help, f"{name}: {parameter.name} says nothing about itself"


def test_commands_of_a_group_are_called_by_both_words():
    assert {"cohort judge", "cohort prior", "judge"} <= COMMANDS.keys()


@pytest.mark.parametrize(
    "requirement", [*PROJECT["dependencies"], *PROJECT["optional-dependencies"]["cohort"]]
)
def test_every_dependency_says_why_and_instead_of_what(requirement):
    name = re.match(r"[a-z0-9-]+", requirement)[0]
    rows = [
        line
        for line in (ROOT / "docs" / "dependencies.md").read_text("utf-8").splitlines()
        if f"| {name} |" in line
    ]
    assert len(rows) == 1
    assert all(cell.strip() for cell in rows[0].strip("|").split("|"))


def test_decisions_are_numbered_without_gaps():
    numbers = sorted(int(path.name[:4]) for path in (ROOT / "docs" / "decisions").glob("*.md"))
    assert numbers == list(range(1, len(numbers) + 1))
