"""Calls and chats: how many there were, how many nobody took, and how long they lasted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tix.reports.figures import Figure, Metric, Unit
from tix.reports.metrics.entry import Compute, mean, theme

if TYPE_CHECKING:
    from collections.abc import Callable

    from tix.reports.view import Cell

    Row = tuple[int, ...]
    Rows = list[Row]

UNUSED = "unused"
_CALLS, _CHATS = "calls", "chats"


def _calls(cell: Cell) -> Rows:
    """Return inbound, answered and seconds of each call."""
    return cell.values(_CALLS, "at", "inbound", "answered", "seconds")


def _chats(cell: Cell) -> Rows:
    """Return inbound, answered, seconds, pickup and lines of each chat."""
    return cell.values(_CHATS, "at", "inbound", "answered", "seconds", "pickup", "lines")


_ROWS: dict[str, Callable[[Cell], Rows]] = {_CALLS: _calls, _CHATS: _chats}


def _many(table: str, holds: Callable[[Row], int]) -> Compute:
    """Count what *holds* of the rows; a channel that nobody uses is marked so."""

    def found(cell: Cell) -> Figure:
        value = sum(map(holds, cell.once(_ROWS[table])))
        used = bool(cell.view.facts.column(table, "ticket"))
        return Figure(value, n=value, mark="" if used else UNUSED)

    return found


def _minutes(cell: Cell) -> Figure:
    rows = cell.once(_calls)
    used = bool(cell.view.facts.column(_CALLS, "ticket"))
    return Figure(sum(row[2] for row in rows) / 60, n=len(rows), mark="" if used else UNUSED)


def _average(of: Callable[[Row], int], among: Callable[[Row], int]) -> Compute:
    def found(cell: Cell) -> Figure:
        samples = [of(row) for row in cell.once(_chats) if among(row)]
        used = bool(cell.view.facts.column(_CHATS, "ticket"))
        return mean(sum(samples), len(samples))._replace(mark="" if used else UNUSED)

    return found


def _metric(ident: str, title: str, unit: Unit, formula: str, column: str) -> Metric:
    return Metric(
        ident,
        title,
        unit,
        formula,
        f"docs/metrics.md, Department columns: {column}; LiveAgent",
        base="calendar" if unit is Unit.SECONDS else "",
    )


def _counted(ident: str, title: str, formula: str, column: str) -> Metric:
    return _metric(ident, title, Unit.COUNT, formula, column)


METRICS = theme(
    (
        (
            _counted("calls", "Calls", "calls in and out", "R5"),
            _many(_CALLS, lambda row: 1),
        ),
        (
            _counted("calls_missed", "Missed calls", "calls in that nobody took", "R6"),
            _many(_CALLS, lambda row: row[0] and not row[1]),
        ),
        (
            _metric("call_minutes", "Call minutes", Unit.MINUTES, "seconds of calls / 60", "R7"),
            _minutes,
        ),
        (
            _counted("chat_messages", "Chat messages", "lines of agents in chats", "R8"),
            _many(_CHATS, lambda row: row[4]),
        ),
        (
            _counted("chats", "Chats", "chats with a line of an agent", "R9"),
            _many(_CHATS, lambda row: row[1]),
        ),
        (
            _counted(
                "chats_missed",
                "Missed chats",
                "chats that a customer began and no agent wrote in",
                "R10",
            ),
            _many(_CHATS, lambda row: row[0] and not row[1]),
        ),
        (
            _metric(
                "chat_pickup_avg",
                "Chat pickup, mean",
                Unit.SECONDS,
                "mean of: first line of an agent - begin, of the chats with one",
                "R11",
            ),
            _average(lambda row: row[3], lambda row: row[1]),
        ),
        (
            _metric(
                "chat_avg",
                "Chat, mean",
                Unit.SECONDS,
                "mean of: end - first line of an agent, of the chats with one",
                "R12",
            ),
            _average(lambda row: row[2], lambda row: row[1]),
        ),
        (
            _counted("calls_in", "Calls in", "calls by customers", "R20"),
            _many(_CALLS, lambda row: row[0]),
        ),
        (
            _counted(
                "calls_finished", "Calls finished", "calls that reached somebody and ended", "R21"
            ),
            _many(_CALLS, lambda row: row[1]),
        ),
        (
            _counted("chats_in", "Chats in", "chats that a customer began", "R22"),
            _many(_CHATS, lambda row: row[0]),
        ),
        (
            _counted(
                "chats_finished",
                "Chats finished",
                "chats that ended after a line of an agent",
                "R23",
            ),
            _many(_CHATS, lambda row: row[1]),
        ),
    )
)
