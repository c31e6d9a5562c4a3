"""The SLA clocks of tickets, as lists, pages and scripts show them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tix.codec import encode_time
from tix.domain.span import short_span
from tix.domain.when import describe

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tix.domain.found import Found
    from tix.domain.sla.clock import Clock
    from tix.domain.ticket import Ticket
    from tix.output.tickets.scene import Scene

BREACHED, AT_RISK, PAUSED = "breached", "at_risk", "paused"
COLOURS = {BREACHED: "red", AT_RISK: "yellow", PAUSED: "dim"}


def sla_cell(clock: Clock | None) -> str | None:
    """Return state, clock and seconds left for scripts: ``breached:first:-2400``."""
    if clock is None:
        return None
    return f"{clock.state.value}:{clock.kind.value}:{left_s(clock)}"


def sla_word(clock: Clock | None) -> str:
    """Return what is left for a person: ``40m over``, ``25m left``, ``paused``."""
    if clock is None:
        return ""
    if clock.state.value == PAUSED:
        return PAUSED
    late = clock.state.value == BREACHED
    return short_span(abs(clock.remaining)) + (" over" if late else " left")


def sla_style(row: Found, scene: Scene) -> str | None:
    """Return the colour of the clock of a row."""
    clock = scene.ranking.clock_of(row.ticket)
    return COLOURS.get(clock.state.value) if clock else None


def sla_record(ticket: Ticket, clock: Clock | None) -> dict[str, object] | None:
    """Return the member ``sla`` of a ticket: its level, and the clock that is due next.

    It may be the clock of a promise, on a ticket that has no level.
    """
    if ticket.sla is None and clock is None:
        return None
    level: dict[str, object] = {
        "policy": ticket.sla.level if ticket.sla else None,
        "version": ticket.sla.version if ticket.sla else None,
    }
    names = ("state", "clock", "due_at", "remaining_s", "breached_at")
    if clock is None:
        return {**level, **dict.fromkeys(names), "paused": False}
    return {
        **level,
        "state": clock.state.value,
        "clock": clock.kind.value,
        "due_at": encode_time(clock.due_at) if clock.due_at else None,
        "remaining_s": left_s(clock),
        "breached_at": encode_time(clock.breached_at) if clock.breached_at else None,
        "paused": clock.state.value == PAUSED,
    }


def clock_pairs(
    ticket: Ticket, clocks: tuple[Clock, ...], scene: Scene
) -> Iterator[tuple[str, str]]:
    """Yield the lines of a ticket's page: its level with the tightest clock, and each other one.

    Promises have lines of their own.
    """
    from tix.domain.sla.clock import Own, tightest

    first = tightest(clocks)
    level = [ticket.sla.level] if ticket.sla else []
    yield "SLA", ", ".join([*level, _line(first, scene)] if first else level)
    for clock in clocks:
        if clock.is_open and clock is not first and clock.kind is not Own.PROMISE:
            yield "", _line(clock, scene)


def left_s(clock: Clock) -> int:
    """Return the seconds that are left to a clock, in the time in which it counts."""
    return int(clock.remaining.total_seconds())


def _line(clock: Clock, scene: Scene) -> str:
    due = f", due {describe(clock.due_at, scene.now, scene.zone)}" if clock.due_at else ""
    left = f", {short_span(clock.remaining)} left" if clock.state.value == PAUSED else ""
    return f"{clock.kind.value} {sla_word(clock)}{left}{due}"
