"""Which column of a diary holds what: guessed by name and by looking at the values, or given; always shown."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from velveteen.journal.dates import read_both
from velveteen.journal.diary_columns import Column, columns, plain, read_cell
from velveteen.problems import BadInput

How = Literal["name", "values", "given"]
_BY_VALUES = ("date", "day", "answer")  # what can be told from the cells alone
_DOUBTS = {
    "mood": "“mood” is taken as your own. If it says how you were treated: --map treated={column}",
    "rating": "“rating” is taken as how you were treated. If it says how you were: --map wellbeing={column}",
}


@dataclass(frozen=True)
class DiaryMapping(Mapping[str, str]):
    """Canonical field -> column of the file, in the order of the canonical columns.

    Attributes:
        columns: the pairs.
        how: field -> "name" (told by its name), "values" (told by its cells), "given".
        unused: columns of the file that are read as nothing.
    """

    columns: dict[str, str]
    how: dict[str, How] = field(default_factory=dict)
    unused: tuple[str, ...] = ()

    def __getitem__(self, name: str) -> str:
        return self.columns[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self.columns)

    def __len__(self) -> int:
        return len(self.columns)

    def lines(self) -> list[str]:
        """What to show before it is confirmed: one line a column, doubts, and columns that are not read."""
        shown = [
            f"{column}: {columns()[name].label}{_ask(self.how.get(name))}"
            for name, column in self.columns.items()
        ]
        for name, column in self.columns.items():
            if (doubt := _DOUBTS.get(plain(column))) and self.how.get(name) == "name":
                shown.append(doubt.format(column=column))
        if self.unused:
            shown.append(f"not read: {', '.join(self.unused)}")
        return shown


def guess_mapping(
    header: Sequence[str], sample_rows: Sequence[Sequence[str]], given: Mapping[str, str] | None = None
) -> DiaryMapping:
    """The likeliest mapping of a table's columns.

    Args:
        header: names of the columns.
        sample_rows: some rows of cells, to see whether the values fit; may be empty.
        given: pairs that stand; the rest is guessed around them.

    Raises:
        BadInput: `unknown_column`, when `given` names a column that is not there.
    """
    fixed = match_columns(given or {}, header)
    samples: dict[str, list[str]] = {}
    for i, name in enumerate(header):
        samples.setdefault(name, [row[i] for row in sample_rows if i < len(row) and row[i]])
    ranked = sorted(_claims(samples), key=lambda claim: claim[0])
    chosen: dict[str, str] = dict(fixed)
    how: dict[str, How] = dict.fromkeys(fixed, "given")
    for (rank, *_), name, column in ranked:
        if name not in chosen and column not in chosen.values():
            chosen[name], how[name] = column, "values" if rank == 2 else "name"
    return DiaryMapping(
        {name: chosen[name] for name in columns() if name in chosen}, how, _unused(header, chosen)
    )


def parse_map(pairs: Iterable[str]) -> DiaryMapping:
    """A mapping from “field=Column” texts, as scripts give it.

    Raises:
        BadInput: `bad_map`: no equals sign, a field that does not exist, a field or a column given twice.
    """
    chosen: dict[str, str] = {}
    for pair in pairs:
        name, sign, column = (part.strip() for part in pair.partition("="))
        name = plain(name).replace(" ", "_")
        if not sign or not column or name not in columns():
            fields = ", ".join(columns())
            raise BadInput("bad_map", f"“{pair}” should be FIELD=COLUMN, with one of these fields: {fields}.")
        if name in chosen or column in chosen.values():
            raise BadInput(
                "bad_map", f"“{pair}” gives a field or a column for the second time. Nothing was changed."
            )
        chosen[name] = column
    return DiaryMapping(chosen, dict.fromkeys(chosen, "given"))


def match_columns(mapping: Mapping[str, str], header: Sequence[str]) -> dict[str, str]:
    """The mapping with each column spelled as in the header, whatever its capitals and spaces.

    Raises:
        BadInput: `unknown_column`.
    """
    exact = {name: name for name in header}
    loose = {plain(name): name for name in reversed(header)}
    found = {}
    for name, column in mapping.items():
        match = exact.get(column) or loose.get(plain(column))
        if match is None:
            message = (
                f"There is no column “{column}” in this file. It has: {seen(header)}. Nothing was changed."
            )
            raise BadInput("unknown_column", message)
        found[name] = match
    return found


def seen(header: Sequence[str]) -> str:
    """The columns of a file, for a sentence."""
    return ", ".join(f"“{name}”" for name in header if name) or "none with a name"


def _unused(header: Sequence[str], chosen: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(name for name in dict.fromkeys(header) if name and name not in chosen.values())


def _claims(samples: dict[str, list[str]]) -> Iterator[tuple[tuple[int, int, int], str, str]]:
    """Each (rank, field, column) that could be, the best rank first.

    By name where the values do not speak against it; by the canonical name whatever the values; by values alone.
    """
    for order, (name, column) in enumerate(columns().items()):
        for header, values in samples.items():
            share = _share(column, values)
            if plain(header) in column.names and (not values or share >= 0.5):
                yield (0, column.names.index(plain(header)), order), name, header
            elif plain(header) == column.names[0]:  # named so on purpose: what cannot be read there is listed
                yield (1, 0, order), name, header
            elif name in _BY_VALUES and len(values) > 1 and share >= 0.8 and _varies(column, values):
                yield (2, 0, order), name, header


def _varies(column: Column, values: list[str]) -> bool:
    return column.kind != "word" or len({column.words.get(plain(value)) for value in values}) > 1


def _share(column: Column, values: list[str]) -> float:
    return sum(_reads(column, value) for value in values) / max(len(values), 1)


def _reads(column: Column, text: str) -> bool:
    if column.kind == "date":
        return read_both(text) != (None, None)
    if column.kind == "text":
        return any(letter.isalpha() for letter in text) and plain(text) not in {"yes", "no"}
    try:
        read_cell(column, text)
    except ValueError:
        return False
    return True


def _ask(how: How | None) -> str:
    return " (told by what stands in it)" if how == "values" else ""
