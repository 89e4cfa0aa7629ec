"""A second world to be tried on: households in which harm is a habit that pays, written without knowing the judge.

Intention: records whose account is known, made by another theory than any that the program holds; see the README here.
In: an account, a number of weeks, a seed, and knobs that make the reporter worse.
Out: `simulate` (the diary as entries) and `live` (also what truly happened, day by day).
"""

from __future__ import annotations

from .courses import ACCOUNTS, Course
from .diary import simulate
from .life import Day
from .world import World, live

__all__ = ["ACCOUNTS", "Course", "Day", "World", "live", "simulate"]
