"""A conversation quoted for who writes the next message, in a file that an editor opens."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tix.output.spoken import did
from tix.text import clean, one_line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tix.domain.shown import Shown
    from tix.domain.thread import Message

LAST = 3
MOST_LINES = 200

_ORDER = r"\b(vim?|ex|Local Variables)(?=[<=>]?\d*:)"
"""What vi and Emacs obey where it stands near the end of a file."""


def quoted(tickets: Sequence[Shown]) -> str:
    """Return the last messages of each ticket, without what could steer a screen or an editor."""
    return "".join(f"{line}\n" for shown in tickets for line in _thread(shown))


def _thread(shown: Shown) -> list[str]:
    lines = ["", f"Ticket {shown.ticket.id}: {one_line(shown.ticket.subject)}"]
    for message in shown.messages[-LAST:]:
        text = "(erased)" if message.body is None else clean(message.body, keep_newlines=True)
        told = text.strip("\n").split("\n")
        lines += ["", f"{_who(message, shown)}:"]
        lines += [f"> {line}".rstrip() for line in told[:MOST_LINES]]
        if len(told) > MOST_LINES:
            lines.append(f"> ... {len(told) - MOST_LINES} more lines: tix show {shown.ticket.id}")
    return [re.sub(_ORDER, r"\1 ", line) for line in lines]


def _who(message: Message, shown: Shown) -> str:
    kind, _, name = message.author.partition(":")
    if shown.contact and name == shown.contact.id:
        name = shown.contact.display
    who = name if kind in ("agent", "customer") and name else message.author
    return one_line(f"{who} {did(message, shown.people)}")
