"""How the coder of messages fares.

    python benchmarks/messages_coder.py draft [--runs 200]

`draft`: milliseconds of one draft check once the program is warm (median, and the slowest of a hundred), by the message's
length in letters, and of the first one; one JSON object. Bar: 50 ms at 300 letters, longer than most messages are.
"""

from __future__ import annotations

import argparse
import json
import time

HARD = (
    "You always do this. I never said that, you imagined it. You went out again, didn't you? I'm sorry but you made me so "
    "angry. Without me you'd be nothing. I paid the gas and the bins go out tomorrow. Come home now. How was your day? "
)
LETTERS = (100, 300, 1000, 2000)
BAR = (300, 50.0)


def draft(runs: int) -> dict[str, object]:
    """Milliseconds of a draft check, by letters."""
    started = time.perf_counter()
    from velveteen.messages.draft import check

    check(HARD)
    first = _since(started)
    warm = {str(letters): _warm((HARD * 20)[:letters], runs) for letters in LETTERS}
    letters, most = BAR
    met = warm[str(letters)]["median"] <= most
    return {"first, with its import": first, "warm": warm, "bar": "met" if met else "missed"}


def _warm(message: str, runs: int) -> dict[str, float]:
    from velveteen.messages.draft import check

    taken = []
    for _ in range(runs):
        started = time.perf_counter()
        check(message, "Can we talk about yesterday?")
        taken.append(_since(started))
    taken.sort()
    return {"median": taken[len(taken) // 2], "slowest of a hundred": taken[-1 - len(taken) // 100]}


def _since(started: float) -> float:
    return round(1000 * (time.perf_counter() - started), 1)


def main() -> None:
    """Run one benchmark."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("what", choices=["draft"])
    parser.add_argument("--runs", type=int, default=200)
    given = parser.parse_args()
    print(json.dumps({"draft": draft}[given.what](given.runs), indent=1))


if __name__ == "__main__":
    main()
