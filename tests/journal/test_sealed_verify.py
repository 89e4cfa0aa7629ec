"""`verify` names the first entry that does not fit, whatever byte of the stored record was changed."""

import pytest


@pytest.fixture
def filled(journal, entry):
    journal.append([entry(1 + n, act="lied", n=n) for n in range(6)])
    return journal


@pytest.mark.parametrize("column", ["salt", "stored", "link", "identity", "fingerprint"])
def test_every_single_byte_of_a_stored_row(filled, column):
    read = f"SELECT {column} FROM entries WHERE seq = 3"
    write = f"UPDATE entries SET {column} = ? WHERE seq = 3"
    (whole,) = filled._connection.execute(read).fetchone()
    for place in range(len(whole)):
        changed = bytearray(whole)
        changed[place] ^= 0x20
        filled._connection.execute(write, (bytes(changed),))
        problem = filled.verify()
        assert problem is not None
        assert problem.code == "chain_misfit"
        assert problem.where == "entry 3"
    filled._connection.execute(write, (whole,))
    assert filled.verify() is None


def test_an_entry_taken_out(filled):
    filled._connection.execute("DELETE FROM entries WHERE seq = 2")
    assert filled.verify().where == "entry 2"


def test_two_entries_that_changed_places(filled):
    for old, new in ((2, 99), (3, 2), (99, 3)):
        filled._connection.execute("UPDATE entries SET seq = ? WHERE seq = ?", (new, old))
    assert filled.verify().where == "entry 2"
