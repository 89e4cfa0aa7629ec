"""Figures: the sentences above, the picture, and the table under it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from markupsafe import Markup

from velveteen.judge.verdict import TO_PEOPLE, Effect, Verdict
from velveteen.measure.channels import Channel, registry
from velveteen.measure.weeks import monday
from velveteen.report import odds as odds_
from velveteen.report.last_times import AT_LEAST, Lull, summary
from velveteen.report.last_times_picture import AT_MOST, last_times_spec, newest
from velveteen.report.odds_pictures import dots_spec, growth_spec
from velveteen.report.phrases import amount, count, day, joined, short_day, span
from velveteen.report.ranges import between
from velveteen.report.record import Record
from velveteen.report.series import KINDS, Mark, Run, gaps, marks, mean, runs, said, spoken_step, step
from velveteen.report.svg import picture
from velveteen.report.trajectory_picture import Scene, above, trajectory_spec


@dataclass(frozen=True, slots=True)
class Table:
    """A table under a picture; `words` are the columns whose cells are words, not numbers."""

    caption: str
    head: tuple[str, ...]
    body: tuple[tuple[str, ...], ...]
    words: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Figure:
    """Sentences, picture (None where there is too little), table (None where there is none).

    `ahead`: nothing is there yet, and the sentences say what will be.
    """

    label: str
    sentences: tuple[str, ...]
    svg: Markup | None
    table: Table | None
    ahead: bool = False


def to_come(*sentences: str) -> Figure:
    """A figure of which nothing is there yet: sentences that say what will be."""
    return Figure("", sentences, None, None, ahead=True)


def dots(odds: Mapping[str, Mapping[str, float]]) -> Figure:
    """Twenty dots for the neutral reader; the table gives all readers."""
    twenty = odds_.twenty(odds["neutral"])
    sentence = odds_.dots_sentence(twenty)
    extra = "One dot is one record of twenty."
    if twenty[odds_.LEFT_OPEN]:
        extra += " However strong a record is, at most 16 of the 20 go to “broad change that holds so far”."
    svg = picture(dots_spec(twenty), sentence, "dots")
    body = tuple(
        (TO_PEOPLE[a], *(odds_.cell(odds_.in_hundred(a, odds[r][a])) for r in odds_.READERS))
        for a in odds["neutral"]
    )
    caption = "Of 100, by where one starts. Nothing above 80 is printed for a broad change that holds so far."
    return Figure("", (sentence, extra), svg, Table(caption, ("account", *odds_.READERS), body))


def growth(record: Record) -> Figure | None:
    """The same odds as the record grew; None with fewer than two moments."""
    if len(record.growth) < 2:
        return None
    first, last = (monday(record.growth[i][0]) for i in (0, -1))
    when = f"from {day(first)} to {day(last)}"
    sentence = f"How the same odds changed as the record grew, {when}, for the middle of the three readers."
    body = tuple(
        (short_day(monday(week)), *(odds_.cell(odds_.in_hundred(a, odds[a])) for a in TO_PEOPLE))
        for week, odds in record.growth
    )
    head = ("week of", "no change", "worse", "while", "outside", "limits", "lasts", "other")
    svg = picture(growth_spec(record.growth), sentence, "growth")
    return Figure("", (sentence,), svg, Table("Of 100.", head, body))


def last_times_figure(lulls: Sequence[Lull]) -> Figure:
    """The row of bars, from `AT_LEAST` on."""
    if len(lulls) < AT_LEAST:
        return to_come(summary(lulls))
    drawn = newest(lulls)
    which = f"The newest {AT_MOST}, shortest to longest." if len(lulls) > AT_MOST else "Shortest to longest."
    notes = f"{which} A dashed bar has no end yet. Days without a word may hide one."
    body = tuple(
        (short_day(u.start), joined(u.kinds), str(u.days), f"{short_day(u.end)}: {u.ended_by}" if u.end else "so far",
         str(u.unwritten)) for u in lulls
    )  # fmt: skip
    head = ("date", "what", "days", "end", "of them unwritten")
    table = Table("Days until the next day with a harmful act.", head, body, words=(1, 3))
    return Figure("", (summary(lulls), notes), picture(last_times_spec(drawn), summary(lulls), "last"), table)


def channel_figures(record: Record, *, bands: bool) -> list[Figure]:
    """One figure a channel of the record, in the registry's order; bands and effects only where they are allowed."""
    names = dict.fromkeys(c.channel for c in record.cells)
    ordered = [n for n in registry() if n in names] + [n for n in names if n not in registry()]
    channels = [_channel(name, record.verdict) for name in ordered]
    return [_channel_figure(c, record, bands=bands) for c in channels if marks(record.cells, c, step(c))]


