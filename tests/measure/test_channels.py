"""The channel registry: what ships, and what a channels file may say."""

from __future__ import annotations

import pytest

from velveteen.measure.channels import FAMILIES, load_channels, parse_channels, registry
from velveteen.measure.coders import Coder
from velveteen.problems import BadInput


def test_the_shipped_channels():
    shipped = registry()
    assert {"harm", "promises", "regard", "owning", "empathy", "equals", "free_to_say_no"} <= set(shipped)
    families = {"harm": "count", "promises": "proportion", "regard": "rating", "owning": "proportion"}
    families |= {"empathy": "proportion", "equals": "rating", "free_to_say_no": "rating"}
    sides = dict.fromkeys(("owning", "empathy", "equals", "free_to_say_no"), "inward")
    for name, family in families.items():
        assert shipped[name].family == family
        assert shipped[name].side == sides.get(name, "outward")
        assert shipped[name].better == ("less" if name == "harm" else "more")


@pytest.mark.parametrize("name", registry())
def test_a_shipped_channel_is_whole(name):
    channel = registry()[name]
    assert channel.name == name
    assert channel.family in FAMILIES
    assert channel.scale > 0
    assert channel.level[1] > 0
    assert channel.unit
    assert channel.label
    assert (channel.range is not None) is (channel.family == "rating")


def test_the_least_that_a_channel_needs():
    channel = parse_channels('[slammed_doors]\nfamily = "count"\nbetter = "less"')["slammed_doors"]
    assert (channel.side, channel.range, channel.scale, channel.level) == ("outward", None, None, None)
    assert channel.label == "slammed doors"
    assert channel.unit == "slammed doors a week"


@pytest.mark.parametrize(
    ("family", "unit"), [("count", "x y a week"), ("proportion", "share of x y"), ("rating", "x y, rating")]
)
def test_a_unit_in_words_for_each_family(family, unit):
    assert parse_channels(f'[x_y]\nfamily = "{family}"\nbetter = "more"')["x_y"].unit == unit


def test_everything_that_a_channel_can_say():
    text = """
    [warmth]
    family = "rating"
    better = "more"
    side = "inward"
    range = [1, 7]
    scale = 0.8
    level = [4, 1.5]
    unit = "warmth, 1 to 7"
    label = "warmth"
    """
    channel = parse_channels(text)["warmth"]
    assert channel.range == (1.0, 7.0)
    assert channel.scale == 0.8
    assert channel.level == (4.0, 1.5)
    assert (channel.side, channel.unit, channel.label) == ("inward", "warmth, 1 to 7", "warmth")


CODED = 'family = "count"\nbetter = "less"\ncoder = {{sensitivity = {}, false_positives = {}}}'


def test_a_coder_has_two_figures():
    text = '[insults]\nfamily = "count"\nbetter = "less"\n[insults.coder]\nsensitivity = [70, 100]\n'
    text += "false_positives = [5, 999]"
    coder = parse_channels(text)["insults"].coder
    assert coder == Coder((70, 100), (5, 999))
    assert (coder.finds, coder.makes_up) == (70.5 / 101, 5.5 / 1000)
    table = {
        "family": "count",
        "better": "less",
        "coder": {"sensitivity": (7, 10), "false_positives": (0, 9)},
    }
    assert load_channels({"insults": table})["insults"].coder == Coder((7, 10), (0, 9))


def test_what_words_decide_in_messages_has_a_coder_and_nothing_else_has():
    shipped = {name for name, channel in registry().items() if channel.coder}
    assert shipped == {"hurt_in_messages", "met_in_messages", "owned_in_messages"}


