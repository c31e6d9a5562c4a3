"""Calls and chats in a history: which of them was an answer, and which one waits for one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tix.domain.event import undone_operations
from tix.record import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

    from tix.domain.event import Event

CALLED, CHATTED = "called", "chatted"
KINDS = {CALLED: "call", CHATTED: "chat"}
"""The kinds of their events, with what each is called."""

IN, OUT = "in", "out"
ANSWERED, MISSED = "answered", "missed"

SESSION = "session"
"""What the event of a ticket that a call or chat opened tells of: it is no message itself."""


class Spoken(NamedTuple):
    """What a call or chat was beside its text.

    ``seconds`` are those in which an agent was there; ``customer`` is who it was with if that
    was not the requester; the lines are those of a chat, None if nobody counted them.
    """

    direction: str
    missed: bool
    seconds: int = 0
    customer: str | None = None
    agent_lines: int | None = None
    customer_lines: int | None = None


def spoken(event: Event) -> Spoken | None:
    """Return what *event* tells of a call or chat, None if it tells of none."""
    if event.kind not in KINDS:
        return None
    told: Mapping[str, Any] = event.data
    return Spoken(
        told.get("direction", IN),
        told.get("outcome") == MISSED,
        told.get("seconds", 0),
        told.get("customer"),
        told.get("agent_lines"),
        told.get("customer_lines"),
    )


def is_sound(event: Event) -> bool:
    """Return whether *event* tells no nonsense of a call or chat."""
    told = spoken(event)
    if told is None:
        return True
    counts = (told.seconds, told.agent_lines, told.customer_lines)
    return (
        told.direction in (IN, OUT)
        and event.data.get("outcome") in (ANSWERED, MISSED)
        and type(told.seconds) is int
        and all(count is None or (type(count) is int and count >= 0) for count in counts)
        and isinstance(told.customer, str | None)
    )


def answers(event: Event) -> bool:
    """Return whether a person of ours answered the customer by it."""
    return event.kind == "replied" or (
        event.kind in KINDS and event.data.get("outcome") == ANSWERED
    )


def asks(event: Event) -> bool:
    """Return whether the customer turned to us by it, and nobody was there."""
    if event.kind in KINDS:
        return event.data.get("direction") == IN and event.data.get("outcome") == MISSED
    return event.kind == "received"


def asked_after(history: Iterable[Event], at: datetime) -> datetime | None:
    """Return when the customer asked after *at* what nobody has answered, None if they did not."""
    events = tuple(history)
    undone, since = undone_operations(events), None
    later = (event for event in events if event.at > at and event.op not in undone)
    for event in sorted(later, key=lambda event: event.at):
        if asks(event):
            since = since or event.at
        elif event.changes.get("waiting_since", (None, ""))[1] is None:
            since = None
    return since
