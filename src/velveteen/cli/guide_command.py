"""`guide`: the texts, as a list or one of them, for reading on a terminal."""

from __future__ import annotations

import sys
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any

import typer

from velveteen.cli.options import Json
from velveteen.cli.voice import Voice
from velveteen.problems import BadInput

if TYPE_CHECKING:
    from velveteen.guide.pages import Page, Side

_LINES = (
    "In danger now? Call the emergency number where you are. “velveteen help-now --country CC” shows who else can be "
    "reached."
)
_BOTH = "Either name a page or choose a side, please: --side shortens the list of pages."


class SideOption(StrEnum):
    """Whose pages are listed; those for both sides always are."""

    PARTNER = "partner"
    CHANGER = "changer"


def guide(
    page_id: Annotated[
        str | None, typer.Argument(metavar="[ID]", help="The page to read; without it, all are listed.")
    ] = None,
    side: Annotated[
        SideOption | None,
        typer.Option(
            "--side",
            help="List only what is for the one who lives with it (partner), or for the one who wants to change.",
            show_default=False,
        ),
    ] = None,
    as_json: Json = False,
) -> None:
    """Read the guide. Needs no journal and no passphrase, and keeps nothing."""
    from velveteen.guide.pages import page

    voice = Voice(as_json)
    if page_id is None:
        _list(voice, side.value if side else None)
    elif side is not None:
        raise BadInput("usage", _BOTH)
    else:
        _show(voice, page(page_id))


def _list(voice: Voice, side: Side | None) -> None:
    from velveteen.guide.pages import pages

    found = pages(side)
    voice.say(_LINES)
    for one in found:
        voice.say(f"  {one.id:<26} {one.title}")
    voice.say("“velveteen guide ID” shows one of them.")
    voice.result({"schema": 1, "pages": [{"id": p.id, "title": p.title, "side": p.side} for p in found]})


def _show(voice: Voice, shown: Page) -> None:
    from velveteen.guide.pages import html

    if shown.lines:
        voice.say(f"{_LINES}\n")
    markdown = _markdown(shown)
    voice.say(_drawn(markdown) if sys.stdout.isatty() else markdown)
    head: dict[str, Any] = {key: getattr(shown, key) for key in ("id", "title", "side", "kind", "plan")}
    lists = {key: list(getattr(shown, key)) for key in ("rows", "sources", "lines", "see")}
    forms = {"reviewed": shown.reviewed.isoformat(), "markdown": markdown, "html": str(html(shown))}
    voice.result({"schema": 1, "page": {**head, **lists, **forms}})


def _markdown(shown: Page) -> str:
    from velveteen.guide.pages import page, text
    from velveteen.guide.plans import plan

    parts = [text(shown)]
    if shown.plan:
        asked = plan(shown.plan)
        parts += [f"## {asked.title}\n", f"{asked.opening}\n"]
        parts += [f"- **{s.title}.** {s.prompt}" for s in asked.sections]
    on = [f"- {page(i).title}: `velveteen guide {i}`" for i in shown.see]
    return "\n".join([*parts, "\n## Read on\n", *on])


def _drawn(markdown: str) -> Any:
    from rich.markdown import Markdown

    return Markdown(markdown, hyperlinks=False)


def register(app: typer.Typer) -> None:
    """Add the command of this module."""
    app.command("guide", epilog="Example: velveteen guide safety-plan")(guide)
