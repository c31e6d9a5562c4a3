"""What a report is made of, before anybody decides how it looks.

A figure knows how many cases it rests on; a row holds the figures of one group or period; a
section is a table of rows; a report is its sections with all that makes it the same again.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum

from tix.record import NOTHING, NamedTuple, Record


class Unit(StrEnum):
    """What the number of a figure counts."""

    COUNT = "count"
    RATE = "rate"  # between 0 and 1, and above where events are compared
    SECONDS = "seconds"
    MINUTES = "minutes"
    NUMBER = "number"
    POINTS = "points"  # hundredths of difference, -100 to 100
    TEXT = "text"


class Metric(Record):
    """What a figure means: ``report define`` prints it.

    *base* is ``calendar`` or ``business`` where time is measured; *enough* the number of cases
    below which the figure stays blank; *twin* the metric that tells plainly what a vendor's
    definition does not.
    """

    id: str
    title: str
    unit: Unit
    formula: str
    source: str
    base: str = ""
    enough: int = 0
    twin: str = ""


class Figure(NamedTuple):
    """A number and what it rests on.

    *n* is the number of cases, *low* and *high* the 95 % interval of a rate or difference,
    *waiting* how many are still to end and are missing here, *oldest* the age of the oldest of
    them in seconds. *mark* is what a reader must know: ``low n``, ``no clear change``,
    ``unused``. A blank figure has the value None.
    """

    value: float | int | str | None = None
    n: int | None = None
    low: float | None = None
    high: float | None = None
    waiting: int | None = None
    oldest: int | None = None
    mark: str = ""


class Row(NamedTuple):
    """The figures of one group or period, by the id of their metric."""

    keys: tuple[str, ...]
    figures: Mapping[str, Figure]


class Section(NamedTuple):
    """A table of a report: *keys* name what its rows are told apart by.

    A *tall* one has few rows and many metrics, and is shown with a line for each metric.
    """

    name: str
    title: str
    keys: tuple[str, ...]
    metrics: tuple[str, ...]
    rows: tuple[Row, ...]
    totals: Row | None = None
    tall: bool = False


class Report(Record):
    """All of a report; the same facts, set-up and instant make the same one again.

    *since* and *until* enclose the range, the second one being the first instant after it.
    *excluded* counts the tickets that were left out, by reason; *versions* the policies and
    calendars that its clocks ran under; *log* is a hash of the histories it rests on.
    """

    name: str
    title: str
    since: datetime
    until: datetime
    as_of: datetime
    zone: str
    sections: tuple[Section, ...]
    n: int
    by: str = ""
    group: str = ""
    query: str = ""
    excluded: Mapping[str, int] = NOTHING
    versions: tuple[str, ...] = ()
    log: str = ""
    notes: tuple[str, ...] = ()
