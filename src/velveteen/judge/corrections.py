"""What integrating over the hyperparameters adds to the trajectories that were not integrated themselves.

A trajectory's log density at one z differs from its log integral by how far its own z lies away from there. Two values tell
that: along the line to a second z, the density is a parabola whose curvature trajectories share, but not its slope.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from velveteen.judge.arrays import Floats

NEAR = 0.3  # posterior standard deviations: two values of z closer than this tell no slope
MOST = 1.0  # nats that the parabola may gain beyond its value at the second z
DOUBT = 0.1  # squared nats: weight of the parabola itself against what the trajectories integrated say


@dataclass(frozen=True, slots=True)
class Correction:
    """What integrating over z adds to a trajectory's value at one z, and where its z lies (d,)."""

    added: float
    centre: Floats


def gain(rise: Floats, apart: float) -> Floats:
    """How far the top of a parabola with unit curvature lies above its value at 0.

    Args:
        rise: (n,) value at a second place less that at 0.
        apart: how far that place is, in posterior standard deviations; at least NEAR is taken.
    """
    apart = max(apart, NEAR)
    gained: Floats = np.minimum(0.5 * (rise / apart + 0.5 * apart) ** 2, 0.5 * apart**2 + MOST)
    return gained


def corrected(
    values: list[Floats], known: dict[tuple[int, int], Correction], gains: list[Floats] | None = None
) -> list[Floats]:
    """The values with the corrections, interpolated within a shape; a shape without any takes the likeliest's.

    Args:
        values: for each shape, (onsets,) at one z.
        known: by shape and onset, the likeliest first.
        gains: as values, what the corrections follow apart from the onset; None: nothing.
    """
    gains = [np.zeros(v.size) for v in values] if gains is None else gains
    followed = {key: float(gains[key[0]][key[1]]) for key in known}
    slope = _slope(np.array(list(followed.values())), np.array([c.added for c in known.values()]))
    (likeliest, _), *_ = known
    found = []
    for s, value in enumerate(values):
        shape = s if any(k == s for k, _ in known) else likeliest
        onsets = sorted(o for k, o in known if k == shape)
        rest = [known[shape, o].added - slope * followed[shape, o] for o in onsets]
        found.append(value + slope * gains[s] + np.interp(np.arange(value.size), onsets, rest))
    return found


def _slope(gains: Floats, added: Floats) -> float:
    """How much of a gain the corrections follow: least squares, drawn towards all of it; from 0 to 2."""
    away = gains - gains.mean()
    slope = (away @ (added - added.mean()) + DOUBT) / (away @ away + DOUBT)
    return float(np.clip(slope, 0.0, 2.0))
