"""One sentence of an evening becomes entries that are proposed, each said in plain words; the owner keeps them or not.

Rules only, English and German. Nothing is invented: where no rule fits, nothing is proposed, and the sentence is a note.
What is denied, asked, only feared, told by others, or done by the owner is no act of the other's. Words of a danger sign
make a question of that sign, and never an answer to it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Literal

from velveteen.messages.clauses import Clause, after_subject, clauses
from velveteen.messages.sentence_dangers import danger_signs
from velveteen.messages.sentence_rules import Span, acts_in, compiled, despite, table, told
from velveteen.messages.sentence_said import Confirming
from velveteen.messages.sentence_talk import Found, answered, promises, told_feelings

Side = Literal["partner", "changer"]
MOST = 600
"""Letters that are read; what is longer is no sentence."""

_YESTERDAY = compiled(r"\b(?:yesterday|last night|gestern)\b")


@dataclass(frozen=True, slots=True)
class Proposal:
    """One entry that the owner is asked about.

    Attributes:
        kind: of the entry; or "danger_question", which is no entry: that sign is to be asked about.
        payload: of the entry, as `journal.entries` has it; {"sign": id} of a danger question.
        words: what is proposed, as a question to the owner.
        quoted: first index and index after the last of the words in the sentence that it rests on.
        at: the day on which it happened.
    """

    kind: str
    payload: dict[str, Any]
    words: str
    quoted: Span
    at: date


def propose(sentence: str, *, on: date, owner_side: Side, them: str = "") -> list[Proposal]:
    """What could be entered of a sentence, dangers first; empty where no rule fits.

    Args:
        sentence: what was written; letters beyond `MOST` are not read.
        on: the day of writing, from 1900 to 2190.
        owner_side: "partner" (about somebody in the owner's life) or "changer" (about the owner).
        them: the other, as the owner names them; "": any name, and words for a partner, are taken to be theirs.
    """
    text = sentence[:MOST].replace("'", "’")
    reading = _Reading(text, on, owner_side, clauses(text, them=them))
    quoted = clauses(text, them=them, quotes=True)
    dangers = list(danger_signs(text, quoted))
    said = Confirming(owner_side)
    found = [*reading.found(), *_acts_of_danger(dangers, reading)]
    asked = [Proposal("danger_question", {"sign": s}, said.danger(s), span, on) for s, span, _ in dangers]
    kept = _once([_as_written(f, sentence) for f in found])
    return asked + [Proposal(f.kind, f.payload, said.entry(f, on), f.span, reading.at) for f in kept]


def _once(found: list[Found]) -> list[Found]:
    """Each thing once; what is told of one act in two places is put together."""
    seen: dict[tuple[str, str], Found] = {}
    for each in found:
        same = (each.kind, str(each.payload.get("act", each.payload)))
        first_ = seen.get(same, each)
        seen[same] = Found(each.kind, each.payload | first_.payload, first_.span)
    return list(seen.values())


def _as_written(found: Found, sentence: str) -> Found:
    """The apostrophes as the owner wrote them."""
    if "’" in sentence:
        return found
    plain = {k: v.replace("’", "'") if isinstance(v, str) else v for k, v in found.payload.items()}
    return Found(found.kind, plain, found.span)


def _acts_of_danger(dangers: list[tuple[str, Span, str]], reading: _Reading) -> Iterator[Found]:
    """What a sign that was told as having happened is in the catalogue of acts."""
    for _, span, act in dangers if reading.side == "partner" else ():
        clause = next((c for c in reading.clauses if c.start <= span[0] < c.end), None)
        feared = clause is not None and clause.doubted and _feared(reading.clauses, clause)
        if act and clause and not clause.past and not feared:
            yield Found("act", reading.act(act, clause), span)


def _feared(told_in: list[Clause], clause: Clause) -> bool:
    """Whether it is only what the owner thought or feared: “I thought he was going to kill me”."""
    return any(c.end <= clause.start and c.who == "me" and c.doubted for c in told_in)


@dataclass(frozen=True, slots=True)
class _Reading:
    """A text, its clauses, and who is who: `actor` is the one whose acts are counted, `counterpart` the other."""

    text: str
    on: date
    side: Side
    clauses: list[Clause]

    @property
    def actor(self) -> str:
        return "them" if self.side == "partner" else "me"

    @property
    def counterpart(self) -> str:
        return "me" if self.side == "partner" else "them"

    @property
    def at(self) -> date:
        yesterday = any(pattern.search(self.text) for pattern in _YESTERDAY)
        return self.on - timedelta(days=yesterday)

    def found(self) -> Iterator[Found]:
        """Everything but danger, in the order in which it is asked."""
        yield from self._days()
        talks = [*self._talk()]
        yield from talks
        talked = {answer for t in talks if t.kind == "confrontation" for answer in [t.payload["answer"]]}
        for name, clause, span in acts_in(self.text, self.clauses, self.actor):
            if _TOLD_AS_ANSWER.get(name) not in talked and not _owned(span, talks):
                yield Found("act", self.act(name, clause), span)
        yield from promises(self.text, self.clauses, self.actor, self.on)
        yield from self._limits()
        yield from self._turning_points()

    def _talk(self) -> Iterator[Found]:
        feelings = list(told_feelings(self.text, self.clauses)) if self.side == "partner" else []
        yield from feelings
        if not feelings:
            yield from answered(self.text, self.clauses, self.actor, self.counterpart)

    def _days(self) -> Iterator[Found]:
        for rule in table()["day"]:
            roles = {"me": self.counterpart, "them": self.actor, "other": "other"}
            for clause in self.clauses:
                sources = [rule[k] for k in roles if k in rule and clause.who == roles[k]]
                sources += [rule["any"]] if "any" in rule else []
                for patterns in sources:
                    if match := told(compiled(*patterns), self.text, clause):
                        yield Found("day", {"contact": True, "day": rule["day"]}, match.span())
                        return
        for clause in self.clauses if self.side == "partner" else ():
            match = despite(compiled(*table()["no_contact"]["any"]), self.text, clause)
            if match and clause.who in {"me", "we"} and not clause.modal:
                yield Found("day", {"contact": False}, match.span())
                return

    def act(self, name: str, clause: Clause) -> dict[str, Any]:
        """The payload of an act, with before whom and toward whom where that is said."""
        text = after_subject(self.text[clause.start : clause.end])
        payload: dict[str, Any] = {"act": name}
        for audience, patterns in table()["audience"].items():
            whole = [p.search(self.text) for p in compiled(*patterns)]
            if any(whole):
                payload["audience"] = audience
                text = _without(text, patterns)
                break
        own = clause.who == self.actor and table()["act"][name].get("whom", True)
        toward = self._toward(text) if own else ""
        return payload | ({"toward": toward} if toward else {})

    def _toward(self, text: str) -> str:
        found = {}
        for whom, pattern in table()["toward"].items():
            match = compiled(pattern)[0].search(text)
            if match and not (whom == "me" and self.side == "changer"):
                found[whom] = match.start()
        return min(found, key=lambda whom: found[whom], default="")

    def _limits(self) -> Iterator[Found]:
        for rule in table()["limit"] if self.side == "partner" else ():
            who = {"actor": "them", "owner": "me"}[rule["who"]]
            search = despite if rule.get("despite") else told
            for clause in self.clauses:
                match = search(compiled(*rule["patterns"]), self.text, clause)
                if match and clause.who == who:
                    payload = {"limit": match["what"].strip(" ,"), "event": rule["event"]}
                    yield Found("limit", payload, match.span())
                    break

    def _turning_points(self) -> Iterator[Found]:
        for rule in table()["turning_point"]:
            whose = {self.actor if who == "actor" else who for who in rule["who"]}
            for clause in self.clauses:
                match = told(compiled(*rule["patterns"]), self.text, clause)
                if match and clause.who in whose:
                    yield Found("turning_point", {"kind": rule["kind"]}, match.span())
                    break
        yield from self._loss()

    def _loss(self) -> Iterator[Found]:
        patterns = compiled(*table()["loss"]["patterns"])
        for clause in self.clauses:
            match = told(patterns, self.text, clause)
            if match and clause.who == self.counterpart:
                yield Found("turning_point", {"kind": "loss_threatened"}, match.span())
                return


_TOLD_AS_ANSWER = {"blamed_me": "blamed", "denied_it": "denied"}


def _owned(span: Span, talks: list[Found]) -> bool:
    """Whether an act is only what an apology was for."""
    return any(t.payload.get("answer") == "owned" and t.span[0] <= span[0] <= t.span[1] for t in talks)


def _without(text: str, patterns: list[str]) -> str:
    for pattern in compiled(*patterns):
        text = pattern.sub(" ", text)
    return text
