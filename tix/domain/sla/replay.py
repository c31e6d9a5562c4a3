"""What was promised if another policy had been in force: the history, told over again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tix.domain.course import Applied, Term

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from tix.domain.event import Event
    from tix.domain.sla.policy import Level
    from tix.domain.ticket import Ticket

APPLIED = "sla_applied"
"""The kind of the event that puts a level on a ticket."""


def terms_under(
    steps: Iterable[tuple[Event, Ticket]], level_of: Callable[[Event, Ticket], Level | None]
) -> tuple[Term, ...]:
    """Return the terms of a ticket if *level_of* had chosen its level at each step.

    A level that sets the priority does so when it is chosen, until somebody sets another.
    What was really applied at the time counts for nothing.
    """
    terms: list[Term] = []
    level: Level | None = None
    priority = ""
    for event, ticket in steps:
        if event.kind == APPLIED:
            continue
        former = level, priority
        if not terms or "priority" in event.changes:
            priority = ticket.priority
        chosen = level if ticket.is_settled else level_of(event, ticket)
        if chosen is not level and chosen is not None:
            priority = chosen.priority or priority
        level = chosen
        if not terms or former != (level, priority):
            at = max(event.at, terms[-1].at) if terms else event.at
            sla = Applied(level.name, level.version) if level else None
            terms = [*(term for term in terms if term.at < at), Term(at, priority, sla)]
    return tuple(terms)
