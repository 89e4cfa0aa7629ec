"""Dates as people write them, and which number is the day."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from velveteen.journal.dates import day_comes_first, month_number, read_both
from velveteen.problems import AmbiguousDates

MARCH_5 = date(2024, 3, 5)


@pytest.mark.parametrize(
    "text",
    ["2024-03-05", "2024/3/5", "2024-03-05T20:15:00", "2024-03-05 20:15", "20240305", "5 March 2024", "March 5, 2024",
     "Tuesday, March 5th, 2024", "5-Mar-24", "5. März 2024", "Di, 5. März 2024", "5 de marzo de 2024", "5 mars 2024",
     "5 maart 2024", "5 marzo 2024", " 5 mar. 2024 "],
)  # fmt: skip
def test_dates_with_one_reading(text):
    assert read_both(text) == (MARCH_5, MARCH_5)


@pytest.mark.parametrize(
    "text", ["5/3/2024", "05.03.2024", "5. 3. 2024.", "05-03-24", "Tue 5/3/2024", "5/3/2024 20:15"]
)
def test_dates_with_two_readings(text):
    assert read_both(text) == (MARCH_5, date(2024, 5, 3))


@pytest.mark.parametrize(
    "text", ["", "hello", "2024", "31/31/2024", "30 February 2024", "5 Marmalade", "12.5", "3/2024"]
)
def test_what_is_no_date(text):
    assert read_both(text) == (None, None)


@given(st.text(max_size=30))
def test_any_text_is_read_without_an_error(text):
    assert len(read_both(text)) == 2


@given(st.dates(min_value=date(1000, 1, 1)))
def test_every_day_is_read_in_each_way_of_writing_it(day):
    assert read_both(f"{day:%d/%m/%Y}")[0] == day
    assert read_both(f"{day:%m/%d/%Y}")[1] == day
    assert read_both(day.isoformat()) == (day, day)


@given(st.dates(min_value=date(2000, 1, 1), max_value=date(2090, 1, 1)), st.integers(40, 90), st.booleans())
def test_six_weeks_day_by_day_tell_their_order(start, days, day_first):
    form = "%d/%m/%Y" if day_first else "%m/%d/%Y"
    texts = [f"{start + timedelta(n):{form}}" for n in range(days)]
    assert day_comes_first(texts) is day_first
    assert day_comes_first(texts[::-1]) is day_first


@pytest.mark.parametrize(
    ("texts", "day_first"),
    [
        (["28/01/2024", "01/02/2024"], True),
        (["1/31/2024", "2/1/2024"], False),
        (["05/01/2024", "06/01/2024", "01/02/2024"], True),
        (["2024-03-05"], True),
        ([], True),
        (["7/7/2024"], True),
    ],
)
def test_what_the_file_tells(texts, day_first):
    assert day_comes_first(texts) is day_first


@pytest.mark.parametrize(
    "texts",
    [
        ["03/04/2024"],
        ["01/02/2024", "01/03/2024", "01/04/2024"],
        ["31/01/2024", "01/31/2024"],
        ["01/02/2024", "02/02/2024", "03/02/2024"],
        ["04/05/2024", "05/04/2024", "04/06/2024"],
        ["02/01/2024", "03/01/2024", "04/01/2024", "01/25/2023", "05/01/2024"],
    ],
    ids=[
        "one date",
        "both run on",
        "both impossible",
        "a few days",
        "neither runs on",
        "one slip against all",
    ],
)
def test_what_it_leaves_open_is_asked(texts):
    with pytest.raises(AmbiguousDates, match="--day-first or --month-first"):
        day_comes_first(texts)


def test_the_question_shows_both_readings():
    with pytest.raises(AmbiguousDates, match="3 April 2024 or 4 March 2024"):
        day_comes_first(["03/04/2024"])


@pytest.mark.parametrize(
    ("name", "number"),
    [("June", 6), ("juil", 7), ("Juin", 6), ("DEC", 12), ("Mai", 5), ("ma", None), ("Xyz", None)],
)
def test_months_by_name(name, number):
    assert month_number(name) == number
