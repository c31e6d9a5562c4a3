"""The desk as ``tix export`` tells it: each ticket with what happened, in the order of time."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from zoneinfo import ZoneInfo

from tests.reports.independent.hours import instant


@dataclass(frozen=True)
class Event:
    """Something that happened to a ticket."""

    kind: str
    at: int
    by: str
    data: Mapping[str, Any]
    op: int = 0

    @property
    def changes(self) -> Mapping[str, list[Any]]:
        found: Mapping[str, list[Any]] = self.data.get("changes", {})
        return found

    @property
    def agent(self) -> str:
        return self.by[6:] if self.by.startswith("agent:") else ""

    @property
    def is_automatic(self) -> bool:
        return bool(self.data.get("automatic")) or self.by.startswith(("rule:", "system"))


@dataclass(frozen=True)
class Ticket:
    """A ticket: what happened to it, and the fields that it has in the end."""

    number: int
    events: tuple[Event, ...]
    head: Mapping[str, Any]
    customer: str
    plan: str

    def field(self, name: str) -> str:
        return str(self.head.get(name) or "")

    @property
    def tags(self) -> tuple[str, ...]:
        return tuple(self.head.get("tags") or ())


@dataclass
class Desk:
    """All tickets at one instant, and what was promised, by clock and priority."""

    tickets: list[Ticket]
    zone: ZoneInfo
    as_of: int
    targets: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


def read(exported: str, zone: ZoneInfo, as_of: int) -> Desk:
    """Return the desk as it was at *as_of*."""
    records = [json.loads(line) for line in exported.splitlines()]
    people = {one["number"]: one for one in records if one.get("record") == "customer"}
    told = [one for one in records if one.get("record") == "ticket"]
    tickets = [_ticket(one, people, as_of) for one in told]
    return Desk([ticket for ticket in tickets if ticket.events], zone, as_of)


def _ticket(told: Mapping[str, Any], people: Mapping[int, Any], as_of: int) -> Ticket:
    events = _standing([_event(one) for one in told["events"] if instant(one["at"]) <= as_of])
    head: dict[str, Any] = {}
    for event in events:
        head.update({name: after for name, (_, after) in event.changes.items()})
    person = people.get(head.get("requester") or 0, {})
    ordered = tuple(sorted(events, key=lambda event: event.at))  # a call is written down later
    name = person.get("name") or next(iter(person.get("addresses", ())), "")
    return Ticket(told["id"], ordered, head, name, person.get("plan") or "")


def _event(told: Mapping[str, Any]) -> Event:
    return Event(
        told["kind"], instant(told["at"]), told["by"], told.get("data", {}), told.get("op", 0)
    )


def _standing(events: list[Event]) -> list[Event]:
    """Return the events that nobody took back, and none that take back."""
    undone = {event.data["op"] for event in events if event.kind == "undone"}
    return [event for event in events if event.kind != "undone" and event.op not in undone]
