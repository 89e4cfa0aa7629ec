"""The chain finds a change of any byte."""

import hashlib
import os
from dataclasses import replace

import pytest

from velveteen.journal.chain import FIRST, Row, first_misfit, link


def rows(count=5):
    previous, made = FIRST, []
    for index in range(count):
        salt, stored = os.urandom(16), b"entry %d" % index
        previous = link(previous, salt, stored)
        made.append(Row(salt, stored, previous))
    return made


def test_the_link_is_the_one_that_is_documented():
    inner = hashlib.sha256(b"salt" + b"stored").digest()
    assert link(b"previous", b"salt", b"stored") == hashlib.sha256(b"previous" + inner).digest()


def test_a_whole_chain_fits_and_so_does_an_empty_one():
    assert first_misfit(rows()) is None
    assert first_misfit([]) is None


@pytest.mark.parametrize("part", ["salt", "stored", "link"])
def test_every_single_byte_change_is_found_where_it_is(part):
    chain = rows()
    for index, row in enumerate(chain):
        for place in range(len(getattr(row, part))):
            data = bytearray(getattr(row, part))
            data[place] ^= 1 << (place % 8)
            changed = [*chain[:index], replace(row, **{part: bytes(data)}), *chain[index + 1 :]]
            assert first_misfit(changed) == index


def test_a_row_taken_out_swapped_or_put_in_is_found():
    chain = rows()
    assert first_misfit(chain[:2] + chain[3:]) == 2
    assert first_misfit([chain[0], chain[2], chain[1], *chain[3:]]) == 1
    assert first_misfit([*chain[:3], rows(1)[0], *chain[3:]]) == 3
    assert first_misfit(chain[1:]) == 0
