"""An erased entry is gone: from every reading, from the pages of the file and from its log, in both ways of erasing."""

import subprocess
import sys
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlcipher3 import dbapi2

from velveteen.journal import erase
from velveteen.journal.chain import first_misfit
from velveteen.journal.entries import current
from velveteen.journal.sealed import SealedJournal
from velveteen.problems import BadInput, Refused

from .conftest import PASSPHRASE
from .pages import plain_file, plain_log

CANARY = b"canaryquartz"
BOTH_WAYS = pytest.mark.parametrize("rewrite_chain", [False, True], ids=["link stays", "no trace"])


def said(number):
    return f"{CANARY.decode()}{number:04d}" * 20


@pytest.fixture
def filled(journal, entry):
    """A journal of 200 entries with words of many sizes, written in many batches; and the entries."""
    entries = [entry(1 + n % 28, act="lied", n=n, facts=said(n)[: 14 + n]) for n in range(200)]
    for start in range(0, 200, 7):
        journal.append(entries[start : start + 7])
    return journal, entries


@BOTH_WAYS
def test_the_others_stay_as_they_were_and_the_chain_fits(filled, rewrite_chain):
    journal, entries = filled
    assert journal.erase([entries[3].id, entries[199].id], rewrite_chain=rewrite_chain) == 2
    assert journal.entries() == [*entries[:3], *entries[4:199]]
    assert journal.verify() is None
    assert journal.append([entries[5]]) == 0
    assert journal.append([entries[3]]) == 1
    assert journal.verify() is None


def test_the_link_stays_so_that_an_erasure_is_told_from_a_change(filled):
    journal, entries = filled
    before = journal.chain()
    journal.erase([entries[3].id], rewrite_chain=False)
    after = journal.chain()
    assert [row.link for row in after] == [row.link for row in before]
    assert [index for index, row in enumerate(after) if row.erased] == [3]
    assert journal.erased() == 1
    assert (after[3].salt, after[3].stored) == (b"", before[3].digest)


def test_what_stood_before_an_erased_entry_still_cannot_be_changed(filled):
    journal, entries = filled
    journal.erase([entries[3].id], rewrite_chain=False)
    chain = journal.chain()
    for index in (1, 3):
        row = chain[index]
        for changed in (replace(row, stored=row.stored[:-1] + b"!"), replace(row, link=bytes(32))):
            assert first_misfit([*chain[:index], changed, *chain[index + 1 :]]) == index


def test_without_a_trace_nothing_tells_that_there_was_more(filled, path):
    journal, entries = filled
    journal.erase([entries[3].id], rewrite_chain=False)
    before = journal.chain()
    journal.erase([entries[9].id], rewrite_chain=True)
    chain = journal.chain()
    assert (len(chain), journal.erased()) == (198, 0)
    assert not {row.salt for row in chain} & {row.salt for row in before}
    assert not {row.link for row in chain} & {row.link for row in before}
    places = journal._connection.execute("SELECT seq FROM entries ORDER BY seq").fetchall()
    assert [place for (place,) in places] == list(range(1, 199))
    journal.erase([e.id for e in entries[10:150]], rewrite_chain=True)
    assert journal._connection.execute("PRAGMA freelist_count").fetchone() == (
        0,
    )  # room left over would tell


@BOTH_WAYS
def test_no_page_of_the_file_and_no_frame_of_its_log_holds_a_word_of_it(filled, path, entry, rewrite_chain):
    journal, entries = filled
    journal.keep("verdict.now", CANARY)
    journal.keep("draft", b"half a sentence")
    prints = {row[0] for row in journal._connection.execute("SELECT fingerprint FROM entries").fetchall()}
    identities = {row[0] for row in journal._connection.execute("SELECT identity FROM entries").fetchall()}
    salts = {row.salt for row in journal.chain()}
    assert CANARY in plain_log(path, PASSPHRASE)  # what is looked for below would be found
    journal.erase([e.id for e in entries[2:]], rewrite_chain=rewrite_chain)
    log = path.with_name("notes-wal")
    assert log.stat().st_size == 0
    found = plain_file(path, PASSPHRASE)
    left = found.replace(entries[0].facts.encode(), b"").replace(entries[1].facts.encode(), b"")
    assert entries[1].facts.encode() in found
    assert CANARY not in left
    for kept_out in ([e.id.encode() for e in entries[2:]], prints, identities, salts):
        standing = sum(secret in found for secret in kept_out)
        assert standing <= 2  # those of the two entries that stay
    assert journal.kept("verdict.now") is None
    assert journal.kept("draft") == b"half a sentence"


def test_a_plain_copy_of_the_whole_database_holds_no_word_of_it(filled, tmp_path):
    journal, entries = filled

    def plain_copy():
        out = tmp_path / "plain.db"
        journal._connection.execute(f"ATTACH DATABASE '{out}' AS plain KEY ''")
        journal._connection.execute("SELECT sqlcipher_export('plain')").fetchall()
        journal._connection.execute("DETACH DATABASE plain")
        data = out.read_bytes()
        out.unlink()
        return data

    assert CANARY in plain_copy()
    journal.erase([e.id for e in entries], rewrite_chain=False)
    assert CANARY not in plain_copy()


