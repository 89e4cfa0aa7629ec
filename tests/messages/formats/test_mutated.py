"""Damaged exports of every format, 100 of each here; `benchmarks/messages_mutated.py` reads 1,000 of each."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from .exports import EXPORTS
from .mutations import check, damaged


@pytest.mark.parametrize("name", EXPORTS)
def test_a_damaged_export_is_read_or_refused_and_what_is_left_out_is_listed(name):
    @settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck), database=None)
    @given(st.data())
    def run(data):
        check(name, data.draw(damaged(name)))

    run()
