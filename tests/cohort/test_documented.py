"""The columns of a result are a contract: each stands in the reference, and nothing stands there that is not."""

from __future__ import annotations

import re
from pathlib import Path

from velveteen.cohort.result_table import SCHEMA
from velveteen.judge.verdict import ACCOUNTS, READERS, TESTS

PAGE = (Path(__file__).parents[2] / "docs" / "reference" / "cohort.md").read_text("utf-8")


def spelled_out(name):
    """The columns that one name in the page stands for."""
    for word, values in (("READER", READERS), ("ACCOUNT", ACCOUNTS), ("TEST", TESTS)):
        if word in name:
            return [full for value in values for full in spelled_out(name.replace(word, value))]
    return [name]


def test_every_column_is_documented_and_every_documented_column_is_there():
    section = PAGE.split("| column | type | meaning |")[1].split("\n\n")[0]
    cells = [row.split("|")[1] for row in section.splitlines() if row.startswith("| `")]
    named = [
        column for cell in cells for name in re.findall(r"`(\w+)`", cell) for column in spelled_out(name)
    ]
    assert sorted(named) == sorted(SCHEMA)
