"""How a proposal is put to the owner: what it is, in plain words, and the question whether to keep it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from velveteen.messages.sentence_rules import table
from velveteen.messages.sentence_talk import Found

_KEEP = "Keep it as that?"
_DAYS = {"calm": "a calm day", "stress": "a day of ordinary stress"}
_HARD = {
    ("refused", "partner"): "a day on which you said no or disagreed",
    ("refused", "changer"): "a day on which they said no or disagreed",
    ("criticised", "partner"): "a day on which they were criticised or lost face",
    ("criticised", "changer"): "a day on which you were criticised or lost face",
}
_AUDIENCES = {
    "family": "in front of family",
    "public": "in front of others",
    "therapy": "in therapy",
    "alone": "with nobody else there",
}
_TOWARD = {
    "me": "toward you",
    "child": "toward a child",
    "pet": "toward an animal",
    "other": "toward someone else",
}


def day_said(day: date, on: date) -> str:
    """A day in words, with its year only where that is not the year of writing: "Friday 27 November"."""
    year = f" {day.year}" if day.year != on.year else ""
    return f"{day:%A} {day.day} {day:%B}{year}"


@dataclass(frozen=True, slots=True)
class Confirming:
    """The words for one side."""

    side: str

    def danger(self, sign: str) -> str:
        """Why a danger sign is asked about; the question itself is the list's."""
        del sign
        return "What you wrote touches on your safety. There is one question about it. Answer it or leave it open."

    def entry(self, found: Found, on: date) -> str:
        """The whole question for one entry."""
        return f"{getattr(self, '_' + found.kind)(found, on)}. {_KEEP}"

    def _day(self, found: Found, _: date) -> str:
        if not found.payload["contact"]:
            return "The day: no contact"
        day = found.payload["day"]
        return f"The day: {_DAYS.get(day) or _HARD[day, self.side]}"

    def _act(self, found: Found, _: date) -> str:
        rule = table()["act"][found.payload["act"]]
        said = rule["theirs" if self.side == "partner" else "mine"].rstrip(".")
        more = [
            _TOWARD.get(found.payload.get("toward", "")),
            _AUDIENCES.get(found.payload.get("audience", "")),
        ]
        return ", ".join([said, *(words for words in more if words)])

    def _promise(self, found: Found, on: date) -> str:
        due = found.payload.get("due")
        until = f", due {day_said(date.fromisoformat(due), on)}" if due else ", with no day named"
        return f"A promise: {found.payload['what']}{until}"

    def _confrontation(self, found: Found, _: date) -> str:
        rule = next(r for r in table()["answer"] if r["answer"] == found.payload["answer"])
        raised = f" when this was raised: {found.payload['raised']}" if "raised" in found.payload else ""
        return str(rule["said" if self.side == "partner" else "mine"]) + raised

    def _limit(self, found: Found, _: date) -> str:
        rule = next(r for r in table()["limit"] if r["event"] == found.payload["event"])
        return f"{rule['said']}: {found.payload['limit']}"

    def _turning_point(self, found: Found, _: date) -> str:
        kind = found.payload["kind"]
        if kind == "loss_threatened":
            return "Leaving was said aloud"
        return str(next(r["said"] for r in table()["turning_point"] if r["kind"] == kind))

    def _inward(self, found: Found, _: date) -> str:
        heard = found.payload.get("acknowledged")
        return (
            "You told a feeling"
            + {True: ", and it was heard", False: ", and it was not heard", None: ""}[heard]
        )
