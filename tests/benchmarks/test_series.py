"""Published series: which segments are judged, how they are told to the judge, and which half a site belongs to."""

import pytest
import series


def rows(*phases, kind="rating (teacher DBR)", direction="decrease"):
    """Phases are (cond, values); time runs on."""
    pairs = [(cond, y) for cond, values in phases for y in values]
    return [
        {"kind": kind, "direction": direction, "time": str(t), "cond": cond, "y": str(y)}
        for t, (cond, y) in enumerate(pairs, 1)
    ]


def found(*phases, **how):
    return series.segments(("s", "Study", "1", "m"), rows(*phases, **how))


def test_a_baseline_of_eight_stands_alone_and_makes_a_pair():
    got = found(("baseline", [3.0] * 8), ("treatment", [1.0] * 4))
    assert [(s.kind, s.lengths) for s in got] == [("baseline", (8,)), ("pair", (8, 4))]
    assert got[1].values == [3.0] * 8 + [1.0] * 4


def test_short_phases_make_no_pair():
    assert found(("baseline", [3.0] * 7), ("treatment", [1.0] * 3)) == []
    assert found(("treatment", [1.0] * 9), ("post", [1.0] * 9)) == []


def test_a_withdrawal_is_two_pairs_and_one_reversal():
    got = found(
        *[(c, [float(n)] * 5) for n, c in enumerate(("baseline", "treatment", "baseline", "treatment"))]
    )
    assert [s.kind for s in got] == ["pair", "pair", "reversal"]
    assert got[2].values == [0.0] * 5 + [1.0] * 5 + [2.0] * 5


@pytest.mark.parametrize(
    ("kind", "values", "family"),
    [
        ("rating (teacher DBR)", [5.0, 2.0, 3.0, 4.0, 1.0, 1.0, 2.0, 2.0], "proportion"),
        ("rating (teacher DBR)", [5.0, 2.5, 3.0, 4.0, 1.0, 1.0, 2.0, 2.0], "rating"),
        ("questionnaire", [5.0, 2.0, 3.0, 4.0, 1.0, 1.0, 2.0, 2.0], "rating"),
        ("count", [5.0, 2.0, 3.0, 4.0, 1.0, 1.0, 2.0, 2.0], "count"),
        ("count", [5.0, 2.5, 3.0, 4.0, 1.0, 1.0, 2.0, 2.0], "rating"),
    ],
)
def test_a_measure_is_told_as_what_it_is(kind, values, family):
    segment = found(("baseline", values), kind=kind)[0]
    channel, table = series.channel_of(segment, 5.0), series.table_of(segment, 5.0)
    assert channel.family == family
    assert channel.better == "less"
    assert table["of"] == [5.0 if family == "proportion" else 1.0] * 8
    assert channel.range == ((0.0, 5.0) if family == "rating" else None)


def test_a_long_scale_stays_a_rating():
    segment = found(("baseline", [20.0] * 8))[0]
    assert series.channel_of(segment, 20.0).family == "rating"


def test_sessions_at_the_same_time_get_weeks_of_their_own():
    part = rows(("baseline", [1.0] * 8))
    for row, time in zip(part, ("1", "1", "2", "5", "5", "5", "6", "9"), strict=True):
        row["time"] = time
    segment = series.segments(("s", "Study", "1", "m"), part)[0]
    assert series.weeks_of(segment) == [0, 1, 2, 4, 5, 6, 7, 8]


def test_missing_values_are_dropped_and_counted(tmp_path):
    path = tmp_path / "series.csv"
    path.write_text(
        "source,study,case,measure,kind,direction,time,phase,cond,y\n"
        "a,b,c,d,count,increase,2,A,baseline,4\na,b,c,d,count,increase,1,A,baseline,3\n"
        "a,b,c,d,count,increase,3,A,baseline,\na,b,c,d,count,increase,4,A,baseline,NaN\n"
    )
    got, missing = series.read_series(path)
    assert [row["y"] for row in got["a", "b", "c", "d"]] == ["3", "4"]
    assert missing == 2


def test_halves_are_made_of_sites_and_do_not_depend_on_order():
    sites = [series.site("Leidig2018", case) for case in ("1a1", "1a2", "2b1", "2c1", "3a4")]
    assert sites[:2] == ["Leidig2018 1a"] * 2
    assert series.site("Wright2012", "Logan") == "Wright2012"
    everything = [*sites, "A", "B", "C", "D"]
    half = series.first_half(everything)
    assert half == series.first_half(reversed(everything))
    assert len(half & set(sites)) == 2
    assert len(half - set(sites)) == 2


def test_a_shuffled_pair_holds_the_same_values_and_is_always_the_same():
    pair = found(("baseline", [float(n) for n in range(8)]), ("treatment", [9.0] * 8))[1]
    one, other = series.shuffled(pair), series.shuffled(pair)
    assert one == other
    assert one.kind == "shuffled"
    assert sorted(one.values) == sorted(pair.values)
    assert one.values != pair.values
    assert series.weeks_of(one) == series.weeks_of(pair)
