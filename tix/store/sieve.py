"""What a query says of stored heads, so that few are read and decoded that cannot match.

Both functions let a few more pass than match; the query itself has the last word.
"""

from __future__ import annotations

from functools import reduce
from operator import and_
from typing import TYPE_CHECKING, Any

from tinydb import where

from tix.codec import encode_time
from tix.domain.query import bounds, exact
from tix.domain.query.fields import fold
from tix.domain.status import Status
from tix.store import layout

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime

    from tinydb.queries import QueryInstance

    from tix.domain.query import TicketQuery

# The member of a stored head for a field, and what a head has that leaves it out.
_WORDS = {
    "status": ("status", Status.NEW.value),
    "priority": ("priority", "normal"),
    "assignee": ("assignee", None),
    "dept": ("department", None),
    "type": ("type", None),
    "channel": ("channel", None),
    "tag": ("tags", None),
}
_TIMES = {
    "created": "created_at",
    "updated": "updated_at",
    "due": "due_at",
    "first_response": "first_response_at",
    "resolved": "resolved_at",
    "closed": "closed_at",
    "trashed": "trashed_at",
}
_SECONDS = len("2026-11-21T18:30:00")
_AFTER_ALL_TIMES = "~"


def blocks(query: TicketQuery, last_number: int) -> range:
    """Return a number in each block of settled tickets that can hold a match."""
    low: Any
    high: Any
    low, high = bounds(query, "id")
    first = max(0, low or 0) // layout.BLOCK * layout.BLOCK
    last = last_number if high is None else min(high, last_number)
    return range(first, last + 1, layout.BLOCK)


def condition(query: TicketQuery, now: datetime) -> QueryInstance | None:
    """Return what TinyDB can ask of stored heads; None if every one can match."""
    asked = [*_ids(query), *_words(query, now), *_times(query)]
    return reduce(and_, asked) if asked else None


def _ids(query: TicketQuery) -> Iterator[QueryInstance]:
    numbers = bounds(query, "id")
    if numbers != (None, None):
        yield _passes("id", numbers.holds)


def _words(query: TicketQuery, now: datetime) -> Iterator[QueryInstance]:
    for field, values in exact(query).items():
        member, default = _WORDS[field]
        asked = _passes(member, _is_among, values)
        if default in values:
            asked |= ~where(member).exists()
        if field == "status":
            # Its time has come: the status is another one by now.
            asked |= where("snoozed_until") <= encode_time(now)
        yield asked


def _times(query: TicketQuery) -> Iterator[QueryInstance]:
    for field, member in _TIMES.items():
        low, high = bounds(query, field)
        if low or high:
            yield _passes(member, _is_within, _seconds(low, ""), _seconds(high, _AFTER_ALL_TIMES))


def _passes(member: str, test: Callable[..., bool], *given: object) -> QueryInstance:
    return where(member).test(test, *given)


def _is_among(value: str | list[str], values: frozenset[str | None]) -> bool:
    words = value if isinstance(value, list) else [value]
    return any(fold(word) in values for word in words)


def _is_within(time: str, low: str, high: str) -> bool:
    return low <= time[:_SECONDS] <= high


def _seconds(at: Any, without: str) -> str:
    """Return *at* as stored times begin: without fractions, which not all of them have."""
    return without if at is None else encode_time(at)[:_SECONDS]
