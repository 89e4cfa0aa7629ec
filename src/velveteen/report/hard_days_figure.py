"""Hard days beside calm ones, and how long no harm has been written."""

from __future__ import annotations

from collections.abc import Sequence

from velveteen.measure.hard_days import LATELY, Held, KindOfDay, held, kinds_of_day
from velveteen.measure.told import Told
from velveteen.report.figures import Figure, Table
from velveteen.report.papers import NEVER_TEST
from velveteen.report.phrases import count, day, joined
from velveteen.report.ranges import BRACKETS, BUNCHES, OVERLAP, PER, cell, in_ten, overlap, times_of
from velveteen.report.rows_picture import Row, rows_spec, upto
from velveteen.report.svg import picture

EMPTY = (
    "Harm and kindness on hard days beside calm ones will stand here, once days of either kind are written."
)
FEW = 5  # hard days
_NAMES = {True: "hard days", False: "calm days"}


def hard_days_figure(told: Told) -> Figure:
    """The sentence on how long it held, harm and care by kind of day, the picture, the table."""
    found, since = kinds_of_day(told), held(told)
    if since is None or not found:
        return Figure("", (EMPTY,), None, None)
    rows = [Row(_name(k), times_of(k.harm.daily, PER), times_of(k.care.daily, PER)) for k in found]
    first = held_words(since)
    spec = rows_spec(rows, f"acts in {PER} days", upto(rows), ("harm", "kindness"))
    sentences = (first, *_stretches(found), *_few(found), f"{BRACKETS} {BUNCHES}")
    return Figure("", sentences, picture(spec, first, "hard-days"), _table(found))


def _name(kind: KindOfDay) -> str:
    return f"{_NAMES[kind.hard]}, {f'last {LATELY} weeks' if kind.lately else 'before'}"


def held_words(since: Held) -> str:
    """“Held for 9 weeks, 6 hard days among them”, with what is not written."""
    if not since.known:
        return f"The last harmful act is written on {day(since.until)}. After it, nothing is written on what they did."
    length = since.known + since.silent
    how_long = count(length // 7, "week") if length >= 14 else count(length, "day")
    hard = f"{count(since.hard, 'hard day')} among them"
    after = (
        f"after {day(since.since)}, up to {day(since.until)}" if since.since else f"up to {day(since.until)}"
    )
    told = f"Held for {how_long}, {hard}: no harmful act is written {after}."
    if since.silent:
        days = count(since.silent, "of those days has", "of those days have")
        told += f" {days} no word on what they did and {'is' if since.silent == 1 else 'are'} not counted as quiet."
    return told


def _stretches(found: Sequence[KindOfDay]) -> list[str]:
    told = []
    for lately in (True, False):
        kinds = [k for k in found if k.lately is lately]
        if kinds:
            when = f"In the last {LATELY} weeks of what you wrote" if lately else "Before that"
            harm, care = (joined([f"{in_ten(r)} in {PER} {_NAMES[k.hard]}" for k, r in pairs]) for pairs in (
                [(k, k.harm) for k in kinds], [(k, k.care) for k in kinds]))  # fmt: skip
            told.append(f"{when}, harmful acts: {harm}. Kind acts: {care}.{_chance(kinds)}")
    return told


def _chance(kinds: Sequence[KindOfDay]) -> str:
    if len(kinds) < 2 or not overlap(kinds[0].harm.daily, kinds[1].harm.daily):
        return ""
    return f" For harm: {OVERLAP[0].lower()}{OVERLAP[1:]}"


def _few(found: Sequence[KindOfDay]) -> list[str]:
    hard = sum(k.harm.days for k in found if k.lately and k.hard)
    if hard >= FEW:
        return []
    told = f"{count(hard, 'hard day is', 'hard days are')} written in the last {LATELY} weeks, too few to say how it holds."
    return [f"{told[0].upper()}{told[1:]} {NEVER_TEST}"]


def _table(found: Sequence[KindOfDay]) -> Table:
    body = tuple(
        (_name(k), str(k.harm.days), str(k.harmed), str(k.harm.count), cell(times_of(k.harm.daily, PER)),
         str(k.care.count), cell(times_of(k.care.daily, PER))) for k in found
    )  # fmt: skip
    head = ("days", "number", "with harm", "harmful acts", f"in {PER} days", "kind acts", f"in {PER} days")
    return Table("Days on which what they did is written, with 90 % intervals.", head, body)
