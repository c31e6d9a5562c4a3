"""The events that count: what was taken back counts as if it had never happened."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tix.domain.course import TAKEN_BACK
from tix.domain.event import undone_operations

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tix.domain.event import Event

_UNDONE, _ABSORBED, _RELEASED = "undone", "absorbed", "released"


def valid(history: Sequence[Event]) -> Sequence[Event]:
    """Return the events of *history* that nobody has taken back, and none that take back.

    That another ticket was merged into this one is taken back when it is taken out again.
    """
    if not any(event.kind in TAKEN_BACK for event in history):
        return history
    undone = undone_operations(history)
    left = [event for event in history if event.op not in undone and event.kind != _UNDONE]
    gone: set[int] = set()
    joined: dict[object, int] = {}
    for place, event in enumerate(left):
        if event.kind == _ABSORBED:
            joined[event.data.get("ticket")] = place
        elif event.kind == _RELEASED:
            gone |= {place, joined.get(event.data.get("ticket"), place)}
    return [event for place, event in enumerate(left) if place not in gone]


def in_time(events: Sequence[Event]) -> Sequence[Event]:
    """Return *events* in the order of time: what was told late happened before; the first stays."""
    return [*events[:1], *sorted(events[1:], key=lambda event: event.at)]
