"""Nothing acknowledged is lost when the writer is killed. The thousand trials of the bar: `benchmarks/journal_kill.py`."""

import importlib.util
import sys
from pathlib import Path

SCRIPT = Path(__file__).parents[2] / "benchmarks" / "journal_kill.py"


def test_ten_kills_lose_nothing(tmp_path):
    spec = importlib.util.spec_from_file_location("journal_kill", SCRIPT)
    bench = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = bench  # a dataclass looks its module up
    spec.loader.exec_module(bench)
    tally = bench.run(10, seed=7, folder=tmp_path)
    assert tally.trials == 10
    assert tally.acknowledged > 0
    assert (tally.lost, tally.unopened, tally.misfits, tally.reasons) == (0, 0, 0, [])
