"""Pictures of what was measured: every value is in them, and every line is named."""

import figures

CURVE = [(0.0, 0.2), (0.1, 0.6), (0.5, 0.9)]
TOLD = {"direction ignored": {"curve, second half": {"Velveteen": CURVE, "BEAST": CURVE}}}
LIMITS = {"n": 9, "share": 0.7, "se": 0.1, "low": 0.5, "high": 0.9}


def test_labels_keep_their_order_and_their_distance():
    placed = figures.apart({"a": 0.9, "b": 0.91, "c": 0.2}, 0.05)
    assert placed["c"] == 0.2
    assert placed["b"] - placed["a"] >= 0.05 - 1e-12
    assert figures.apart({"a": 0.99, "b": 1.0}, 0.05)["b"] <= 1.0


def test_every_line_is_named_in_the_picture():
    svg = figures.drawn(figures.curves(TOLD, "direction ignored"))
    assert "Velveteen" in svg
    assert "BEAST" in svg


def test_the_power_picture_takes_the_plain_households_of_every_world():
    settings = {
        f"{scenario}-{world}-{weeks}": {"without conditional": {"Velveteen": {"right": LIMITS}}}
        for scenario in ("plain", "thin") for world in ("circle", "other_world") for weeks in (16, 32)
    }  # fmt: skip
    spec = figures.right_by_weeks({"settings": settings})
    assert [(v["world"], v["weeks"]) for v in spec["data"]["values"]] == [
        ("circle", "16"), ("circle", "32"), ("other world", "16"), ("other world", "32"),
    ]  # fmt: skip
    assert "other world" in figures.drawn(spec)


def test_the_reliability_picture_holds_every_tenth():
    table = [{"from": 0.1 * k, "odds": 0.1 * k + 0.05, **LIMITS} for k in range(10)]
    assert figures.reliability({"reliability": table})["data"]["values"] == table
    assert figures.drawn(figures.reliability({"reliability": table})).startswith("<svg")
