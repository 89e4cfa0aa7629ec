"""The frame of every paper: templates, style sheet, and the sentences that stand on each page."""

from __future__ import annotations

from datetime import date
from functools import cache
from importlib import resources
from typing import Any

from jinja2 import BaseLoader, Environment, StrictUndefined, TemplateNotFound
from markupsafe import Markup

from velveteen.guide.lines import HelpLines, directory, none_chosen
from velveteen.report import tokens
from velveteen.report.phrases import day, happened, moment

WHAT_IT_IS = "This is one person’s record. It is not evidence, and nobody can check who keeps it."
KEPT_HERE = "Made on the owner’s own device. Nothing was sent anywhere. Keep it where only you can open it."
ODDS_ARE = "Odds are numbers: of 100 records like this one, about how many show which kind of change."
NO_NAME = "What the record holds"


class Templates(BaseLoader):
    """Templates from a package's own data, so that an installed wheel finds them as well as a checkout does."""

    def __init__(self, package: str) -> None:
        self.package = package

    def get_source(self, environment: Environment, template: str) -> tuple[str, str | None, Any]:
        """As Jinja asks for it: the source, no file of its own, no look whether it changed."""
        del environment
        found = resources.files(self.package).joinpath("templates", template)
        if not found.is_file():
            raise TemplateNotFound(template)
        return found.read_text("utf-8"), None, None


def strict(loader: BaseLoader) -> Environment:
    """Jinja with escaping always on; a missing value is an error, never an empty line."""
    made = Environment(
        loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    made.globals.update(day=day, moment=moment, happened=happened, odds_are=ODDS_ARE)
    return made


@cache
def environment() -> Environment:
    """The environment of the papers."""
    return strict(Templates("velveteen.report"))


def style(title: str) -> Markup:
    """The whole style sheet: colours for light, dark, contrast, forced colours and print, and the running page lines."""
    sheet = resources.files("velveteen.report").joinpath("templates", "paper.css").read_text("utf-8")
    return Markup("\n".join([colour_rules(), sheet, _print(title)]))  # noqa: S704  (own file, numbers, an escaped string)


def colour_rules() -> str:
    """CSS custom properties of every colour, for light, dark, more contrast and forced colours."""
    contrast = tokens.CONTRAST
    rules = [
        ("", tokens.LIGHT),
        ("(prefers-color-scheme: dark)", tokens.DARK),
        ("(prefers-contrast: more)", contrast["light"]),
        ("(prefers-contrast: more) and (prefers-color-scheme: dark)", contrast["dark"]),
        ("(forced-colors: active)", tokens.FORCED),
    ]
    blocks = [(query, f":root {{ {tokens.variables(colours)} }}") for query, colours in rules]
    return "\n".join(f"@media {query} {{ {block} }}" if query else block for query, block in blocks)


def _print(title: str) -> str:
    """Page boxes: whose record above, what it is not below, with page numbers. Any paper size."""
    box = f"font: 8.5pt system-ui, sans-serif; color: {tokens.PRINT['muted']};"
    return (
        f"@media print {{ :root {{ {tokens.variables(tokens.PRINT)} }} }}\n"
        "@page { margin: 22mm 20mm 24mm; "
        f"@top-left {{ content: {tokens.css_string(title)}; {box} }} "
        f"@bottom-left {{ content: {tokens.css_string(WHAT_IT_IS)}; {box} }} "
        f'@bottom-right {{ content: "Page " counter(page) " of " counter(pages); {box} }} }}'
    )


def render(
    template: str, *, kicker: str, title: str, lines: HelpLines | None, today: date, **view: Any
) -> str:
    """A whole self-contained HTML document.

    Args:
        template: file name among the package's templates.
        kicker: which paper it is.
        title: whose record it is; empty gives a neutral one.
        lines: lines of the chosen country, or None; then it says how to choose.
        today: the day that it is written on.
        view: everything else that the template shows.
    """
    name = title or NO_NAME
    page = environment().get_template(template).render(
        kicker=kicker, title=name, css=style(name), dated=f"Written {day(today)}.", what_it_is=WHAT_IT_IS,
        kept_here=KEPT_HERE, lines=lines, none_chosen=none_chosen(), directories=directory(), **view,
    )  # fmt: skip
    # Half a surrogate pair can stand in a journal's JSON and in no file.
    return page.encode("utf-8", "replace").decode("utf-8")
