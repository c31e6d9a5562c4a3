"""Something that happened to a ticket, and what sort of thing an event of its history is."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from tests.reports.independent.history import Event, Ticket

WAITING = ("new", "open", "answered", "pending", "postponed")
DONE = ("resolved", "closed")
SOLVED = ("solved", "answered")
PARTS = ("work", "customer", "third", "postponed")


@dataclass
class Thing:
    """Something of one kind; it lasts *until* then, or goes on if that is 0."""

    ticket: Ticket
    at: int
    agent: str = ""
    department: str = ""
    until: int = 0
    how: str = ""
    cal: int = 0
    biz: int = 0
    net: int = 0
    more: dict[str, Any] = field(default_factory=dict)


def is_message(event: Event) -> bool:
    """Return whether a customer wrote."""
    if event.kind == "opened":
        spoken = "session" in event.data  # a call or chat opened it
        return "waiting_since" in event.changes and not (spoken or event.changes.get("outbound"))
    return event.kind == "received" and not event.is_automatic


def is_answer(event: Event) -> bool:
    """Return whether a person answered."""
    if event.kind in ("called", "chatted"):
        return bool(event.data["outcome"] == "answered")
    wrote = event.kind == "opened" and "outbound" in event.changes and "replies" in event.changes
    return wrote or (event.kind == "replied" and not event.is_automatic)


def asks(event: Event) -> bool:
    """Return whether a customer waits for an answer since then."""
    missed = event.kind in ("called", "chatted") and event.data["outcome"] == "missed"
    return is_message(event) or (missed and event.data["direction"] == "in")


def cause(event: Event) -> str:
    if event.by.startswith(("rule:", "system")):
        return "rule"
    return "customer" if asks(event) or event.by.startswith("customer:") else "agent"
