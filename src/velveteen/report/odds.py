"""Odds as they may be said: a range over readers, twenty dots, and a ceiling for what sells hope."""

from __future__ import annotations

from collections.abc import Mapping

from velveteen.judge.verdict import ACCOUNTS, TO_PEOPLE, Verdict
from velveteen.report.phrases import joined

READERS = ("sceptic", "neutral", "hopeful")
CEILING = 0.80  # nothing above it is printed for `lasting`
DOTS = 20
LEFT_OPEN = "left_open"
QUESTIONS = {
    "changed": ("Has anything changed for the better?", "Then or now, in any of the ways below, even if it did not last."),
    "holds": ("Does it hold on hard days, and inwardly?", "Not only in conduct, and not only while all is calm."),
    "outlasts": ("Does it outlast the threat?", "Not only for a while, and not only while a limit stands."),
}  # fmt: skip
TESTS = {
    "deeds": ("Deeds over words", "are promises kept more often than at first?"),
    "hard_days": ("On hard days", "is it better when you said no, or when they lost face?"),
    "audience": ("Without an audience", "is it better when nobody else is there?"),
    "after_threat": ("After the threat has passed", "is it better long after the last threat, leaving or return?"),
    "owning": ("Owning it", "is what you raise owned or repaired more often?"),
}  # fmt: skip
ANSWERS = {
    "yes": "Yes, as far as it is written",
    "no": "No, as far as it is written",
    "unclear": "Not clear yet",
}
NEEDED = 5  # observations below which a test is untested


def said(account: str, probability: float) -> float:
    """The probability that may be printed: never above .80 for `lasting`."""
    return min(probability, CEILING) if account == "lasting" else probability


def in_hundred(account: str, probability: float) -> int:
    """The same as a whole number of 100."""
    return round(100 * said(account, probability))


def range_of(verdict: Verdict, account: str) -> tuple[int, int]:
    """Lowest and highest of 100 over sceptic, neutral and hopeful."""
    found = [in_hundred(account, verdict.odds[reader][account]) for reader in READERS]
    return min(found), max(found)


def range_words(low: int, high: int) -> str:
    """The words of a range: between 4 and 31 in 100, at most 3 in 100, or those of one number."""
    if low == high:
        return one_in_hundred(low)
    if high == 100:
        return f"at least {low} in 100"
    return f"between {low} and {high} in 100" if low else f"at most {high} in 100"


def one_in_hundred(number: int) -> str:
    """The words of one number of 100; never none and never all."""
    return {0: "fewer than 1 in 100", 100: "more than 99 in 100"}.get(number, f"about {number} in 100")


def cell(number: int) -> str:
    """The same for a table: <1, 31, >99."""
    return {0: "<1", 100: ">99"}.get(number, str(number))


def sentence(verdict: Verdict) -> str:
    """The odds as one sentence over readers, the likeliest other account in a second."""
    low, high = range_of(verdict, "lasting")
    neutral = {a: p for a, p in verdict.odds["neutral"].items() if a != "lasting"}
    other = max(neutral, key=lambda a: neutral[a])
    return (
        f"That there is a {TO_PEOPLE['lasting']}: {range_words(low, high)}, depending on where one starts. "
        f"The likeliest of the rest, “{TO_PEOPLE[other]}”: {range_words(*range_of(verdict, other))}."
    )


def twenty(odds: Mapping[str, float]) -> dict[str, int]:
    """Of twenty, by largest remainder; what the ceiling takes from `lasting` is left open. Sums to 20."""
    shares = {a: said(a, odds.get(a, 0.0)) for a in ACCOUNTS}
    shares[LEFT_OPEN] = max(0.0, sum(odds.get(a, 0.0) for a in ACCOUNTS) - sum(shares.values()))
    whole = {a: int(DOTS * p + 1e-9) for a, p in shares.items()}
    rest = sorted(shares, key=lambda a: whole[a] - DOTS * shares[a])
    for account in rest[: DOTS - sum(whole.values())]:
        whole[account] += 1
    return whole


def dots_sentence(dots: Mapping[str, int]) -> str:
    """The dots as one sentence, most first."""
    ordered = sorted((a for a in ACCOUNTS if dots[a]), key=lambda a: -dots[a])
    parts = [f"about {dots[a]} to be “{TO_PEOPLE[a]}”" for a in ordered]
    return f"Of {DOTS} records like this one, in simulated households, these odds expect {joined(parts)}."
