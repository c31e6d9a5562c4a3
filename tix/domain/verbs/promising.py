"""Promising: to tell a customer what will be done by when, and to keep it or call it off."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tix.domain.promise import CANCELLED, KEPT, Promise
from tix.domain.verbs.act import Act, at_hand, event, timing, way_on
from tix.errors import NotFound, Refused, TransitionRefused, UsageError
from tix.record import replace

if TYPE_CHECKING:
    from datetime import datetime

    from tix.domain.event import Event
    from tix.domain.ticket import Ticket

_LONGEST = 200
_KINDS = {KEPT: "promise_kept", CANCELLED: "promise_cancelled"}


def promise(ticket: Ticket, text: str, due_at: datetime, act: Act) -> tuple[Event, ...]:
    """Promise to do something by a time.

    Raises:
        UsageError: The text is empty or too long, or the time is past.
        TransitionRefused: The ticket is settled.
    """
    if at_hand(ticket).is_settled:
        raise TransitionRefused(
            f"ticket {ticket.id} is {ticket.status}; nothing can be promised on it",
            hint=way_on(ticket),
        )
    made_at, _ = timing(ticket, act)
    if due_at <= made_at:
        raise UsageError(f"{due_at:%Y-%m-%d %H:%M} UTC is past; a time to come is needed")
    number = max((one.number for one in ticket.promises), default=0) + 1
    made = Promise(number, checked_promise(text), made_at, due_at)
    return event(ticket, "promised", act, {"promises": (*ticket.promises, made)})


def end_promise(ticket: Ticket, number: int | None, ending: str, act: Act) -> tuple[Event, ...]:
    """Call a promise kept or cancelled; without a number it is the only one to keep.

    Raises:
        NotFound: There is no such promise, or none to keep.
        Refused: There are several, or it has ended in another way.
    """
    ended = _meant(at_hand(ticket), number, ending)
    if ended.ending == ending:
        return ()
    if ended.ending:
        raise Refused(
            f"promise {ended.number} of ticket {ticket.id} is {ended.ending}",
            hint="tix undo takes that back",
            ids=(ticket.id,),
        )
    at, _ = timing(ticket, act)
    after = replace(ended, ended_at=at, ending=ending)
    promises = tuple(after if one is ended else one for one in ticket.promises)
    return event(ticket, _KINDS[ending], act, {"promises": promises})


def without_promises(ticket: Ticket, verb: str) -> Ticket:
    """Return *ticket* unless a promise on it is still to be kept; *verb* would lose it.

    Raises:
        Refused: There is one.
    """
    waiting = [one for one in ticket.promises if one.is_open]
    if waiting:
        raise Refused(
            f"ticket {ticket.id} cannot be {verb}: it has a promise to keep, {waiting[0].text!r}",
            hint=f"tix promise done {ticket.id}, or tix promise cancel {ticket.id}",
            ids=(ticket.id,),
        )
    return ticket


def checked_promise(text: str) -> str:
    """Return what is promised, as one line.

    Raises:
        UsageError: It is empty or too long.
    """
    line = " ".join(text.split())
    if not line:
        raise UsageError("what is promised is missing", hint='tix promise 12 "fix it" --by fri')
    if len(line) > _LONGEST:
        raise UsageError(f"a promise has at most {_LONGEST} characters")
    return line


def _meant(ticket: Ticket, number: int | None, ending: str) -> Promise:
    if number is not None:
        found = [one for one in ticket.promises if one.number == number]
        if not found:
            raise NotFound(f"ticket {ticket.id} has no promise {number}", hint=_listed(ticket))
        return found[0]
    found = [one for one in ticket.promises if one.is_open]
    if len(found) == 1:
        return found[0]
    if found:
        raise Refused(
            f"ticket {ticket.id} has {len(found)} promises to keep: "
            + ", ".join(f"{one.number} {one.text!r}" for one in found),
            hint=f"say which: --number {found[0].number}",
            ids=(ticket.id,),
        )
    # What was done a moment ago is done.
    last = max(ticket.promises, key=lambda one: one.ended_at or one.due_at, default=None)
    if last is not None and last.ending == ending:
        return last
    raise NotFound(f"ticket {ticket.id} has no promise to keep", hint=_listed(ticket))


def _listed(ticket: Ticket) -> str:
    return "tix promise list" if not ticket.promises else f"tix show {ticket.id} lists them"
