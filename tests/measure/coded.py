"""Coded days, as an import leaves them."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from velveteen.journal.entries import Entry, uuid7
from velveteen.measure.coded_weeks import HURT
from velveteen.measure.relabel_draw import answered

START = date(2024, 1, 1)  # a Monday


def coded(day=0, *, hurt=(0, 40), lines=(), others=(), source="a", about="Sam", me=None, **counts):
    """The coded day so many days after START; `hurt` is (messages that hurt, looked at) or None."""
    on = START + timedelta(days=day)
    channels = {} if hurt is None else {HURT: [hurt[0], 1, hurt[1]]}
    payload = {
        "channels": channels, "counts": {"them": {"messages": 40, **counts}, "me": me or {}}, "source": source,
        "coder": "1", "keys": "AAAAAAAAAAA=", "lines": [list(line) for line in lines], "others": [list(o) for o in others],
    }  # fmt: skip
    return Entry(
        uuid7(), "coded_day", datetime.combine(on, datetime.min.time()), datetime(2024, 12, 1), payload, about
    )


def hurting_chat(days=40, **more):
    """Each day two messages counted as hurting, and two of the others."""
    return [
        coded(
            day, hurt=(2, 40),
            lines=[("09:00", ["blame"], f"blame {day}"), ("09:05", ["threat", "order"], f"threat {day}")],
            others=[("10:00", f"plain {day}"), ("10:05", f"quiet {day}")], **more,
        )
        for day in range(days)
    ]  # fmt: skip


def at(kind, day, /, *, corrects=None, written=datetime(2024, 12, 2), **payload):
    moment = datetime.combine(START + timedelta(days=day), datetime.min.time())
    return Entry(uuid7(), kind, moment, written, payload, corrects=corrects)


def answers_to(found, says):
    """What the owner answers to all that waits; `says` is asked with each item."""
    return [answered(item, says(item), datetime(2024, 12, 3), "Sam") for item in found.waiting]
