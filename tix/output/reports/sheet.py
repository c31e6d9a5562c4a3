"""A section of a report as a sheet of text: the same one for a terminal, Markdown and HTML.

Figures that rest on the same cases share one column that says how many; a tall section has a
line for each metric.
"""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from tix.output.reports import said
from tix.record import NamedTuple
from tix.reports.figures import Figure, Unit

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tix.output.reports.paper import Paper
    from tix.reports.figures import Metric, Row, Section

NONE = "none"
ALL = "all"
CHANGE = "change"
CASES = "n"
WAITING = "still waiting"

_BLANK = Figure()
_MEANING_OF_N = "how many cases the figures rest on"
_MEANING_OF_WAITING = "cases without an end yet, in no figure"
_COUNTED = (Unit.COUNT, Unit.TEXT)


class Cell(NamedTuple):
    """A text, of a heading with what it means, of a figure with what stands beside it."""

    text: str
    meaning: str = ""
    beside: str = ""

    @property
    def whole(self) -> str:
        """All that a reader sees."""
        return f"{self.text} {self.beside}" if self.beside else self.text


class Column(NamedTuple):
    """A heading with the cells below it.

    It *is_name* if they name their rows, and *is_basis* if they tell on what the next column rests.
    """

    head: Cell
    cells: tuple[Cell, ...]
    is_name: bool = False
    is_basis: bool = False


class Sheet(NamedTuple):
    """A table of text: its columns, whether the last row sums up, and remarks below it."""

    name: str
    title: str
    columns: tuple[Column, ...]
    has_totals: bool
    notes: tuple[str, ...]

    @property
    def rows(self) -> list[tuple[Cell, ...]]:
        """The cells, row by row."""
        return list(zip(*(column.cells for column in self.columns), strict=True))


def sheets(paper: Paper) -> Iterator[Sheet]:
    """Yield the sheet of each section."""
    for section in paper.report.sections:
        rows = [*section.rows, *([section.totals] if section.totals else ())]
        metrics = [paper.metrics[name] for name in section.metrics]
        columns = _tall(section, rows, metrics) if section.tall else _wide(section, rows, metrics)
        yield Sheet(
            section.name,
            section.title,
            tuple(columns),
            section.totals is not None and not section.tall,
            tuple(_notes(rows, metrics)),
        )


def meaning(metric: Metric) -> str:
    """Return what a metric is, in a line."""
    base = f", {metric.base} time" if metric.base else ""
    return f"{metric.formula}{base} ({metric.source})"


def row_name(row: Row) -> str:
    """Return how a row is called where it has one name only."""
    return " · ".join(key or NONE for key in row.keys)


def _wide(section: Section, rows: Sequence[Row], metrics: Sequence[Metric]) -> Iterator[Column]:
    """Yield a column for each key and metric."""
    for place, key in enumerate(section.keys):
        names = [row.keys[place] or NONE for row in section.rows]
        if section.totals:
            names.append("" if place else ALL)
        yield Column(Cell(key), _cells(names), is_name=True)
    for (cases, ages), alike in groupby(metrics, lambda metric: _basis(rows, metric)):
        if any(cases):
            yield Column(Cell(CASES, _MEANING_OF_N), _cells(cases), is_basis=True)
        for metric in alike:
            cells = tuple(_told(_figure(row, metric), metric) for row in rows)
            yield Column(Cell(metric.title, meaning(metric)), cells)
        if any(ages):
            yield Column(Cell(WAITING, _MEANING_OF_WAITING), _cells(ages))


def _tall(section: Section, rows: Sequence[Row], metrics: Sequence[Metric]) -> Iterator[Column]:
    """Yield the metrics, and for each row a column with what they come to."""
    names = tuple(Cell(metric.title, meaning(metric)) for metric in metrics)
    yield Column(Cell(""), names, is_name=True)
    for row in rows:
        name = ALL if row is section.totals and section.keys else row_name(row)
        pairs = [(_figure(row, metric), metric) for metric in metrics]
        cases = [_cases(*pair) for pair in pairs]
        if any(cases):
            yield Column(Cell(CASES, _MEANING_OF_N), _cells(cases), is_basis=True)
        is_change = CHANGE in row.keys[-1:]
        yield Column(Cell(name), tuple(_told(*pair, signed=is_change) for pair in pairs))
        ages = [said.waiting(figure) for figure, _ in pairs]
        if any(ages):
            yield Column(Cell(WAITING, _MEANING_OF_WAITING), _cells(ages))


def _basis(rows: Sequence[Row], metric: Metric) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return on how many cases a metric rests in each row, and how many still wait there."""
    figures = [_figure(row, metric) for row in rows]
    return (
        tuple(_cases(figure, metric) for figure in figures),
        tuple(said.waiting(figure) for figure in figures),
    )


def _told(figure: Figure, metric: Metric, *, signed: bool = False) -> Cell:
    text = said.value(figure, metric, signed=signed)
    return Cell(text, beside=said.beside(figure, metric, signed=signed))


def _cases(figure: Figure, metric: Metric) -> str:
    """Return n where the figure does not say it itself."""
    return "" if figure.n is None or metric.unit in _COUNTED else f"{figure.n:,}"


def _figure(row: Row, metric: Metric) -> Figure:
    return row.figures.get(metric.id, _BLANK)


def _cells(texts: Sequence[str]) -> tuple[Cell, ...]:
    return tuple(map(Cell, texts))


def _notes(rows: Sequence[Row], metrics: Sequence[Metric]) -> Iterator[str]:
    """Yield why figures are blank, or have a dash."""
    found = [(_figure(row, metric), metric) for row in rows for metric in metrics]
    blanks = [(figure, metric) for figure, metric in found if figure.value is None]
    few = {m.enough for figure, m in blanks if figure.n and 0 < figure.n < m.enough}
    for enough in sorted(few):
        names = {m.title: 0 for figure, m in blanks if figure.n and m.enough == enough}
        yield f"{said.BLANK} fewer than {enough} cases: {', '.join(names)}"
    if any(not figure.n for figure, _ in blanks):
        yield f"{said.BLANK} no case"
    if any(figure.mark == said.UNUSED for figure, _ in found):
        yield f"0 {said.BLANK} nobody uses this"
