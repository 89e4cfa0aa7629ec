"""Who is who: as it was said before, or as the export tells; never guessed."""

from datetime import datetime

import pytest

from velveteen.intake.people import NOBODY, People, people_in
from velveteen.journal.entries import Entry, uuid7


def earlier(them, me, *names, written=1):
    payload = {"source": "a", "them": them, "me": me, "participants": dict.fromkeys(names, 3)}
    return Entry(uuid7(), "imported", datetime(2024, 1, 1), datetime(2024, 2, written), payload, about=them)


@pytest.mark.parametrize(
    ("before", "names", "people"),
    [
        ([earlier("Ben", "Ana", "Ana", "Ben")], ["Ana", "Ben"], People("Ben", "Ana")),
        ([earlier("Ben", "Ana", "Ana", "Ben")], ["Ana", "Ben", "Cid"], People("Ben", "Ana")),
        ([earlier("Ben", "Ana", "Ana", "Ben")], ["Ana", "Cid"], NOBODY),
        ([earlier("Ben", None, "Ana", "Ben")], ["Ana", "Ben"], People("Ben", "Ana")),  # before one's own name was kept
        ([earlier("Ben", None, "Cid", "Dora", "Ben")], ["Ben", "Cid", "Dora"], People("Ben", None)),
        ([earlier("Ben", None, "Cid", "Dora", "Ben")], ["Ben", "Cid"], NOBODY),
        ([earlier("Ben", "Ana", "Ana", "Ben"), earlier("Cid", "Ana", "Ana", "Ben", "Cid", written=2)],
         ["Ana", "Ben", "Cid"], People("Cid", "Ana")),
        ([earlier("Ben", "Ana", "Ana", "Ben"), earlier("Cid", "Dora", "Cid", "Dora", written=2)],
         ["Ana", "Ben"], People("Ben", "Ana")),
        ([], ["Ana", "Ben"], NOBODY),
    ],
)  # fmt: skip
def test_the_same_names_are_the_same_people(before, names, people):
    assert people_in(names, before) == people


@pytest.mark.parametrize(
    ("names", "owner", "people"),
    [
        (["Ana", "Ben"], "Ana", People("Ben", "Ana")),
        (["Ana", "Ben", "Cid"], "Ana", People(None, "Ana")),
        (["Ben", "Cid"], "Ana", NOBODY),
        (["Ana"], "Ana", People(None, "Ana")),
    ],
)
def test_an_export_that_knows_its_owner_says_who_one_is(names, owner, people):
    assert people_in(names, [], owner) == people


def test_what_was_said_goes_before_what_the_export_tells():
    assert people_in(["Ana", "Ben"], [earlier("Ana", "Ben", "Ana", "Ben")], "Ana") == People("Ana", "Ben")


def test_an_import_whose_people_cannot_be_read_says_nothing():
    odd = earlier("Ben", None, "Ana", "Ben")
    odd = Entry(odd.id, odd.kind, odd.at, odd.written, {"source": "a", "participants": 5})
    assert people_in(["Ana", "Ben"], [odd]) == NOBODY
