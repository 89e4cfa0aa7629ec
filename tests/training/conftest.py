"""Training is commands in a folder of its own; their functions are tested from there."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2] / "training"))
