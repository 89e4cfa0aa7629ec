"""Households that several tests look at; simulated once. Directions are judged over many seeds, never over one."""

from functools import cache

import pytest

from velveteen import circle

SEEDS = range(24)
WEEKS = 104


@cache
def household(account, seed, weeks=WEEKS, therapy="none"):
    return circle.simulate(account, weeks, seed, therapy=therapy)


@pytest.fixture(scope="session")
def many():
    """many(account) -> 24 households of two years."""
    return lambda account, **how: [household(account, seed, **how) for seed in SEEDS]


@pytest.fixture(scope="session")
def one():
    return household
