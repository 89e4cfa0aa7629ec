"""The guide's texts: Markdown with a head in TOML, read from the package and never from elsewhere.

A file of `content/` begins with a head between two lines of `+++`; the rest is Markdown without HTML, links or pictures.
Where a sentence states a fact, `[KEY; how sure]` stands before its full stop: KEY is one of `evidence.sources()`,
how sure is one of `evidence.LEVELS`. A reader sees a small number there, and below the text what was read.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import resources
from typing import Any, Literal

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from markupsafe import Markup

from velveteen.guide.evidence import LEVELS, sources
from velveteen.problems import BadInput

Side = Literal["partner", "changer"]
MARK = re.compile(rf"\[(?P<key>\w+); (?P<sure>{'|'.join(LEVELS)})\]")
_UNUSED = ["link", "image", "autolink", "html_inline", "html_block", "reference", "entity"]


@dataclass(frozen=True, slots=True)
class Page:
    """One text of the guide.

    Attributes:
        id: name of its file, as `velveteen guide ID` takes it.
        title: heading for a person.
        side: "partner", "changer" or "both".
        kind: "page", or "practice" where it asks for something to be done again and again.
        order: place in lists; smaller first.
        rows: rows of the design that it answers.
        sources: keys of the sources that it states facts from.
        reviewed: day on which it was last read against its sources.
        lines: groups of `lines.HelpLines` ("abuse", "crisis", "for_people_who_harm") that must stand before the text.
        plan: id of the plan that belongs below it, or empty.
        see: ids of pages to read on with.
        body: Markdown, its marks of sources as they stand in the file.
    """

    id: str
    title: str
    side: Literal["partner", "changer", "both"]
    kind: Literal["page", "practice"]
    order: int
    rows: tuple[str, ...]
    sources: tuple[str, ...]
    reviewed: date
    lines: tuple[str, ...]
    plan: str
    see: tuple[str, ...]
    body: str


def page(page_id: str) -> Page:
    """One page by its id.

    Raises:
        BadInput: code "unknown_page"; the message says how to see the list.
    """
    try:
        return _all()[page_id]
    except KeyError:
        message = f"The guide has no page “{page_id}”. “velveteen guide” lists them all."
        raise BadInput("unknown_page", message) from None


def pages(side: Side | None = None) -> list[Page]:
    """The pages for one side, those for both among them, in their order; without a side, all."""
    return [p for p in _all().values() if side is None or p.side in {side, "both"}]


def parse(name: str, source: str) -> Page:
    """A page from the text of its file.

    Args:
        name: its id.
        source: head and body, as they stand in the file.
    """
    _, head, body = source.split("+++\n", 2)
    told: dict[str, Any] = {"kind": "page", "lines": [], "plan": "", "see": [], **tomllib.loads(head)}
    lists: dict[str, Any] = {key: tuple(told.pop(key)) for key in ("rows", "sources", "lines", "see")}
    if told.pop("id") != name:
        raise ValueError(f"{name}: the head names another page")  # a slip of whoever writes the texts
    return Page(id=name, body=body.strip() + "\n", **told, **lists)


@cache
def _all() -> dict[str, Page]:
    folder = resources.files("velveteen.guide").joinpath("content")
    files = [f for f in folder.iterdir() if f.name.endswith(".md")]
    found = [parse(f.name.removesuffix(".md"), _with_questions(f.read_text("utf-8"))) for f in files]
    return {p.id: p for p in sorted(found, key=lambda p: (p.order, p.id))}


def _with_questions(source: str) -> str:
    """The source with the four questions where it asks for them: they have one wording everywhere."""
    from velveteen.messages.four_questions import questions

    listed = "\n   ".join(f"- {question.asks}" for question in questions())
    return source.replace("{the four questions}", listed)


def html(shown: Page) -> Markup:
    """The text as HTML without its title: headings from the second level, marks as small numbers, their sources below."""
    notes = _notes(shown)
    body = _markdown().render(shown.body, {"page": shown.id, "notes": notes})
    listed = Markup("").join(
        Markup('<li id="source-{}-{}">{}</li>').format(shown.id, number, _told(key, sure))
        for number, (key, sure) in enumerate(notes, 1)
    )
    below = Markup('<section class="sources"><h2>{}</h2><ol>{}</ol></section>').format(_BELOW, listed)
    return Markup(body) + (below if notes else "")  # noqa: S704  (our own files, rendered with HTML switched off)


def text(shown: Page) -> str:
    """The text as Markdown for a terminal: title, marks as numbers in brackets, their sources below."""
    notes = _notes(shown)
    body = MARK.sub(lambda mark: f"[{notes.index((mark['key'], mark['sure'])) + 1}]", shown.body)
    listed = [f"{number}. {_told(key, sure)}" for number, (key, sure) in enumerate(notes, 1)]
    below = [f"## {_BELOW}\n", *listed] if notes else []
    return "\n".join([f"# {shown.title}\n", body, *below])


_BELOW = "Where this comes from"


def _told(key: str, sure: str) -> str:
    return f"{sources()[key].what} ({sources()[key].where}). How sure: {sure}."


def _notes(shown: Page) -> list[tuple[str, str]]:
    """(key, how sure) of each mark, once, in the order of the text."""
    return list(dict.fromkeys((mark["key"], mark["sure"]) for mark in MARK.finditer(shown.body)))


@cache
def _markdown() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False}).disable(_UNUSED)
    parser.inline.ruler.before("emphasis", "source", _read_mark)
    parser.add_render_rule("source", _number)
    return parser


def _read_mark(state: StateInline, silent: bool) -> bool:
    mark = MARK.match(state.src, state.pos)
    if mark is None:
        return False
    if not silent:
        state.pending = state.pending.rstrip()
        state.push("source", "", 0).meta = mark.groupdict()
    state.pos = mark.end()
    return True


def _number(self: RendererHTML, tokens: Sequence[Token], index: int, options: Any, env: Any) -> str:  # noqa: ARG001
    key, sure = tokens[index].meta["key"], tokens[index].meta["sure"]
    number = env["notes"].index((key, sure)) + 1
    link = Markup('<sup><a href="#source-{0}-{1}" aria-label="source {1}, {2}">{1}</a></sup>')
    return link.format(env["page"], number, sure)
