"""Homes made of files, with a journal in one of them."""

from __future__ import annotations

import pytest

from velveteen.journal.traces import find_traces


@pytest.fixture
def home(tmp_path):
    folder = tmp_path / "home"
    folder.mkdir()
    return folder


@pytest.fixture
def root(tmp_path):
    folder = tmp_path / "root"
    folder.mkdir()
    return folder


@pytest.fixture
def put(tmp_path):
    """Write a file of a path below the test's folder: `put("home/.bash_history", "ls")`."""

    def write(name, data):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data if isinstance(data, bytes) else data.encode())
        path.chmod(0o600)
        return path

    return write


@pytest.fixture
def look(home, root):
    """What is found: pairs of kind and name of the file."""

    def found(journal=None):
        traces = find_traces(home, journal, root=root)
        for trace in traces:
            assert trace.what.endswith(".")
            assert trace.clear.endswith(".")
        return [(trace.kind, trace.where) for trace in traces]

    return found
