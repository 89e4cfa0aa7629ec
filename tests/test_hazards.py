"""Every hazard names what reduces it and tests that exist; a guard that lost its test is found here."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
ROWS = [
    [cell.strip() for cell in re.split(r"(?<!\\)\|", line.strip("|"))]
    for line in (ROOT / "docs" / "hazards.md").read_text("utf-8").splitlines()
    if line.startswith("| ") and not line.startswith("| hazard ")
]


def missing(tests: str) -> list[str]:
    """The tests named in a cell that no file holds; the cell itself where it names none."""
    named = re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", tests)
    lost = [f"{path}::{name}" for path, name in named if name not in functions(ROOT / path)]
    return lost if named else [tests]


def functions(path: Path) -> set[str]:
    tree = ast.parse(path.read_text("utf-8")) if path.is_file() else ast.Module([], [])
    return {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[0][:60])
def test_a_hazard_is_weighed_guarded_and_tested(row: list[str]) -> None:
    _, likely, bad, guards, tests = row
    assert likely.split()[0] in {"rare", "possible", "likely"}
    assert bad in {"bad", "grave"}
    assert guards
    assert missing(tests) == []


def test_a_test_that_is_not_there_is_found() -> None:
    here = f"tests/{Path(__file__).name}"
    assert missing("nothing") == ["nothing"]
    assert missing(f"`{here}::test_of_nothing`") == [f"{here}::test_of_nothing"]
    assert missing("`tests/test_gone.py::test_x`") == ["tests/test_gone.py::test_x"]
    assert missing(f"`{here}::test_a_test_that_is_not_there_is_found`") == []
