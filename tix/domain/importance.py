"""The order of the inbox: how important it is to look at a ticket now.

importance = 40 · priority weight / top weight + 40 · u(slack) + 10 · wait + 10 · customer
+ 20 · escalated, rounded to an integer. slack is the share that is left of the target of
the tightest clock, or of the time until the ticket's own due date if that is less; without
either, of seven days from the oldest unanswered message. u = 1 - slack within 0 and 2, so
that what is overdue goes on rising. wait counts business days of eight hours
since that message, five at most.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from tix.record import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from tix.domain.calendar import Calendar
    from tix.domain.found import Found
    from tix.domain.people import Contact
    from tix.domain.setup import Setup
    from tix.domain.sla.clock import Clock
    from tix.domain.ticket import Ticket

ANSWER_TARGET = timedelta(days=7)
_LONGEST_WAIT = timedelta(hours=40)
_NEVER = datetime.max.replace(tzinfo=UTC)


class Terms(NamedTuple):
    """What an importance is made of, each term as it is added."""

    priority: float
    slack: float
    wait: float
    customer: float
    escalated: float

    @property
    def total(self) -> int:
        """The importance."""
        return round(sum(self))


class Ranking:
    """Ranks tickets as they are at one moment; *clock_of* finds the tightest clock of one."""

    def __init__(
        self,
        now: datetime,
        setup: Setup,
        calendar: Calendar,
        clock_of: Callable[[Ticket], Clock | None] = lambda _: None,
    ) -> None:
        self._now = now
        self._calendar = calendar
        self.clock_of = clock_of
        self._weights = {p.name: p.weight for p in setup.priorities}
        self._top = max(self._weights.values())
        self._long_ago = _waited_since(now, calendar)

    def terms(self, ticket: Ticket, contact: Contact | None) -> Terms:
        """Return the terms of a ticket's importance."""
        return Terms(
            40 * self._weights.get(ticket.priority, 0) / self._top,
            40 * self._urgency(ticket),
            10 * self._wait(ticket),
            10 * (contact.vip if contact else 0),
            20 * (ticket.tier > 1),
        )

    def ordered(self, found: Iterable[Found]) -> list[Found]:
        """Return *found* with the most important first; ties: who waits longer, then number."""

        def key(row: Found) -> tuple[int, datetime, int]:
            importance = self.terms(row.ticket, row.contact).total
            return (-importance, row.ticket.waiting_since or _NEVER, row.ticket.id)

        return sorted(found, key=key)

    def _urgency(self, ticket: Ticket) -> float:
        slacks = []
        clock = self.clock_of(ticket)
        if clock and clock.due_at:
            slacks.append(clock.remaining / clock.target)
        if ticket.due_at is not None:
            slacks.append(self._slack(ticket.created_at, ticket.due_at))
        if not slacks and ticket.waiting_since is not None:
            since = ticket.waiting_since
            slacks.append(self._slack(since, since + ANSWER_TARGET))
        return min(2, max(0, 1 - min(slacks, default=1)))

    def _slack(self, start: datetime, due: datetime) -> float:
        target = max(due - start, timedelta(seconds=1))
        return (due - self._now) / target

    def _wait(self, ticket: Ticket) -> float:
        since = ticket.waiting_since
        if since is None or since >= self._now:
            return 0
        if since <= self._long_ago:
            return 5
        return min(5, self._calendar.elapsed(since, self._now) / timedelta(hours=8))


def _waited_since(now: datetime, calendar: Calendar) -> datetime:
    """Return a moment since which the longest wait has passed, so that most need no count."""
    start = now - timedelta(days=7)
    while calendar.elapsed(start, now) < _LONGEST_WAIT and now - start < timedelta(days=3660):
        start -= now - start
    return start
