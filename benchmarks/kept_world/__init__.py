"""A world of households with diaries, written without reading the program that judges them. See README.md here.

In: an account, a number of weeks, a seed, ways in which the diary is badly kept. Out: `simulate`, the diary's entries.
"""

from .simulate import ACCOUNTS, simulate

__all__ = ["ACCOUNTS", "simulate"]
