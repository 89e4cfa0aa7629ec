"""What happened, asked in few: those that this owner ticks most, and the rest in short groups."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from tests.app.notes import entry, main

from velveteen.app.acts import GROUPS, LATELY, OFTEN, asked, often
from velveteen.app.shell import path
from velveteen.journal.catalogue import catalogue

TODAY = date.today()


def test_every_act_stands_in_one_group_of_at_most_seven_and_harm_apart_from_kindness():
    grouped = [name for _, names in GROUPS for name in names]
    assert sorted(grouped) == sorted(catalogue())
    for heading, names in GROUPS:
        assert len(names) <= 7
        assert {catalogue()[name].harm for name in names} == {heading.startswith("Hurt")}


def test_a_new_journal_asks_the_first_of_the_catalogue_harm_and_kindness():
    names = list(catalogue())
    harm = [n for n in names if catalogue()[n].harm]
    kind = [n for n in names if not catalogue()[n].harm]
    assert often([], TODAY) == (*harm[: OFTEN[True]], *kind[: OFTEN[False]])
    assert sum(OFTEN.values()) <= 8


def test_what_is_written_most_lately_stands_open_and_near_its_place():
    entries = [entry("act", n % 50, act="lied") for n in range(9)]
    entries += [entry("act", 1, act="unseen_kindness"), entry("act", 1, act="something of my own")]
    entries += [entry("act", LATELY.days + 1, act="harm") for _ in range(30)]
    found = often(entries, TODAY)
    assert {"lied", "unseen_kindness"} <= set(found)
    assert "harm" not in found
    assert list(found) == [name for name in catalogue() if name in found]


def test_every_act_is_asked_once_but_those_that_are_written():
    shown = asked(often([], TODAY), {"shouted", "harm"})
    everything = [a.name for a in shown.often] + [a.name for _, acts in shown.groups for a in acts]
    assert sorted(everything) == sorted(set(catalogue()) - {"shouted", "harm"})
    assert all(acts for _, acts in shown.groups)


@pytest.mark.parametrize("with_acts", [False, True])
def test_the_page_shows_at_most_eight_ticks_outside_a_fold(opened, desk, with_acts):
    if with_acts:
        desk.add([entry("act", 3, act=name) for name in catalogue()])
    page = opened.get(path("today")).text
    while "<details" in page:
        start, _, rest = page.rpartition("<details")
        page = start + rest.partition("</details>")[2]
    assert 0 < page.count('name="act"') <= 8


def test_what_is_written_on_the_day_is_not_asked_again_and_leads_to_its_entry(opened, desk):
    act = entry("act", 0, act="shouted")
    desk.add([act])
    page = opened.get(path("today")).text
    assert 'value="shouted"' not in page
    assert f'href="{path("entry", act.id)}"' in page
    assert "Written on this day: 1 act" in main(opened.get(path("today")))
    before = (TODAY - timedelta(days=1)).isoformat()
    assert 'value="shouted"' in opened.get(f"{path('today')}?d={before}").text
