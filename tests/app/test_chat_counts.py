"""*What the chat alone can tell*: reached after an import, read back to its lines, and none of them in what others get."""

from __future__ import annotations

import json
import re
from datetime import date, datetime

import pytest
from tests.app.files import send
from tests.app.notes import main
from tests.app.records import SPEAKS_OF_ODDS, a_sign
from tests.measure.coded import START, at, coded, hurting_chat

from velveteen.app import importing
from velveteen.app.chat_counts import A_PAGE, NUMBERS
from velveteen.app.papers import PAPERS, made
from velveteen.app.shell import path
from velveteen.journal.csv_out import entries_csv
from velveteen.journal.jsonl import dumps, read
from velveteen.measure.bundle import bundle_of, to_bytes
from velveteen.measure.table_out import cells_csv
from velveteen.measure.weekly import weekly_cells
from velveteen.report.message_figures import WHAT_IT_IS

CANARY = "canary you made me late"
CHAT = "\n".join(
    f"{day:02}/01/2024, 09:{minute:02} - {who}: {text}"
    for day in range(13, 29)
    for minute, (who, text) in enumerate([
        ("Ana", "I was hurt by what you said"), ("Ben", f"{CANARY} {day}, it is all your fault"), ("Ben", "see you at six"),
    ])
)  # fmt: skip


@pytest.fixture(autouse=True)
def patient(monkeypatch):
    """Each request here has a loop of its own, which a file that is still being read would not outlive."""
    monkeypatch.setattr(importing, "PATIENCE", 60.0)


@pytest.fixture
def brought(opened):
    """Open notes into which a chat was brought as a person does it."""
    send(opened, CHAT)
    opened.post(path("import", "1"), data={"them": "Ben", "me": "Ana"})
    return opened


def group(number, year=2024):
    return f"{path('counted', number)}?y={year}"


def test_after_an_import_three_pages_lead_there(brought):
    for page in (path("import", "2"), path("record"), path("holds")):
        assert f'href="{path("counted")}"' in brought.get(page).text


def test_without_a_chat_nothing_leads_there_and_the_page_says_what_will_be_here(opened):
    for page in (path("record"), path("holds")):
        assert path("counted") not in opened.get(page).text
    page = opened.get(path("counted"))
    assert page.status_code == 200
    assert "Once a chat is read in" in main(page)
    assert opened.get(path("counted", 1)).status_code == 400


def test_the_heading_says_that_it_is_a_count_and_no_verdict(brought):
    hurts = path("counted", date(2024, 1, 15).isoformat(), NUMBERS["hurt"])
    for page in (path("counted"), group(4), hurts):
        words = main(brought.get(page))
        assert WHAT_IT_IS in words
        assert not SPEAKS_OF_ODDS.search(words.replace("of 2024", ""))


def test_a_bar_leads_to_the_lines_of_its_week_with_date_and_hour(brought):
    page = brought.get(group(4)).text
    assert page.index("<p>In 3 weeks of 2024") < page.index("<svg") < page.index("<table")
    links = re.findall(r'<td><a href="([^"]+)"', page)
    assert links
    lines = brought.get(links[0].replace("&amp;", "&"))
    assert "22 Jan 2024, 09:01" in main(lines)
    assert f"{CANARY} 22" in main(lines)
    assert "see you at six" not in main(lines)
    assert "I was hurt" not in main(lines)


def test_addresses_name_rows_by_numbers(brought):
    page = brought.get(group(4)).text
    addresses = re.findall(r'(?:href|action)="([^"]+)"', page)
    assert not any(word in a for a in addresses for word in ("hurt", "blame", "chat", "threat", "count"))


def test_many_lines_come_in_pages(opened, desk):
    lines = [(f"{9 + n // 60:02}:{n % 60:02}", ["blame"], f"line <{n}>") for n in range(A_PAGE + 5)]
    desk.add([coded(0, hurt=(len(lines), 60), lines=lines, blame=len(lines))])
    here = path("counted", START.isoformat(), NUMBERS["blame"])
    first, second = opened.get(here).text, opened.get(f"{here}?p=2").text
    assert first.count("<blockquote>") == A_PAGE
    assert second.count("<blockquote>") == 5
    assert f"line &lt;{A_PAGE}&gt;" in second
    assert opened.get(f"{here}?p=99").text.count("<blockquote>") == 5
    assert opened.get(f"{here}?p=x").text.count("<blockquote>") == A_PAGE


