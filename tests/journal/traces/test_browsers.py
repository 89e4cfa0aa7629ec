"""Pages of this device in browsers' histories are found, in the file and in its log, and no others are counted."""

import sqlite3

import pytest

from velveteen.journal.traces import find_traces

PLACES = [
    ("home/.mozilla/firefox/ab.default/places.sqlite", "moz_places"),
    ("home/snap/firefox/common/.mozilla/firefox/ab/places.sqlite", "moz_places"),
    ("home/.config/google-chrome/Default/History", "urls"),
    ("home/.config/BraveSoftware/Brave-Browser/Default/History", "urls"),
    ("home/AppData/Local/Google/Chrome/User Data/Default/History", "urls"),
    ("home/Library/Safari/History.db", "history_items"),
]
HERE = ["http://127.0.0.1:40123/n/today", "http://localhost:8000/", "https://[::1]:99/x", "HTTP://LOCALHOST/"]
ELSEWHERE = [
    "https://example.org/?u=http://127.0.0.1/",
    "http://localhost.example.org/",
    "http://127.0.0.10/",
    None,
]


@pytest.fixture
def browsed(tmp_path):
    """Write a history with these addresses; in the way browsers do, with a log beside it."""

    def write(name, table, urls, *, in_log=()):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        connection = sqlite3.connect(path)
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute(f"CREATE TABLE {table} (id INTEGER PRIMARY KEY, url TEXT)")
        connection.executemany(f"INSERT INTO {table} (url) VALUES (?)", [(url,) for url in urls])
        connection.commit()
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.executemany(f"INSERT INTO {table} (url) VALUES (?)", [(url,) for url in in_log])
        connection.commit()
        data, log = path.read_bytes(), path.with_name(path.name + "-wal").read_bytes()
        connection.close()
        path.write_bytes(data)
        if in_log:
            path.with_name(path.name + "-wal").write_bytes(log)
        return path

    return write


@pytest.mark.parametrize(("name", "table"), PLACES)
def test_each_browser_where_it_keeps_its_history(browsed, home, root, name, table):
    path = browsed(name, table, [*HERE, *ELSEWHERE])
    [trace] = find_traces(home, root=root)
    assert (trace.kind, trace.where) == ("browser_history", str(path))
    assert "remembers 4 pages" in trace.what


@pytest.mark.parametrize(("name", "table"), PLACES)
def test_other_pages_are_none(browsed, home, root, name, table):
    browsed(name, table, ELSEWHERE)
    assert find_traces(home, root=root) == []


def test_one_page_is_said_as_one(browsed, home, root):
    browsed(*PLACES[0], HERE[:1])
    assert "remembers 1 page " in find_traces(home, root=root)[0].what


def test_a_page_that_only_stands_in_the_log(browsed, home, root):
    browsed(*PLACES[0], ["https://example.org/"], in_log=HERE[:1])
    [trace] = find_traces(home, root=root)
    assert "remembers pages" in trace.what


def test_a_history_that_is_none_is_said(look, put):
    path = put(PLACES[0][0], b"no database at all, but long enough to be looked at")
    assert look() == [("unreadable", str(path))]
    put(PLACES[0][0], b"")
    assert look() == []


def test_a_history_too_large_is_said(look, put, monkeypatch):
    path = put(PLACES[0][0], b"x" * 100)
    monkeypatch.setattr("velveteen.journal.traces.trace.MAX_BYTES", 10)
    assert look() == [("unreadable", str(path))]
