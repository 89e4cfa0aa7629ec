"""Pictures are valid Vega-Lite, take every colour from the page, and leave out what must be left out."""

from __future__ import annotations

import json
import re
from datetime import date
from itertools import pairwise

import altair as alt
import jsonschema
import pytest
from tests.report.household import ODDS, a_growth, a_verdict

from velveteen.judge.verdict import ACCOUNTS
from velveteen.measure.cells import TurningPoint
from velveteen.measure.channels import registry
from velveteen.measure.weeks import week_of
from velveteen.report.figures import written
from velveteen.report.last_times import Lull
from velveteen.report.last_times_picture import last_times_spec
from velveteen.report.odds import twenty
from velveteen.report.odds_pictures import dots_spec, growth_spec
from velveteen.report.record import Record
from velveteen.report.series import Mark, Run, marks, step
from velveteen.report.svg import Spec, picture
from velveteen.report.tokens import DASHES, SENTINELS
from velveteen.report.trajectory_picture import Scene, above, top, trajectory_spec

LULLS = [
    Lull(date(2026, 1, 3), ("promise",), date(2026, 1, 5), 2, "put me down", 0),
    Lull(date(2026, 2, 3), ("words of apology", "promise"), None, 40, "", 3),
]
NEUTRAL = dict(zip(ACCOUNTS, ODDS["neutral"], strict=True))


def scene(record: Record, name: str, *, bands: bool = True) -> Scene:
    channel = registry()[name]
    trajectory = a_verdict().trajectories[name] if bands else None
    return Scene(
        channel,
        marks(record.cells, channel, step(channel)),
        trajectory,
        record.turning_points,
        written(record),
    )


@pytest.fixture(scope="module")
def specs(record: Record) -> dict[str, Spec]:
    drawn = {name: trajectory_spec(scene(record, name)) for name in a_verdict().trajectories}
    plain = trajectory_spec(scene(record, "harm", bands=False))
    odds = {"dots": dots_spec(twenty(NEUTRAL)), "growth": growth_spec(a_growth())}
    return {**drawn, "plain": plain, **odds, "last": last_times_spec(LULLS)}


def test_every_specification_is_valid(specs: dict[str, Spec]) -> None:
    for spec in specs.values():
        assert alt.Chart.from_dict(spec).to_dict()


def test_the_check_finds_an_invalid_one(specs: dict[str, Spec]) -> None:
    broken = json.loads(json.dumps(specs["harm"]))
    broken["layer"][0]["mark"]["type"] = "no such mark"
    with pytest.raises(jsonschema.ValidationError):
        alt.Chart.from_dict(broken)


def test_every_colour_is_a_sentinel_and_becomes_a_variable(specs: dict[str, Spec]) -> None:
    for name, spec in specs.items():
        used = set(re.findall(r"#[0-9a-f]{6}", json.dumps(spec)))
        assert used <= set(SENTINELS.values())
        svg = picture(spec, "a picture", name)
        assert re.findall(r"#[0-9a-fA-F]{3,8}\b|rgb\(|=\"(?:white|black|red|green)\"", svg) == []
        assert "var(--" in svg


def test_a_picture_takes_its_letters_from_the_page_and_says_what_it_is(specs: dict[str, Spec]) -> None:
    svg = picture(specs["harm"], 'harm, "now"', "harm")
    assert "font-family" not in svg
    assert 'role="img" aria-label="harm, &#34;now&#34;"' in svg
    assert svg.count("aria-") == 1


def test_dots_are_twenty_each_in_its_account_s_colour(specs: dict[str, Spec]) -> None:
    rows = specs["dots"]["layer"][1:]
    assert sum(len(row["data"]["values"]) for row in rows) == 20
    assert {row["mark"]["color"] for row in rows} <= {SENTINELS[a] for a in ACCOUNTS}


def test_every_line_of_the_growth_has_its_dash_and_its_name_beside_it(specs: dict[str, Spec]) -> None:
    lines = [layer for layer in specs["growth"]["layer"] if layer["mark"]["type"] == "line"]
    names = [layer for layer in specs["growth"]["layer"] if layer["mark"]["type"] == "text"]
    assert [line["mark"]["strokeDash"] for line in lines] == [DASHES[a] for a in ACCOUNTS]
    heights = sorted(name["data"]["values"][0]["y"] for name in names)
    assert len(heights) == len(ACCOUNTS)
    assert min(b - a for a, b in pairwise(heights)) >= 1.7


def test_nothing_above_sixteen_of_twenty_is_drawn_for_lasting() -> None:
    sure = {**dict.fromkeys(ACCOUNTS, 0.0), "lasting": 0.99, "same": 0.01}
    spec = growth_spec([(week_of(date(2026, 1, 5)) + n, sure) for n in range(3)])
    lines = [layer for layer in spec["layer"] if layer["mark"]["type"] == "line"]
    drawn = [row["y"] for line in lines for row in line["data"]["values"] if row["a"] == "lasting"]
    assert drawn == pytest.approx([16.0] * 3)


