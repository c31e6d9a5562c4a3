"""Working: the time that was spent on a ticket, told afterwards or measured by a timer."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from tix.domain.span import long_span
from tix.domain.ticket import Timer, evolve
from tix.domain.verbs.act import Act, at_hand, event, timing, way_on
from tix.domain.working import MANUAL, TIMER, WORKED, elapsed
from tix.errors import NotFound, Refused, TransitionRefused, UsageError

if TYPE_CHECKING:
    from datetime import datetime

    from tix.domain.event import Event
    from tix.domain.ticket import Ticket

LONGEST_TIMER_S = 12 * 60 * 60

_LONGEST_S = 31 * 24 * 60 * 60
_LONGEST_NOTE = 500


def work(
    ticket: Ticket, seconds: int, act: Act, *, source: str = MANUAL, note: str = ""
) -> tuple[Event, ...]:
    """Add *seconds* to the time that was spent on the ticket; below 0 they correct it.

    Raises:
        UsageError: It is no time at all or more than a month, or the note is too long.
        Refused: Less than nothing would be left.
        TransitionRefused: The ticket is in the trash.
    """
    note = checked_note(note)
    if not 0 < abs(seconds) <= _LONGEST_S:
        raise UsageError("a time entry is from 1 s to 31 days", hint="tix time 12 25m")
    worked = at_hand(ticket).worked + seconds
    if worked < 0:
        raise Refused(
            f"{_told(ticket.worked)} were spent on ticket {ticket.id}, "
            f"so {_told(-seconds)} cannot be taken off",
            hint=f"tix time {ticket.id} lists what was spent",
            ids=(ticket.id,),
        )
    content = {"seconds": seconds, "source": source, "note": note}
    return event(ticket, WORKED, act, {"worked": worked}, content)


def start_timer(ticket: Ticket, act: Act) -> tuple[Event, ...]:
    """Let a timer run for who acts; none if theirs runs on the ticket already.

    Raises:
        TransitionRefused: The ticket is settled.
    """
    if at_hand(ticket).is_settled:
        raise TransitionRefused(
            f"ticket {ticket.id} is {ticket.status}; no timer can run on it", hint=way_on(ticket)
        )
    agent = agent_of(act)
    if any(timer.agent == agent for timer in ticket.timers):
        return ()
    since, _ = timing(ticket, act)
    return event(ticket, "timer_started", act, {"timers": (*ticket.timers, Timer(agent, since))})


def stop_timer(
    ticket: Ticket, act: Act, *, note: str = "", seconds: int | None = None
) -> tuple[Event, ...]:
    """Stop the timer of who acts, and add what it has measured, or *seconds* instead.

    Raises:
        NotFound: None runs on the ticket.
        Refused: It has run for so long that it must have been forgotten.
        UsageError: The seconds or the note cannot be.
        TransitionRefused: The ticket is in the trash.
    """
    agent = agent_of(act)
    timer = next((one for one in at_hand(ticket).timers if one.agent == agent), None)
    if timer is None:
        raise NotFound(
            f"{agent} has no timer on ticket {ticket.id}", hint=f"tix time {ticket.id} --start"
        )
    at, _ = timing(ticket, act)
    measured = elapsed(timer.since, at)
    if seconds is None and measured > LONGEST_TIMER_S:
        raise Refused(
            f"the timer on ticket {ticket.id} has run for {_told(measured)}, "
            "so it must have been forgotten",
            hint=f"say how long it was: tix time {ticket.id} --stop --for 45m (0m for nothing)",
            ids=(ticket.id,),
        )
    left = tuple(one for one in ticket.timers if one is not timer)
    stopped = event(ticket, "timer_stopped", act, {"timers": left})
    spent = measured if seconds is None else seconds
    if not spent:
        return stopped
    if spent < 0:
        raise UsageError("a timer cannot have run for less than nothing")
    return (*stopped, *work(evolve(ticket, *stopped), spent, act, source=TIMER, note=note))


def dated(act: Act, at: datetime | None, what: str, *tickets: Ticket) -> Act:
    """Return *act* as it was at a time that has passed; *what* happened then, on the tickets.

    Raises:
        UsageError: It is to come, or before any of the tickets was opened.
    """
    if at is None or at == act.at:
        return act
    if at > act.at:
        raise UsageError(f"{what} cannot come from the future")
    first = min(tickets, key=lambda ticket: ticket.created_at)
    if at < first.created_at:
        raise UsageError(
            f"{what} at {at:%Y-%m-%d %H:%M} UTC is before ticket {first.id} was opened, "
            f"{first.created_at:%Y-%m-%d %H:%M} UTC"
        )
    return act._replace(at=at, recorded_at=act.at)


def checked_note(note: str) -> str:
    """Return what a time entry says of itself, as one line.

    Raises:
        UsageError: It is too long.
    """
    line = " ".join(note.split())
    if len(line) > _LONGEST_NOTE:
        raise UsageError(f"the note of a time entry has at most {_LONGEST_NOTE} characters")
    return line


def agent_of(act: Act) -> str:
    """Return the name of the agent who acts."""
    return act.by.removeprefix("agent:")


def _told(seconds: int) -> str:
    return long_span(timedelta(seconds=seconds))
