"""A folder of bundles: each is judged from its cells alone, and one that is bad says why and costs no other."""

from __future__ import annotations

import hashlib
from datetime import date

import pytest

from velveteen.cohort import caseload
from velveteen.cohort.caseload import bundles_in, judge_caseload
from velveteen.journal.sealing import read_identities, seal, write_identity
from velveteen.judge.api import judge
from velveteen.measure.bundle import bundle_of, to_bytes
from velveteen.measure.cells import Cell
from velveteen.measure.weeks import week_of
from velveteen.problems import BadInput

FIRST = week_of(date(2025, 1, 6))


def cells(weeks):
    rows = [(w, s) for w in range(weeks) for s in (0.0, 1.0)]
    return [Cell(FIRST + w, "harm", float((w + s) % 4), 0.5, "partner", s) for w, s in rows]


@pytest.fixture
def therapist(tmp_path):
    """Public key and identities."""
    public = write_identity(tmp_path / "secret")
    return public, read_identities(tmp_path / "secret")


@pytest.fixture
def folder(tmp_path, therapist):
    folder = tmp_path / "bundles"
    folder.mkdir()
    other = write_identity(tmp_path / "other")
    files = {
        "a.age": seal(to_bytes(bundle_of(cells(10), made=date(2025, 9, 1), title="K 14")), therapist[0]),
        "b.age": seal(to_bytes(bundle_of(cells(10), made=date(2025, 9, 1))), other),
        "c.age": b"junk",
        "d.age": seal(b"{}", therapist[0]),
        "e.age": seal(to_bytes(bundle_of(cells(3), made=date(2025, 9, 2))), therapist[0]),
        "notes.txt": b"not looked at",
    }
    for name, data in files.items():
        (folder / name).write_bytes(data)
    return folder


def test_each_is_judged_or_says_why(folder, therapist):
    seen = []
    cases = list(judge_caseload(bundles_in(folder), therapist[1], lambda *told: seen.append(told)))
    assert [(c.file, c.code) for c in cases] == [
        ("a.age", ""), ("b.age", "cannot_unseal"), ("c.age", "cannot_unseal"), ("d.age", "bundle_unreadable"),
        ("e.age", "too_few_weeks"),
    ]  # fmt: skip
    assert seen[-1] == ("e.age", 5, 5)
    assert all(case.reason.endswith(".") for case in cases[1:])
    assert cases[0].verdict.odds == judge(cells(10), sensitivity=False).odds
    content = to_bytes(bundle_of(cells(10), made=date(2025, 9, 1), title="K 14"))
    assert cases[0].digest == hashlib.sha256(content).hexdigest()
    assert (cases[0].bundle.title, cases[4].bundle.title, cases[1].bundle) == ("K 14", "A record", None)


def test_a_folder_without_bundles_is_bad_input(tmp_path):
    for folder in (tmp_path, tmp_path / "none"):
        with pytest.raises(BadInput) as wrong:
            bundles_in(folder)
        assert wrong.value.code == "no_bundles"


def test_a_file_that_cannot_be_read_or_is_too_large_says_so(tmp_path, therapist, monkeypatch):
    monkeypatch.setattr(caseload, "LARGEST", 10)
    large, gone = tmp_path / "large.age", tmp_path / "gone.age"
    large.write_bytes(b"x" * 11)
    cases = list(judge_caseload([large, gone], therapist[1], lambda *_: None))
    assert [case.code for case in cases] == ["too_large", "file_unreadable"]
