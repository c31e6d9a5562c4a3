"""Alerts: which clocks are late, and what has been told of them already.

A step of a clock is a mark that it has passed, or its breach. Each is told once, so that a
checker can run every minute; what was told is kept for as long as the ticket is unsettled.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from tix.domain.people import Contact
from tix.domain.sla.clock import Clock, Own, State
from tix.domain.ticket import Ticket
from tix.record import Record, replace

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

BREACH = "breach"


class Told(Record):
    """What was told of the clock that began at *started_at*, the last time at *at*.

    *acked* tells that somebody knows of it, *flagged* that its breach is in the history,
    *climbed* which steps of the ladder were taken for it.
    """

    clock: str
    started_at: datetime
    steps: tuple[str, ...] = ()
    at: datetime | None = None
    acked: bool = False
    flagged: bool = False
    climbed: tuple[str, ...] = ()


class Owed(Record):
    """What a step of a ladder wants done outside the desk: ``notify`` or ``hook``, with *text*."""

    verb: str
    text: str
    clock: str
    started_at: datetime


class Alerts(Record):
    """What the checker knows of a ticket; until *silent_until* it says nothing of it.

    *owed* is what was not done yet.
    """

    ticket_id: int
    told: tuple[Told, ...] = ()
    silent_until: datetime | None = None
    owed: tuple[Owed, ...] = ()

    def of(self, clock: Clock) -> Told:
        """Return what was told of a clock; nothing of one that began at another time."""
        for told in self.told:
            if (told.clock, told.started_at) == (name_of(clock), clock.started_at):
                return told
        return Told(name_of(clock), clock.started_at)

    def with_told(self, told: Told) -> Alerts:
        """Return the alerts with *told* in the place of what was told of that clock before."""
        others = (one for one in self.told if one.clock != told.clock)
        return replace(self, told=(*others, told))


class Quiet(Record):
    """What the checker does not tell of a ticket: clocks that are *acked*, and all for a time."""

    acked: tuple[str, ...] = ()
    silent_until: datetime | None = None


class Item(Record):
    """A ticket with a late clock: the worst, among all that are *late*.

    ``is_new`` tells that it has a step which was not told before, ``is_repeated`` that it may
    have been told by a checker that came to no end.
    """

    ticket: Ticket
    contact: Contact | None
    clock: Clock
    late: tuple[Clock, ...]
    is_new: bool = True
    is_acked: bool = False
    is_repeated: bool = False


class Order(Record):
    """What is owed for a ticket, with the item that it is about."""

    item: Item
    owed: Owed

    @property
    def key(self) -> str:
        """What names the order, in one line."""
        began = f"{self.owed.started_at:%Y-%m-%dT%H:%M:%S}"
        return f"{self.item.ticket.id} {self.owed.clock} {began} {self.owed.verb} {self.owed.text}"


class Counts(Record):
    """How the open tickets stand; those that are paused are among the others."""

    open: int = 0
    ok: int = 0
    at_risk: int = 0
    breached: int = 0
    paused: int = 0


class Check(Record):
    """What a check found at *as_of*: the late tickets, the worst first, and all by numbers.

    ``over`` is how late the latest is; *woken* and *closed* are the tickets whose time came.
    """

    as_of: datetime
    items: tuple[Item, ...] = ()
    counts: Counts = Counts()
    over: timedelta = timedelta()
    woken: tuple[Ticket, ...] = ()
    closed: tuple[Ticket, ...] = ()
    orders: tuple[Order, ...] = ()

    @property
    def state(self) -> State:
        """The worst state among the items; running if there is none."""
        return min((item.clock.state for item in self.items), key=_ORDER.index, default=_FINE)


_FINE = State.RUNNING
_ORDER = (State.BREACHED, State.AT_RISK, _FINE)


def graded(clock: Clock, window: timedelta) -> Clock:
    """Return *clock* at risk if it runs and no more than *window* is left of it."""
    if clock.state not in (State.RUNNING, State.AT_RISK):
        return clock
    state = State.AT_RISK if clock.remaining <= window else State.RUNNING
    return clock._replace(state=state)


def name_of(clock: Clock) -> str:
    """Return what names a clock on its ticket, on which there may be several own promises."""
    return f"{clock.kind}:{clock.version}" if clock.kind is Own.PROMISE else clock.kind.value


def is_late(clock: Clock) -> bool:
    """Return whether a clock that runs is breached or at risk."""
    return clock.is_open and clock.state in (State.BREACHED, State.AT_RISK)


def worst_first(clock: Clock) -> tuple[int, datetime]:
    """Return the place of a late clock in the order of what is worst."""
    return _ORDER.index(clock.state), clock.due_at or clock.started_at


def steps_of(clock: Clock) -> frozenset[str]:
    """Return the steps that a late clock has reached."""
    is_breached = clock.state is State.BREACHED
    return frozenset((*clock.reached, BREACH if is_breached else State.AT_RISK.value))


def to_tell(
    alerts: Alerts, late: Iterable[Clock], now: datetime, remind: timedelta | None = None
) -> tuple[Clock, ...]:
    """Return those of the clocks that have to be told; after *remind* they are told again."""
    if alerts.silent_until is not None and alerts.silent_until > now:
        return ()
    return tuple(clock for clock in late if _has_news(alerts.of(clock), clock, now, remind))


def is_new(alerts: Alerts, clock: Clock) -> bool:
    """Return whether a late clock has a step that was not told."""
    return not steps_of(clock).issubset(alerts.of(clock).steps)


def noted(alerts: Alerts, late: Iterable[Clock], now: datetime, *, acked: bool = False) -> Alerts:
    """Return *alerts* after the late clocks were told, or if *acked* somebody knows of them."""
    for clock in late:
        told = alerts.of(clock)
        news = is_new(alerts, clock)
        steps = tuple(sorted(steps_of(clock).union(told.steps)))
        # Who knew that it was at risk, need not know that it is breached.
        knows = acked or (told.acked and not news)
        alerts = alerts.with_told(replace(told, steps=steps, at=now, acked=knows))
    return alerts


def quiet_of(alerts: Alerts) -> Quiet:
    """Return what is not told of a ticket."""
    return Quiet(tuple(told.clock for told in alerts.told if told.acked), alerts.silent_until)


def loud_again(now: Alerts, before: Alerts, made: Alerts) -> Alerts:
    """Return *now* without the step from *before* to *made*; what the checker told since stays.

    A silence stays too if another one was asked for since then.
    """
    clocks = dict.fromkeys((one.clock, one.started_at) for one in (*now.told, *before.told))
    sides = ((_told_of(side, *clock) for side in (now, before, made)) for clock in clocks)
    told = tuple(one for one in (_unacked(*three) for three in sides) if one is not None)
    is_last = now.silent_until == made.silent_until
    silent_until = before.silent_until if is_last else now.silent_until
    return replace(now, told=told, silent_until=silent_until)


def item_of(
    ticket: Ticket, contact: Contact | None, late: Iterable[Clock], alerts: Alerts
) -> Item | None:
    """Return the item of a ticket with *late* clocks; None if there is none."""
    clocks = tuple(sorted(late, key=worst_first))
    if not clocks:
        return None
    news = any(is_new(alerts, clock) for clock in clocks)
    known = all(alerts.of(clock).acked for clock in clocks)
    return Item(ticket, contact, clocks[0], clocks, news, known and not news)


def keys_of(item: Item) -> tuple[str, ...]:
    """Return what names each step of *item* that is told, one line each."""
    number = item.ticket.id
    return tuple(
        f"{number} {name_of(clock)} {clock.started_at:%Y-%m-%dT%H:%M:%S} {step}"
        for clock in item.late
        for step in sorted(steps_of(clock))
    )


def marked(items: Iterable[Item], sending: Mapping[str, int]) -> tuple[Item, ...]:
    """Return *items*, repeated if one was being sent when a checker was ended."""
    return tuple(
        replace(item, is_repeated=any(key in sending for key in keys_of(item))) for item in items
    )


def _unacked(now: Told | None, before: Told | None, made: Told | None) -> Told | None:
    """Return what was told of one clock without its acknowledgement; None if nothing was."""
    if now == made:
        return before
    if now is None or before == made:
        return now
    was = before or Told(now.clock, now.started_at)
    if made is not None and now.at == made.at:
        # Nothing was told since then; what it did else, as flagging the breach, stays.
        return replace(now, acked=was.acked, steps=was.steps, at=was.at)
    return replace(now, acked=was.acked)


def _told_of(alerts: Alerts, clock: str, started_at: datetime) -> Told | None:
    told = (one for one in alerts.told if (one.clock, one.started_at) == (clock, started_at))
    return next(told, None)


def _has_news(told: Told, clock: Clock, now: datetime, remind: timedelta | None) -> bool:
    if not steps_of(clock).issubset(told.steps):
        return True
    again = remind is not None and told.at is not None and told.at + remind <= now
    return again and not told.acked