def test_hard_days_are_hollow_and_calm_ones_filled(record: Record) -> None:
    points = [
        layer["mark"]
        for layer in trajectory_spec(scene(record, "harm"))["layer"]
        if layer["mark"]["type"] == "point"
    ]
    assert [mark["filled"] for mark in points] == [True, False]


def test_bands_break_where_nothing_was_written(record: Record) -> None:
    areas = [
        layer for layer in trajectory_spec(scene(record, "harm"))["layer"] if layer["mark"]["type"] == "area"
    ]
    runs = {row["run"] for row in areas[0]["data"]["values"]}
    assert len(areas) == 2
    assert runs == {0, 1, 2}
    drawn = len(areas[0]["data"]["values"])
    assert drawn == sum(run.weeks for run in written(record)) < 104


def test_without_a_trajectory_nothing_is_drawn_but_marks(record: Record) -> None:
    kinds = {layer["mark"]["type"] for layer in trajectory_spec(scene(record, "harm", bands=False))["layer"]}
    assert kinds.isdisjoint({"area", "line"})


def test_axes_begin_at_zero_and_hold_the_whole_scale(record: Record) -> None:
    assert top(scene(record, "promises")) == 1.0
    assert top(scene(record, "regard")) == 10.0
    layer = trajectory_spec(scene(record, "harm"))["layer"][-1]
    assert layer["encoding"]["y"]["scale"]["domain"][0] == 0


@pytest.mark.parametrize(("highest", "end"), [(0.06, 0.1), (0.1, 0.1), (0.15, 0.2), (0.4, 0.5), (0.7, 1.0)])
def test_small_shares_get_a_smaller_round_axis(highest: float, end: float) -> None:
    found = [Mark(1, "calm", 0.0, 1.0), Mark(5, "calm", highest, 1.0)]
    assert top(Scene(registry()["courtesy"], found, None, [], [Run(1, 8)])) == end


def test_a_long_unit_is_broken_into_lines() -> None:
    spec = trajectory_spec(Scene(registry()["courtesy"], [Mark(1, "calm", 0.1, 1.0)], None, [], [Run(1, 8)]))
    assert len(spec["title"]["text"]) == 2
    assert " ".join(spec["title"]["text"]) == registry()["courtesy"].unit


def test_places_are_given_to_a_tenth_and_opacities_in_full(specs: dict[str, Spec]) -> None:
    svg = picture(specs["harm"], "a picture", "harm")
    places = re.findall(r' (?:d|transform)="([^"]*)"', svg)
    assert places
    assert [p for p in places if re.search(r"\.\d\d", p)] == []
    assert 'opacity="0.16"' in svg


def test_marks_above_the_axis_are_drawn_at_its_edge_and_counted() -> None:
    week = week_of(date(2026, 1, 5))
    found = [Mark(week + n, "calm", 1.0 + 0.01 * n, 1.0) for n in range(40)] + [
        Mark(week + 40, "calm", 90.0, 0.1)
    ]
    drawn = Scene(registry()["harm"], found, None, [], [Run(week, week + 40)])
    assert above(drawn) == 1
    points = next(layer for layer in trajectory_spec(drawn)["layer"] if layer["mark"]["type"] == "point")
    last = points["data"]["values"][-1]
    assert last["high"] is True
    assert last["y"] == pytest.approx(top(drawn))


def test_labels_of_turning_points_do_not_touch() -> None:
    week = week_of(date(2026, 1, 5))
    kinds = ("loss_threatened", "left", "returned", "therapy_began", "therapy_ended")
    points = [TurningPoint(week + 2 * n, kind) for n, kind in enumerate(kinds)]
    drawn = Scene(registry()["harm"], [Mark(week, "calm", 1.0, 1.0)], None, points, [Run(week, week + 60)])
    texts = [layer for layer in trajectory_spec(drawn)["layer"] if layer["mark"].get("text") in {
        "threat to leave", "left", "came back", "therapy began", "therapy ended"}]  # fmt: skip
    heights = [layer["encoding"]["y"]["value"] for layer in texts[-5:]]
    assert len(set(heights)) == 5
    assert heights == sorted(heights, reverse=True)


def test_turning_points_outside_the_written_weeks_and_limits_are_not_drawn() -> None:
    week = week_of(date(2026, 1, 5))
    points = [TurningPoint(week + 99, "left"), TurningPoint(week + 1, "boundary_held", 0.5)]
    drawn = Scene(registry()["harm"], [Mark(week, "calm", 1.0, 1.0)], None, points, [Run(week, week + 10)])
    assert not [layer for layer in trajectory_spec(drawn)["layer"] if layer["mark"]["type"] == "rule"]


def test_a_bar_without_an_end_is_hollow_and_says_so() -> None:
    spec = last_times_spec(LULLS)
    hollow = [layer for layer in spec["layer"] if layer["mark"].get("fill") == "transparent"]
    assert [len(layer["data"]["values"]) for layer in hollow] == [1]
    assert "40 days so far" in json.dumps(spec)
    assert "2 days, to 5 Jan" in json.dumps(spec)
