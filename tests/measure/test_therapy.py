"""Where therapy stands, from turning points and sessions."""

from datetime import date, datetime, timedelta

import pytest

from velveteen.journal.entries import Entry
from velveteen.measure.therapy import therapy_status

FIRST = datetime(2025, 1, 6)
TODAY = date(2026, 1, 6)


def turn(kind, days=0):
    at = FIRST + timedelta(days=days)
    return Entry(f"t{days}", "turning_point", at, at, {"kind": kind})


def session(days, attended=True):
    at = FIRST + timedelta(days=days)
    return Entry(f"s{days}", "therapy_session", at, at, {"attended": attended})


def weekly(days, missed=()):
    return [session(n, n not in missed) for n in range(1, days, 7)]


@pytest.mark.parametrize(
    ("entries", "status"),
    [
        ([], "none"),
        ([turn("left")], "none"),
        ([session(3)], "none"),
        ([turn("therapy_began")], "begun"),
        ([turn("therapy_began"), turn("therapy_ended", 30)], "none"),
        ([turn("therapy_ended"), turn("therapy_began", 30)], "begun"),
        ([turn("therapy_began"), *weekly(180)], "begun"),
        ([turn("therapy_began"), *weekly(190)], "committed"),
        ([turn("therapy_began"), *weekly(190, missed=range(100, 190))], "begun"),
        ([turn("therapy_began"), *[session(n, attended=False) for n in range(1, 200, 7)]], "begun"),
        ([turn("therapy_began", 400), *weekly(190)], "none"),
        ([turn("therapy_began", 100), *weekly(190)], "begun"),
    ],
)
def test_the_status_is_what_is_written_up_to_that_day(entries, status):
    assert therapy_status(sorted(entries, key=lambda e: e.at), TODAY) == status
