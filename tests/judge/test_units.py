"""The unit of a rating is nobody's business: the same record on a longer scale has the same odds."""

import numpy as np
import pytest

from velveteen.judge.api import judge


@pytest.mark.parametrize("factor", [0.1, 10.0, 100.0])
def test_odds_do_not_depend_on_the_unit_of_a_rating(factor):
    rng = np.random.default_rng(4)
    points = np.clip(np.r_[rng.normal(5.0, 1.0, 8), rng.normal(8.0, 1.0, 8)], 0.0, 10.0)

    def odds(by):
        channels = {"mood": {"family": "rating", "better": "more", "range": [0.0, 10.0 * by]}}
        table = {"week": list(range(16)), "channel": ["mood"] * 16, "value": (by * points).tolist()}
        return judge(table, channels=channels).odds["equal"]

    assert odds(factor) == pytest.approx(odds(1.0), abs=1e-3)
