"""What the running program holds in memory: the open journal, words not sealed yet, and how long nobody was there."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from velveteen.journal import pair, rows
from velveteen.journal.backup import Backup, put_back
from velveteen.journal.entries import Entry, current, sides_said, uuid7, with_added
from velveteen.journal.notebook import is_notebook, open_either
from velveteen.journal.pairing import pair_up
from velveteen.journal.record import from_stored, to_bytes
from velveteen.journal.rekey import change_passphrase
from velveteen.journal.sealed import SealedJournal
from velveteen.journal.sealed_errors import file_exists
from velveteen.problems import Refused, VelveteenError

DRAFTS = "drafts"
TWICE = 5.0  # seconds
SLICE = 500  # entries; some hundredths of a second
LOCKED = "The notes are locked. Nothing was changed; open them with the passphrase."
SIDES = ("partner", "changer", "unsure")


class Desk:
    """One journal, open or locked. It lives in one thread, that of the pages.

    Attributes:
        path: the journal's file; it may not exist yet. Where it is one of a pair, the name that both were made from.
        notebook: whether what is open is the second notebook, which shows nothing but itself.
        drafts: page -> words that were typed and not yet saved. Sealed when the desk is locked with its journal open, lost
            when there is no open journal to seal them in.
        held: what waits between a page's question and its answer, such as a file that was sent. In memory only; a lock
            drops it.
        latest: what was added by hand last, so that it can be taken back in one tap. In memory only.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.notebook = False
        self.drafts: dict[str, str] = {}
        self.held: dict[str, Any] = {}
        self._country = ""
        self._journal: SealedJournal | None = None
        self._entries: list[Entry] | None = None
        self._version = 0
        self._standing: list[Entry] | None = None
        self._made: dict[str, _Made] = {}
        self.latest: list[Entry] = []
        self._added = 0.0
        self.touch()

    @property
    def locked(self) -> bool:
        """Whether no journal is open."""
        return self._journal is None

    @property
    def begun(self) -> bool:
        """Whether there is a journal at all."""
        return any(file.exists() for file in (self.path, *pair.names(self.path)))

    @property
    def file(self) -> Path:
        """The file that is open.

        Raises:
            Refused: `locked`.
        """
        return self.journal.path

    @property
    def paired(self) -> bool:
        """Whether there is a second notebook beside what is open."""
        return pair.other(self.file) is not None

    @property
    def journal(self) -> SealedJournal:
        """The open journal.

        Raises:
            Refused: `locked`.
        """
        if self._journal is None:
            raise Refused("locked", LOCKED)
        return self._journal

    def open(self, passphrase: str) -> None:
        """Open the journal, or whichever of a pair it fits, and take up the words that were sealed unsaved.

        Raises:
            BadInput, Refused: as `open_either`.
        """
        self._take(open_either(self.path, passphrase))
        sealed = self.journal.kept(DRAFTS)
        if sealed:
            self.drafts = _joined(json.loads(sealed), self.drafts)
        chosen, self._country = self._country, ""
        if chosen and not self.notebook and not self.country:
            self.set(country=chosen)

    def begin(self, passphrase: str, **settings: str) -> None:
        """Make the journal, with its settings, and open it.

        Raises:
            BadInput, Refused: as `SealedJournal.create`.
        """
        self.path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        self._take(SealedJournal.create(self.path, passphrase))
        self._country = ""
        self.set(**settings)

    def put_back(self, found: Backup, passphrase: str) -> None:
        """Make the notes with what a backup holds, and open them.

        Raises:
            BadInput, Refused: as `backup.put_back`; where any stand, `file_exists`. Nothing is written then.
        """
        if self.begun:
            raise file_exists(self.path)
        self.path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        self._take(put_back(found, self.path, passphrase))

    def _take(self, journal: SealedJournal) -> None:
        self._journal = journal
        self.notebook = is_notebook(journal)
        self.forget()

    def close(self) -> None:
        """Seal what is typed and not saved, and close the file."""
        self.held, self._country = {}, ""
        if self._journal is None:
            return
        words = {page: text for page, text in self.drafts.items() if text.strip()}
        try:
            if words:
                self._journal.keep(DRAFTS, json.dumps(words).encode())
            else:
                self._journal.drop(DRAFTS)
        finally:
            journal, self._journal, self.drafts, self.latest = self._journal, None, {}, []
            self.forget()
            journal.close()

    def proves(self, passphrase: str) -> None:
        """Pass in silence where this is the passphrase of the open notes: asked before anything leaves. About 0.1 s.

        Raises:
            BadInput: `wrong_passphrase`, and as `SealedJournal.open`.
            Refused: `locked`, and as `SealedJournal.open`.
        """
        SealedJournal.open(self.file, passphrase).close()

    def reseal(self, old: str, new: str) -> None:
        """Seal the notes with a new passphrase; they are open afterwards, also where nothing was changed. About 0.5 s.

        Raises:
            BadInput, Refused: as `change_passphrase`; the old passphrase is in force then.
        """
        file = self.file
        self._outside(old, new, lambda: change_passphrase(file, old, new))

    def add_notebook(self, passphrase: str, second: str) -> None:
        """Make a pair of the notes, which stay open also where nothing was made. About 1 s.

        Raises:
            BadInput, Refused: as `pair_up`; the notes stand as they did then.
        """
        file = self.file
        self._outside(passphrase, passphrase, lambda: pair_up(file, passphrase, second))

    def _outside(self, before: str, after: str, change: Callable[[], object]) -> None:
        """Do with the closed file what cannot be done with the open one, and open it again."""
        self.proves(before)
        file = self.file
        self.journal.close()
        self._journal = None
        try:
            change()
        except VelveteenError:
            self._take(SealedJournal.open(file, before))
            raise
        self._take(open_either(file, after))

    def forget(self) -> None:
        """Drop what was read and made from the file, because the file changed."""
        self._entries = self._standing = None
        self._made = {}

    @property
    def entries(self) -> list[Entry]:
        """All entries in stored order, corrections and what they correct included; also what another process wrote."""
        self._look_again()
        if self._entries is None:
            self._entries = self.journal.entries()
        return self._entries

    @property
    def standing(self) -> list[Entry]:
        """The entries that stand, in order of the moment."""
        entries = self.entries
        if self._standing is None:
            self._standing = current(entries)
        return self._standing

    @property
    def by_id(self) -> Mapping[str, Entry]:
        """All entries by their id."""
        found: dict[str, Entry] = self.once("by_id", lambda: {e.id: e for e in self.entries})
        return found

    def add(self, entries: Iterable[Entry], *, by_hand: bool = True) -> int:
        """Seal entries; return how many were added, once they are on the disk.

        By hand, the same twice within `TWICE` is added once: a button is easily pressed twice.

        Raises:
            BadInput, Refused: as `SealedJournal.append`; nothing is added then.
        """
        batch, journal = list(entries), self.journal
        if by_hand and self._twice(batch):
            return 0
        added = journal.append(batch, known="keep" if by_hand else "skip")
        if by_hand and self._standing is not None:
            self._take_in([from_stored(to_bytes(entry)) for entry in batch])
        else:
            self.forget()
        if by_hand:
            self.latest, self._added = batch, time.monotonic()
        return added

    def _twice(self, batch: list[Entry]) -> bool:
        """Whether it says what was added a moment ago and stands there: a button pressed twice, or in two tabs."""
        if time.monotonic() - self._added > TWICE or list(map(_said, batch)) != list(map(_said, self.latest)):
            return False
        return {e.id for e in self.latest} <= {e.id for e in self.entries}

    async def add_beside(self, entries: list[Entry], told: Callable[[int], None]) -> int:
        """Seal many entries of a file, a few at a time; return how many were added. Pages are answered in between.

        They show what was added once all is. Where it is stopped, what was sealed stays; the same file adds the rest.

        Args:
            entries: in the file's order; those that stand already are not added again.
            told: is given how many were looked at.

        Raises:
            BadInput, Refused: as `SealedJournal.append`, and `locked`, also where the notes were locked meanwhile.
        """
        held, batch, added = self.held, rows.Batch(), 0
        try:
            for start in range(0, len(entries), SLICE):
                if self.held is not held:
                    raise Refused("locked", LOCKED)
                added += self.journal.append(entries[start : start + SLICE], batch=batch)
                told(min(start + SLICE, len(entries)))
                await asyncio.sleep(0)
        finally:
            self.forget()
        return added

    def _take_in(self, new: list[Entry]) -> None:
        """Go on from what was read, as long as this desk alone has written since: `_look_again` sees another's hand."""
        before, replaced = self._entries or [], {e.corrects for e in new} - {None}
        kinds = {e.kind for e in new} | {e.kind for e in before if replaced and e.id in replaced}
        self._entries, self._standing = [*before, *new], with_added(self._standing or [], new)
        self._made = {name: made for name, made in self._made.items() if made.of and not made.of & kinds}

    def set(self, **settings: str) -> None:
        """Seal settings; an empty value takes one back."""
        now = datetime.now()
        self.add(Entry(uuid7(), "setting", now, now, {"key": k, "value": v}) for k, v in settings.items())

    @property
    def settings(self) -> dict[str, str]:
        """The settings that stand, the latest of each key."""

        def read() -> dict[str, str]:
            chosen = sorted(
                (e for e in self.standing if e.kind == "setting"), key=lambda e: (e.written, e.id)
            )
            return {str(e.payload.get("key")): str(e.payload.get("value")) for e in chosen}

        return dict(self.once("settings", read, of=("setting",)))

    @property
    def country(self) -> str:
        """Two letters of the country whose lines are shown, or empty: that of the open notes, else the one in memory."""
        return self._country if self.locked else self.settings.get("country", "")

    def choose_country(self, cc: str) -> None:
        """Seal the country in the open notes; while none are open, hold it in memory, where a lock drops it.

        Held, it is sealed once notes are opened that have no country: nobody changes theirs without the passphrase.

        Raises:
            BadInput, Refused: as `add`.
        """
        if self.locked:
            self._country = cc
        elif cc != self.country:
            self.set(country=cc)

    @property
    def side(self) -> str:
        """Whose side this journal is: one of SIDES; one that does not say is a partner's, whose guards are stronger.

        The second notebook has none: it is a “notebook”.

        Notes about oneself stay so for good: no later word, and no entry in that word's place, turns them.

        Raises:
            Refused: `locked`.
        """
        if self.journal and self.notebook:
            return "notebook"
        said: list[str] = self.once("sides", lambda: sides_said(self.entries), of=("setting",))
        known = [value for value in said if value in SIDES]
        return "changer" if "changer" in known else (known or ["partner"])[-1]

    def _look_again(self) -> None:
        """Forget what was read where another process has written since."""
        version = self.journal.version()
        if version != self._version:
            self.forget()
            self._version = version

    async def once_beside(self, name: str, make: Callable[..., Any], *given: Any) -> Any:
        """As `once`, with `make(*given)` in a thread beside the pages, which are answered meanwhile: for what takes long.

        Raises:
            Refused: `locked`, also where the notes were locked meanwhile; what was made is dropped then.
        """
        self._look_again()
        if (made := self._made.get(_today(name))) is not None:
            return made.value
        standing = self.standing
        value = await asyncio.to_thread(make, *given)
        return self.once(name, lambda: value) if self.standing is standing else value

    def once(self, name: str, make: Callable[[], Any], *, of: Iterable[str] = ()) -> Any:
        """What `make()` gives, made once a day for as long as the record stays as it is.

        Args:
            name: of what is made.
            make: makes it from the entries or what stands.
            of: the only kinds of entries that it depends on; it stays while others are added. Without them: on all.
        """
        self._look_again()
        key = _today(name)
        if key not in self._made:
            self._made[key] = _Made(make(), frozenset(of))
        return self._made[key].value

    def touch(self) -> None:
        """Somebody is there."""
        self._seen = time.monotonic()

    def alone_for(self) -> float:
        """Seconds since somebody was there."""
        return time.monotonic() - self._seen


def _said(entry: Entry) -> tuple[object, ...]:
    """All that an entry says, but not when it was written."""
    told = json.dumps(entry.payload, sort_keys=True, default=str)
    return entry.kind, entry.at.date(), told, entry.about, entry.facts, entry.feelings, entry.corrects


def _joined(sealed: dict[str, str], held: dict[str, str]) -> dict[str, str]:
    """Unsaved words of before and of now; where a page has both, neither takes the other's place."""
    pages = sealed | held
    said = {page: (sealed.get(page, "").strip(), held.get(page, "").strip()) for page in pages}
    return {page: "\n\n".join(dict.fromkeys(filter(None, words))) for page, words in said.items()}


@dataclass(frozen=True, slots=True)
class _Made:
    """What was made, and the only kinds of entries that it depends on; none: it depends on all."""

    value: Any
    of: frozenset[str]


def _today(name: str) -> str:
    return f"{name} {date.today()}"
