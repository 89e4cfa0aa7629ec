"""`chat-counts` and `relabel`: what was counted in the chats of a journal, and whether the owner finds it right."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Annotated, Any

import typer

from velveteen.cli.opened import opened, settings
from velveteen.cli.options import Journal, Json, PassphraseFile
from velveteen.cli.voice import Voice, person_is_here
from velveteen.problems import BadInput, Refused

if TYPE_CHECKING:
    from velveteen.journal.entries import Entry
    from velveteen.journal.sealed import SealedJournal
    from velveteen.measure.relabel_draw import Relabelling

_NO_CHAT = "No chat was read into this journal, so there is nothing to show. “velveteen import” reads one in."
_NOT_ENGLISH = (
    "No chat in English was read into this journal, so there is nothing to ask about. Nothing is lost."
)
_OF_ONESELF = (
    "These notes are about their owner, and nobody is judge of their own words. Nothing was changed."
)
_UNASKED = "There is nobody here to ask. Nothing was changed. --told shows what the answers so far came to."
_WORDS = {
    "y": "yes", "yes": "yes", "n": "no", "no": "no", "?": "unsure", "unsure": "unsure", "i cannot say": "unsure",
}  # fmt: skip


def chat_counts(
    journal: Journal,
    year: Annotated[
        int | None, typer.Option("--year", help="Which year; without it the newest.", show_default=False)
    ] = None,
    passphrase_file: PassphraseFile = None,
    as_json: Json = False,
) -> None:
    """Show what was counted in the chats of a journal. A count, not a verdict; no line of any message is shown."""
    from velveteen.measure.coded_weeks import coded_weeks
    from velveteen.measure.relabel_draw import household_channels
    from velveteen.report.message_figures import WHAT_IT_IS, message_figures, message_table, years

    voice = Voice(as_json)
    with opened(journal, passphrase_file) as sealed:
        entries = sealed.entries()
    own = settings(entries).get("side") == "changer"
    weeks, channels = coded_weeks(entries, own=own), household_channels(entries)
    if not weeks:
        raise Refused("no_chat", _NO_CHAT)
    chosen = years(weeks)[0] if year is None else year
    if chosen not in years(weeks):
        told = ", ".join(map(str, years(weeks)))
        raise BadInput("no_year", f"Nothing was counted in {chosen}. Nothing is lost; there are: {told}.")
    _danger(voice, entries)
    voice.say(WHAT_IT_IS)
    for figure in message_figures(weeks, chosen, channels, own=own, drawn=False):
        voice.say(f"\n{figure.group.title}\n  {figure.sentences[0]}")
        for line in figure.told:
            voice.say(f"  {line}")
    voice.result({"schema": 1, "weeks": message_table(weeks, channels), "years": years(weeks), "own": own})


def _danger(voice: Voice, entries: list[Entry]) -> None:
    from velveteen.cli.reaching import say_who_can_be_reached
    from velveteen.guide.danger import danger_state

    if danger_state(entries, date.today()).standing:
        say_who_can_be_reached(voice, entries)


def relabel(
    journal: Journal,
    told: Annotated[
        bool, typer.Option("--told", help="Ask nothing: show what the answers so far came to.")
    ] = False,
    passphrase_file: PassphraseFile = None,
    as_json: Json = False,
) -> None:
    """Say of up to 40 messages whether they hurt. What the program makes up or misses is then reckoned by your answers."""
    from velveteen.report.relabel_words import came_of

    voice = Voice(as_json)
    with opened(journal, passphrase_file) as sealed:
        found = _found(sealed.entries())
        if found.waiting and not told:
            _ask(voice, sealed, found)
        found = _found(sealed.entries())
    for sentence in came_of(found):
        voice.say(sentence)
    voice.result(_summary(found))


def _found(entries: list[Entry]) -> Relabelling:
    from velveteen.measure.relabel_draw import relabelling

    if settings(entries).get("side") == "changer":
        raise Refused("relabel_of_oneself", _OF_ONESELF)
    found = relabelling(entries)
    if found is None:
        raise Refused("no_chat", _NOT_ENGLISH)
    return found


def _ask(voice: Voice, sealed: SealedJournal, found: Relabelling) -> None:
    """Ask until all is answered or the owner stops; each answer is sealed as it is given."""
    from velveteen.measure.relabel_draw import answered
    from velveteen.report.relabel_words import QUESTION

    if not person_is_here():
        raise BadInput("relabel_unasked", _UNASKED)
    about = settings(sealed.entries()).get("about", "")
    voice.say(f"{QUESTION}\nAnswer y or n; ? means “I cannot say”; s stops, and what you answered is kept.")
    for number, item in enumerate(found.waiting, found.answered + 1):
        voice.say(f"\n{number} of {found.answered + len(found.waiting)}\n{item.line.text}")
        given = _one()
        if given is None:
            return
        sealed.append([answered(item, given, datetime.now(), about)], known="keep")


def _one() -> str | None:
    while True:
        said = str(typer.prompt("Does this hurt? [y/n/?/s]", err=True)).strip().casefold()
        if said in _WORDS:
            return _WORDS[said]
        if said in ("s", "stop"):
            return None


def _summary(found: Relabelling) -> dict[str, Any]:
    told = found.found
    parts = {
        name: {
            "right": part.right,
            "asked": part.asked,
            "missed": part.missed,
            "asked_others": part.asked_others,
        }
        for name, part in (("before", found.before), ("after", found.after))
    }
    coder = told and {
        "sensitivity": list(told.coder.sensitivity),
        "false_positives": list(told.coder.false_positives),
    }
    return {
        "schema": 1, "answered": found.answered, "waiting": len(found.waiting), "parted": found.parted.isoformat(), **parts,
        "drifted": bool(told and told.drifted), "coder": coder,
    }  # fmt: skip


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.command("chat-counts", epilog="Example: velveteen chat-counts --journal notes.vv --year 2025")(
        chat_counts
    )
    app.command("relabel", epilog="Example: velveteen relabel --journal notes.vv")(relabel)
