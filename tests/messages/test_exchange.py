"""Conversations, and what a turn of theirs did with what the turn before gave occasion for; columns made by hand."""

import numpy as np

from velveteen.messages.exchange import RAISED, REFUSED, TOLD, Masks, exchanged

HURT, MET, OWNED, DISOWNED = 1, 2, 4, 8
MASKS = Masks(met=MET, owned=OWNED, disowned=DISOWNED)


def columns(*rows: tuple[str, int]) -> dict[str, list[bool]]:
    """Rows of (who, bits): "t" theirs, "m" mine, "x" another's; a capital begins a conversation, as the first row does."""
    who = [row[0] for row in rows]
    found = exchanged(
        np.array([w in "tT" for w in who], dtype=bool),
        np.array([w in "mM" for w in who], dtype=bool),
        np.array([at == 0 or w.isupper() for at, w in enumerate(who)], dtype=bool),
        np.array([row[1] for row in rows], dtype=np.uint64),
        MASKS,
    )
    return {name: list(column) for name, column in found.items()}


def test_a_conversation_is_hard_from_end_to_end_once_something_is_raised_or_refused() -> None:
    assert columns(("t", 0), ("m", RAISED), ("t", 0))["hard"] == [True] * 3
    assert columns(("m", REFUSED), ("t", 0))["hard"] == [True] * 2


def test_a_feeling_alone_makes_no_conversation_hard() -> None:
    assert columns(("m", TOLD), ("t", 0))["hard"] == [False] * 2


def test_what_the_other_writes_makes_no_conversation_hard_or_calm() -> None:
    assert columns(("t", HURT), ("m", RAISED), ("t", HURT))["hard"] == [True] * 3
    assert columns(("m", 0), ("t", HURT))["hard"] == [False] * 2


def test_each_conversation_stands_alone() -> None:
    assert columns(("m", RAISED), ("t", 0), ("T", 0), ("m", 0))["hard"] == [True, True, False, False]


def test_what_the_other_raises_is_no_occasion_of_ours() -> None:
    assert not any(columns(("t", RAISED), ("m", 0))["hard"])


def test_an_answer_counts_where_its_occasion_stands_and_all_of_it_is_the_answer() -> None:
    found = columns(("m", TOLD), ("t", 0), ("t", MET), ("m", 0))
    assert found["told"] == found["met"] == [True, False, False, False]


def test_each_message_gives_an_occasion_and_an_answer_takes_up_the_last_of_a_turn() -> None:
    found = columns(("m", TOLD), ("m", TOLD), ("m", 0), ("t", MET))
    assert found["told"] == [True, True, False, False]
    assert found["met"] == [False, True, False, False]


def test_something_raised_is_owned_unless_the_answer_hits_back() -> None:
    assert columns(("m", RAISED), ("t", OWNED))["owned"] == [True, False]
    hits_back = columns(("m", RAISED), ("t", OWNED), ("t", DISOWNED))
    assert hits_back["raised"] == [True, False, False]
    assert not any(hits_back["owned"])


def test_no_answer_in_the_same_conversation_is_none() -> None:
    for rows in ([("m", RAISED | TOLD), ("T", OWNED | MET)], [("m", RAISED | TOLD)]):
        found = columns(*rows)
        assert found["raised"][0]
        assert found["told"][0]
        assert not any(found["owned"] + found["met"])


def test_what_somebody_else_says_between_is_no_answer_and_no_occasion() -> None:
    found = columns(("m", TOLD), ("x", TOLD | MET), ("t", MET))
    assert found["told"] == found["met"] == [True, False, False]
    assert not any(columns(("m", TOLD), ("x", MET))["met"])


def test_owning_without_an_occasion_is_not_counted() -> None:
    assert not any(columns(("m", 0), ("t", OWNED | MET))["owned"])
    assert not any(columns(("m", 0), ("t", OWNED | MET))["met"])


def test_nothing_gives_columns_of_nothing() -> None:
    assert columns() == {"hard": [], "told": [], "met": [], "raised": [], "owned": []}
