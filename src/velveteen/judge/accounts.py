"""The six accounts and *none of these*: what each adds to the shared effects, and along which trajectories."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import reduce

import numpy as np

from velveteen.judge.effects import Effects, joined, walk_basis
from velveteen.judge.record import Record
from velveteen.judge.shapes import Shape, pulses, ramps, still

CHANGE_MEAN = 0.9  # of A_c, in channel scales: harm to about .4 of what it was
WORSE_MEAN = 0.7
SHARED_SD = 0.45  # of the part of A_c that the channels share
OWN_SD = 0.35  # of the part that is a channel's own
WALK_SD = 0.7  # of the shared walk of *none of these* after one year
WALK_TERMS = 6


@dataclass(frozen=True, slots=True)
class Account:
    """One account of a record.

    Attributes:
        name: as in verdict.ACCOUNTS.
        effects: shared effects plus its own; its own columns come last and are scaled by the trajectory.
        shared: M of the shared effects; the account's own columns follow.
        first_own: index in b of its first own effect.
        slots: for each own column, the row of (fixed columns, g) that scales it.
        shapes: its trajectories.
    """

    name: str
    effects: Effects
    shared: int
    first_own: int
    slots: tuple[int, ...]
    shapes: tuple[Shape, ...]


def change_block(record: Record, mean: float, *, sign: float = 1.0, calm_only: bool = False) -> Effects:
    """A_c for each channel: shared part plus own part. `calm_only`: outward channels on calm days, inward ones not."""
    touched = [i for i, c in enumerate(record.channels) if not calm_only or c.side == "outward"]
    place = np.full(len(record.channels), -1)
    place[touched] = np.arange(len(touched))
    column = place[record.channel][:, None]
    v0 = np.where(column >= 0, sign * (record.sign * record.scale)[:, None], 0.0)
    covariance = SHARED_SD**2 + OWN_SD**2 * np.eye(len(touched))
    return Effects(
        column, v0, -v0 if calm_only else np.zeros_like(v0), np.full(len(touched), mean), covariance
    )


def walk_block(record: Record) -> Effects:
    """A random walk that all channels share."""
    cells = len(record.cells)
    v0 = np.repeat((record.sign * record.scale)[:, None], WALK_TERMS, axis=1)
    column = np.tile(np.arange(WALK_TERMS), (cells, 1))
    return Effects(column, v0, np.zeros_like(v0), np.zeros(WALK_TERMS), WALK_SD**2 * np.eye(WALK_TERMS))


def _account(
    name: str,
    shared: Effects,
    blocks: list[tuple[Effects, tuple[int, ...]]],
    shapes: list[Shape],
) -> Account:
    """Put an account together: blocks, each with the slots of its columns."""
    slots = tuple(slot for _, places in blocks for slot in places)
    effects = reduce(joined, (block for block, _ in blocks), shared)
    return Account(name, effects, shared.column.shape[1], shared.size, slots, tuple(shapes))


def same(record: Record, shared: Effects) -> Account:
    """No change within this record."""
    return _account("same", shared, [], still(record.weeks))


def worse(record: Record, shared: Effects) -> Account:
    """A ramp for the worse on every channel."""
    block = change_block(record, WORSE_MEAN, sign=-1.0)
    return _account("worse", shared, [(block, (0,))], ramps(record.weeks, record.anchors))


def temporary(record: Record, shared: Effects) -> Account:
    """One or more fading pulses on every channel."""
    shapes = pulses(record.weeks, record.anchors, record.loss)
    return _account("temporary", shared, [(change_block(record, CHANGE_MEAN), (0,))], shapes)


def surface(record: Record, shared: Effects) -> Account:
    """A ramp on outward channels on calm days; nothing inward, nothing on hard days.

    Without a hard cell and without an inward channel nothing tells it from `lasting`: it is then computed as that.
    """
    calm_only = told_apart(record)
    block = change_block(record, CHANGE_MEAN, calm_only=calm_only)
    shapes = ramps(record.weeks, record.anchors)
    return _account("surface", shared, [(block, (0,))], shapes)


def conditional(record: Record, shared: Effects) -> Account:
    """Better in the share of the week in which a limit stood, by either reading of it, with or without a lasting part."""
    held, lasts = change_block(record, CHANGE_MEAN), change_block(record, CHANGE_MEAN)
    shapes: list[Shape] = []
    for reading in record.limit:
        share = (reading - reading.mean())[None, :]
        shapes += still(record.weeks, share) + ramps(record.weeks, record.anchors, columns=share)
    weighted = [_reweighted(shape, 0.5 / len(record.limit)) for shape in shapes]
    return _account("conditional", shared, [(held, (0,)), (lasts, (1,))], weighted)


def lasting(record: Record, shared: Effects) -> Account:
    """A ramp on every channel, hard days included."""
    block = change_block(record, CHANGE_MEAN)
    return _account("lasting", shared, [(block, (0,))], ramps(record.weeks, record.anchors))


def none_of_these(record: Record, shared: Effects) -> Account:
    """A random walk that all channels share."""
    basis = walk_basis(record.weeks, WALK_TERMS)
    slots = tuple(range(WALK_TERMS))
    return _account("none_of_these", shared, [(walk_block(record), slots)], still(record.weeks, basis))


def _reweighted(shape: Shape, weight: float) -> Shape:
    return replace(shape, log_prior=shape.log_prior + np.log(weight))


def spread(account: Account, factor: float) -> Account:
    """The account with the prior standard deviation of its change A_c times a factor; a walk, and `same`, stay."""
    if account.name == "none_of_these":
        return account
    covariance, first = account.effects.covariance.copy(), account.first_own
    covariance[first:, first:] *= factor**2
    return replace(account, effects=replace(account.effects, covariance=covariance))


def told_apart(record: Record) -> bool:
    """Whether anything can tell `surface` from `lasting`: a hard cell, or an inward channel, not from self."""
    return any(
        (cell.strain or 0.0) > 0 or record.channels[record.channel[i]].side == "inward"
        for i, cell in enumerate(record.cells)
        if cell.informative
    )


ALL: dict[str, Callable[[Record, Effects], Account]] = {
    f.__name__: f for f in (same, worse, temporary, surface, conditional, lasting, none_of_these)
}


def weighable(record: Record) -> tuple[str, ...]:
    """The accounts that can be weighed, in order: `conditional` only where the standing of a limit varies."""
    return tuple(name for name in ALL if name != "conditional" or np.ptp(record.limit[0]) > 0)