@pytest.mark.parametrize(
    ("extra", "code"),
    [
        ("", "channel_key"),
        ('family = "counts"\nbetter = "less"', "channel_key"),
        ('family = "count"', "channel_key"),
        ('family = "count"\nbetter = "fewer"', "channel_key"),
        ('family = "count"\nbetter = "less"\nside = "within"', "channel_key"),
        ('family = "count"\nbetter = "less"\nsidee = "inward"', "channel_key"),
        ('family = "count"\nbetter = "less"\nunit = 3', "channel_key"),
        ('family = "rating"\nbetter = "more"\nrange = [7, 1]', "channel_range"),
        ('family = "rating"\nbetter = "more"\nrange = [1]', "channel_range"),
        ('family = "rating"\nbetter = "more"\nrange = [0, inf]', "channel_range"),
        ('family = "rating"\nbetter = "more"\nrange = "wide"', "channel_range"),
        ('family = "count"\nbetter = "less"\nscale = 0', "channel_scale"),
        ('family = "count"\nbetter = "less"\nscale = "big"', "channel_scale"),
        ('family = "count"\nbetter = "less"\nscale = true', "channel_scale"),
        ('family = "count"\nbetter = "less"\nlevel = [1, 0]', "channel_level"),
        ('family = "count"\nbetter = "less"\nlevel = 1', "channel_level"),
        ('family = "count"\nbetter = "less"\nlevel = ["a", 1]', "channel_level"),
        ('family = "count"\nbetter = "less"\ncoder = 3', "channel_coder"),
        ('family = "count"\nbetter = "less"\ncoder = {sensitivity = [7, 10]}', "channel_coder"),
        (CODED.format("[7, 10], prevalence = [1, 2]", "[1, 90]"), "channel_coder"),
        (CODED.format("[7]", "[1, 90]"), "channel_coder"),
        (CODED.format("[7.5, 10]", "[1, 90]"), "channel_coder"),
        (CODED.format("[true, 10]", "[1, 90]"), "channel_coder"),
        (CODED.format("[11, 10]", "[1, 90]"), "channel_coder"),
        (CODED.format("[0, 0]", "[1, 90]"), "channel_coder"),
        (CODED.format("[7, 10]", "[-1, 90]"), "channel_coder"),
        (CODED.format("[7, 10]", "[70, 100]"), "channel_coder"),
        (CODED.format("[7, 10]", "[1, 90]").replace("count", "rating"), "channel_coder"),
    ],
)
def test_a_channel_that_cannot_be_is_named(extra, code):
    with pytest.raises(BadInput, match="“mine”") as error:
        parse_channels(f"[mine]\n{extra}")
    assert error.value.code == code


def test_a_value_where_a_table_belongs():
    with pytest.raises(BadInput, match=r"\[mine\]") as error:
        parse_channels("mine = 3")
    assert error.value.code == "channel_not_table"


def test_text_that_is_no_toml():
    with pytest.raises(BadInput) as error:
        parse_channels("[mine")
    assert error.value.code == "channels_not_toml"


def test_a_file_extends_what_ships(tmp_path):
    path = tmp_path / "c.toml"
    path.write_text('[mine]\nfamily = "count"\nbetter = "less"', encoding="utf-8")
    assert set(load_channels(path)) == {*registry(), "mine"}
    assert load_channels(None) == registry()


def test_the_shipped_channels_cannot_be_changed_through_a_copy():
    load_channels(None).clear()
    assert "harm" in registry()


@pytest.mark.parametrize("content", [None, b"\xff\xfe"])
def test_a_file_that_cannot_be_read(tmp_path, content):
    path = tmp_path / "c.toml"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(BadInput, match="could not be read") as error:
        load_channels(path)
    assert error.value.code == "channels_unreadable"
    assert "Errno" not in error.value.message


@pytest.mark.parametrize("table", ["range = [0, 1e308]", "range = true", "range = [0, 1e-9]"])
@pytest.mark.parametrize("family", ["rating", "count"])
def test_a_range_of_no_ordinary_size_is_refused_whatever_the_family(table, family):
    with pytest.raises(BadInput):
        parse_channels(f'[x]\nfamily = "{family}"\nbetter = "less"\n{table}\n')


def test_a_dict_of_channels_or_of_their_tables_extends_the_registry():
    table = {"family": "count", "better": "less"}
    own = load_channels(
        {"knocks": table, "calls": parse_channels('[calls]\nfamily="count"\nbetter="less"')["calls"]}
    )
    assert own["knocks"].family == own["calls"].family == "count"
    assert own["harm"] == registry()["harm"]
