"""The benchmarks are commands in a folder of their own; their pure functions are tested from there."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2] / "benchmarks"))
