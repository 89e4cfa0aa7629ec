"""Nothing that is written can be found on the disk without the key."""

import os
import subprocess
import sys
from pathlib import Path

WRITER = """
import sys
from datetime import datetime
from velveteen.journal.entries import Entry, uuid7
from velveteen.journal.sealed import SealedJournal
path, passphrase, *canaries = sys.argv[1:]
now = datetime(2026, 1, 1)
with SealedJournal.create(path, passphrase) as journal:
    for n in range(60):
        facts, feelings, about, own = (f"{canary}-{n}" for canary in canaries)
        journal.append([Entry(uuid7(), "act", now, now, {"act": own}, about, facts, feelings)] * 1, known="keep")
    journal.entries()
    journal._connection.execute("SELECT * FROM entries ORDER BY stored, salt").fetchall()
    print("written", flush=True)
    sys.stdin.read()
"""


def everything_in(folder):
    return {file: file.read_bytes() for file in Path(folder).rglob("*") if file.is_file()}


def test_canaries_are_found_nowhere_while_open_nor_after(tmp_path):
    home, temp = tmp_path / "home", tmp_path / "temp"
    home.mkdir()
    temp.mkdir()
    canaries = [f"canary{word}zebra" for word in ("facts", "feelings", "about", "act")]
    passphrase = "canarypassphrase quartz lantern"
    env = {**os.environ, "TMPDIR": str(temp), "SQLITE_TMPDIR": str(temp), "HOME": str(home)}
    command = [sys.executable, "-c", WRITER, str(home / "notes"), passphrase, *canaries]
    pipes = dict.fromkeys(("stdin", "stdout", "stderr"), subprocess.PIPE)
    with subprocess.Popen(command, env=env, **pipes) as writer:
        assert writer.stdout.readline() == b"written\n"
        while_open = everything_in(tmp_path)
        rest = writer.communicate()
    assert {"notes", "notes-wal", "notes.key"} <= {file.name for file in while_open}
    assert len(while_open[home / "notes-wal"]) > 60 * 4096
    after = everything_in(tmp_path)
    assert {file.name for file in after} == {"notes", "notes.key"}
    for data in (*while_open.values(), *after.values(), *rest):
        for secret in (*canaries, "canary", "zebra", passphrase, "lantern", "SQLite format", "CREATE TABLE"):
            assert secret.encode() not in data
