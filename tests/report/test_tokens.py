"""Colours: what is read on a ground has the contrast that reading needs, in every scheme."""

from __future__ import annotations

import re

import pytest

from velveteen.report.page import style
from velveteen.report.tokens import (
    ACCOUNTS,
    CONTRAST,
    DARK,
    DASHES,
    LIGHT,
    PRINT,
    SENTINELS,
    contrast,
    css_string,
)

SCHEMES = {
    "light": LIGHT,
    "dark": DARK,
    "print": PRINT,
    "more, light": CONTRAST["light"],
    "more, dark": CONTRAST["dark"],
}


@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    [("#000000", "#FFFFFF", 21.0), ("#777777", "#FFFFFF", 4.48), ("#123456", "#123456", 1.0)],
)
def test_contrast_is_wcag_s(one: str, other: str, ratio: float) -> None:
    assert contrast(one, other) == pytest.approx(ratio, abs=0.005)
    assert contrast(other, one) == contrast(one, other)


@pytest.mark.parametrize("token", ["ink", "muted", "accent", *ACCOUNTS])
@pytest.mark.parametrize("scheme", SCHEMES)
def test_everything_read_on_the_ground_has_4_5(scheme: str, token: str) -> None:
    assert contrast(SCHEMES[scheme][token], SCHEMES[scheme]["ground"]) >= 4.5


@pytest.mark.parametrize("token", ["ink", "muted", "accent"])
@pytest.mark.parametrize("scheme", SCHEMES)
def test_everything_read_on_a_panel_has_4_5(scheme: str, token: str) -> None:
    assert contrast(SCHEMES[scheme][token], SCHEMES[scheme]["panel"]) >= 4.5


@pytest.mark.parametrize("scheme", ["more, light", "more, dark"])
def test_more_contrast_is_more(scheme: str) -> None:
    assert contrast(SCHEMES[scheme]["muted"], SCHEMES[scheme]["ground"]) >= 7


def test_each_account_has_its_own_dash_and_its_own_colour() -> None:
    assert len({tuple(dash) for dash in DASHES.values()}) == len(ACCOUNTS) == len(DASHES)
    assert len({LIGHT[a] for a in ACCOUNTS}) == len({DARK[a] for a in ACCOUNTS}) == len(ACCOUNTS)


def test_no_ground_is_dark_in_print_and_screens_have_no_pure_white_or_black() -> None:
    assert PRINT["ground"] == "#FFFFFF"
    assert {"#FFFFFF", "#000000"} & {*LIGHT.values(), *DARK.values()} == set()


def test_every_token_is_declared_for_every_scheme() -> None:
    sheet = style("A.")
    for token in LIGHT:
        assert sheet.count(f"--{token.replace('_', '-')}:") == 7 - 1
    assert set(SENTINELS) == set(LIGHT) == set(DARK)


def test_every_variable_that_is_used_is_declared() -> None:
    used = set(re.findall(r"var\(--([a-z-]+)\)", style("A.")))
    assert used <= {token.replace("_", "-") for token in LIGHT}


@pytest.mark.parametrize("text", ['a"b', "a\\b", "</style>", "a\nb", "Ärger; } *"])
def test_a_css_string_holds_no_character_that_could_end_it(text: str) -> None:
    literal = css_string(text)
    assert literal[0] == literal[-1] == '"'
    assert re.fullmatch(r"(?:[A-Za-z0-9 ]|\\[0-9a-f]+ )*", literal[1:-1])
