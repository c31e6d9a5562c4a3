"""The digest: what needs attention today, each ticket under the first heading that fits it."""

from __future__ import annotations

from datetime import datetime, timedelta, tzinfo
from enum import StrEnum
from typing import TYPE_CHECKING

from tix.domain.people import Contact
from tix.domain.sla.clock import Own, State
from tix.domain.ticket import Ticket
from tix.domain.zone import day_end
from tix.record import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from tix.domain.found import Found
    from tix.domain.sla.clock import Clock

LONG = timedelta(days=3)


class Heading(StrEnum):
    """Why a ticket is told of; in the order in which they are looked at."""

    OVERDUE = "overdue"
    TODAY = "due today"
    PROMISED = "promised for today"
    WAITING = "waiting over three days"
    UNASSIGNED = "unassigned"
    WAKING = "waking today"


class Item(NamedTuple):
    """A ticket under its heading; *at* is the instant that put it there.

    That is when it was or is due, since when somebody waits, or when it wakes; *about* what is
    due: a clock, its own due date, or the words of a promise.
    """

    heading: Heading
    ticket: Ticket
    contact: Contact | None
    at: datetime
    about: str = ""


class Digest(NamedTuple):
    """What needs attention at *as_of*, by heading, the most delayed of each first."""

    as_of: datetime
    zone: tzinfo
    items: tuple[Item, ...]

    def under(self, heading: Heading) -> tuple[Item, ...]:
        """Return the items under one heading."""
        return tuple(item for item in self.items if item.heading is heading)

    @property
    def counts(self) -> dict[str, int]:
        """How many tickets there are under each heading."""
        return {heading.value: len(self.under(heading)) for heading in Heading}


def digest(
    found: Iterable[Found],
    clocks: Callable[[Ticket, datetime], Sequence[Clock]],
    now: datetime,
    zone: tzinfo,
) -> Digest:
    """Return the digest of unsettled tickets; today is that of *zone*."""
    tonight = day_end(now.astimezone(zone).date(), zone)
    items = []
    for row in found:
        reasons = _reasons(row.ticket, clocks(row.ticket, now), now, tonight)
        first = min(reasons, key=lambda reason: (_ORDER[reason[0]], reason[1]), default=None)
        if first:
            heading, at, about = first
            items.append(Item(heading, row.ticket, row.contact, at, about))
    items.sort(key=lambda item: (_ORDER[item.heading], item.at, item.ticket.id))
    return Digest(now, zone, tuple(items))


_ORDER = {heading: place for place, heading in enumerate(Heading)}


def _reasons(
    ticket: Ticket, clocks: Sequence[Clock], now: datetime, tonight: datetime
) -> Iterator[tuple[Heading, datetime, str]]:
    """Yield each heading that fits a ticket, with the instant that puts it there."""
    yield from _promised(clocks, tonight)
    if not ticket.is_open:
        return
    if ticket.due_at and ticket.due_at <= tonight:
        yield (Heading.OVERDUE if ticket.due_at < now else Heading.TODAY), ticket.due_at, "due date"
    if ticket.waiting_since and now - ticket.waiting_since > LONG:
        yield Heading.WAITING, ticket.waiting_since, ""
    if ticket.snoozed_until and ticket.snoozed_until <= tonight:
        yield Heading.WAKING, ticket.snoozed_until, ""
    if not (ticket.assignee or ticket.snoozed_until):
        yield Heading.UNASSIGNED, ticket.waiting_since or ticket.created_at, ""


def _promised(
    clocks: Sequence[Clock], tonight: datetime
) -> Iterator[tuple[Heading, datetime, str]]:
    """Yield a heading for each clock that is late or due today."""
    for clock in clocks:
        if not clock.is_open or clock.due_at is None:
            continue
        promised = clock.kind is Own.PROMISE
        about = clock.level if promised else clock.kind.value
        if clock.state is State.BREACHED:
            yield Heading.OVERDUE, clock.due_at, about
        elif clock.due_at <= tonight:
            yield Heading.PROMISED if promised else Heading.TODAY, clock.due_at, about
