"""The running program: what is left in memory and on the disk, when it locks by itself, and what it bears."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from urllib.parse import urlsplit

import httpx2
import pytest
from tests.app.conftest import PASSPHRASE
from tests.app.running import running

from velveteen.app import serve
from velveteen.app.desk import DRAFTS
from velveteen.app.keys import Keys
from velveteen.app.shell import path
from velveteen.journal.key import read_header, unlock
from velveteen.journal.sealed import SealedJournal

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
CANARY = "Xanthippe-kanarienvogel"
NOTE = f"{CANARY} said nothing at all"
OPEN_TO_LOOKS = "serve.keep_private = lambda: None"  # a test that is not root may look then


def begin(client: httpx2.Client, words: str = NOTE) -> None:
    client.post("/n/", data={"words": words})
    answer = client.post(
        path("begin"), data={"side": "partner", "which": "own", "own": PASSPHRASE, "again": PASSPHRASE}
    )
    assert answer.status_code == 200


def forms(text: str) -> list[bytes]:
    """A text as it can lie in memory."""
    return [text.encode(), text.encode("utf-16-le"), text.encode("utf-32-le")]


def test_after_a_lock_neither_words_nor_passphrase_nor_key_are_in_the_process_s_memory(tmp_path):
    journal = tmp_path / "notes"
    with running(journal, OPEN_TO_LOOKS) as it:
        begin(it.client)
        key = unlock(read_header(journal), PASSPHRASE)
        secrets = [*forms(CANARY), *forms(PASSPHRASE), key, key.hex().encode()]
        before = it.memory()
        assert forms(CANARY)[0] in before  # what is looked for can be found
        pid = it.process.pid
        it.client.post(path("lock"))
        assert it.until(it.locked)
        after = it.memory()
        assert [s for s in secrets if s in after] == []
        assert len(after) > 2**20
        assert it.process.pid == pid


def test_a_lock_keeps_the_browser_and_the_words_come_back_with_the_passphrase(tmp_path):
    with running(tmp_path / "notes") as it:
        begin(it.client)
        it.client.post(path("leave"), data={"draft": "sentence", "words": "half a thought"})
        assert it.until(it.locked)
        assert CANARY not in it.client.get(path("today")).text
        assert "half a thought" in it.client.post("/n/", data={"words": "", "passphrase": PASSPHRASE}).text
        assert httpx2.get(it.opening).status_code == 403  # the address is spent after a lock as before


def test_the_notes_lock_when_nobody_is_there(tmp_path):
    with running(tmp_path / "notes", f"{OPEN_TO_LOOKS}\nserve.LOCK_AFTER = 2.0") as it:
        begin(it.client)
        # Asking would show that somebody is there; the memory of the process tells without asking.
        assert it.until(lambda: CANARY.encode() not in it.memory(), 20)
        assert it.until(it.locked)


FULL = """
from velveteen.journal.sealed import SealedJournal
from velveteen.problems import Refused
def full(*_):
    raise Refused("disk_full", "The disk is full.")
