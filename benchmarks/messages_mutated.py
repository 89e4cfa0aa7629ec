"""1,000 damaged exports of every chat format: no crash, no hang, everything that is left out is listed.

PYTHONPATH=src:. .venv/bin/python benchmarks/messages_mutated.py [--examples 1000]
"""

from __future__ import annotations

import argparse
import time
from collections import Counter

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.messages.formats.exports import EXPORTS
from tests.messages.formats.mutations import check, damaged


def ends(name: str, examples: int) -> Counter[str]:
    """How the reading of so many damaged exports of a format ended; raises where one crashed or hung."""
    counted: Counter[str] = Counter()

    @settings(max_examples=examples, deadline=None, suppress_health_check=list(HealthCheck), database=None)
    @given(st.data())
    def run(data: st.DataObject) -> None:
        counted[check(name, data.draw(damaged(name)))] += 1

    run()
    return counted


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--examples", type=int, default=1000)
    chosen = parser.parse_args()
    for name in EXPORTS:
        began = time.perf_counter()
        counted = ends(name, chosen.examples)
        print(
            f"{name:22} {sum(counted.values()):6} in {time.perf_counter() - began:6.1f} s  {dict(counted)}",
            flush=True,
        )
