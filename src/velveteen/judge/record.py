"""A record as arrays: what every account sees alike."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from velveteen.judge.arrays import Flags, Floats, Ints
from velveteen.judge.enough import weighed
from velveteen.judge.families import COUNT, PROPORTION, RATING
from velveteen.measure.cells import Cell, TurningPoint
from velveteen.measure.channels import Channel
from velveteen.measure.coders import Coder
from velveteen.problems import BadInput

FAMILY = {"count": COUNT, "proportion": PROPORTION, "rating": RATING}

# A week's calm cell holds some hard days that were not written down as such, and the other way round.
MISLABEL = 0.15
CALM_NODES = ((0.0, 1 - MISLABEL), (0.35, MISLABEL))
HARD_NODES = ((1.0, 1 - MISLABEL), (0.65, MISLABEL))
UNRECORDED_NODES = ((0.05, 0.35), (0.25, 0.40), (0.60, 0.25))
# Where no cell of a channel tells it, the spread of strain is part of the channel's noise, and only its mean is left.
UNTOLD_NODES = ((sum(x * weight for x, weight in UNRECORDED_NODES), 1.0),)

LONG = 104  # weeks from which on a record may hold more than one change
HOME = ("partner", "other")  # informants who write of their own accord, week by week
_BY_CELL = (
    "channel",
    "informant",
    "level",
    "week",
    "family",
    "y",
    "of",
    "scale",
    "sign",
    "node",
    "log_weight",
    "coder",
    "coded",
)
LINGERS = 0.5  # share of a felt limit that the weeks before it make

# Scale of an ordinary change where the registry names none: one logit or log unit, or this share of a rating's range.
DEFAULT_SCALE = 1.0
RATING_SCALE_SHARE = 0.15
# Least and largest scale: in log or logit units, or as shares of a rating's range.
SCALES = {"count": (0.01, 10.0), "proportion": (0.01, 10.0), "rating": (0.02, 1.0)}


@dataclass(frozen=True, slots=True)
class Record:
    """A record of T weeks and N informative cells; self-reports are kept aside and make it no longer.

    Attributes:
        first: index of the first week.
        weeks: T.
        cells: the N informative cells, in canonical order.
        channels: the channels present, in order of name; `channel` (N,) indexes them.
        informants: the informants present; `informant` (N,) indexes them.
        levels: (channel, informant, audience) of each level; `level` (N,) indexes them.
        week, family, y, of: (N,) week from 0, family code, value, exposure / trials / ratings.
        scale: (N,) channel scale, > 0; sign: (N,) +1 where more is better, -1 where less is.
        node, log_weight: (N, 3) strain nodes and their log mixture weights.
        coder, coded: (N,) index of the coder in `coders`, -1 = none, and how many items it coded.
        coders: of the channels that have coded cells, in order of channel.
        self_reports: the self-reported cells, which are kept aside.
        unweighed: the cells of channels that do not enter the odds, kept aside too.
        loss: weeks (from 0, may be negative) at which something was lost or threatened.
        anchors: weeks of all turning points.
        limit: (2, T) share of each week in which a limit stood: as marked, and as it is felt (`felt_limit`).
        last_threat: week of the last loss_threatened, left or returned, or None.
        writer: the one of HOME who writes in most weeks, or None.
        unwritten: (T,) weeks without a count or a rating of the writer's, save those between `left` and `returned`.
    """

    first: int
    weeks: int
    cells: tuple[Cell, ...]
    channels: tuple[Channel, ...]
    informants: tuple[str, ...]
    levels: tuple[tuple[str, str, str | None], ...]
    channel: Ints
    informant: Ints
    level: Ints
    week: Ints
    family: Ints
    y: Floats
    of: Floats
    scale: Floats
    sign: Floats
    node: Floats
    log_weight: Floats
    coder: Ints
    coded: Floats
    coders: tuple[Coder, ...]
    self_reports: tuple[Cell, ...]
    unweighed: tuple[Cell, ...]
    loss: tuple[int, ...]
    anchors: tuple[int, ...]
    limit: Floats
    last_threat: int | None
    writer: str | None
    unwritten: Flags

    @property
    def inward(self) -> Flags:
        """(N,) whether the cell's channel is an inward one."""
        found: Flags = np.array([c.side == "inward" for c in self.channels])[self.channel]
        return found

    @property
    def total(self) -> Floats:
        """(N,) counts and successes as they are, a mean rating times its number: what adds up over cells."""
        return self.y * np.where(self.family == RATING, self.of, 1.0)

    @property
    def dated(self) -> Flags:
        """(N,) the home writer's counts and ratings: of the week they stand in; what is due or owned may be of another."""
        writer: Flags = np.array([c.informant == self.writer for c in self.cells])
        found: Flags = writer & (self.family != PROPORTION)
        return found

    @property
    def of_writer(self) -> Flags:
        """(N,) the outward ones of these, uncoded: what tells how hard a week was, and whether it was written."""
        found: Flags = self.dated & ~self.inward & (self.coder < 0)
        return found


