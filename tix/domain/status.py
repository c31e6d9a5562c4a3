"""The statuses of a ticket and the one table of moves between them."""

from __future__ import annotations

from enum import StrEnum


class Status(StrEnum):
    """Where a ticket stands."""

    NEW = "new"
    OPEN = "open"
    ANSWERED = "answered"
    PENDING = "pending"
    POSTPONED = "postponed"
    RESOLVED = "resolved"
    CLOSED = "closed"
    MERGED = "merged"
    SPAM = "spam"


MEANING = {
    Status.NEW: "nobody has answered yet",
    Status.OPEN: "it is our turn",
    Status.ANSWERED: "the customer has our reply and we wait",
    Status.PENDING: "waiting for the customer or a third party",
    Status.POSTPONED: "out of sight until its time comes",
    Status.RESOLVED: "done; an answer opens it again",
    Status.CLOSED: "done for good",
    Status.MERGED: "goes on in another ticket",
    Status.SPAM: "nothing to answer",
}

_AT_WORK = (Status.OPEN, Status.ANSWERED, Status.PENDING, Status.POSTPONED)
_ENDS = (Status.RESOLVED, Status.MERGED, Status.SPAM)

NEXT: dict[Status, tuple[Status, ...]] = {
    Status.NEW: _AT_WORK + _ENDS,
    Status.OPEN: _AT_WORK[1:] + _ENDS,
    Status.ANSWERED: (Status.OPEN, Status.PENDING, Status.POSTPONED, *_ENDS),
    Status.PENDING: (Status.OPEN, Status.ANSWERED, Status.POSTPONED, *_ENDS),
    Status.POSTPONED: (Status.OPEN, Status.ANSWERED, Status.PENDING, *_ENDS),
    Status.RESOLVED: (Status.OPEN, Status.CLOSED, Status.MERGED),
    Status.CLOSED: (Status.OPEN,),
    Status.MERGED: (),
    Status.SPAM: (Status.OPEN,),
}

UNRESOLVED = frozenset({Status.NEW, *_AT_WORK})
SETTLED = frozenset({Status.CLOSED, Status.MERGED, Status.SPAM})
SUBSTATUSES = ("customer", "third-party")
REASONS = ("solved", "answered", "duplicate", "wontfix", "inactive")
