"""What the records of this world tell: mean channel values in the first and the last third, by account.

    PYTHONPATH=src:benchmarks python -m blind_world [--households 40] [--weeks 52] [--seed 0]

Prints two Markdown tables: channels in the first and the last third of the weeks, on calm and on hard days apart where the
channel is written by the day; and, for the accounts that a limit could matter to, weeks with and without one.
"""

from __future__ import annotations

import argparse

from .courses import ACCOUNTS
from .summary import CHANNELS, by_limit, by_thirds


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    for name, default in (("households", 40), ("weeks", 52), ("seed", 0)):
        parser.add_argument(f"--{name}", type=int, default=default)
    chosen = parser.parse_args()
    seeds = range(chosen.seed, chosen.seed + chosen.households)
    columns = [f"{channel} {days}" if days else channel for channel, days in CHANNELS]
    print(f"| account | {' | '.join(columns)} |\n|---|{'---|' * len(columns)}")
    for account in ACCOUNTS:
        cells = [f"{first:.2f} → {last:.2f}" for first, last in by_thirds(account, chosen.weeks, seeds)]
        print(f"| {account} | {' | '.join(cells)} |", flush=True)
    print(f"\n| account | {' | '.join(columns)} |\n|---|{'---|' * len(columns)}")
    for account in ACCOUNTS:
        cells = [f"{without:.2f} / {held:.2f}" for without, held in by_limit(account, chosen.weeks, seeds)]
        print(f"| {account} | {' | '.join(cells)} |", flush=True)


if __name__ == "__main__":
    main()
