"""Escalation: what the steps of a ladder do to a ticket, in words of the desk's set-up.

``priority up`` or ``priority high``, ``tier up`` or ``tier 2``, ``assign alice`` (or ``evenly``,
``nobody``), ``tag a,b``, ``note TEXT``, ``notify [TEXT]`` and ``hook NAME``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tix.domain.sla.policy import Step
from tix.errors import UsageError
from tix.record import Record

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tix.domain.setup import Setup
    from tix.domain.sla.clock import Clock
    from tix.domain.sla.policy import Level
    from tix.domain.ticket import Ticket

UP = "up"
_TOP_TIER = 9


class Rung(Record):
    """A step of the ladder of a level, by a name that no other has."""

    name: str
    step: Step


def reached(level: Level, clock: Clock) -> Iterator[Rung]:
    """Yield the steps of *level* that a clock has reached, the lowest first."""
    for place, step in enumerate(level.ladder, 1):
        if step.at in clock.reached and (not step.clocks or clock.kind in step.clocks):
            yield Rung(f"{level.name}:{place}", step)


def filed(ticket: Ticket, verb: str, text: str, setup: Setup) -> dict[str, Any]:
    """Return the head fields that ``priority``, ``tier`` or ``tag``, with *text*, changes.

    Raises:
        UsageError: It means nothing on this desk.
    """
    if verb == "priority":
        up = text == UP
        priority = setup.step(ticket.priority, 1) if up else setup.priority(text)
        return {"priority": priority}
    if verb == "tier":
        return {"tier": _tier(ticket, text)}
    from tix.domain.verbs import checked_tags

    new = (tag for tag in checked_tags(text) if tag not in ticket.tags)
    return {"tags": (*ticket.tags, *new)}


def _tier(ticket: Ticket, text: str) -> int:
    if text == UP:
        return min(ticket.tier + 1, _TOP_TIER)
    if not (text.isascii() and text.isdigit() and 1 <= int(text[:3]) <= _TOP_TIER):
        raise UsageError(f"tier {text!r} is neither up nor a number from 1 to {_TOP_TIER}")
    return int(text)
