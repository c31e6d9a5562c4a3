"""Calls and chats as a conversation and a history tell of them."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from tix.domain.span import short_span
from tix.domain.spoken import IN, Spoken, spoken

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tix.domain.event import Event
    from tix.domain.people import Contact
    from tix.domain.thread import Message

_WROTE = {"customer": "wrote", "reply": "replied", "note": "noted, for agents only"}


def did(message: Message, people: Mapping[str, Contact]) -> str:
    """Return what the author of *message* did: replied, took a call, 12m.

    *people* are the customers who had to do with it, by their ids.
    """
    told = message.spoken
    if told is None:
        return _WROTE[message.kind]
    with_whom = ""
    if told.customer and not message.author.startswith("customer:"):
        contact = people.get(told.customer)
        with_whom = f" with {contact.display if contact else told.customer}"
    return _began(message.kind, told) + with_whom + _came_to(told)


def spoken_told(event: Event) -> list[str]:
    """Return what a line of the history tells of a call or chat; nothing of other events."""
    told = spoken(event)
    if told is None:
        return []
    length = short_span(timedelta(seconds=told.seconds))
    return [told.direction, "missed" if told.missed else length]


def _began(kind: str, told: Spoken) -> str:
    if told.direction == IN and not told.missed:
        return f"took a {kind}"
    return "called" if kind == "call" else "began a chat"


def _came_to(told: Spoken) -> str:
    if told.missed:
        return ", missed" if told.direction == IN else ", not reached"
    ours, theirs = told.agent_lines, told.customer_lines
    lines = "" if ours is None else f", {ours} line{'s' * (ours != 1)}"
    if ours is not None and theirs is not None:
        lines = f", {ours} of {ours + theirs} lines"
    return f", {short_span(timedelta(seconds=told.seconds))}{lines}"
