"""A chat read from its lines: who began it, when an agent was there, and what was written."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from tix.domain.verbs.speaking import Chat
from tix.record import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

AGENT = "agent"


class Said(NamedTuple):
    """A line of a chat; *who* is ``agent``, ``customer`` or a name."""

    at: datetime
    who: str
    text: str


def transcript(said: Iterable[Said], staff: Collection[str]) -> tuple[Chat, str | None]:
    """Return the chat that lines make up, and the agent of *staff* who was there, if one is named.

    Who is no agent is the customer.

    Raises:
        ValueError: There is no line.
    """
    lines = sorted(said, key=lambda line: line.at)
    if not lines:
        raise ValueError("a chat without a line")
    ours = [line for line in lines if _name(line) in (AGENT, *staff)]
    start = lines[0].at
    chat = Chat(
        start,
        lines[-1].at,
        inbound=lines[0] not in ours,
        met_at=ours[0].at if ours else None,
        agent_lines=len(ours),
        customer_lines=len(lines) - len(ours),
        transcript="\n".join(_told(line, start) for line in lines),
    )
    return chat, next((_name(line) for line in ours if _name(line) != AGENT), None)


def _name(line: Said) -> str:
    return line.who.strip().casefold()


def _told(line: Said, start: datetime) -> str:
    """Return a line as it is read: minutes and seconds from the start, who, and the text."""
    minutes, seconds = divmod(int((line.at - start).total_seconds()), 60)
    text = line.text.replace("\n", "\n      ")
    return f"{minutes:02}:{seconds:02} {line.who}: {text}"
