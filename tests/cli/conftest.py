"""Commands run in this process, a journal to run them on, and files as a person would have them."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import dataclass
from datetime import date, timedelta

import pytest

from velveteen.cli.edge import run

PASSPHRASE = "lantern orbit mustard velvet cabin dolphin"


@dataclass
class Ended:
    code: int
    out: str
    err: str

    @property
    def json(self):
        """The one object on stdout; a word that JSON does not know fails."""
        return json.loads(self.out, parse_constant=pytest.fail)


@pytest.fixture
def vv(capsys):
    """Run one command: `vv("judge", path, "--json")`."""

    def ended(*arguments):
        capsys.readouterr()
        code = run([str(a) for a in arguments])
        captured = capsys.readouterr()
        assert "Traceback" not in captured.out + captured.err
        return Ended(code, captured.out, captured.err)

    return ended


@pytest.fixture
def passphrase_file(tmp_path):
    path = tmp_path / "passphrase.txt"
    path.write_text(PASSPHRASE + "\n", "utf-8")
    return path


@pytest.fixture
def journal(tmp_path, vv, passphrase_file):
    """The options that open a new, empty journal."""
    sealed = ["--journal", str(tmp_path / "notes.vv"), "--passphrase-file", str(passphrase_file)]
    assert vv("new", *sealed).code == 0
    return sealed


def diary_csv(weeks, *, start=date(2024, 1, 1)):
    """A diary of every day: the third day of a week is hard, with one harmful act on it."""
    out = io.StringIO()
    rows = csv.writer(out)
    rows.writerow(["date", "contact", "day", "treated", "acts"])
    for number in range(weeks * 7):
        day, hard = start + timedelta(days=number), number % 7 == 2
        rows.writerow(
            [day, "yes", "refused" if hard else "calm", 3 if hard else 7, "put_me_down" if hard else ""]
        )
    return out.getvalue()


def cells_table(weeks, **columns):
    """A table of harm, one calm and one hard cell a week; named columns override every row's."""
    rows = ["week,channel,value,of,informant,strain"]
    for week in range(weeks):
        for strain in (0, 1):
            row = {
                "week": week,
                "channel": "harm",
                "value": (week + strain) % 4,
                "of": 0.5,
                "informant": "partner",
            }
            rows.append(",".join(str(v) for v in {**row, "strain": strain, **columns}.values()))
    return "\n".join(rows) + "\n"


@pytest.fixture
def written(tmp_path):
    """Write a file and give its path: `written("cells.csv", text)`; bytes are written as they are."""

    def write(name, content):
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return write
