"""`find_traces` names what somebody could find on a device, nothing that is not there, and changes no file."""

import os
from pathlib import Path

import pytest

from velveteen.guide.words import NEVER_SAID, SHAMING, found
from velveteen.journal import key, pair
from velveteen.journal.notebook import create_pair, open_either
from velveteen.journal.traces import find_traces
from velveteen.journal.traces import trace as trace_module


def test_an_empty_home_has_none(look, home):
    assert look() == []
    assert look(home / "notes.vv") == []


@pytest.mark.parametrize(
    "name", [".bash_history", ".zsh_history", ".local/share/fish/fish_history", ".viminfo", ".python_history"]
)
def test_a_command_that_was_typed(put, look, name):
    path = put(f"home/{name}", "ls\nVelveteen new --journal diary\ncd\n")
    assert look() == [("shell_history", str(path))]
    put(f"home/{name}", "ls\ncat shopping\n")
    assert look() == []


def test_the_journal_s_own_name_is_looked_for_too(put, look, home):
    path = put("home/.bash_history", "cp my-notes.vv /media/stick\n")
    assert look() == []
    assert look(home / "my-notes.vv") == [("shell_history", str(path))]


def test_lines_are_counted(put, home, root):
    put("home/.bash_history", "velveteen a\nls\nvelveteen b\n")
    assert "on 2 lines" in find_traces(home, root=root)[0].what
    put("home/.bash_history", "velveteen a\n")
    assert "on 1 line." in find_traces(home, root=root)[0].what


@pytest.mark.parametrize("form", ["my notes.vv", "my%20notes.vv"])
def test_recently_used_files(put, look, home, form):
    path = put("home/.local/share/recently-used.xbel", f'<bookmark href="file:///somewhere/{form}"/>')
    assert look(home / "my notes.vv") == [("recent_files", str(path))]
    assert look(home / "other.vv") == []


def test_links_that_windows_keeps(put, look, home):
    path = put("home/AppData/Roaming/Microsoft/Windows/Recent/My-Notes.vv.lnk", b"\0")
    put("home/AppData/Roaming/Microsoft/Windows/Recent/holiday.lnk", b"\0")
    assert look(home / "my-notes.vv") == [("recent_files", str(path))]


@pytest.mark.parametrize(
    "folder",
    [
        "Dropbox",
        "OneDrive",
        "OneDrive - Work",
        "Google Drive",
        "Nextcloud",
        "Library/Mobile Documents",
        "iCloud",
    ],
)
def test_a_synced_folder_by_its_name(put, look, home, folder):
    journal = put(f"home/{folder}/deep/notes.vv", b"x")
    assert look(journal) == [("synced_folder", str(home / folder))]


@pytest.mark.parametrize("folder", ["Documents", "dropped boxes", "synchrony"])
def test_a_folder_that_is_not_synced(put, look, folder):
    assert look(put(f"home/{folder}/notes.vv", b"x")) == []


def test_a_synced_folder_by_a_mark_in_it(put, look, home):
    journal = put("home/things/notes.vv", b"x")
    (home / "things" / ".stfolder").mkdir()
    assert look(journal) == [("synced_folder", str(home / "things"))]


def test_a_synced_folder_by_what_a_program_was_told(put, look, home):
    journal = put("home/things/notes.vv", b"x")
    told = put("home/.dropbox/info.json", '{"personal": {"path": "%s"}}' % (home / "things"))
    assert look(journal) == [("synced_folder", str(home / "things"))]
    for broken in ("no json", "[]", '{"personal": 3}', '{"personal": {}}'):
        told.write_text(broken)
        assert look(journal) == []
    put("home/.config/Nextcloud/nextcloud.cfg", f"[Accounts]\n0\\Folders\\1\\localPath={home / 'things'}/\n")
    assert look(journal) == [("synced_folder", str(home / "things"))]


def test_a_link_into_a_synced_folder_is_followed(put, look, home):
    put("home/Dropbox/notes.vv", b"x")
    (home / "Documents").symlink_to(home / "Dropbox")
    assert look(home / "Documents" / "notes.vv") == [("synced_folder", str(home / "Dropbox"))]


@pytest.mark.skipif(os.name == "nt", reason="rights of another kind")
@pytest.mark.parametrize("end", ["", ".key", "-wal"])
def test_a_file_of_the_journal_that_others_may_read(put, look, end):
    journal = put("home/notes.vv", b"x")
    path = put(f"home/notes.vv{end}", b"x")
    path.chmod(0o640)
    assert look(journal) == [("permissions", str(path))]


def test_a_file_left_half_written_beside_the_journal(put, look):
    journal = put("home/mine/notes.vv", b"x")
    drafts = [put("home/mine/.paper.html.0123abcd", b"x"), put("home/mine/notes.vv.new", b"x")]
    put("home/mine/.gitignore", b"x")
    put("home/mine/other.new", b"x")
    assert look(journal) == [("unfinished_file", str(path)) for path in drafts]


