"""What the page *What holds* stands on: sections of sentences, pictures and tables, counted from the record. No odds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from velveteen.journal.entries import Entry
from velveteen.measure.cells import Cell
from velveteen.measure.told import told
from velveteen.report.circle_figure import circle_figure
from velveteen.report.faces_figure import faces_figure
from velveteen.report.figures import Figure
from velveteen.report.hard_days_figure import hard_days_figure
from velveteen.report.moved_figure import moved_figure
from velveteen.report.swings_figure import swings_figure
from velveteen.report.toward_figure import toward_figure


@dataclass(frozen=True, slots=True)
class Section:
    """One section of a page.

    Attributes:
        id: unique on the page.
        title: in plain words.
        figure: sentences, and the picture and the table where there is enough; else the sentence on what will be here.
    """

    id: str
    title: str
    figure: Figure


def what_holds(entries: Sequence[Entry], cells: Sequence[Cell], today: date) -> list[Section]:
    """Every section of the page, always the same ones in the same order, whatever the record holds.

    Args:
        entries: all entries of the journal; what was not written freely or lies after today is left out.
        cells: weekly cells of the same entries, dated weeks.
        today: the owner's local date.
    """
    diary = told(entries, today)
    return [
        Section("hard-days", "Hard days", hard_days_figure(diary)),
        Section("swings", "From warm to cold and back", swings_figure(diary)),
        Section("faces", "Alone and in company", faces_figure(diary, cells)),
        Section("circle", "Their circle", circle_figure(diary)),
        Section("toward", "Toward whom", toward_figure(diary)),
        Section("moved", "What is better or worse, and what came first", moved_figure(cells)),
    ]
