"""Hard days beside calm ones, and how long no harm has been written."""

from __future__ import annotations

from collections.abc import Sequence

from velveteen.measure.hard_days import LATELY, Held, KindOfDay, held, kinds_of_day
from velveteen.measure.rates import Rate
from velveteen.measure.told import Told
from velveteen.report.figures import Figure, Table, to_come
from velveteen.report.papers import NEVER_TEST
from velveteen.report.phrases import amount, count, day, joined
from velveteen.report.ranges import BUNCHES, LINES, OVERLAP, PER, cell, overlap, spoken, times_of
from velveteen.report.rows_picture import Row, rows_spec, upto
from velveteen.report.svg import picture

EMPTY = (
    "Harm and kindness on hard days beside calm ones will stand here, once days of either kind are written."
)
TOO_SOON = "From two weeks of days on that say what kind of day it was, harm and kindness on hard and calm days stand here."
FEW = 5  # hard days
AT_LEAST = 14  # days; a shorter time is not called held
_NAMES = {True: "hard days", False: "calm days"}


def hard_days_figure(told: Told) -> Figure:
    """The sentence on how long it held, harm and care by kind of day, the picture, the table."""
    found, since = kinds_of_day(told), held(told)
    if since is None or not found:
        return to_come(EMPTY)
    if sum(k.harm.days for k in found) < AT_LEAST:
        return Figure("", (held_words(since), TOO_SOON), None, None)
    rows = [Row(_name(k), times_of(k.harm.daily, PER), times_of(k.care.daily, PER)) for k in found]
    first = held_words(since)
    spec = rows_spec(rows, f"acts in {PER} days; {LINES}", upto(rows), ("harm", "kindness"))
    sentences = (first, *_stretches(found), *_few(found))
    return Figure("", sentences, picture(spec, first, "hard-days"), _table(found))


def _name(kind: KindOfDay) -> str:
    return f"{_NAMES[kind.hard]}, {f'last {LATELY} weeks' if kind.lately else 'before'}"


def held_words(since: Held) -> str:
    """“Held for 9 weeks, 6 hard days among them”, with what is not written; below two weeks only the dates."""
    length = since.known + since.silent
    if since.since and length < AT_LEAST:
        return (
            f"The last harmful act is written on {day(since.since)}, and the last day on which what they did is written is "
            f"{day(since.until)}."
        )
    how_long = count(length // 7, "week") if length >= AT_LEAST else count(length, "day")
    after = (
        f"after {day(since.since)}, up to {day(since.until)}" if since.since else f"up to {day(since.until)}"
    )
    told = (
        f"Held for {how_long}, {count(since.hard, 'hard day')} among them: no harmful act is written {after}."
    )
    if since.silent:
        told += f" What they did is not written for {count(since.silent, 'day')} of these; they are not counted as quiet."
    return told


def _stretches(found: Sequence[KindOfDay]) -> list[str]:
    told = []
    for lately in (True, False):
        kinds = [k for k in found if k.lately is lately]
        if kinds:
            when = f"In the last {LATELY} weeks of what you wrote" if lately else "Before that"
            harm = joined([_harm(k, full=k is found[0]) for k in kinds])
            care = joined([f"{_mean(k.care)} on {_NAMES[k.hard]}" for k in kinds])
            told += [f"{when}, in {PER} days: harmful acts {harm}; kind acts {care}.{_chance(kinds)}"]
    return told


def _harm(kind: KindOfDay, *, full: bool) -> str:
    found = times_of(kind.harm.daily, PER)
    return f"{spoken(found, full=full) if found else 0} on {_NAMES[kind.hard]}"


def _mean(rate: Rate) -> str:
    return amount(PER * rate.count / rate.days)


def _chance(kinds: Sequence[KindOfDay]) -> str:
    if len(kinds) < 2 or not overlap(kinds[0].harm.daily, kinds[1].harm.daily):
        return ""
    return f" For harm, {OVERLAP[0].lower()}{OVERLAP[1:]}"


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
    return Table(f"Days on which what they did is written. {BUNCHES}", head, body)
