"""Which part a household belongs to: every one to exactly one, the same on every machine."""

from __future__ import annotations

import hashlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import velveteen as vt
from velveteen.cohort.parts import Part, chosen, number_of, parse_part


@settings(max_examples=50, deadline=None)
@given(st.text(), st.integers(1, 50))
def test_each_household_is_in_exactly_one_part(name, of):
    assert sum(Part(i, of).holds(name) for i in range(1, of + 1)) == 1


def test_the_number_of_a_name_is_that_of_its_digest():
    """BLAKE2b as RFC 7693 has it, asked for 8 bytes: anyone can say beforehand which part a household is in."""
    assert number_of("Ümit") == int(hashlib.blake2b("Ümit".encode(), digest_size=8).hexdigest(), 16)


def test_parts_are_of_about_the_same_size():
    sizes = [sum(Part(i, 4).holds(f"household {k}") for k in range(4000)) for i in range(1, 5)]
    assert min(sizes) > 850


def test_a_part_is_written_with_a_slash():
    assert parse_part(" 3/10 ") == Part(3, 10)
    assert Part(3, 10).file == "part-0003-of-0010.parquet"


@pytest.mark.parametrize("text", ["", "3", "0/4", "5/4", "1/0", "-1/4", "a/b", "1/4/2", "1.0/4"])
def test_anything_else_is_no_part(text):
    with pytest.raises(vt.BadInput) as said:
        parse_part(text)
    assert said.value.code == "no_part"


def test_the_chosen_of_a_larger_cohort_are_the_same_in_any_order():
    names = [f"h{i}" for i in range(50)]
    few = chosen(names, 10)
    assert len(few) == 10
    assert set(chosen(names[::-1], 10)) == set(few)
    assert few == [n for n in names if n in few]
    assert chosen(names, 60) == names
