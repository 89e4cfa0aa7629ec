"""Names and words that a day may hold. Ordinary conduct only; nothing here is a danger sign, and nothing ever will be."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

TAKING = ("took_short_cut", "lied", "broke_agreement", "controlled_money", "checked_phone", "decided_for_me")
"""Acts that come from taking the other as a resource."""

DEFENDING = (
    "put_me_down", "blamed_me", "shouted", "punished_with_silence", "mocked", "did_not_take_no", "denied_it", "looked_down",
)  # fmt: skip
"""Acts by which shame becomes bravado, blame or control."""

CARING = ("listened", "asked_about_me", "thanked_me", "helped_unasked", "comforted", "asked_first")

DEFENCES = (
    ("denied", 0.9, 0.5), ("blamed", 0.5, 0.9), ("indifferent", 0.8, 0.0), ("attacked", 0.1, 0.5), ("withdrew", 0.6, 0.5),
    ("played_victim", 0.3, 0.5), ("controlled", 0.2, 0.2), ("turned_round", 0.4, 0.5), ("attacked_self", 0.1, 0.2),
)  # fmt: skip
"""Answers that defend: name, weight at no shame, further weight for each unit of shame."""

PROMISES = (
    "be home by seven", "call the bank", "book the dentist for the children", "not check my phone", "wash up after supper",
    "call the school about Thursday", "leave work on time on Friday", "pay back the forty pounds", "not shout at supper",
    "take the car to the garage", "come along to the school evening", "ask me before buying anything big",
    "tidy the hall", "have Saturday morning for the two of us", "not bring it up in front of friends",
    "answer when I ask how it went", "ring my sister and say sorry", "sort the papers on the desk",
    "be on time for the train", "turn the music down after ten",
)  # fmt: skip

RAISED = {
    "took_short_cut": "that it was left to me again", "lied": "that it was not true",
    "broke_agreement": "what we had agreed",
    "controlled_money": "the money", "checked_phone": "my phone", "decided_for_me": "that I was not asked",
    "put_me_down": "how I was spoken to", "blamed_me": "that it was made my fault", "shouted": "the shouting",
    "punished_with_silence": "the silence", "mocked": "being laughed at", "did_not_take_no": "that I had said no",
    "denied_it": "what I saw and heard", "looked_down": "being talked down to",
}  # fmt: skip
"""What the partner raises, by the act it is about."""

NOTES = {
    "calm": ("quiet evening", "supper together", "nothing much", "walk by the river", "films and an early night", ""),
    "stress": ("long day for both", "late from work", "bills", "children ill", "no time to sit down", ""),
    "refused": ("I said no to the weekend plan", "not agreed about the car", "I wanted to stay in", "I said not now", ""),
    "criticised": ("the boss complained", "lost at cards in front of everyone", "a friend made a joke about the speech", ""),
}  # fmt: skip

FEELINGS = {
    "low": ("tired", "on edge", "sad and flat", "alone with it", "wary", ""),
    "middle": ("all right", "a bit tense", "so-so", "waiting", "", ""),
    "high": ("light", "at ease", "glad", "hopeful, carefully", "", ""),
}  # fmt: skip

LIMITS = (
    "no shouting in front of the children", "I decide about my own phone", "I leave the room when I am put down",
    "shared money is spent together",
)  # fmt: skip


def pick(names: Sequence[str], weights: Sequence[float] | None, u: float) -> str:
    """One of the names at quantile u of the weights (equal where None)."""
    if weights is None:
        return names[int(u * len(names))]
    rest = u * sum(weights)
    for name, weight in zip(names, weights, strict=True):
        rest -= weight
        if rest < 0:
            return name
    return names[-1]
