"""Rows of weeks: what was counted, and what there may really have been where the coder's figures are known."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from velveteen.measure.channels import Channel, registry
from velveteen.measure.coded_weeks import HURT, HURTING, CodedWeek, Line
from velveteen.measure.coder_figures import code_figures
from velveteen.measure.coders import Coder
from velveteen.measure.corrected_counts import corrected
from velveteen.measure.intervals import Range
from velveteen.report.message_groups import ANY_HURT, SHARE, WAIT, Code


@dataclass(frozen=True, slots=True)
class Bar:
    """One week of one row.

    Attributes:
        week: its number.
        value: counted, or another number that is no count.
        of: messages that were looked at.
        there: how many there may really have been; None where nothing is known of the coder, or it is no count.
        lines: how many lines are kept behind it.
    """

    week: int
    value: float
    of: int
    there: Range | None
    lines: int

    @property
    def maybe_none(self) -> bool:
        """Whether it may be made of the coder's mistakes alone."""
        return self.value > 0 and self.there is not None and self.there.low <= 0


@dataclass(frozen=True, slots=True)
class Row:
    """One code over some weeks; `total` is of all of them together, its week the first."""

    code: Code
    bars: tuple[Bar, ...]
    total: Bar | None


def rows(
    weeks: Sequence[CodedWeek], codes: Sequence[Code], channels: Mapping[str, Channel] | None = None
) -> list[Row]:
    """A row for each code that was counted in any of these weeks, in the order of the codes.

    Args:
        weeks: in order.
        codes: of a group.
        channels: those whose figures the owner's answers changed.
    """
    hurt = {**registry(), **(channels or {})}[HURT].coder
    figures = {**code_figures(), **({ANY_HURT: hurt} if hurt else {})}
    found = [_row(weeks, code, figures.get(code.id)) for code in codes]
    return [row for row in found if any(bar.value for bar in row.bars)]


def lines_of(week: CodedWeek, code: str) -> list[Line]:
    """The lines of a week behind a row."""
    wanted = set(HURTING) if code == ANY_HURT else {code}
    return [line for line in week.lines if wanted & set(line.codes)]


def _row(weeks: Sequence[CodedWeek], code: Code, coder: Coder | None) -> Row:
    told = [(week, value) for week in weeks if (value := _value(week, code.id)) is not None]
    if code.id in (SHARE, WAIT):
        return Row(code, tuple(Bar(w.week, value, w.looked_at, None, 0) for w, value in told), None)
    # A message can hold a code once, so that the messages bound what is counted in them.
    values, of = [int(value) for _, value in told], [max(w.looked_at, int(v)) for w, v in told]
    whole_of, whole = sum(of), sum(values)
    ranges: list[Range | None] = [None] * (len(told) + 1)
    if coder is not None:
        ranges = [*corrected([*values, whole], [*of, whole_of], coder)]
    bars = [
        Bar(week.week, value, n, there, len(lines_of(week, code.id)) if code.quoted else 0)
        for (week, _), value, n, there in zip(told, values, of, ranges, strict=False)
    ]
    total = Bar(bars[0].week, whole, whole_of, ranges[-1], sum(bar.lines for bar in bars)) if bars else None
    return Row(code, tuple(bars), total)


def _value(week: CodedWeek, code: str) -> float | None:
    """What a week has of a row; None where it cannot be told."""
    match code:
        case "hurt":
            return week.hurt
        case "share":
            both = week.counts["words"] + week.mine["words"]
            return 100 * week.counts["words"] / both if week.mine else None
        case "wait":
            replies = week.counts["replies"]
            return week.counts["reply_seconds"] / replies / 60 if replies else None
        case _:
            return week.counts[code]