def _channel(name: str, verdict: Verdict | None) -> Channel:
    known = registry().get(name)
    if known is not None:
        return known
    words = name.replace("_", " ")
    unit = verdict.effect[name].unit if verdict is not None and name in verdict.effect else words
    return Channel(name, "rating", "more", "outward", None, None, None, unit, words)


def _channel_figure(channel: Channel, record: Record, *, bands: bool) -> Figure:
    verdict = record.verdict if bands else None
    trajectory = verdict.trajectories.get(channel.name) if verdict else None
    effect = verdict.effect.get(channel.name) if verdict else None
    drawn, found = (marks(record.cells, channel, width) for width in (step(channel), spoken_step(channel)))
    scene = Scene(channel, drawn, trajectory, record.turning_points, written(record))
    first = _effect_words(effect, channel) if effect else _plain_words(found, channel)
    sentences = (first, *_footnotes(scene))
    svg = picture(trajectory_spec(scene), first, channel.name.replace("_", "-"))
    return Figure(_upper(channel.label), sentences, svg, _month_table(found, channel))


def _upper(text: str) -> str:
    return text[:1].upper() + text[1:]


def _effect_words(effect: Effect, channel: Channel) -> str:
    before, now, low, high = (said(v, channel) for v in (effect.before, effect.now, effect.low, effect.high))
    return (
        f"{_upper(effect.unit)}. On calm days about {before} in the first four weeks, about {now} in the last four "
        f"({between(low, high)})."
    )


def _plain_words(found: list[Mark], channel: Channel) -> str:
    """First and last marks as written: four weeks each, twelve where one mark stands for four weeks."""
    number, spelled = (3, "twelve") if spoken_step(channel) > 1 else (4, "four")
    weeks = sorted({m.week for m in found})
    if len(weeks) < 2 * number:
        return f"{_upper(channel.unit)}. As written: {said(mean(found), channel)} in all."
    first, last = ([m for m in found if m.week in ends] for ends in (weeks[:number], weeks[-number:]))
    return (
        f"{_upper(channel.unit)}. As written: {said(mean(first), channel)} in the first {spelled} written weeks, "
        f"{said(mean(last), channel)} in the last {spelled}."
    )


def _footnotes(scene: Scene) -> list[str]:
    notes = (
        ["One mark stands for four weeks, because single weeks hold too little."]
        if step(scene.channel) > 1
        else []
    )
    if above(scene):
        lie = count(above(scene), "mark lies", "marks lie")
        notes.append(f"{lie} higher than the picture, drawn as triangles at its edge.")
    return notes


def written(record: Record) -> list[Run]:
    """Runs of weeks of the whole record about which anything is written."""
    return runs(c.week for c in record.cells)


def unwritten_words(record: Record) -> str:
    """One sentence naming every unwritten run between written ones; empty where there is none."""
    found = [_run_words(run) for run in gaps(written(record))]
    return f"Left white, because nothing is written: {joined(found)}." if found else ""


def _run_words(run: Run) -> str:
    return f"{span(monday(run.first), monday(run.last) + timedelta(days=6))} ({count(run.weeks, 'week')})"


def _month_table(found: list[Mark], channel: Channel) -> Table:
    kinds = [k for k in KINDS if any(m.kind == k for m in found)]
    by_month: dict[str, list[Mark]] = {}
    for mark in found:
        by_month.setdefault(f"{monday(mark.week):%b %Y}", []).append(mark)
    body = tuple(
        (month, *(_mean_of(inside, kind, lambda v: said(v, channel)) for kind in kinds))
        for month, inside in by_month.items()
    )
    heads = {"calm": "calm days", "hard": "hard days", "not told": "kind not written"}
    return Table(f"Mean by month, as written: {channel.unit}.", ("month", *(heads[k] for k in kinds)), body)


def _mean_of(inside: list[Mark], kind: str, told: Callable[[float], str] = amount) -> str:
    chosen = [m for m in inside if m.kind == kind]
    return told(mean(chosen)) if chosen else "–"