@pytest.mark.parametrize(
    "address", ["2024-01-01/999", "2024-01-01/0", "2024-05-06/17", "monday/17", "2024-01-01/1"]
)
def test_what_is_not_there_is_a_plain_sentence(opened, desk, address):
    desk.add(hurting_chat(3))
    assert opened.get(f"{path('counted')}/{address}").status_code == 400
    assert opened.get(path("counted", 99)).status_code == 400


def test_a_week_without_a_line_of_that_kind_says_so(opened, desk):
    desk.add(hurting_chat(3))
    assert "No line of this kind" in main(opened.get(path("counted", START.isoformat(), NUMBERS["denial"])))


def test_years_are_chosen_and_the_newest_stands_first(opened, desk):
    desk.add([coded(0), coded(400)])
    assert "of 2025" in main(opened.get(path("counted")))
    assert "of 2024" in main(opened.get(f"{path('counted')}?y=2024"))
    assert "of 2025" in main(opened.get(f"{path('counted')}?y=1066"))


def test_while_a_sign_stands_safety_comes_first_and_nothing_makes_it_smaller(brought, desk):
    desk.add(a_sign())
    for page in (path("counted"), group(4)):
        words = main(brought.get(page))
        assert words.index("Safety comes first") < words.index("What hurts", 60)
        assert "no sign that it has passed" in words


def test_a_day_that_was_not_free_is_not_told(brought, desk):
    desk.add([at("day", 14, contact=True, free=False)])
    assert f"{CANARY} 15" not in brought.get(path("counted", "2024-01-15", NUMBERS["hurt"])).text
    assert f"{CANARY} 16" in brought.get(path("counted", "2024-01-15", NUMBERS["hurt"])).text


def test_notes_about_oneself_show_one_s_own_counts_and_hold_no_line(changer, desk):
    send(changer, CHAT)
    changer.post(path("import", "1"), data={"me": "Ben"})
    words = main(changer.get(path("counted")))
    assert "you wrote" in words
    assert "the other" not in words
    assert "Is the counting right?" not in words
    page = changer.get(group(4)).text
    assert "<td><a" not in page
    assert "canary" not in dumps(desk.entries).decode()


def test_pages_are_light_over_ten_years(opened, desk):
    lines = [("09:00", ["blame"], "you made me late")]
    days = [
        coded(day, hurt=(1, 40), lines=lines, blame=1, order=2, thanks=3, words=200)
        for day in range(0, 3650, 2)
    ]
    desk.add(days, by_hand=False)
    for page in (path("counted"), *(group(number, 2030) for number in range(1, 8))):
        assert len(opened.get(page).content) <= 300_000


def test_no_line_is_in_a_paper_a_bundle_or_a_table(brought, desk):
    """The record itself keeps them: its own export, sealed again by its owner, brings them back."""
    entries = desk.entries
    assert "canary" in dumps(entries).decode()
    assert "I was hurt" not in dumps(entries).decode()
    assert read(dumps(entries))[0] == entries
    for number in range(1, len(PAPERS) + 1):
        assert "canary" not in made(desk, number)
    cells, _, _ = weekly_cells(entries)
    assert "canary" not in to_bytes(bundle_of(cells, made=date(2024, 3, 1))).decode()
    assert "canary" not in cells_csv(cells)
    table = entries_csv(entries).decode()
    assert "canary" not in table
    assert "see you at six" not in table
    assert "coded_day" in table
    for page in (path("holds"), path("record"), path("papers"), path("counted"), group(4)):
        assert "canary" not in brought.get(page).text


def test_saved_entries_with_lines_are_taken_back_in(brought, desk):
    from velveteen.journal.payloads import misfit

    again, problems = read(dumps(desk.entries))
    assert problems == []
    assert [misfit(e) for e in again if e.kind in ("coded_day", "imported")].count(None) >= 17
    assert json.loads(dumps(desk.entries).splitlines()[0])
    assert datetime.now() >= max(e.written for e in again)
