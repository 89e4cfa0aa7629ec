"""A seed is a household: the same one each time, the same person under every account."""

import pytest

from velveteen import circle


def everything(home):
    return home.truth(), home.diary_rows(), home.entries(), home.chat()


def test_the_same_seed_is_the_same_household_to_the_last_word():
    assert everything(circle.simulate("surface", 12, 7)) == everything(circle.simulate("surface", 12, 7))


def test_other_seeds_are_other_households():
    first, second = circle.simulate("same", 12, 7), circle.simulate("same", 12, 8)
    assert first.person != second.person
    assert first.diary_rows() != second.diary_rows()
    assert first.chat() != second.chat()


@pytest.mark.parametrize("account", circle.ACCOUNTS)
def test_a_seed_is_the_same_person_under_every_account(account):
    assert circle.simulate(account, 8, 11).person == circle.simulate("same", 8, 11).person


@pytest.mark.parametrize("account", ["worse", "surface", "lasting"])
def test_until_the_onset_the_account_changes_nothing(account):
    home, same = circle.simulate(account, 40, 4), circle.simulate("same", 40, 4)
    onset = home.course.onset
    assert home.days[:onset] == same.days[:onset]
    assert home.days[onset:] != same.days[onset:]


def test_how_a_record_is_kept_does_not_change_what_happened():
    diligent = circle.simulate("lasting", 20, 3)
    camera = circle.simulate("lasting", 20, 3, record=circle.FULL)
    assert diligent.days == camera.days
    assert diligent.chat() == camera.chat()
    assert diligent.diary_rows() != camera.diary_rows()


def test_ids_are_uuid7_and_sort_by_the_moment_of_writing():
    entries = circle.simulate("same", 30, 2).entries()
    ids = [entry.id for entry in entries]
    assert len(set(ids)) == len(ids)
    assert sorted(entries, key=lambda e: e.id) == sorted(entries, key=lambda e: e.written)
    assert all(i[14] == "7" and i[19] in "89ab" and len(i) == 36 for i in ids)
