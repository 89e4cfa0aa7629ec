"""Integration over the hyperparameters: along the principal axes of the posterior, recentred at each trajectory."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from velveteen.judge.arrays import Floats, Ints

NODE = math.sqrt(3.0)  # outer node of the three-point Gauss-Hermite rule
ROUNDS = 6  # most places of a rule
_TURNS = 3  # times that the principal axes are taken, at most
_STILL = 1.0  # posterior standard deviations between where they were taken and the mode that need no new ones
_FLOOR = 0.15  # least curvature along an axis: the standard-normal prior alone has 1
_SETTLED = 0.2  # a move of so many posterior standard deviations, or less, is no reason to look again
_NARROW = 1.2  # nor is a curvature so many times another
_LIKE = 2.0  # so many times as much is near enough to what was integrated before
_DOWN = 0.2  # nats that the centre of a frame may fall by before half of its move is taken back
_WIDEN = 0.5  # least curvature that an axis is widened by at once: a slope far from the mode may look flat
_FAR_UP = 3.0  # nats above the parabolas, more than which a corner is not believed
_FAR = 1.5  # longest recentring step along an axis, in posterior standard deviations

_FURTHER = {
    5: ((0, 1, 2, 3),), 6: ((0, 1, 2, 3, 4),), 7: ((0, 1, 2, 3), (0, 1, 3, 4)), 8: ((0, 1, 2, 3), (0, 1, 4, 5)),
    9: ((0, 2, 3, 5, 6), (1, 2, 4, 5, 6)), 10: ((0, 1, 2, 6), (1, 2, 3, 4), (0, 2, 3, 5)),
    11: ((0, 1, 2, 6), (1, 2, 3, 4), (0, 2, 3, 5), (0, 1, 2, 3, 4, 5, 6)),
}  # fmt: skip

LogDensity = Callable[[Floats], Floats]  # of many points (n, d), the first in their middle: (n,)


@dataclass(frozen=True, slots=True)
class Frame:
    """Where a posterior of z lies: centre (d,) and axes (d, d), orthogonal columns one standard deviation long."""

    centre: Floats
    axes: Floats


def along_axes(log_density: LogDensity, frame: Frame, step: float) -> tuple[float, Floats, Floats]:
    """Log density at the centre, and (d,) a step up and down each axis."""
    steps = step * frame.axes.T
    size = len(steps)
    values = log_density(frame.centre + np.vstack([np.zeros((1, frame.centre.size)), steps, -steps]))
    return float(values[0]), values[1 : size + 1], values[size + 1 :]


def parabola(middle: float, up: Floats, down: Floats, step: float) -> tuple[Floats, Floats]:
    """Gradient and curvature (>= _FLOOR) along each axis, from three values."""
    gradient = (up - down) / (2.0 * step)
    curvature = (2.0 * middle - up - down) / step**2
    return gradient, np.maximum(curvature, _FLOOR)


def find_frame(log_density: LogDensity, size: int, start: Floats | None = None, rounds: int = 4) -> Frame:
    """Mode of the log density and the principal axes of its curvature, by damped Newton steps along axes.

    Args:
        log_density: with a standard-normal prior included.
        size: d.
        start: (d,) first guess; the prior's median where None.
        rounds: most steps along the coordinate axes, and again along the principal ones.
    """
    frame = _climbed(
        log_density, Frame(np.zeros(size) if start is None else start, np.eye(size)), rounds, 0.5
    )
    for _ in range(_TURNS):
        turned = Frame(frame.centre, _principal_axes(log_density, frame.centre))
        frame = _climbed(log_density, turned, rounds, 1.0)
        if np.linalg.norm(np.linalg.solve(turned.axes, frame.centre - turned.centre)) < _STILL:
            break
    return integrate(log_density, frame, rounds).frame


def _climbed(log_density: LogDensity, frame: Frame, rounds: int, step: float) -> Frame:
    """Newton steps along the axes; a step that leads down is taken back halfway."""
    best, top = -math.inf, frame
    for _ in range(rounds):
        middle, up, down = along_axes(log_density, frame, step)
        if middle < best:
            frame = Frame(0.5 * (frame.centre + top.centre), frame.axes)
            continue
        best, top = middle, frame
        gradient, curvature = parabola(middle, up, down, step)
        move = np.clip(gradient / curvature, -_FAR, _FAR)
        frame = Frame(frame.centre + frame.axes @ move, frame.axes)
        if np.abs(move).max() < 0.1:
            return frame
    return top


def _principal_axes(log_density: LogDensity, centre: Floats, step: float = 0.5) -> Floats:
    size = centre.size
    middle, up, down = along_axes(log_density, Frame(centre, np.eye(size)), step)
    hessian = np.diag((2.0 * middle - up - down) / step**2)
    pairs = [(i, j) for i in range(size) for j in range(i)]
    corners = np.array([step * (np.eye(size)[i] + np.eye(size)[j]) for i, j in pairs]).reshape(-1, size)
    values = log_density(centre + np.vstack([np.zeros((1, size)), corners, -corners]))
    one, other = values[1 : len(pairs) + 1], values[len(pairs) + 1 :]
    for k, (i, j) in enumerate(pairs):
        mixed = one[k] + other[k] - up[i] - up[j] - down[i] - down[j] + 2.0 * middle
        hessian[i, j] = hessian[j, i] = -mixed / (2.0 * step**2)
    values, vectors = np.linalg.eigh(hessian)
    axes: Floats = vectors / np.sqrt(np.maximum(values, _FLOOR))
    return axes


@dataclass(frozen=True, slots=True)
class Rule:
    """Three points along some axes of a frame: log density at its centre, and (k,) an outer node up and down each."""

    frame: Frame
    axes: Ints
    middle: float
    up: Floats
    down: Floats

    @property
    def gains(self) -> Floats:
        """(k,) log of what the rule makes of each axis, against a Gaussian about the centre as wide as the axis."""
        outer = sum(np.exp(np.minimum(side - self.middle + 1.5, 6.0)) for side in (self.up, self.down))
        found: Floats = np.log(2.0 / 3.0 + outer / 6.0)
        return found

    def moved(self) -> tuple[Frame, float]:
        """The frame at the top of the parabolas, each axis one standard deviation of its own, and how far off this one is.

        Off by less than 1, it is near enough: its centre by less than _SETTLED standard deviations along each axis, its
        widths by less than the factor _NARROW.
        """
        gradient, curvature = parabola(self.middle, self.up, self.down, NODE)
        steps = np.minimum(np.maximum(gradient / curvature, -_FAR), _FAR)
        along = self.frame.axes[:, self.axes]
        axes = self.frame.axes.copy()
        axes[:, self.axes] = along / np.sqrt(np.maximum(curvature, _WIDEN))
        off = max(np.abs(steps).max() / _SETTLED, np.abs(np.log(curvature)).max() / math.log(_NARROW))
        return Frame(self.frame.centre + along @ steps, axes), float(off)


@dataclass(frozen=True, slots=True)
class Integral:
    """A log integral by the rule along axes.

    Attributes:
        log: without cross terms.
        cross: what these add, 0 unless asked for.
        frame: where the density lies.
        rule: what it was taken with, along all axes of a frame near by.
    """

    log: float
    cross: float
    frame: Frame
    rule: Rule


def three_points(log_density: LogDensity, frame: Frame, axes: Ints | None = None) -> Rule:
    """The rule along some axes of a frame, all of them where None."""
    axes = np.arange(frame.centre.size) if axes is None else axes
    return Rule(frame, axes, *along_axes(log_density, Frame(frame.centre, frame.axes[:, axes]), NODE))


def integrate(
    log_density: LogDensity,
    frame: Frame,
    rounds: int = ROUNDS,
    slack: float = 1.0,
    at_corners: LogDensity | None = None,
) -> Integral:
    """Log of the integral of exp(log_density), standard-normal prior without its constant, over z.

    A three-point Gauss-Hermite rule along each axis, which are taken as independent given the frame. Where the Gaussian
    through the three points lies elsewhere or is much wider or narrower, the frame moves there first: within these bounds
    the rule itself is good to hundredths, and what is left are cross terms between axes.

    Args:
        log_density: see above.
        frame: where to start.
        rounds: most places of the rule.
        slack: how many times as far off a frame may be as elsewhere.
        at_corners: the log density where less will do, if the cross terms are to be taken from the corners as well.
    """
    best = rule = three_points(log_density, frame)
    moved, least = rule.moved()
    while rounds > 1 and least > slack:
        before, rule, rounds = rule, three_points(log_density, moved), rounds - 1
        moved, off = rule.moved()
        if rule.middle < before.middle - _DOWN:
            moved = Frame(0.5 * (rule.frame.centre + before.frame.centre), rule.frame.axes)
        if off < least:
            best, least = rule, off
    rule, moved = best, best.moved()[0]
    log = rule.middle + _log_volume(rule.frame) + float(rule.gains.sum())
    return Integral(log, 0.0 if at_corners is None else cross_terms(at_corners, rule), moved, rule)


def integrate_like(
    log_density: LogDensity, like: Integral, axes: Ints | None = None, rounds: int = ROUNDS
) -> tuple[Integral, Floats, bool]:
    """The integral of a density that resembles one integrated before, and how its gains differ from that one's.

    The rule is taken along some axes, all of them where None; along the others it is that of the one before. Where the
    frame of that one is not near enough, the density gets an integral of its own.
    """
    rule = three_points(log_density, like.rule.frame, axes)
    moved, off = rule.moved()
    apart = rule.gains - like.rule.gains[rule.axes]
    if off > _LIKE:
        return integrate(log_density, moved, rounds - 1, _LIKE), apart, False
    log = rule.middle + _log_volume(rule.frame) + float(like.rule.gains.sum() + apart.sum())
    return Integral(log, 0.0, moved, like.rule), apart, True


def _log_volume(frame: Frame) -> float:
    """Log of the volume of the box that the axes span."""
    return 0.5 * float(np.log((frame.axes**2).sum(axis=0)).sum())


def cross_terms(log_density: LogDensity, rule: Rule) -> float:
    """Log of the mean ratio of the density to the product of the parabolas along the axes, over corners of a cube.

    At a corner one standard deviation up or down every axis, even terms in two axes have the mean that they have under the
    normal, and odd ones nearly their mean square, so that the mean of exp is that under the normal to second order.
    """
    gradient, curvature = parabola(rule.middle, rule.up, rule.down, NODE)
    at = corners(gradient.size)
    values = log_density(
        rule.frame.centre + np.vstack([np.zeros((1, gradient.size)), at @ rule.frame.axes.T])
    )
    ratio = values[1:] - values[0] - at @ gradient + 0.5 * curvature.sum()
    return float(np.logaddexp.reduce(np.minimum(ratio, _FAR_UP)) - math.log(len(at)))


def corners(size: int) -> Floats:
    """(n, size) corners +-1 of a cube, size 1 to 11: all of them up to four axes, then 16, 32, 32, 64 and 128.

    Two-level fractional factorial designs (Box & Hunter 1961): further axes are products of the first ones, so chosen that
    products of two axes stay apart from each other (but for one word of four, with seven).
    """
    further = _FURTHER.get(size, ())
    free = size - len(further)
    bits = 1 - 2 * (np.arange(2**free)[:, None] >> np.arange(free) & 1)
    products = [bits[:, list(axes)].prod(axis=1) for axes in further]
    return np.column_stack([bits, *products]).astype(np.float64)
