"""Desks in memory for tests of ops, with a clock that stands until it is moved."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.store.desks import START, Clock, salts
from tix.config import load_config
from tix.desk import Desk, Intent
from tix.domain.people import Agent, Department
from tix.ops.tickets.talking import Draft, open_ticket
from tix.ops.transactions import writing
from tix.store.memory import MemoryStore

if TYPE_CHECKING:
    from tix.domain.event import Event
    from tix.domain.ticket import Ticket

__all__ = ["START", "Clock", "history", "make_desk", "meaning", "opened", "staffed", "ticket"]


def make_desk(clock: Clock, user: str = "alice") -> Desk:
    """Return an empty desk in memory, in Zagreb."""
    config = load_config({"TIX_USER": user, "TIX_TZ": "Europe/Zagreb"}, None)
    desk = Desk("memory", config, clock=clock, warn=print)
    desk.__dict__["store"] = MemoryStore(now=clock, salt=salts())
    return desk


def meaning(
    desk: Desk, *, why: str = "", dry_run: bool = False, key: str = "", if_rev: int | None = None
) -> Desk:
    """Return the desk with what the next change is to be."""
    desk.intent = Intent(why, dry_run, key, if_rev)
    return desk


def staffed(desk: Desk, *agents: Agent, departments: tuple[str, ...] = ()) -> Desk:
    """Return the desk with agents and departments."""
    with writing(desk, "staff") as tx:
        for agent in agents:
            tx.agents.put(agent)
        for name in departments:
            tx.departments.put(Department(name))
    return desk


def opened(desk: Desk, subject: str = "Refund", **values: object) -> int:
    """Open a ticket and return its number."""
    (changed,) = open_ticket(desk, Draft(subject, **values)).changed  # type: ignore[arg-type]
    return changed.after.id


def ticket(desk: Desk, number: int) -> Ticket:
    return desk.store.read(lambda tx: tx.ticket(number))


def history(desk: Desk, number: int) -> tuple[Event, ...]:
    return desk.store.read(lambda tx: tx.history(number))
