"""The danger questions, asked one by one; each yes is sealed as it is given, so that nothing can take it away again."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

import typer

from velveteen.cli.reaching import say_who_can_be_reached
from velveteen.cli.voice import Voice, person_is_here

if TYPE_CHECKING:
    from velveteen.guide.danger import Sign
    from velveteen.journal.sealed import SealedJournal

_YES, _NO = {"y", "yes"}, {"n", "no"}
_UNSURE = {"?", "not sure", "unsure", "skip", "s", "i cannot say", "cannot say"}
_HOW = "Answer y or n; ? means “I cannot say”. Each yes is kept as soon as you give it."


def ask(voice: Voice, sealed: SealedJournal) -> None:
    """Ask every sign, and keep the answers.

    Raises:
        typer.Abort: the owner stopped; its text says what was kept.
    """
    from velveteen.guide.danger import answer, left_open, signs, why

    voice.say(why())
    voice.say(_HOW)
    kept: list[Sign] = []
    rest = []
    try:
        for sign in signs():
            given = _one(sign.question)
            if given == "yes":
                _keep_yes(voice, sealed, sign, first=not kept)
                kept.append(sign)
            else:
                now = datetime.now()
                rest.append(answer(sign.id, "no", at=now) if given else left_open(sign.id, at=now))
    except (KeyboardInterrupt, typer.Abort, EOFError):
        raise typer.Abort(_stopped(kept)) from None
    sealed.append(rest, known="keep")


def _keep_yes(voice: Voice, sealed: SealedJournal, sign: Sign, *, first: bool) -> None:
    from velveteen.guide.danger import answer

    sealed.append([answer(sign.id, "yes", at=datetime.now())], known="keep")
    if first:
        say_who_can_be_reached(voice, sealed.entries())


def _one(question: str) -> str | None:
    """The answer: "yes", "no", or None for: I cannot say."""
    while True:
        said = str(typer.prompt(f"{question} [y/n/?]", err=True)).strip().casefold().rstrip(".!")
        if said in _YES:
            return "yes"
        if said in _NO:
            return "no"
        if said in _UNSURE:
            typer.echo("That is an answer too. This one stays open, so no odds are shown.", err=True)
            return None
        typer.echo(_HOW, err=True)


def _stopped(kept: list[Sign]) -> str:
    if not kept:
        return "Stopped. No yes was given, so nothing new was kept. What was saved before is still there."
    named = "; ".join(sign.label for sign in kept)
    return f"Stopped. What you answered with yes is kept: {named}. The other answers were not kept, and can be given later."


def question_none(sealed: SealedJournal) -> None:
    """Say plainly when the record's acts have words that speak against "none of the signs"; a person is asked first.

    Raises:
        typer.Abort: the owner would rather not write it.
    """
    from velveteen.guide.danger import words_of_harm

    words = ", ".join(f"“{word}”" for word in words_of_harm(sealed.entries()))
    if not words:
        return
    typer.echo(
        f"Your record has words like {words}. The answers above say that it never happened; nothing is changed.",
        err=True,
    )
    if person_is_here() and not typer.confirm("Write “none of the signs”?", default=None, err=True):
        raise typer.Abort("No answer was written. “velveteen danger” asks the questions one by one.")
