"""Nothing acknowledged is lost when the writer is killed. The thousand trials of the bar: `benchmarks/journal_kill.py`."""

import journal_kill


def test_ten_kills_lose_nothing(tmp_path):
    tally = journal_kill.run(10, seed=7, folder=tmp_path)
    assert tally.trials == 10
    assert tally.acknowledged > 0
    assert (tally.lost, tally.unopened, tally.misfits, tally.reasons) == (0, 0, 0, [])
