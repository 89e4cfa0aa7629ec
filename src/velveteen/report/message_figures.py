"""What the chat alone can tell: for each group a sentence, a picture of the weeks of a year, and the table under it.

A count, never a verdict: each bar can be read back to its lines, and says between what it may lie where that is known.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from markupsafe import Markup

from velveteen.measure.channels import Channel
from velveteen.measure.coded_weeks import CodedWeek
from velveteen.measure.intervals import LEVEL
from velveteen.measure.weeks import monday
from velveteen.report.message_groups import GROUPS, Group
from velveteen.report.message_weeks import Bar, Row, rows
from velveteen.report.phrases import amount, count
from velveteen.report.svg import picture
from velveteen.report.weeks_picture import weeks_spec

WHAT_IT_IS = "This is a count, not a verdict about a person."
HOW = (
    f"The thin line on a bar tells between how many and how many there really were ({100 * LEVEL:.0f} % interval), by how "
    "the program did on messages with known answers."
)
YOURS = " Your own answers are reckoned in."
UNMEASURED = "Where there is no line, nobody has measured how often the program errs."


@dataclass(frozen=True, slots=True)
class MessageFigure:
    """One group in one year.

    Attributes:
        group: what it tells of.
        sentences: what was counted, in plain words; then what the picture cannot tell.
        told: one sentence a row.
        svg: the picture; None where nothing was counted.
        rows: what is drawn.
    """

    group: Group
    sentences: tuple[str, ...]
    told: tuple[str, ...]
    svg: Markup | None
    rows: tuple[Row, ...]

    @property
    def head(self) -> tuple[str, ...]:
        """The names above the table's columns."""
        return "week of", *(row.code.name for row in self.rows)

    @property
    def body(self) -> list[tuple[date, list[Bar | None]]]:
        """The table, the newest week first: its Monday, and a bar for each row, None where it cannot be told."""
        by_week = [{bar.week: bar for bar in row.bars} for row in self.rows]
        weeks = sorted({week for row in by_week for week in row}, reverse=True)
        return [(monday(week), [row.get(week) for row in by_week]) for week in weeks]


def years(weeks: Sequence[CodedWeek]) -> list[int]:
    """The years of some weeks by ISO 8601, the newest first."""
    return sorted({year_of(week.week) for week in weeks}, reverse=True)


def year_of(week: int) -> int:
    """The year in which most of a week lies."""
    return (monday(week) + timedelta(days=3)).year


def message_figures(
    weeks: Sequence[CodedWeek],
    year: int,
    channels: Mapping[str, Channel] | None = None,
    *,
    own: bool = False,
    groups: Sequence[Group] = GROUPS,
    drawn: bool = True,
) -> list[MessageFigure]:
    """A figure for each group.

    Args:
        weeks: as `measure.coded_weeks.coded_weeks` gives them.
        year: whose weeks are told.
        channels: those whose figures the owner's answers changed, as `measure.relabel_draw.household_channels` gives them.
        own: whether the messages are the owner's own.
        groups: which are wanted.
        drawn: with pictures.
    """
    chosen = [week for week in weeks if year_of(week.week) == year]
    found = [(group, tuple(rows(chosen, group.codes, channels))) for group in groups]
    return [
        _figure(group, got, year, chosen, own=own, yours=bool(channels), drawn=drawn) for group, got in found
    ]


def _figure(
    group: Group,
    got: tuple[Row, ...],
    year: int,
    weeks: Sequence[CodedWeek],
    *,
    own: bool,
    yours: bool,
    drawn: bool,
) -> MessageFigure:
    if not got:
        return MessageFigure(group, (f"In {year} nothing of this was counted.",), (), None, ())
    first = _first(group, year, weeks, own=own)
    sentences = (first, *_on_the_lines(got, yours=yours), group.what)
    svg = picture(weeks_spec(got, year), first, group.id) if drawn else None
    return MessageFigure(group, sentences, tuple(_told(row) for row in got), svg, got)


def _first(group: Group, year: int, weeks: Sequence[CodedWeek], *, own: bool) -> str:
    who, over = "you" if own else "they", f"{count(len(weeks), 'week')} of {year}"
    if group.id == "written":
        messages, words = (sum(w.counts[name] for w in weeks) for name in ("messages", "words"))
        return f"In {over} {who} wrote {messages:,} messages with {words:,} words."
    return f"In {over} the program looked at {sum(w.looked_at for w in weeks):,} messages that {who} wrote."


def _on_the_lines(got: Sequence[Row], *, yours: bool) -> list[str]:
    bars = [bar for row in got for bar in row.bars if bar.value and row.total]
    known = [bar for bar in bars if bar.there is not None]
    if not known:
        return []
    said = [HOW + (YOURS if yours else "")]
    alone = sum(bar.maybe_none for bar in known)
    if alone:
        said.append(f"Of {count(len(known), 'bar')} with a line, {alone} may be made of the program’s mistakes alone: the "
                    "line reaches down to nought.")  # fmt: skip
    return said if len(known) == len(bars) else [*said, UNMEASURED]


def _told(row: Row) -> str:
    name = row.code.name[:1].upper() + row.code.name[1:]
    if row.total is None:
        values = [bar.value for bar in row.bars]
        return f"{name}: from {amount(min(values))} to {amount(max(values))} in a week."
    return f"{name}: {_counted(row.total)}"


def _counted(total: Bar) -> str:
    number = f"{total.value:,.0f}"
    if total.there is None:
        return f"{number}."
    low, high = (f"{round(end):,}" for end in (total.there.low, total.there.high))
    if high == "0":
        return f"counted in {number}, which is no more than the program makes up by mistake."
    alone = " It may be made of the program’s mistakes alone." if total.maybe_none else ""
    return f"counted in {number}; there may have been {low} to {high}.{alone}"


def message_table(
    weeks: Sequence[CodedWeek], channels: Mapping[str, Channel] | None = None
) -> list[dict[str, object]]:
    """A plain table of all weeks, without a word of any message.

    Returns:
        Rows with week (ISO date of its Monday), code, counted, messages (looked at), low and high (90 % interval of what
        there really was; None where it is not known); only of codes that were counted.
    """
    return [
        {"week": monday(bar.week).isoformat(), "code": row.code.id, "counted": bar.value, "messages": bar.of,
         "low": bar.there.low if bar.there else None, "high": bar.there.high if bar.there else None}
        for group in GROUPS for row in rows(weeks, group.codes, channels) for bar in row.bars
    ]  # fmt: skip
