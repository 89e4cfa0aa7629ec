"""The act catalogue: whole, plain, and open to acts of one's own."""

import re

import pytest

from velveteen.journal.catalogue import OPPOSITES, catalogue, find_act, is_harm


def test_each_act_is_a_plain_question_with_a_tendency_of_its_kind():
    for name, act in catalogue().items():
        assert act.name == name
        assert re.fullmatch(r"[a-z]+(_[a-z]+)*", name)
        assert re.fullmatch(r"Did (they|something) .{6,90}\?", act.question)
        assert act.tendency in (OPPOSITES if act.harm else OPPOSITES.values())
        assert act.side in {"outward", "inward"}


def test_every_tendency_and_every_opposite_has_acts_on_both_sides():
    tendencies = {act.tendency for act in catalogue().values()}
    assert tendencies == {*OPPOSITES, *OPPOSITES.values()}
    assert {act.side for act in catalogue().values()} == {"outward", "inward"}


def test_no_act_shares_its_words_with_another():
    for act in catalogue().values():
        assert {find_act(words) for words in (act.name, act.label, *act.also)} == {act}


def test_no_question_diagnoses_or_accuses():
    words = " ".join(act.question for act in catalogue().values()).lower()
    assert not re.search(r"narciss|abus|manipulat|toxic|disorder|gaslight|victim", words)


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("Put me down", "put_me_down"),
        ("took-no for an ANSWER", "took_no"),
        ("  lied ", "lied"),
        ("made tea", None),
    ],
)
def test_an_act_is_found_by_its_words(words, name):
    found = find_act(words)
    assert (found.name if found else None) == name


@pytest.mark.parametrize(
    ("payload", "harm"),
    [
        ({"act": "lied"}, True),
        ({"act": "listened"}, False),
        ({"act": "listened", "harm": True}, False),
        ({"act": "hid my keys"}, True),
        ({"act": "made tea", "harm": False}, False),
        ({}, True),
    ],
)
def test_harm_or_care(payload, harm):
    assert is_harm(payload) is harm
