"""Speaking: calls and chats, which are written down when they are over.

An answered one is an answer, from the moment when somebody of ours was there; a customer who
reached nobody waits. Either may be told late: what was said since then stands.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from tix.codec import encode_time
from tix.domain.event import BODY, CHANGES, Event
from tix.domain.spoken import ANSWERED, CALLED, CHATTED, IN, MISSED, OUT
from tix.domain.status import Status
from tix.domain.ticket import changes, evolve
from tix.domain.verbs.act import Act, moved, timing
from tix.domain.verbs.messages import checked_body, talking
from tix.domain.verbs.moves import resolve
from tix.domain.verbs.working import work
from tix.errors import UsageError
from tix.record import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tix.domain.ticket import Ticket


class Call(NamedTuple):
    """A call that began at *at*; *seconds* are those of talk, None if nobody was reached."""

    at: datetime
    inbound: bool = True
    seconds: int | None = None
    note: str | None = None

    @property
    def source(self) -> str:
        """What it was."""
        return "call"

    @property
    def met_at(self) -> datetime | None:
        """When one of ours was there, None if it was missed."""
        return None if self.seconds is None else self.at

    @property
    def ended_at(self) -> datetime:
        """When it was over."""
        return self.at + timedelta(seconds=self.seconds or 0)

    @property
    def body(self) -> str | None:
        """What was noted of it."""
        return self.note

    def told(self) -> dict[str, object]:
        """Return what only the event of a call has."""
        return {}


class Chat(NamedTuple):
    """A chat from its first line to its end; the lines are counted, None if nobody did.

    *met_at* is when one of ours wrote first, None if nobody did: it was missed.
    """

    at: datetime
    ended_at: datetime
    inbound: bool = True
    met_at: datetime | None = None
    agent_lines: int | None = None
    customer_lines: int | None = None
    transcript: str | None = None

    @property
    def source(self) -> str:
        """What it was."""
        return "chat"

    @property
    def body(self) -> str | None:
        """What was written, line by line."""
        return self.transcript

    def told(self) -> dict[str, object]:
        """Return what only the event of a chat has."""
        return {
            "started_at": encode_time(self.at),
            "ended_at": encode_time(self.ended_at),
            "picked_up_at": encode_time(self.met_at) if self.met_at else None,
            "agent_lines": self.agent_lines,
            "customer_lines": self.customer_lines,
        }


Session = Call | Chat

_KINDS = {"call": CALLED, "chat": CHATTED}


def speak(
    ticket: Ticket,
    session: Session,
    act: Act,
    *,
    status: Status | None = None,
    reason: str | None = None,
    more: Mapping[str, object] | None = None,
    asked_since: datetime | None = None,
) -> tuple[Event, ...]:
    """Record a call or chat, and the time that it took as work.

    After an answered one the ticket is *status*, else answered; with a *reason* it is resolved.
    *more* is told by the event as well. The customer has *asked_since* what waits for an answer,
    if it is told so late.

    Raises:
        UsageError: It is not over at the time of *act*.
        TransitionRefused: The ticket is closed, merged, spam or in the trash.
    """
    if session.ended_at > act.at:
        raise UsageError(
            f"the {session.source} is not over yet", hint="say with --at when it began"
        )
    then = _dated(act, session.met_at or session.at)
    after = _after(talking(ticket), session, status, then, asked_since)
    content = {CHANGES: changes(ticket, after), **_told(session), **(more or {})}
    at, recorded_at = timing(ticket, then)
    told = Event(_KINDS[session.source], ticket.id, at, act.by, act.cause, content, recorded_at)
    seconds, over = seconds_of(session), _dated(act, session.ended_at)
    spoken = evolve(ticket, told)
    spent = work(spoken, seconds, over, source=session.source) if seconds else ()
    return (told, *spent, *(resolve(spoken, over, reason) if reason else ()))


def seconds_of(session: Session) -> int:
    """Return the seconds in which one of ours was there."""
    if session.met_at is None:
        return 0
    return int((session.ended_at - session.met_at).total_seconds())


def _told(session: Session) -> dict[str, object]:
    """Return what the event tells beside what it changes."""
    return {
        "direction": IN if session.inbound else OUT,
        "outcome": ANSWERED if session.met_at else MISSED,
        "seconds": seconds_of(session),
        **session.told(),
        **({BODY: checked_body(session.body)} if session.body else {}),
    }


def _after(
    ticket: Ticket,
    session: Session,
    status: Status | None,
    act: Act,
    asked_since: datetime | None,
) -> dict[str, Any]:
    if session.met_at:
        return _answered(ticket, session, status, act, asked_since)
    return _asked(ticket, act) if session.inbound else {}


def _answered(
    ticket: Ticket,
    session: Session,
    status: Status | None,
    act: Act,
    asked_since: datetime | None,
) -> dict[str, Any]:
    """Return the head fields after somebody of ours was there.

    The question may have been written down during the call; one that came after it waits on.
    """
    since = ticket.waiting_since
    came_later = since is not None and since > session.ended_at
    at = act.at if since is None or came_later else max(act.at, since)
    after: dict[str, Any] = {
        "replies": ticket.replies + 1,
        "answered_at": max(at, ticket.answered_at or at),
    }
    if came_later or (since is None and _was_answered(ticket, act.at)):
        return after if status is None else after | _moved(ticket, status, act)
    was_asked = since is not None or ticket.messages > 0
    after |= {
        "first_response_at": ticket.first_response_at or (at if was_asked else None),
        "waiting_since": since and asked_since,
    }
    left = Status.OPEN if after["waiting_since"] else Status.ANSWERED
    return after | _moved(ticket, status or left, act)


def _moved(ticket: Ticket, status: Status, act: Act) -> dict[str, Any]:
    """Return the head fields of the move to *status*; a resolved ticket stays resolved."""
    if ticket.status is Status.RESOLVED:
        return {}
    substatus = {"substatus": "customer"} if status is Status.PENDING else {}
    return moved(ticket, status, act) | substatus


def _asked(ticket: Ticket, act: Act) -> dict[str, Any]:
    """Return the head fields after a customer reached nobody, unless they were answered since."""
    after: dict[str, Any] = {"messages": ticket.messages + 1}
    if _was_answered(ticket, act.at):
        return after
    status = ticket.status if ticket.status is Status.NEW else Status.OPEN
    since = ticket.waiting_since or act.at
    asked_at = ticket.course.asked_at
    after["waiting_since"] = min(since, act.at) if asked_at and asked_at < act.at else since
    return after | moved(ticket, status, act)


def _was_answered(ticket: Ticket, at: datetime) -> bool:
    """Return whether we have spoken or resolved the ticket after *at*."""
    return any(done and done > at for done in (ticket.answered_at, ticket.resolved_at))


def _dated(act: Act, at: datetime) -> Act:
    return act if at == act.at else act._replace(at=at, recorded_at=act.at)
