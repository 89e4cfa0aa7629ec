"""Who lives here: lasting differences between households, with heavy tails. All figures are judgement; see README.md."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from velveteen.journal.entries import ANSWERS, OWNING_ANSWERS

Floats = NDArray[np.float64]

OTHER_ANSWERS = tuple(answer for answer in ANSWERS if answer not in OWNING_ANSWERS)
HEATED = (
    "shouted",
    "blamed_me",
    "put_me_down",
    "denied_it",
    "mocked",
    "punished_with_silence",
    "broke_agreement",
)
DIRE = ("threatened", "hurt_or_broke", "did_not_take_no")
PETTY = (
    "looked_down", "decided_for_me", "checked_phone", "controlled_money", "took_short_cut", "lied", "exaggerated",
    "demanded_praise", "showed_off", "harm",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Household:
    """One couple: how they are when nothing changes.

    Attributes:
        quarrel: hazard of a quarrel on an ordinary calm day together, a day.
        petty: harmful acts outside quarrels, a day together.
        severity: log of the median severity of a quarrel (1 = raised voices, 5 = frightening).
        cyclic: 0-1, how far tension builds and is followed by contrition (Walker's cycle; far from all couples).
        build: days in which tension builds.
        load: log hazard a unit of load; stressed, refused, criticised: log hazard of such a day.
        under_threat: log hazard while loss is near: below 0 they appease, above 0 they attack.
        mending: logit of a quarrel being mended on its day.
        owning, hearing, keeping: logits of owning a confrontation, acknowledging a feeling, keeping a promise.
        equals, free, warmth, wellness: points of 0-10, the level of each evening or weekly rating.
        heat, dire, petty_kinds, answers: shares of the kinds of act and of the answers that own nothing.
        says_no, criticised: share of days together on which the keeper says no, or the other loses face.
        voice: logit scale, how readily the keeper raises things.
        limits: limits stated a day, at an ordinary grievance; firmness: days until one slips; invites: invitations a day.
        leaving: threats to leave a day, at no grievance; goes: share of them that are leaving.
        therapy: therapies begun a day, of itself; stays: logit-like tenacity in therapy.
        lives_apart: whether they meet on some days only; trips: absences a day.
    """

    quarrel: float
    petty: float
    severity: float
    cyclic: float
    build: float
    load: float
    stressed: float
    refused: float
    criticised_heat: float
    under_threat: float
    mending: float
    owning: float
    hearing: float
    keeping: float
    equals: float
    free: float
    warmth: float
    wellness: float
    heat: Floats
    dire: Floats
    petty_kinds: Floats
    answers: Floats
    says_no: float
    criticised: float
    voice: float
    limits: float
    firmness: float
    invites: float
    leaving: float
    goes: float
    therapy: float
    stays: float
    lives_apart: bool
    trips: float


def draw_household(rng: Generator) -> Household:
    """One household; about one in eight has hardly any harm to begin with."""
    floor = 0.1 if rng.random() < 0.12 else 1.0
    burden = 0.5 * rng.standard_t(5)  # what makes a household hard in several ways at once
    return Household(
        quarrel=min(floor * _skewed(rng, 0.055, 0.6) * np.exp(burden), 0.9),
        petty=min(floor * _skewed(rng, 0.06, 0.8) * np.exp(burden), 2.5),
        severity=rng.normal(0.0, 0.35) + 0.2 * burden,
        cyclic=rng.beta(2, 2) if rng.random() < 0.67 else 0.0,
        build=_skewed(rng, 20, 0.5),
        load=rng.gamma(4, 0.1), stressed=rng.gamma(3, 0.12), refused=rng.gamma(4, 0.22), criticised_heat=rng.gamma(4, 0.25),
        under_threat=rng.normal(-0.4, 0.6),
        mending=rng.normal(-0.6, 0.9) - 0.3 * burden,
        owning=rng.normal(-1.5, 1.0) - 0.4 * burden,
        hearing=rng.normal(-0.8, 0.9) - 0.4 * burden,
        keeping=rng.normal(-0.2, 0.9) - 0.3 * burden,
        equals=float(np.clip(rng.normal(4.5, 1.5) - burden, 0.5, 9)),
        free=float(np.clip(rng.normal(4.3, 1.6) - burden, 0.5, 9)),
        warmth=float(np.clip(rng.normal(6.3, 1.1) - 0.6 * burden, 2, 9)),
        wellness=float(np.clip(rng.normal(5.8, 1.2) - 0.4 * burden, 2, 9)),
        heat=rng.dirichlet(np.full(len(HEATED), 1.2)), dire=rng.dirichlet(np.full(len(DIRE), 0.8)),
        petty_kinds=rng.dirichlet(np.full(len(PETTY), 0.6)), answers=rng.dirichlet(np.full(len(OTHER_ANSWERS), 0.8)),
        says_no=rng.beta(2, 17), criticised=rng.beta(2, 30), voice=rng.normal(-0.3, 0.8),
        limits=0.0 if rng.random() < 0.15 else _skewed(rng, 0.007, 0.7), firmness=_skewed(rng, 40, 0.6),
        invites=_skewed(rng, 0.003, 0.9),
        leaving=_skewed(rng, 0.0006, 0.8), goes=rng.beta(1.5, 6),
        therapy=_skewed(rng, 0.0003, 0.5), stays=rng.normal(0, 0.8),
        lives_apart=bool(rng.random() < 0.2), trips=_skewed(rng, 0.008, 0.7),
    )  # fmt: skip


def _skewed(rng: Generator, median: float, spread: float) -> float:
    """Log-Student with five degrees of freedom: a log-normal with heavier tails."""
    return float(median * np.exp(spread * rng.standard_t(5)))