def of_cells(record: Record, kept: Flags) -> Record:
    """The record with some of its cells, its span and levels as they are."""
    arrays: dict[str, Any] = {name: getattr(record, name)[kept] for name in _BY_CELL}
    return replace(record, cells=tuple(record.cells[i] for i in np.flatnonzero(kept)), **arrays)


def build_record(
    cells: Sequence[Cell], turning_points: Sequence[TurningPoint], channels: Mapping[str, Channel]
) -> Record:
    """Arrays of a checked record. Cells without exposure only stretch the weeks; what is kept aside not even these."""
    self_reports = tuple(c for c in cells if c.informant == "self")
    cells = [c for c in cells if c.informant != "self"]
    unweighed = tuple(c for c in cells if not channels[c.channel].weighed)
    cells = weighed(cells, channels)
    first = min(c.week for c in cells)
    weeks = max(c.week for c in cells) - first + 1
    used = tuple(sorted((c for c in cells if c.informative), key=_order))
    names = sorted({c.channel for c in used})
    informants = tuple(sorted({c.informant for c in used}))
    levels = tuple(sorted({(c.channel, c.informant, c.audience) for c in used}, key=str))
    kinds = [channels[name] for name in names]
    index = np.array([names.index(c.channel) for c in used], dtype=np.int64)
    nodes, weights = _strain_nodes(used)
    coder, coders = _coders(used, kinds, index)
    threats = [p.week - first for p in turning_points if p.kind in ("loss_threatened", "left", "returned")]
    return Record(
        first=first, weeks=weeks, cells=used, channels=tuple(kinds), informants=informants, levels=levels,
        channel=index,
        informant=np.array([informants.index(c.informant) for c in used], dtype=np.int64),
        level=np.array([levels.index((c.channel, c.informant, c.audience)) for c in used], dtype=np.int64),
        week=np.array([c.week - first for c in used], dtype=np.int64),
        family=np.array([FAMILY[k.family] for k in kinds], dtype=np.int64)[index],
        y=np.array([float(c.value) for c in used]),
        of=np.array([float(c.of) for c in used]),
        scale=np.array([channel_scale(k, [c.value for c in used if c.channel == k.name]) for k in kinds])[index],
        sign=np.array([1.0 if k.better == "more" else -1.0 for k in kinds])[index],
        node=nodes, log_weight=weights,
        coder=coder, coded=np.array([_coded(c) for c in used]), coders=coders,
        self_reports=self_reports, unweighed=unweighed,
        loss=tuple(sorted(p.week - first for p in turning_points if p.kind in ("loss_threatened", "left"))),
        anchors=tuple(sorted({p.week - first for p in turning_points if p.kind != "boundary_held"})),
        limit=_limit(turning_points, first, weeks),
        last_threat=max(threats, default=None),
        writer=(writer := _writer(cells)),
        unwritten=_unwritten(cells, turning_points, channels, writer),
    )  # fmt: skip


def _coders(
    cells: Sequence[Cell], channels: Sequence[Channel], index: Ints
) -> tuple[Ints, tuple[Coder, ...]]:
    """The coder of each cell, and the coders; `index` (N,) are the cells' channels.

    In a channel with a coder, what comes from messages and what says how many items were coded is the coder's.
    """
    by_coder = np.array([c.informant == "messages" or c.coded is not None for c in cells], dtype=bool)
    by_coder &= np.array([c.coder is not None for c in channels], dtype=bool)[index]
    coding = np.unique(index[by_coder])
    place = np.full(len(channels), -1, dtype=np.int64)
    place[coding] = np.arange(coding.size)
    coders = tuple(coder for i in coding if (coder := channels[i].coder))
    return np.where(by_coder, place[index], -1), coders


def _coded(cell: Cell) -> float:
    """Items coded; a share from messages is one of all that were, and needs no number."""
    return float(cell.of if cell.coded is None else cell.coded)


