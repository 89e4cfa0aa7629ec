"""Entries for a desk, dated in days before today, and what a page says."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta

from velveteen.journal.entries import Entry, uuid7

TODAY = date.today()


def ago(days):
    return TODAY - timedelta(days=days)


def entry(kind, days=0, /, facts="", feelings="", hour=12, corrects=None, **payload):
    at = datetime.combine(ago(days), time() if kind == "day" else time(hour))
    return Entry(
        uuid7(), kind, at, datetime.combine(ago(days), time(21)), payload, "M", facts, feelings, corrects
    )


def main(answer):
    """What a page says, without its frame and its marks."""
    text = re.search(r"<main.*</main>", answer.text, re.DOTALL)[0]
    return " ".join(re.sub(r"<[^>]*>", " ", text).split())
