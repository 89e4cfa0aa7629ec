"""How long work tells where it stands."""

from __future__ import annotations

from collections.abc import Callable

Progress = Callable[[str, int, int], None]  # called as (what, done, total)