def channel_scale(channel: Channel, values: Sequence[float]) -> float:
    """Size of an ordinary change on the linear predictor of a channel.

    Raises:
        BadInput: it is not within SCALES, of a rating's range: what is noise would then be read as change.
    """
    whole, usual = 1.0, DEFAULT_SCALE
    if channel.family == "rating":
        low, high = rating_range(channel, values)
        whole, usual = high - low, RATING_SCALE_SHARE * (high - low)
    scale = usual if channel.scale is None else channel.scale
    least, most = (share * whole for share in SCALES[channel.family])
    if not least <= scale <= most:
        message = (
            f"Channel “{channel.name}”: scale is the size of an ordinary change, here between {least:g} and {most:g}; it is "
            f"{scale:g}."
        )
        raise BadInput("channel_scale", message)
    return scale


def rating_range(channel: Channel, values: Sequence[float]) -> tuple[float, float]:
    """The stated range of a rating; without one, the range of the record (at least one point wide)."""
    if channel.range is not None:
        return channel.range
    low, high = min(values), max(values)
    return (low, high) if high - low >= 1 else (low - 0.5, high + 0.5)


def _order(cell: Cell) -> tuple[object, ...]:
    strain = -1.0 if cell.strain is None else cell.strain
    return (cell.week, cell.channel, cell.informant, strain, cell.audience or "")


def _strain_nodes(cells: Sequence[Cell]) -> tuple[Floats, Floats]:
    nodes = np.zeros((len(cells), 3))
    weights = np.full((len(cells), 3), -np.inf)
    told = {c.channel for c in cells if c.strain is not None}
    for i, cell in enumerate(cells):
        for k, (x, weight) in enumerate(_nodes_of(cell.strain) if cell.channel in told else UNTOLD_NODES):
            nodes[i, k], weights[i, k] = x, math.log(weight)
    return nodes, weights


def _nodes_of(strain: float | None) -> tuple[tuple[float, float], ...]:
    if strain is None:
        return UNRECORDED_NODES
    return {0.0: CALM_NODES, 1.0: HARD_NODES}.get(strain, ((strain, 1.0),))


def _writer(cells: Sequence[Cell]) -> str | None:
    """Who writes at home: of HOME, the one with most weeks."""
    weeks = {name: len({c.week for c in cells if c.informant == name}) for name in HOME}
    most = max(HOME, key=lambda name: weeks[name])
    return most if weeks[most] else None


def _unwritten(
    cells: Sequence[Cell], points: Sequence[TurningPoint], channels: Mapping[str, Channel], writer: str | None
) -> Flags:
    """The weeks that the writer left out; what is due, owned or acknowledged may be dated by another day than its own."""
    first = min(c.week for c in cells)
    unwritten = np.full(max(c.week for c in cells) - first + 1, writer is not None)
    dated = [c for c in cells if c.informant == writer and channels[c.channel].family != "proportion"]
    for cell in dated or [c for c in cells if c.informant == writer]:
        unwritten[cell.week - first] = (
            False  # also one without exposure: it says that there was nothing to see
        )
    left = None
    for point in sorted(points, key=lambda p: p.week):
        if point.kind == "left":
            left = max(point.week - first, 0)
        elif point.kind == "returned" and left is not None:
            unwritten[left : max(point.week - first + 1, 0)] = False
            left = None
    if left is not None:
        unwritten[left:] = False
    return unwritten


def _limit(points: Sequence[TurningPoint], first: int, weeks: int) -> Floats:
    marks = {p.week - first: p.share for p in points if p.kind == "boundary_held"}
    marked = np.zeros(weeks)
    for week, share in marks.items():
        if 0 <= week < weeks:
            marked[week] = share
    return np.stack([marked, felt_limit(marked, sorted(w for w in marks if 0 <= w < weeks))])


def felt_limit(marked: Floats, weeks: Sequence[int]) -> Floats:
    """The limit as it is felt: it lingers (half of it comes from the weeks before), and gaps between marks are bridged.

    Gaps are bridged only where slips are marked too: otherwise a week without a mark is one in which it did not stand.

    Args:
        marked: (T,) share of each week, 0 where unmarked.
        weeks: the weeks with a mark, rising.
    """
    share = marked.copy()
    if len(weeks) and marked[weeks].min() == 0.0:
        share[weeks[0] :] = np.interp(np.arange(weeks[0], marked.size), weeks, marked[weeks])
    for t in range(1, share.size):
        share[t] = LINGERS * share[t - 1] + (1.0 - LINGERS) * share[t]
    return share
