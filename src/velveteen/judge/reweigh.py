"""An account weighed again on a record, or under a prior, that is somewhat another: by how much its log evidence moves.

Its trajectories stay as they are. All are screened again; the likeliest of each run of onsets are evaluated in full at one
place of the hyperparameters, and what the screen misses there is interpolated over the others.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from velveteen.judge.accounts import Account
from velveteen.judge.arrays import Floats
from velveteen.judge.evaluate import Evaluator
from velveteen.judge.evidence import Evidence
from velveteen.judge.record import Record
from velveteen.judge.screen import Expansion

MOST = 16  # trajectories of an account that are looked at again
TOGETHER = 6  # weeks: onsets of one shape so near to each other are looked at as one
CARRIED = 0.98  # share of an account's evidence that they stand for


@dataclass(frozen=True, slots=True)
class Seen:
    """Log evidences of one account at one z.

    Attributes:
        screened: of every trajectory that is part of the account's evidence, as the screen sees them.
        full: of those that are looked at.
    """

    screened: Floats
    full: Floats


class Looked:
    """The trajectories of one account that stand for the others."""

    def __init__(self, evidence: Evidence) -> None:
        parts = evidence.components
        self.account, self.hyper, self._z = (
            evidence.evaluator.account,
            evidence.evaluator.hyper,
            parts[0].centre,
        )
        self._mass = np.exp([c.log_weight - evidence.log for c in parts])
        self._shape, self._onset = np.array([(c.shape, c.onset) for c in parts]).T
        self._week = np.array([self.account.shapes[c.shape].onsets[c.onset] for c in parts])
        self._chosen = np.array(self._standing_for())

    def _standing_for(self) -> list[int]:
        """The likeliest of each run of onsets, the runs that hold most first; components come likeliest first."""
        runs: dict[tuple[int, int], int] = {}
        held: dict[tuple[int, int], float] = {}
        for i, key in enumerate(zip(self._shape.tolist(), (self._week // TOGETHER).tolist(), strict=True)):
            runs.setdefault(key, i)
            held[key] = held.get(key, 0.0) + float(self._mass[i])
        ordered = sorted(runs, key=lambda key: -held[key])
        carried = np.cumsum([held[key] for key in ordered])
        enough = int(np.searchsorted(carried, CARRIED * carried[-1])) + 1
        return [runs[key] for key in ordered[: min(enough, MOST)]]

    def seen(self, record: Record, account: Account, expansion: Expansion) -> Seen:
        """The trajectories under another account of the same shapes, or on another record."""
        screened = expansion.screen(account)
        every = np.array([screened[s][o] for s, o in zip(self._shape, self._onset, strict=True)])
        pairs = [(account.shapes[self._shape[i]], int(self._onset[i])) for i in self._chosen]
        evaluator = Evaluator(record, account, self.hyper, expansion.layout)
        return Seen(every, evaluator.across(self._z, pairs))

    def shift(self, old: Seen, new: Seen) -> float:
        """Nats by which the log evidence moves from one to the other."""
        moved = new.screened - old.screened
        missed = new.full - old.full - moved[self._chosen]
        correction = np.full(moved.size, np.average(missed, weights=self._mass[self._chosen]))
        for shape in np.unique(self._shape[self._chosen]):
            known = np.flatnonzero(self._shape[self._chosen] == shape)
            known = known[np.argsort(self._week[self._chosen[known]])]
            mine = self._shape == shape
            at = self._week[self._chosen[known]]
            correction[mine] = np.interp(self._week[mine], at, missed[known])
        moved += correction
        return float(np.logaddexp.reduce(moved + np.log(self._mass)) - np.log(self._mass.sum()))
