"""Every parameter has a name, a unit and a source, and follows the law that it names."""

import json
from dataclasses import fields, replace
from pathlib import Path

import numpy as np
import pytest
from scipy import stats

from velveteen import circle
from velveteen.circle.parameters import Parameter, draw_person

PAGE = Path(__file__).parents[2] / "docs" / "explanation" / "circle.md"


def test_the_table_and_the_person_have_the_same_names():
    assert list(circle.table()) == [field.name for field in fields(circle.Person)]


@pytest.mark.parametrize("row", circle.table().values(), ids=lambda row: row.name)
def test_each_has_unit_source_and_meaning(row):
    assert row.unit
    assert row.source
    assert len(row.means) > 15
    assert row.law in {"lognormal", "logitnormal", "normal", "loguniform", "fixed"}


def test_the_page_lists_every_parameter_as_it_is():
    lines = [line.split("|")[1:-1] for line in PAGE.read_text("utf-8").splitlines() if line.startswith("| `")]
    listed = {
        cells[0].strip(" `"): [cell.strip() for cell in cells[1:]] for cells in lines if len(cells) == 7
    }
    for row in circle.table().values():
        law, median, spread, unit, source, _ = listed[row.name]
        assert (law, unit, source) == (row.law, row.unit, row.source)
        assert float(median) == pytest.approx(row.median, rel=0.005)
        assert float(spread) == pytest.approx(row.spread, abs=0.005)
    assert set(listed) == set(circle.table())


@pytest.mark.parametrize("z", [-2.0, -0.3, 0.0, 1.7])
def test_laws_are_those_of_the_books(z):
    def at(law, median, spread):
        return Parameter("x", law, median, spread, "u", "s", "m").at(z)

    q = stats.norm.cdf(z)
    assert at("lognormal", 2.0, 0.4) == pytest.approx(stats.lognorm.ppf(q, 0.4, scale=2.0))
    logit = stats.norm.ppf(q, loc=np.log(0.2 / 0.8), scale=0.5)
    assert at("logitnormal", 0.2, 0.5) == pytest.approx(1 / (1 + np.exp(-logit)))
    assert at("normal", -1.0, 0.3) == pytest.approx(stats.norm.ppf(q, -1.0, 0.3))
    low, high = 3.0, 60.0
    geometric, half = np.sqrt(low * high), np.log(high / low) / 2
    assert at("loguniform", geometric, half) == pytest.approx(stats.loguniform.ppf(q, low, high))
    assert at("fixed", 4.0, 0.0) == 4.0


def test_a_population_has_the_medians_of_the_table():
    people = [draw_person(np.random.default_rng(seed)) for seed in range(2000)]
    for name, row in circle.table().items():
        values = np.array([getattr(person, name) for person in people])
        off = abs(np.median(values) - row.median)
        assert off <= 0.12 * np.std(values) + 1e-9, name


def test_the_truth_is_json():
    truth = json.loads(json.dumps(circle.simulate("lasting", 10, 2).truth(), allow_nan=False))
    assert truth["account"] == "lasting"
    assert len(truth["days"]) == 70
    assert set(truth["person"]) == set(circle.table())


def test_a_fixed_parameter_leaves_all_else_as_the_seed_has_it():
    drawn, held = (
        circle.simulate("temporary", 4, 5),
        circle.simulate("temporary", 4, 5, fixed={"pulse_weeks": 40.0}),
    )
    assert held.person == replace(drawn.person, pulse_weeks=40.0)
    assert held.course == drawn.course


def test_a_longer_half_life_keeps_the_alarm_longer():
    for seed in range(10):
        short, long = (
            circle.simulate("temporary", 26, seed, fixed={"pulse_weeks": weeks}) for weeks in (3.0, 60.0)
        )
        after = [d for d in short.days if d.index > max(0, short.course.reckoning)][:28]
        other = [d for d in long.days if d.index > max(0, long.course.reckoning)][:28]
        assert sum(d.inner.alarm for d in other) > sum(d.inner.alarm for d in after)