SealedJournal.keep = SealedJournal.drop = full
"""


@pytest.mark.parametrize("by_hand", [True, False])
def test_a_full_disk_loses_unsaved_words_and_never_the_lock(tmp_path, by_hand):
    with running(tmp_path / "notes", f"{OPEN_TO_LOOKS}\n{FULL}\nserve.LOCK_AFTER = 2.0") as it:
        begin(it.client)
        if by_hand:
            it.client.post(path("leave"), data={"draft": "sentence", "words": CANARY})
        assert it.until(lambda: CANARY.encode() not in it.memory(), 20)
        assert it.until(it.locked)


@pytest.mark.parametrize("sent", [b"", b"POST /n/f HTTP/1.1\r\nHost:", b"GET / HTTP/1.1\r\nHost: x\r\n\r\n"])
def test_connections_of_others_leave_a_place_for_leaving(tmp_path, sent):
    with running(tmp_path / "notes", OPEN_TO_LOOKS) as it, contextlib.ExitStack() as held:
        begin(it.client)
        host, port = urlsplit(it.origin).hostname, urlsplit(it.origin).port
        for _ in range(3 * serve.PLACES):
            other = held.enter_context(socket.create_connection((host, port)))
            with contextlib.suppress(OSError):
                other.sendall(sent)
        assert (
            httpx2.post(
                it.origin + path("leave"), headers=dict(it.client.headers), cookies=dict(it.client.cookies)
            ).status_code
            == 200
        )
        assert it.until(lambda: CANARY.encode() not in it.memory(), 10)


def test_bodies_that_never_end_leave_a_place_for_leaving_and_for_every_page(tmp_path):
    with running(tmp_path / "notes", OPEN_TO_LOOKS) as it, contextlib.ExitStack() as held:
        begin(it.client)
        here = urlsplit(it.origin)
        cookie = "; ".join(f"{k}={v}" for k, v in it.client.cookies.items())
        for _ in range(2 * serve.PLACES):
            other = held.enter_context(socket.create_connection((here.hostname, here.port)))
            head = (
                f"POST {here.path}{path('sentence')} HTTP/1.1\r\nHost: {here.netloc}\r\nCookie: {cookie}\r\n"
                f"Origin: http://{here.netloc}\r\nContent-Length: 99\r\n"
                "Content-Type: application/x-www-form-urlencoded\r\n\r\nw"
            )
            with contextlib.suppress(OSError):
                other.sendall(head.encode())
            time.sleep(0.005)  # each is taken up before the next comes
        assert httpx2.get(it.origin + path("help"), cookies=dict(it.client.cookies)).status_code == 200
        sent = {"headers": dict(it.client.headers), "cookies": dict(it.client.cookies)}
        assert httpx2.post(it.origin + path("leave"), **sent).status_code == 200
        assert it.until(lambda: CANARY.encode() not in it.memory(), 10)


@pytest.mark.parametrize("way", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT], ids=lambda s: s.name)
def test_however_the_program_is_ended_what_was_typed_is_sealed_and_nothing_is_left_over(tmp_path, way):
    with running(tmp_path / "notes") as it:
        begin(it.client)
        it.client.post(path("keep"), data={"draft": "sentence", "words": "half a thought"})
        it.process.send_signal(way)
        it.process.wait(10)
    with SealedJournal.open(tmp_path / "notes", PASSPHRASE) as journal:
        assert json.loads(journal.kept(DRAFTS)) == {"sentence": "half a thought"}
    assert {f.name for f in tmp_path.iterdir()} == {"notes", "notes.key"}


def test_after_a_lock_ctrl_c_is_no_trouble_either(tmp_path, capfd):
    with running(tmp_path / "notes") as it:
        begin(it.client)
        it.client.post(path("lock"))
        assert it.until(it.locked)
        it.process.send_signal(signal.SIGINT)
        assert it.process.wait(10) == 0
    assert capfd.readouterr().err == ""


def test_a_form_that_never_ends_does_not_keep_the_program_from_ending(tmp_path):
    with running(tmp_path / "notes") as it:
        here = urlsplit(it.origin)
        cookie = "; ".join(f"{k}={v}" for k, v in it.client.cookies.items())
        with socket.create_connection((here.hostname, here.port)) as other:
            other.sendall(
                f"POST {here.path}/n/ HTTP/1.1\r\nHost: {here.netloc}\r\nCookie: {cookie}\r\n"
                f"Origin: http://{here.netloc}\r\nContent-Length: 99\r\n"
                "Content-Type: application/x-www-form-urlencoded\r\n\r\nw".encode()
            )
            assert it.client.get("/n/").status_code == 200
            it.process.send_signal(signal.SIGTERM)
            it.process.wait(6)


def test_a_broken_form_tells_the_terminal_nothing(tmp_path, capfd):
    with running(tmp_path / "notes") as it:
        it.client.post("/n/", content=b"words", headers={"content-type": "multipart/form-data; boundary=x"})
    assert capfd.readouterr().err == ""


def test_without_a_new_process_the_program_ends(monkeypatch):
    ended = []

    def nowhere(*_):
        raise OSError

    monkeypatch.setattr(serve.os, "execv", nowhere)
    monkeypatch.setattr(serve.os, "_exit", ended.append)
    with serve.listen() as sock, pytest.raises(OSError):  # noqa: PT011  (that it ends is what counts)
        serve.replace_process(sock, Path("notes"), Keys())
    assert ended == [1]


def test_after_a_lock_no_module_comes_from_the_folder_one_stands_in(monkeypatch):
    monkeypatch.setattr(sys, "path", ["/somewhere"])
    assert serve._python() == [sys.executable, "-P"]
    monkeypatch.setattr(sys, "path", ["", "/somewhere"])
    assert serve._python() == [sys.executable]


def test_the_notes_lock_when_the_machine_has_slept(tmp_path):
    slept = (
        f"{OPEN_TO_LOOKS}\n"
        "import time as real, types\n"
        "began = real.monotonic()\n"
        "jump = lambda: 3600.0 if real.monotonic() - began > 4 else 0.0\n"
        "serve.time = types.SimpleNamespace(time=lambda: real.time() + jump(), monotonic=real.monotonic)"
    )
    with running(tmp_path / "notes", slept) as it:
        begin(it.client)
        assert it.until(lambda: CANARY.encode() not in it.memory(), 20)
        assert it.until(it.locked)


def test_a_whole_evening_leaves_no_word_of_it_on_the_disk(tmp_path):
    home, temporary = tmp_path / "home", tmp_path / "tmp"
    home.mkdir()
    temporary.mkdir()
    environment = {
        **os.environ,
        "HOME": str(home),
        "TMPDIR": str(temporary),
        "XDG_CACHE_HOME": str(home / "cache"),
    }
    with running(home / "notes", **environment) as it:
        begin(it.client)
        it.client.post(path("sentence"), data={"words": f"{CANARY} promised to call by Friday"})
        it.client.post(path("today"), data={"day": "refused", "treated": "2", "act": "shouted"})
        it.client.post(path("sheet", "2"), data={"raised": CANARY, "answer": "denied", "feelings": CANARY})
        it.client.post(path("sentence"), files={"words": (None, CANARY + "x" * 90_000)})
        it.client.post(path("keep"), data={"draft": "sentence", "words": CANARY})
        for page in ("today", "help"):
            it.client.get(path(page))
        found = searched(tmp_path)  # while it is open, with its log beside it
        it.client.post(path("leave"), data={"draft": "sentence", "words": CANARY})
        assert it.until(it.locked)
        found += searched(tmp_path)
    assert found == []
    with SealedJournal.open(home / "notes", PASSPHRASE) as journal:
        assert sum(CANARY in e.facts for e in journal.entries()) >= 2  # it was written, and sealed


def searched(folder: Path) -> list[str]:
    """Files that hold the canary, in their bytes or in their names."""
    files = [f for f in folder.rglob("*") if f.is_file()]
    assert files
    held = [f.name for f in files if any(form in f.read_bytes() for form in forms(CANARY))]
    return held + [f.name for f in folder.rglob("*") if CANARY in f.name]


def test_an_upload_of_twenty_megabytes_is_never_a_temporary_file(tmp_path):
    temporary = tmp_path / "tmp"
    temporary.mkdir()
    watched = (
        "import tempfile\n"
        "def no(self): raise RuntimeError('rolled over to the disk')\n"
        "tempfile.SpooledTemporaryFile.rollover = no"
    )
    with running(tmp_path / "notes", watched, **{**os.environ, "TMPDIR": str(temporary)}) as it:
        answer = it.client.post("/n/", files={"words": (None, "short"), "file": ("x", b"c" * 20 * 2**20)})
        assert answer.status_code == 200
        assert list(temporary.iterdir()) == []


def test_the_process_cannot_be_dumped_and_its_files_are_the_owner_s_alone(tmp_path):
    told = (
        "import ctypes, os\n"
        "serve.keep_private()\n"
        "print(ctypes.CDLL(None).prctl(3), oct(os.umask(0)), flush=True)\n"
        "os.umask(0o077)"
    )
    driver = f"from velveteen.app import serve\n{told}\nimport resource; print(resource.getrlimit(resource.RLIMIT_CORE))"
    done = subprocess.run([sys.executable, "-c", driver], capture_output=True, text=True, check=True)
    assert done.stdout.split("\n")[:2] == ["0 0o77", "(0, 0)"]


def test_nobody_but_this_machine_is_listened_to():
    with serve.listen() as made:
        assert made.getsockname()[0] == "127.0.0.1"


def test_ten_thousand_requests_are_answered(tmp_path):
    async def many(origin: str, cookie: str) -> list[int]:
        async with httpx2.AsyncClient(base_url=origin, headers={"cookie": cookie}) as client:
            found = []
            for _ in range(313):
                answers = await asyncio.gather(*(client.get("/n/k.svg") for _ in range(32)))
                found += [a.status_code for a in answers]
            return found

    with running(tmp_path / "notes") as it:
        cookie = "; ".join(f"{k}={v}" for k, v in it.client.cookies.items())
        codes = asyncio.run(many(it.origin, cookie))
        assert len(codes) == 10_016
        assert set(codes) == {200}
        assert it.client.get("/n/").status_code == 200


def test_another_user_of_the_machine_gets_one_sentence_without_the_cookie(tmp_path):
    with running(tmp_path / "notes") as it:
        begin(it.client)
        for address in ("/", "/n/", path("today"), path("record")):
            answer = httpx2.get(it.origin + address)
            assert answer.status_code == 403
            assert "<" not in answer.text


def test_the_minutes_until_a_lock_are_the_owner_s_choice(desk):
    desk.begin(PASSPHRASE, side="partner")
    assert serve.lock_after(desk) == 300.0
    for said, seconds in (("1", 60.0), ("60", 3600.0), ("0", 300.0), ("61", 300.0), ("soon", 300.0)):
        desk.set(lock_after=said)
        assert serve.lock_after(desk) == seconds


def test_a_token_is_worth_one_use():
    keys = Keys()
    assert not keys.spend("")
    token = keys.token
    assert keys.spend(token)
    assert not keys.spend(token)
    assert not keys.spend("")
