"""A report for scripts: one section, a row for each group and period, columns that never change.

A metric has the column of its id, with ``_s`` where it counts seconds, and beside it ``_n``,
``_low`` and ``_high``, unless it only counts. The CSV of the departments has the columns of the
vendor's export under the vendor's names.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tix.record import NamedTuple
from tix.reports.figures import Figure, Metric, Unit
from tix.text import clean, escape_tsv, safe_cell

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from tix.output import View
    from tix.output.reports.paper import Paper
    from tix.reports.figures import Row, Section

Value = float | str | None

LABEL = "Tag/label"
VENDOR: Mapping[str, str] = {
    "answers": "Answers",
    "new_answer_avg": "New-answer average time",
    "open_answer_avg": "Open-answer average time",
    "calls": "Calls",
    "calls_missed": "Missed calls",
    "call_minutes": "Call minutes",
    "chat_messages": "Chat messages",
    "chats": "Chats",
    "chats_missed": "Missed chats",
    "chat_pickup_avg": "Chat answer average time",
    "chat_avg": "Chat average time",
    "not_rated": "Not rated",
    "not_rated_pct": "Not rated %",
    "rated_pos": "Positive ratings",
    "rated_pos_pct": "Positive %",
    "rated_neg": "Negative ratings",
    "rated_neg_pct": "Negative %",
    "messages_in": "Incoming messages",
    "calls_in": "Incoming calls",
    "calls_finished": "Finished calls",
    "chats_in": "Incoming chats",
    "chats_finished": "Finished chats",
    "created": "Created tickets",
    "resolved": "Resolved tickets",
}
"""What the vendor's export calls R2 to R25, in its order; the first one is ``LABEL``."""

_BLANK = Figure()
_DECIMALS = 4


class Column(NamedTuple):
    """A column: its name, the metric it is of, and which part of the figure.

    Shares *in_percent* are as the vendor has them.
    """

    name: str
    metric: Metric
    part: str = "value"
    in_percent: bool = False

    def of(self, row: Row) -> Value:
        """Return what stands in *row*."""
        figure = row.figures.get(self.metric.id, _BLANK)
        value: Value = getattr(figure, self.part)
        if self.in_percent and self.metric.unit is Unit.RATE and isinstance(value, float | int):
            return round(100 * value, 1)
        return exact(value, self.metric.unit)


def exact(value: Value, unit: Unit) -> Value:
    """Return a number as scripts get it: whole seconds and counts, four decimals else."""
    if value is None or isinstance(value, str):
        return value
    if unit in (Unit.SECONDS, Unit.COUNT) or value == int(value):
        return round(value)
    return round(value, _DECIMALS)


def columns(section: Section, paper: Paper) -> list[Column]:
    """Return the columns of a section, whatever stands in it."""
    return [column for name in section.metrics for column in _of(paper.metrics[name])]


def _of(metric: Metric) -> Iterator[Column]:
    unit = "_s" if metric.unit is Unit.SECONDS else ""
    yield Column(f"{metric.id}{unit}", metric)
    if metric.unit not in (Unit.COUNT, Unit.TEXT):
        yield Column(f"{metric.id}_n", metric, "n")
        yield Column(f"{metric.id}_low{unit}", metric, "low")
        yield Column(f"{metric.id}_high{unit}", metric, "high")


def rows(section: Section) -> Sequence[Row]:
    """Return the rows that scripts get; totals stand in JSON only, or sums would count twice."""
    return section.rows


def plain(paper: Paper, view: View) -> Iterator[str]:
    """Yield the rows of the first section, without a header."""
    section = paper.report.sections[0]
    known = columns(section, paper)
    for row in rows(section):
        yield _line([*row.keys, *(_text(column.of(row)) for column in known)])


def tsv(paper: Paper, view: View) -> Iterator[str]:
    """Yield a line of names, then the rows of the first section."""
    section = paper.report.sections[0]
    yield _line([*section.keys, *(column.name for column in columns(section, paper))])
    yield from plain(paper, view)


def csv(paper: Paper, view: View) -> Iterator[str]:
    """Yield the first section as CSV."""
    from csv import writer

    write = writer(_Echo(), lineterminator="\n").writerow
    section = paper.report.sections[0]
    labels, known = [*section.keys], columns(section, paper)
    if section.keys and VENDOR.keys() <= {*section.metrics}:
        labels[-1] = LABEL
        known = [
            Column(name, paper.metrics[metric], in_percent=True) for metric, name in VENDOR.items()
        ]
    yield write([*labels, *(column.name for column in known)])
    for row in rows(section):
        keys = (clean(key, keep_newlines=True) for key in row.keys)
        cells = (clean(_text(column.of(row)), keep_newlines=True) for column in known)
        yield write([*(safe_cell(key) if view.csv_safe else key for key in keys), *cells])


def ids(paper: Paper, view: View) -> Iterator[str]:
    """Yield what each row is about, a line."""
    for row in rows(paper.report.sections[0]):
        yield _line(row.keys)


class _Echo:
    """A file that hands back what is written to it, so that rows can be streamed."""

    def write(self, line: str) -> str:
        return line


def _text(value: Value) -> str:
    return "" if value is None else str(value)


def _line(cells: Sequence[str]) -> str:
    return "\t".join(map(escape_tsv, cells)) + "\n"
