"""Time that was spent on a ticket: its entries, read from the history."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from tix.domain.event import undone_operations
from tix.record import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tix.domain.event import Event
    from tix.domain.ticket import Ticket

WORKED = "worked"
MANUAL, TIMER, EDITOR = "manual", "timer", "editor"
SOURCES = (MANUAL, TIMER, EDITOR, "call", "chat")

_SHORTEST_EDITING_S = 10
_LONGEST_EDITING_S = 30 * 60


class Entry(NamedTuple):
    """Seconds that somebody spent on a ticket, until *at*; below 0 it is a correction.

    One that *runs* is a timer: it began at *at*, and the seconds are those so far.
    """

    ticket_id: int
    subject: str
    by: str
    at: datetime
    seconds: int
    source: str
    note: str = ""
    runs: bool = False


def entries(ticket: Ticket, history: Iterable[Event]) -> Iterator[Entry]:
    """Yield what was spent on *ticket*, without what was taken back; it sums up to its head."""
    events = tuple(history)
    undone = undone_operations(events)
    for event in events:
        if event.kind == WORKED and event.op not in undone:
            source, note = (str(event.data.get(name, "")) for name in ("source", "note"))
            yield Entry(
                ticket.id, ticket.subject, event.by, event.at, seconds_of(event), source, note
            )


def seconds_of(event: Event) -> int:
    """Return the seconds that *event* has added to the time spent."""
    seconds = event.data.get("seconds")
    return seconds if type(seconds) is int else 0


def running(ticket: Ticket, now: datetime) -> Iterator[Entry]:
    """Yield the timers that run on *ticket*, with their seconds up to *now*."""
    for timer in ticket.timers:
        seconds = elapsed(timer.since, now)
        by = f"agent:{timer.agent}"
        yield Entry(ticket.id, ticket.subject, by, timer.since, seconds, TIMER, runs=True)


def elapsed(since: datetime, now: datetime) -> int:
    """Return the seconds from *since* to *now*; none if the clock was set back."""
    return max(0, int((now - since).total_seconds()))


def editing_shares(seconds: float, tickets: int) -> tuple[int, ...]:
    """Return the seconds that a text in the editor counts for each of *tickets* it is about.

    An editor that was left open counts no more than half an hour, and a glance counts nothing.
    """
    whole = min(int(seconds), _LONGEST_EDITING_S)
    if whole < _SHORTEST_EDITING_S:
        return (0,) * tickets
    share, rest = divmod(whole, tickets)
    return tuple(share + (place < rest) for place in range(tickets))
