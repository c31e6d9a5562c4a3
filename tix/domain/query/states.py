"""What ``is:`` asks for: each state with the places in a ticket's life where it can be so."""

from __future__ import annotations

from collections.abc import Callable
from itertools import product

from tix.domain.query.fields import Seen, fold
from tix.domain.status import MEANING, SETTLED, UNRESOLVED, Status
from tix.record import NamedTuple

Place = tuple[Status, bool]
EVERYWHERE = frozenset(product(Status, (False, True)))


class State(NamedTuple):
    """A word after ``is:``; it holds in some places (status, in the trash), if ``test`` does."""

    help: str
    places: frozenset[Place]
    test: Callable[[Seen, str | None], bool] | None = None

    def holds(self, seen: Seen, me: str | None) -> bool:
        """Return whether this is so for the ticket that *me* looks at."""
        ticket = seen.ticket
        if (ticket.status, ticket.trashed_at is not None) not in self.places:
            return False
        return self.test is None or self.test(seen, me)


def _in(*statuses: Status) -> frozenset[Place]:
    return frozenset(product(statuses, (False, True)))


_TRASH = frozenset(product(Status, (True,)))
_OPEN = frozenset(product(UNRESOLVED, (False,)))
_LIVE = _OPEN | frozenset({(Status.RESOLVED, False)})


def _is_overdue(seen: Seen, _: str | None) -> bool:
    due = seen.ticket.due_at
    return due is not None and due < seen.now


def _is_mine(seen: Seen, me: str | None) -> bool:
    assignee = seen.ticket.assignee
    return assignee is not None and me is not None and fold(assignee) == fold(me)


def _is_promised(seen: Seen, _: str | None) -> bool:
    return seen.ticket.is_promised


def _is_vip(seen: Seen, _: str | None) -> bool:
    return seen.contact is not None and seen.contact.vip


def _has_clock(state: str) -> Callable[[Seen, str | None], bool]:
    return lambda seen, _: state in seen.clock_states


STATES = {
    "open": State("not yet resolved: new, open, answered, pending or snoozed", _OPEN),
    "unanswered": State(
        "the customer waits for an answer",
        _OPEN,
        lambda seen, _: seen.ticket.waiting_since is not None,
    ),
    "waiting": State("we wait: answered or pending", _OPEN & _in(Status.ANSWERED, Status.PENDING)),
    "overdue": State("its due date has passed", _OPEN, _is_overdue),
    "breached": State("a promise is broken: an SLA clock is late", _LIVE, _has_clock("breached")),
    "atrisk": State("an SLA clock has passed a warning", _LIVE, _has_clock("at_risk")),
    "paused": State("an SLA clock stands", _OPEN, _has_clock("paused")),
    "unassigned": State(
        "no agent has it", EVERYWHERE, lambda seen, _: seen.ticket.assignee is None
    ),
    "mine": State("you have it", EVERYWHERE, _is_mine),
    **{
        "snoozed" if status is Status.POSTPONED else status.value: State(meaning, _in(status))
        for status, meaning in MEANING.items()
        if status is not Status.OPEN
    },
    "promised": State("there is a promise on it to keep", _LIVE, _is_promised),
    "trashed": State("in the trash", _TRASH),
    "settled": State("closed, merged, spam or in the trash", _in(*SETTLED) | _TRASH),
    "vip": State("of a customer who is a VIP", EVERYWHERE, _is_vip),
    "outbound": State("we wrote first", EVERYWHERE, lambda seen, _: seen.ticket.outbound),
    "reopened": State(
        "opened again after it was resolved", EVERYWHERE, lambda seen, _: seen.ticket.reopened > 0
    ),
}
STATE_SYNONYMS = {"postponed": "snoozed"}
