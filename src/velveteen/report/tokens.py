"""The colours of the papers, and how they become CSS.

Pictures are drawn with one sentinel colour a token; `svg` turns each sentinel into `var(--token)`, so that one picture
serves light, dark, forced colours and print.
"""

from __future__ import annotations

ACCOUNTS = ("same", "worse", "temporary", "surface", "conditional", "lasting", "none_of_these")

LIGHT = {
    "ground": "#FBF8F4", "panel": "#F4EEE7", "hairline": "#DDD3C9", "ink": "#2B2730", "muted": "#665E6B",
    "accent": "#6B3F69", "same": "#77707D", "worse": "#A34A28", "temporary": "#8A6A00", "surface": "#3F6A94",
    "conditional": "#2E7D6B", "lasting": "#7A4E8A", "none_of_these": "#2B2730",
}  # fmt: skip
DARK = {
    "ground": "#1E1A20", "panel": "#272229", "hairline": "#443C47", "ink": "#EFE9F1", "muted": "#B3A9B8",
    "accent": "#D3A6D0", "same": "#A59DAB", "worse": "#E58A66", "temporary": "#D8B44A", "surface": "#86B1DB",
    "conditional": "#6FC4AE", "lasting": "#C9A6DC", "none_of_these": "#EFE9F1",
}  # fmt: skip
PRINT = {**LIGHT, "ground": "#FFFFFF", "panel": "#F6F3EF"}
CONTRAST = {
    "light": {**LIGHT, "muted": "#453E49", "hairline": "#665E6B", "panel": "#FBF8F4"},
    "dark": {**DARK, "muted": "#DDD5E0", "hairline": "#B3A9B8", "panel": "#1E1A20"},
}
FORCED = {
    **dict.fromkeys(LIGHT, "CanvasText"), "ground": "Canvas", "panel": "Canvas", "hairline": "GrayText",
}  # fmt: skip

# Dash patterns, so that no account is told by colour alone.
DASHES: dict[str, list[int]] = {
    "same": [1, 0], "worse": [10, 3], "temporary": [6, 3], "surface": [3, 3], "conditional": [10, 3, 2, 3],
    "lasting": [14, 2], "none_of_these": [1, 4],
}  # fmt: skip

SENTINELS = {name: f"#5a17{number:02x}" for number, name in enumerate(LIGHT)}


def variables(tokens: dict[str, str]) -> str:
    """CSS declarations of custom properties, one a token."""
    return " ".join(f"--{name.replace('_', '-')}: {value};" for name, value in tokens.items())


def contrast(one: str, other: str) -> float:
    """WCAG 2 contrast ratio of two #RRGGBB colours, 1 to 21."""
    dark, light = sorted((_luminance(one), _luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    red, green, blue = (_linear(int(colour[i : i + 2], 16) / 255) for i in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4


def css_string(text: str) -> str:
    """A CSS string literal in which every character but plain letters, digits and spaces is escaped."""
    escaped = "".join(c if (c.isascii() and c.isalnum()) or c == " " else f"\\{ord(c):x} " for c in text)
    return f'"{escaped}"'
