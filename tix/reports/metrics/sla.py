"""How far promises were kept: of the clocks that were due in a period, and of their tickets.

The figures are those of ``tix sla report``: a breach counts whether its clock has stopped or
not; what is not due yet, or was called off, is in no rate.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from tix.record import NamedTuple
from tix.reports.figures import Figure, Metric, Unit
from tix.reports.metrics.entry import Entry, count, share, theme
from tix.reports.metrics.family import BASES
from tix.reports.statistics import Distribution
from tix.reports.view import Cell, picked

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tix.reports.metrics.entry import Compute

CLOCKS = {
    "first": "first response",
    "next": "next response",
    "update": "update",
    "resolution": "resolution",
}
_RUNNING = ("running", "at_risk", "paused")
_CALLED_OFF = ("cancelled", "superseded")
_SOURCE = "docs/metrics.md, Promises"


class Due(NamedTuple):
    """The places of the clocks of one *kind*, or of all, that were due in a cell, by their end."""

    kind: str
    met: Sequence[int]
    breached: Sequence[int]
    called_off: Sequence[int]


Judge = Callable[[Cell, Due], Figure]


def _due(kind: str) -> Callable[[Cell], Due]:
    def due(cell: Cell) -> Due:
        states = {name: cell.code(name) for name in ("met", "breached", *_CALLED_OFF)}
        places = _of_kind(cell, kind, cell.places("clocks", "due_at"))
        found: dict[int, list[int]] = {code: [] for code in states.values()}
        state = cell.view.facts.column("clocks", "state")
        for place in places:
            if state[place] in found:
                found[state[place]].append(place)
        called_off = [place for name in _CALLED_OFF for place in found[states[name]]]
        return Due(kind, found[states["met"]], found[states["breached"]], called_off)

    return due


def _of_kind(cell: Cell, kind: str, places: Sequence[int]) -> Sequence[int]:
    if not kind:
        return places
    code, kinds = cell.code(kind), cell.view.facts.column("clocks", "kind")
    return [place for place in places if kinds[place] == code]


DUE: Mapping[str, Callable[[Cell], Due]] = {kind: _due(kind) for kind in ("", *CLOCKS)}
"""How to find what was due of one kind of clock, and of all."""


def _column(cell: Cell, name: str, places: Sequence[int]) -> Sequence[int]:
    return picked(cell.view.facts.column("clocks", name), places)


def _by_clock(_: Cell, due: Due) -> Figure:
    return share(len(due.met), len(due.met) + len(due.breached))


def _by_ticket(cell: Cell, due: Due) -> Figure:
    broken = set(_column(cell, "ticket", due.breached))
    kept = set(_column(cell, "ticket", due.met)) - broken
    return share(len(kept), len(kept) + len(broken))


def _open(cell: Cell, due: Due) -> Figure:
    return count(list(_column(cell, "stopped_at", due.breached)).count(0))


def _running(cell: Cell, due: Due) -> Figure:
    places = cell.standing("clocks", "started_at", "stopped_at", state=_RUNNING)
    return count(len(_of_kind(cell, due.kind, places)))


def _late(base: str, *, longest: bool = False) -> Judge:
    def figure(cell: Cell, due: Due) -> Figure:
        late = Distribution(_column(cell, f"late_{base}", due.breached))
        return Figure(late.longest if longest else late.percentile(50), n=late.n)

    return figure


def _penalty(cell: Cell, due: Due) -> Figure:
    cost = sum(_column(cell, "penalty", due.breached))
    return Figure(cost / 100, n=len(due.breached))


def _of(kind: str, judge: Judge) -> Compute:
    return lambda cell: judge(cell, cell.once(DUE[kind]))


_CLOCKS = "clocks that were met / clocks that were met or breached, of {} due in the period; one "
_JUDGED: Sequence[tuple[Metric, Judge]] = (
    (
        Metric(
            "sla_clocks",
            "Promises kept",
            Unit.RATE,
            f"{_CLOCKS.format('those')}that is breached counts while it is open, too",
            _SOURCE,
        ),
        _by_clock,
    ),
    (
        Metric(
            "sla_tickets",
            "Tickets with all promises kept",
            Unit.RATE,
            "tickets without a breached clock / tickets with a clock that was met or breached, "
            "of clocks due in the period",
            _SOURCE,
        ),
        _by_ticket,
    ),
    (
        Metric("sla_met", "Met", Unit.COUNT, "clocks due in the period that were met", _SOURCE),
        lambda _, due: count(len(due.met)),
    ),
    (
        Metric(
            "sla_breached",
            "Breached",
            Unit.COUNT,
            "clocks due in the period that were breached, stopped or not",
            _SOURCE,
        ),
        lambda _, due: count(len(due.breached)),
    ),
    (
        Metric(
            "sla_open",
            "Breached and open",
            Unit.COUNT,
            "clocks due in the period that were breached and have not stopped",
            _SOURCE,
        ),
        _open,
    ),
    (
        Metric(
            "sla_running",
            "Running",
            Unit.COUNT,
            "clocks begun before the end of the period that run or are paused, and are not "
            "breached; they are in no rate",
            _SOURCE,
        ),
        _running,
    ),
    (
        Metric(
            "sla_called_off",
            "Called off",
            Unit.COUNT,
            "clocks due in the period that were cancelled, or superseded by other terms, before "
            "a breach; they are in no rate",
            _SOURCE,
        ),
        lambda _, due: count(len(due.called_off)),
    ),
    *(
        (
            Metric(
                f"sla_late_{base}_{statistic}",
                f"Late, {BASES[base]}, {statistic}",
                Unit.SECONDS,
                f"{words} {time} from the due instant to the stop, or to now, of the clocks due "
                "in the period that were breached",
                _SOURCE,
                BASES[base],
            ),
            _late(base, longest=statistic == "max"),
        )
        for base, time in (("cal", "calendar time"), ("biz", "working time"))
        for statistic, words in (("p50", "median of the"), ("max", "longest"))
    ),
    (
        Metric(
            "sla_penalty",
            "Penalty",
            Unit.NUMBER,
            "sum of what the level asks for each breach, and for each hour that it lasts, of "
            "clocks due in the period",
            _SOURCE,
        ),
        _penalty,
    ),
)
JUDGES: Mapping[str, Judge] = {metric.id: judge for metric, judge in _JUDGED}
"""What can be said of one kind of clock as well as of all."""


def _kinds() -> Iterator[Entry]:
    for kind, title in CLOCKS.items():
        metric = Metric(
            f"sla_{kind}",
            f"Promises kept, {title}",
            Unit.RATE,
            f"{_CLOCKS.format(f'{title} clocks')}that is breached counts while it is open, too",
            _SOURCE,
        )
        yield Entry(metric, _of(kind, _by_clock))


METRICS = theme((*(Entry(metric, _of("", judge)) for metric, judge in _JUDGED), *_kinds()))
