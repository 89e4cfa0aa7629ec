"""The demonstration: two years of one invented household, taken the whole way by the commands that a person types."""

from __future__ import annotations

import json
import shlex
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from velveteen.problems import BadInput

if TYPE_CHECKING:
    from velveteen.circle.course import Therapy

_WEEKS = 104
_ACCOUNT = "temporary"
_FILES = ("diary.csv", "chat.zip", "cells.csv", "turning_points.csv", "truth.json")
_MADE = (*_FILES, "journal.vv", "journal.vv.key", "passphrase.txt", "paper.html", "helper.html")


def write_household(out: Path, account: str, weeks: int, seed: int, therapy: Therapy) -> dict[str, Path]:
    """Simulate one household and write what it would have kept, and what is true of it.

    Args:
        out: folder; made where it is missing. An earlier household in it is replaced.
        account: one of the six accounts.
        weeks: length of the record.
        seed: the same seed gives the same household.
        therapy: none, begun or committed.

    Returns:
        File name -> path: diary.csv, chat.zip, cells.csv, turning_points.csv, truth.json.

    Raises:
        BadInput: an account, length or therapy that the simulator does not know; a folder that holds other files.
    """
    from velveteen.circle import simulate
    from velveteen.measure.table_out import cells_csv, turning_points_csv
    from velveteen.measure.weekly import weekly_cells

    household = simulate(account, weeks, seed, therapy=therapy)
    cells, points, _ = weekly_cells(household.entries())
    _make_room(out)
    files = {name: out / name for name in _FILES}
    household.write_diary(files["diary.csv"])
    household.write_whatsapp(files["chat.zip"])
    files["cells.csv"].write_text(cells_csv(cells), "utf-8")
    files["turning_points.csv"].write_text(turning_points_csv(points), "utf-8")
    files["truth.json"].write_text(
        json.dumps(household.truth(), indent=1, ensure_ascii=False) + "\n", "utf-8"
    )
    return files


def show(out: Path, seed: int, *, say: Callable[[str], None], run: Callable[[Sequence[str]], int]) -> int:
    """Write a household into `out`, then show and run each command of the way from its files to the papers.

    Args:
        out: folder; files of an earlier demonstration in it are replaced.
        seed: which household.
        say: takes each line that people read.
        run: runs one command from its arguments and gives its exit code.

    Returns:
        0, or the exit code of the first command that did not succeed.
    """
    from velveteen.journal.passphrase import generate

    started = time.monotonic()
    say(f"An invented household, {_WEEKS} weeks. Nobody in it exists.")
    write_household(out, _ACCOUNT, _WEEKS, seed, "none")
    (out / "passphrase.txt").write_text(generate() + "\n", "utf-8")
    say(
        f"Its diary, its chat and a passphrase are in {out}. A passphrase in a file is for this demonstration only."
    )
    for arguments in _commands(out):
        code = _typed(arguments, say, run)
        if code:
            return code
    say(f"\nDone in {time.monotonic() - started:.0f} s. Open {(out / 'paper.html').absolute()} in a browser.")
    say(f"What is true of this household stands in {out / 'truth.json'}.")
    return 0


def _make_room(out: Path) -> None:
    """Make the folder, or clear what an earlier household left in it; whatever lives elsewhere is not touched.

    Raises:
        BadInput: the folder holds something, and nothing in it says that it was simulated.
    """
    out.mkdir(parents=True, exist_ok=True)
    if any(out.iterdir()) and not (out / "truth.json").exists():
        message = f"{out} holds files of yours, so nothing was written there. Please choose another folder with --out."
        raise BadInput("folder_in_use", message)
    for name in _MADE:
        (out / name).unlink(missing_ok=True)


def _commands(out: Path) -> list[list[str]]:
    from velveteen.circle.household import ME, THEM

    sealed = ["--journal", str(out / "journal.vv"), "--passphrase-file", str(out / "passphrase.txt")]
    return [
        ["new", *sealed, "--country", "US", "--title", "An invented household"],
        ["import", str(out / "diary.csv"), *sealed, "--yes"],
        ["import", str(out / "chat.zip"), *sealed, "--them", THEM, "--me", ME],
        ["danger", *sealed, "--none"],
        ["report", *sealed, "--with-odds", "--out", str(out / "paper.html")],
        ["report", *sealed, "--for", "helper", "--out", str(out / "helper.html")],
    ]


def _typed(arguments: list[str], say: Callable[[str], None], run: Callable[[Sequence[str]], int]) -> int:
    say(f"\n$ velveteen {shlex.join(arguments)}")
    started = time.monotonic()
    code = run(arguments)
    say(f"  ({time.monotonic() - started:.1f} s)")
    return code
