"""What differs between households: how much happens, what sets it off, what it earns, and how the partner answers.

Every figure is named in the README with its source; most are judgement.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from velveteen.journal.entries import ANSWERS, OWNING_ANSWERS

Rng = np.random.Generator

ORDINARY_ACTS = (
    "put_me_down", "mocked", "shouted", "controlled_money", "checked_phone", "decided_for_me", "took_short_cut",
    "broke_agreement", "lied", "looked_down", "exaggerated", "demanded_praise", "showed_off", "punished_with_silence",
    "hurt_or_broke", "harm",
)  # fmt: skip
UNOWNED = tuple(answer for answer in ANSWERS if answer not in OWNING_ANSWERS)
_FLOOR_SHARE = 0.14
_KIND_SHARES = np.array([0.60, 0.27, 0.07, 0.06])  # calm, stress, refused, criticised
_CUES = np.array([0.0, 0.4, 0.9, 1.0])


@dataclass(frozen=True, slots=True)
class Household:
    """One household, before and apart from any change. Rates are natural logs, chances logits, ratings 0-10."""

    calm_rate: float  # harmful bouts on a calm day together in a smooth spell
    chain: float  # probability that a bout goes on by one more act
    cues: np.ndarray  # what the kind of day adds to the log rate, shape (4,), in the order of KINDS_OF_DAY
    kinds: np.ndarray  # share of days by kind, shape (4,)
    contact: np.ndarray  # probability of a day together by day of the week, shape (7,)
    smooth: float  # mean length of smooth spells, days
    rough: float  # mean length of rough spells, days
    rough_effect: float  # what a rough spell adds to the log rate
    wave_sd: float  # standard deviation of the slow wave of the log rate
    wave_days: float  # and its time constant
    events_a_year: float  # life events that raise or lower the rate for a while
    learning: float  # step by which what a bout earned moves what is expected, 0-1
    payoff_effect: float  # log rate by one unit of expected payoff
    yields: float  # probability that the partner gives in to a bout
    regard: float  # usual ratings
    equals: float
    free: float
    warmth: float  # points of regard by one unit of gain
    sting: float  # points of regard lost by the square root of the day's acts
    halo: float  # share of the week's regard that colours the inward ratings
    keeps: float  # usual logits of keeping a promise, owning, acknowledging
    owns: float
    acknowledges: float
    kept_by: float  # and what one unit of gain adds
    owned_by: float
    acknowledged_by: float
    promises_a_day: float
    told_a_day: float  # feelings told, a day
    contrition: float  # gain right after a threat to leave
    contrition_days: float  # and its time constant
    threats_a_year: float  # turning points of an average year
    excuses: np.ndarray  # shares of UNOWNED
    repertoire: np.ndarray  # shares of ORDINARY_ACTS


def draw_household(rng: Rng) -> Household:
    """One household; the same stream gives the same household whatever becomes of it."""
    chain = float(rng.beta(2, 6))
    cues = _CUES + rng.normal(0, [0.0, 0.25, 0.4, 0.4])
    kinds = rng.dirichlet(_KIND_SHARES * 40)
    rough_effect = abs(float(rng.normal(0.6, 0.4)))
    smooth, rough = float(rng.uniform(4, 25)), float(rng.uniform(2, 9))
    rough_share = rough / (rough + smooth)
    usual = float(kinds @ np.exp(cues)) * (1 - rough_share + rough_share * np.exp(rough_effect))
    return Household(
        calm_rate=_acts_a_week(rng) / 7 * (1 - chain) / usual,
        chain=chain, cues=cues, kinds=kinds, contact=_contact(rng),
        smooth=smooth, rough=rough, rough_effect=rough_effect,
        wave_sd=_positive(rng, 0.35, 0.5), wave_days=float(rng.uniform(15, 90)),
        events_a_year=float(rng.gamma(3, 0.5)), learning=min(_positive(rng, 0.06, 0.5), 0.4),
        payoff_effect=float(rng.uniform(0.5, 2.0)), yields=float(rng.beta(5, 3)),
        **_inner_levels(rng), **_sensitivities(rng), **_habits(rng),
        excuses=rng.dirichlet(np.full(len(UNOWNED), 0.7)),
        repertoire=rng.dirichlet(np.full(len(ORDINARY_ACTS), 0.5)),
    )  # fmt: skip


def _acts_a_week(rng: Rng) -> float:
    """Usual harmful acts in a week of seven days together: log-normal with a heavy tail, some at nearly none."""
    if rng.random() < _FLOOR_SHARE:
        return _positive(rng, 0.2, 0.6)
    return min(float(2.2 * np.exp(0.8 * rng.standard_t(6))), 40.0)


def _contact(rng: Rng) -> np.ndarray:
    """Four in five live together; the others meet on some days of the week."""
    if rng.random() < 0.8:
        return np.full(7, rng.uniform(0.88, 0.99))
    return np.concatenate([np.full(5, rng.uniform(0.2, 0.7)), np.full(2, rng.uniform(0.6, 0.95))])


def _inner_levels(rng: Rng) -> dict[str, float]:
    """How inward levels start: one shared regard for the other, and each its own part."""
    shared = rng.normal()
    return {
        "regard": float(np.clip(5.6 + 0.7 * shared + rng.normal(0, 0.9), 2, 8.5)),
        "equals": float(np.clip(4.0 + 0.9 * shared + rng.normal(0, 1.1), 1, 8)),
        "free": float(np.clip(4.0 + 0.7 * shared + rng.normal(0, 1.3), 1, 8)),
        "keeps": float(-0.2 + 0.4 * shared + rng.normal(0, 0.8)),
        "owns": float(-1.5 + 0.5 * shared + rng.normal(0, 0.8)),
        "acknowledges": float(-0.8 + 0.5 * shared + rng.normal(0, 0.8)),
    }


def _sensitivities(rng: Rng) -> dict[str, float]:
    """How strongly each channel follows one unit of gain: never in lockstep."""
    return {
        "warmth": _positive(rng, 0.8, 0.4),
        "sting": _positive(rng, 1.0, 0.4),
        "halo": float(rng.uniform(0, 0.25)),
        "kept_by": _positive(rng, 0.8, 0.5),
        "owned_by": _positive(rng, 1.1, 0.5),
        "acknowledged_by": _positive(rng, 1.0, 0.5),
    }


def _habits(rng: Rng) -> dict[str, float]:
    return {
        "promises_a_day": min(_positive(rng, 0.08, 0.6), 0.4),
        "told_a_day": min(_positive(rng, 0.12, 0.6), 0.5),
        "contrition": float(rng.uniform(0, 0.9)),
        "contrition_days": float(rng.uniform(2, 8)),
        "threats_a_year": float(rng.gamma(1.5, 0.8)),
    }


def _positive(rng: Rng, median: float, sigma: float) -> float:
    return float(median * np.exp(rng.normal(0, sigma)))
