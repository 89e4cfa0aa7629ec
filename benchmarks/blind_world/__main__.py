"""What the records of this world tell: mean channel values in the first and the last third, by account.

    PYTHONPATH=src:benchmarks python -m blind_world [--households 40] [--weeks 52] [--seed 0]

Prints two Markdown tables. The first, on calm and on hard days apart where a channel is written by the day; its last row is
the account `conditional` again, in the weeks without and with a limit on record. The second, how widely households differ:
quantiles over households without a change, and over the changes of the others.
"""

from __future__ import annotations

import argparse

import numpy as np

from . import ACCOUNTS
from .summary import CHANNELS, by_limit, by_thirds, spread

_SHARES = (0, 0.05, 0.25, 0.5, 0.75, 0.95, 1)


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    for name, default in (("households", 40), ("weeks", 52), ("seed", 0)):
        parser.add_argument(f"--{name}", type=int, default=default)
    chosen = parser.parse_args()
    seeds = range(chosen.seed, chosen.seed + chosen.households)
    print(
        f"| account | {' | '.join(' '.join(column) for column in CHANNELS)} |\n|---|{'---|' * len(CHANNELS)}"
    )
    rows = {account: by_thirds(account, chosen.weeks, seeds) for account in ACCOUNTS}
    rows["conditional, by limit"] = by_limit("conditional", chosen.weeks, seeds)
    for name, values in rows.items():
        print(f"| {name} | {' | '.join(f'{one:.2f} → {other:.2f}' for one, other in values)} |")
    print(f"\n| quantile | {' | '.join(f'{share:.0%}' for share in _SHARES)} |\n|---|{'---|' * len(_SHARES)}")
    for name, found in spread(chosen.weeks, seeds).items():
        print(f"| {name} | {' | '.join(f'{value:.2f}' for value in np.quantile(found, _SHARES))} |")


if __name__ == "__main__":
    main()
