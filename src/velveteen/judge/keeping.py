"""Ways of keeping a record that bend its odds, where the record itself shows them."""

from __future__ import annotations

import math
from collections.abc import Iterator

import numpy as np

from velveteen.judge.arrays import Flags, Floats, Ints
from velveteen.judge.record import Record
from velveteen.problems import Problem

FEWEST_WEEKS = 12  # below which nothing is said of how a record was kept
CHANCE = 0.01  # of a falling trend where nothing thins out
# Of so many missing weeks beside hard ones, or beside calm ones, where they are missing at random.
CHANCE_BESIDE = 0.05
# Weeks apart that a week is at most compared with to be called calm: after a change all are calmer than most of the record.
# Said without cause it would comfort; "hard" has more power against the whole record, and said without cause it warns.
ALIKE = 13
THINNER = 0.6  # of what was written at first: at most this is left at the end
FEWEST_UNCOUNTED = 3  # weeks without a count of acts, and
UNCOUNTED = 0.1  # the share of the written weeks that they must be, to be named
WHOLE_WEEKS = 0.9  # share of the weeks that stand as one figure
MIXED = 0.25  # share of such figures that are of calm and hard days together, or do not say


def find_keeping(record: Record) -> Iterator[Problem]:
    """Problems of how a record was kept."""
    if record.writer is None or record.weeks < FEWEST_WEEKS:
        return
    cells = np.flatnonzero(record.of_writer)
    if cells.size:
        yield from _uncounted(record)
        yield from _thinner(record, cells)
        yield from _beside(record, cells)
        yield from _whole_weeks(record, cells)


def _uncounted(record: Record) -> Iterator[Problem]:
    """Weeks of which the writer tells other things, and does not count the acts that most of their weeks count."""
    mine = record.dated
    written = np.unique(record.week[mine])
    for place, channel in enumerate(record.channels):
        counted = np.unique(record.week[mine & (record.channel == place)])
        left_out = written.size - counted.size
        if (
            channel.counts_acts
            and counted.size
            and left_out >= max(FEWEST_UNCOUNTED, UNCOUNTED * written.size)
        ):
            message = (
                f"In {left_out} of {written.size} written weeks nothing is said of “{channel.label}”, not even that there "
                "was none, though other things are. If these weeks were harder than the others, this record reads kinder "
                "than it was."
            )
            yield Problem("acts_not_counted", message, f"channel {channel.name}")


def _thinner(record: Record, cells: Ints) -> Iterator[Problem]:
    weeks, amount = _amount(record, cells)
    third = weeks.size // 3
    first, last = (float(amount[:third].mean()), float(amount[-third:].mean())) if third >= 4 else (0.0, 0.0)
    if first > 0 and last <= THINNER * first and falls(amount) <= CHANCE:
        message = (
            f"Less and less is written: the last third of the weeks holds about {round(100 * last / first)} in 100 of what "
            "the first third does. If what is left out differs from what is written, the odds lean with it."
        )
        yield Problem("writing_thins_out", message)


def _amount(record: Record, cells: Ints) -> tuple[Ints, Floats]:
    """Weeks that were or could have been written, and how much exposure the most written channel has in each."""
    channel = np.bincount(record.channel[cells]).argmax()
    mine = cells[record.channel[cells] == channel]
    amount = np.bincount(record.week[mine], record.of[mine], record.weeks).astype(np.float64)
    weeks: Ints = np.flatnonzero((amount > 0) | record.unwritten)
    return weeks, amount[weeks]


def falls(values: Floats) -> float:
    """P-value of a falling trend against none: Mann (1945) and Kendall's S, normal approximation with ties."""
    size = values.size
    s = float(np.sign(values[None, :] - values[:, None])[np.triu_indices(size, 1)].sum())
    ties = np.unique(values, return_counts=True)[1].astype(float)
    variance = (size * (size - 1) * (2 * size + 5) - float((ties * (ties - 1) * (2 * ties + 5)).sum())) / 18.0
    return 0.5 * math.erfc(-(s + 1.0) / math.sqrt(2.0 * variance)) if variance > 0 else 1.0


def _beside(record: Record, cells: Ints) -> Iterator[Problem]:
    for sign, code, how, reads, apart in (
        (1.0, "hard_weeks_missing", "harder", "kinder", record.weeks),
        (-1.0, "calm_weeks_missing", "calmer", "harder", ALIKE),
    ):
        weeks, hardness = _hardness(record, cells, apart)
        beside = _next_to(record.unwritten)[weeks]
        side = sign * hardness > np.median(sign * hardness)
        both, drawn = int((side & beside).sum()), int(beside.sum())
        if at_least(both, drawn, int(side.sum()), weeks.size) <= CHANCE_BESIDE:
            message = (
                f"Whole weeks are missing next to {how} weeks more often than chance makes likely: of {drawn} written weeks "
                f"next to a missing one, {both} are {how} than most. If the missing ones were like them, this record reads "
                f"{reads} than it was."
            )
            yield Problem(code, message)


def _hardness(record: Record, cells: Ints, apart: int) -> tuple[Ints, Floats]:
    """Written weeks, and how hard each is: share of easier ones less that of harder ones, mean of the channels.

    Compared are weeks at most so many apart.
    """
    weeks = np.unique(record.week[cells])
    total, times = np.zeros(weeks.size), np.zeros(weeks.size)
    for channel in np.unique(record.channel[cells]):
        mine = cells[record.channel[cells] == channel]
        week, at = np.unique(record.week[mine], return_inverse=True)
        level = -record.sign[mine[0]] * np.bincount(at, record.total[mine]) / np.bincount(at, record.of[mine])
        here = np.searchsorted(weeks, week)
        near = np.abs(week[:, None] - week[None, :]) <= apart
        total[here] += (np.sign(level[:, None] - level[None, :]) * near).sum(axis=1) / near.sum(axis=1)
        times[here] += 1.0
    return weeks, total / times


def _next_to(unwritten: Flags) -> Flags:
    beside = np.zeros_like(unwritten)
    beside[1:] |= unwritten[:-1]
    beside[:-1] |= unwritten[1:]
    return beside & ~unwritten


def at_least(hits: int, drawn: int, marked: int, size: int) -> float:
    """P(at least `hits` of `drawn` are marked), drawn from `size` of which `marked` are: Fisher's exact test, one-sided."""
    total = math.comb(size, drawn)
    most = min(drawn, marked)
    return (
        sum(math.comb(marked, k) * math.comb(size - marked, drawn - k) for k in range(hits, most + 1)) / total
    )


def _whole_weeks(record: Record, cells: Ints) -> Iterator[Problem]:
    strain = np.array([-1.0 if (x := record.cells[i].strain) is None else x for i in cells])
    _, at, count = np.unique(record.week[cells] * len(record.channels) + record.channel[cells],
                             return_inverse=True, return_counts=True)  # fmt: skip
    mixed = (strain != 0.0) & (strain != 1.0)
    if (count[at] == 1).mean() >= WHOLE_WEEKS and mixed.mean() >= MIXED:
        message = (
            "Nearly every week stands as one figure for all its days. Calm and hard days cannot be told apart in it, and a "
            "week that is looked back on is not seven days written down."
        )
        yield Problem("whole_weeks", message)