@BOTH_WAYS
def test_all_versions_of_an_entry_go_from_whichever_one_names(journal, entry, rewrite_chain):
    for named in range(4):
        first = entry(2, kind="promise", what="call the bank")
        second = replace(first, id=entry().id, facts="again", corrects=first.id)
        side = replace(first, id=entry().id, facts="aside", corrects=first.id)
        third = replace(first, id=entry().id, facts="at last", corrects=second.id)
        family, other = [first, second, side, third], entry(3, act="lied", n=named)
        journal.append([*family, other], known="keep")
        assert journal.erase([family[named].id], rewrite_chain=rewrite_chain) == 4
        assert journal.entries()[-1] == other
        assert not {e.id for e in family} & {e.id for e in current(journal.entries())}


def test_a_correction_of_something_that_is_not_there_goes_alone(journal, entry):
    stray = entry(2, act="lied", corrects="imported-without")
    journal.append([stray, entry(3, act="lied")], known="keep")
    assert journal.erase([stray.id], rewrite_chain=False) == 1


@BOTH_WAYS
def test_an_unknown_id_erases_nothing(filled, rewrite_chain):
    journal, entries = filled
    before = journal.chain()
    with pytest.raises(BadInput, match="Nothing was erased") as caught:
        journal.erase([entries[3].id, "nobody"], rewrite_chain=rewrite_chain)
    assert caught.value.code == "no_such_entry"
    assert journal.chain() == before


def test_an_entry_is_erased_once(filled):
    journal, entries = filled
    journal.erase([entries[3].id], rewrite_chain=False)
    with pytest.raises(BadInput):
        journal.erase([entries[3].id], rewrite_chain=False)


def test_a_row_that_was_changed_and_cannot_be_read_stands_in_nobody_s_way(filled):
    journal, entries = filled
    journal._connection.execute("UPDATE entries SET stored = ? WHERE seq = 2", (b"\xff",))
    assert journal.erase([entries[3].id], rewrite_chain=False) == 1
    assert journal.verify().where == "entry 2"


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.sets(st.integers(0, 5)), st.booleans()), max_size=3))
def test_any_entries_in_any_order_and_way(journal, entry, turns):
    journal._connection.execute("DELETE FROM entries")
    stays = [entry(1 + n, act="lied") for n in range(6)]
    journal.append(stays)
    for places, rewrite_chain in turns:
        gone = [e.id for n, e in enumerate(stays) if n in places]
        assert journal.erase(gone, rewrite_chain=rewrite_chain) == len(gone)
        stays = [e for e in stays if e.id not in gone]
        assert journal.entries() == stays
        assert journal.verify() is None


def test_another_window_that_is_reading_is_said_and_the_rest_is_cleared_later(filled, path):
    journal, entries = filled
    with SealedJournal.open(path, PASSPHRASE) as other:
        other._connection.execute("BEGIN")
        other._connection.execute("SELECT count(*) FROM entries").fetchone()
        journal._connection.execute("PRAGMA busy_timeout = 50")
        with pytest.raises(Refused, match="Close the other window") as caught:
            journal.erase([entries[3].id], rewrite_chain=False)
        other._connection.execute("ROLLBACK")
    assert caught.value.code == "erase_unfinished"
    assert entries[3] not in journal.entries()
    assert journal.erase([], rewrite_chain=False) == 0
    assert entries[3].facts.encode() not in plain_file(path, PASSPHRASE)


def test_no_room_to_write_the_file_anew_is_said_and_the_entry_is_gone(filled, monkeypatch):
    def full(_connection):
        raise dbapi2.OperationalError("database or disk is full")

    monkeypatch.setattr(erase, "clear_remains", full)
    journal, entries = filled
    with pytest.raises(Refused, match="the disk is full"):
        journal.erase([entries[3].id], rewrite_chain=False)
    assert entries[3] not in journal.entries()


def test_a_full_disk_erases_nothing(filled):
    journal, entries = filled
    before = journal.chain()
    journal.keep("verdict", b"x")
    pages = journal._connection.execute("PRAGMA page_count").fetchone()[0]
    journal._connection.execute(f"PRAGMA max_page_count = {pages}")
    journal._connection.execute(  # erasing itself takes no more room, so something beside it does
        "CREATE TEMP TRIGGER bloat AFTER DELETE ON kept BEGIN INSERT INTO kept VALUES ('more', zeroblob(900000)); END"
    )
    with pytest.raises(Refused) as caught:
        journal.erase([entries[3].id], rewrite_chain=True)
    assert caught.value.code == "disk_full"
    assert journal.chain() == before


def test_a_disk_that_may_only_be_read_erases_nothing(filled):
    journal, entries = filled
    journal._connection.execute("PRAGMA query_only = ON")
    with pytest.raises(Refused) as caught:
        journal.erase([entries[3].id], rewrite_chain=False)
    assert caught.value.code == "read_only"
    assert journal.entries() == entries


ERASER = """
import sys
from velveteen.journal.sealed import SealedJournal
path, passphrase = sys.argv[1:]
with SealedJournal.open(path, passphrase) as journal:
    ids = [entry.id for entry in journal.entries()]
    print("erasing", flush=True)
    for one in ids:
        journal.erase([one], rewrite_chain=True)
"""


def test_killed_while_it_erases_the_journal_opens_and_its_chain_fits(filled, path):
    journal, entries = filled
    journal.close()
    for wait in (0.01, 0.05, 0.2):
        command = [sys.executable, "-c", ERASER, str(path), PASSPHRASE]
        with subprocess.Popen(command, stdout=subprocess.PIPE) as eraser:
            eraser.stdout.readline()
            with pytest.raises(subprocess.TimeoutExpired):
                eraser.wait(wait)
            eraser.kill()
        with SealedJournal.open(path, PASSPHRASE) as opened:
            left = opened.entries()
            assert opened.verify() is None
            assert left == entries[len(entries) - len(left) :]