def test_temporary_files_and_the_bin(put, look):
    temporary = put("root/tmp/a/velveteen-123.html", b"x")
    binned = put("home/.local/share/Trash/files/velveteen-paper.html", b"x")
    put("root/tmp/other", b"x")
    put("home/.local/share/Trash/files/holiday.jpg", b"x")
    assert look() == [("temporary_file", str(temporary)), ("bin", str(binned))]


SWAPS = "Filename\tType\tSize\tUsed\tPriority\n"
LIMITS = "Limit  Soft Limit  Hard Limit  Units\nMax core file size        {}  unlimited  bytes\n"


def test_swap_space_on_a_disk(put, look):
    put("root/proc/swaps", SWAPS)
    assert look() == []
    put("root/proc/swaps", SWAPS + "/dev/zram0 partition 1 0 100\n")
    assert look() == []
    put("root/proc/swaps", SWAPS + "/dev/sda2 partition 1 0 -2\n")
    assert look() == [("swap", "/dev/sda2")]


@pytest.mark.parametrize(
    ("pattern", "soft", "kept"),
    [
        ("core", "0", False),
        ("core", "unlimited", True),
        ("core", "1024", True),
        ("|/usr/lib/handler", "0", True),
        ("", "1", False),
    ],
)
def test_files_of_programs_that_crashed(put, look, root, pattern, soft, kept):
    path = put("root/proc/sys/kernel/core_pattern", f"{pattern}\n")
    put("root/proc/self/limits", LIMITS.format(soft))
    assert look() == ([("crash_files", str(path))] if kept else [])


def test_what_cannot_be_looked_at_is_said(put, look, monkeypatch):
    path = put("home/.bash_history", "velveteen\n")
    recent = put("home/.local/share/recently-used.xbel", "x")
    monkeypatch.setattr(trace_module, "MAX_BYTES", 0)
    assert look() == [("unreadable", str(path)), ("unreadable", str(recent))]
    monkeypatch.undo()

    def refuse(self):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "read_bytes", refuse)
    assert look() == [("unreadable", str(path)), ("unreadable", str(recent))]


def test_a_folder_that_is_closed_holds_nothing_to_find(look, monkeypatch):
    def refuse(self, pattern):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "glob", refuse)
    assert look() == []


def test_nothing_is_changed(put, look, tmp_path):
    journal = put("home/Dropbox/notes.vv", b"x")
    put("home/.bash_history", "velveteen\n")
    put("home/.mozilla/firefox/a/places.sqlite", b"no database")

    def everything():
        return {
            p: (p.stat().st_mtime_ns, p.stat().st_mode, p.is_file() and p.read_bytes())
            for p in tmp_path.rglob("*")
        }

    before = everything()
    assert len(look(journal)) == 3
    assert everything() == before


def test_no_sentence_shames_or_promises(put, home, root):
    journal = put("home/Dropbox/velveteen.vv", b"x")
    journal.chmod(0o644)
    for name in (".bash_history", ".local/share/recently-used.xbel", ".local/share/Trash/files/velveteen"):
        put(f"home/{name}", "velveteen")
    put("home/Dropbox/.a.01234567", b"x")
    put("root/tmp/velveteen", b"x")
    put("root/proc/swaps", SWAPS + "/dev/sda2 partition\n")
    put("root/proc/sys/kernel/core_pattern", "|x")
    traces = find_traces(home, journal, root=root)
    assert len({trace.kind for trace in traces}) == 9
    told = [text for trace in traces for text in (trace.what, trace.clear)]
    assert [(text, hit) for text in told if (hit := found(text, SHAMING + NEVER_SAID))] == []


@pytest.fixture
def two(home, cheap_key):
    """NAME, of which a pair was made."""
    create_pair(home / "notes.vv", "one two three", "four five six")
    return home / "notes.vv"


def test_around_a_pair_both_files_are_looked_at_under_its_name_and_under_either(look, two):
    one, other = pair.both(two)
    assert [look(file) for file in (two, one, other)] == [[], [], []]
    other.chmod(0o644)
    assert {kind for kind, where in look(two) if where == str(other)} == {"permissions"}
    assert ("permissions", str(other)) in look(one)


def test_the_names_of_a_pair_are_looked_for_too(put, look, two):
    path = put("home/.bash_history", "cp notes-2.vv /media/stick\n")
    assert look(two) == [("shell_history", str(path))]


def test_two_that_can_be_told_apart_are_told(look, two):
    one, other = pair.both(two)
    key.key_path(other).touch()
    assert look(two) == [("two_unlike", str(one))]
    open_either(two, "one two three").close()
    assert look(two) == []
