"""What a store can know of a query before it looks at a ticket, and what is left unsaid."""

from __future__ import annotations

from typing import Any

from tix.domain.query.fields import fold
from tix.domain.query.states import STATES
from tix.domain.query.terms import Range, Term, TicketQuery

IS_OPEN = Term("is", "is:open", ("open",))
NOT_TRASHED = Term("is", "is!=trashed", ("trashed",), negated=True)
NOT_SETTLED = Term("is", "is!=settled", ("settled",), negated=True)
EVERYTHING_UNSETTLED = TicketQuery((NOT_SETTLED,))

_TELL_STATUS = frozenset({"id", "resolved", "closed", "merged", "reason", "trashed"})
_EXACT = frozenset({"status", "assignee", "dept", "priority", "tag", "type", "channel"})


def defaulted(query: TicketQuery, *, everything: bool = False) -> TicketQuery:
    """Return *query* with what goes without saying: open tickets, and never the trash.

    A term about the status (``status!=new``, ``is:closed``, ``resolved:today``, ``reason``)
    or the number, or *everything*, lifts the first. ``is:trashed``, ``is:settled``,
    ``trashed:`` and numbers lift the second.
    """
    if not everything and not any(map(_tells_status, query.terms)):
        return query._replace(terms=(IS_OPEN, *query.terms))
    sees_trash = any(trashed for _, trashed in query.places)
    if sees_trash and not any(map(_asks_for_trash, query.terms)):
        return query._replace(terms=(*query.terms, NOT_TRASHED))
    return query


def bounds(query: TicketQuery, field: str) -> Range:
    """Return a range in which *field* of every match lies, open on the sides not known."""
    hulls = [_hull(term) for term in query.terms if term.field == field and not term.negated]
    lows: list[Any] = [hull.low for hull in hulls if hull.low is not None]
    highs: list[Any] = [hull.high for hull in hulls if hull.high is not None]
    return Range(max(lows, default=None), min(highs, default=None))


def exact(query: TicketQuery) -> dict[str, frozenset[str | None]]:
    """Return for some fields the folded values of which every match has one (None: no value).

    They are those of tickets that are awake.
    """
    found: dict[str, frozenset[str | None]] = {}
    for term in query.terms:
        if term.field in _EXACT and term.values and not term.negated:
            values = frozenset(None if v is None else fold(v) for v in term.values)
            if not any(v and term.field == "tag" and v.endswith(":") for v in values):
                found.setdefault(term.field, values)
    return found


def _tells_status(term: Term) -> bool:
    if term.field == "is":
        return any(name and STATES[name].test is None for name in term.values)
    return term.field == "status" or (not term.negated and term.field in _TELL_STATUS)


def _asks_for_trash(term: Term) -> bool:
    if term.field == "is":
        return not term.negated and not {"trashed", "settled"}.isdisjoint(term.values)
    return not term.negated and term.field in ("id", "trashed")


def _hull(term: Term) -> Range:
    """Return the least range that holds all ranges of *term*."""
    if term.values or not term.ranges:
        return Range()
    lows: list[Any] = [span.low for span in term.ranges]
    highs: list[Any] = [span.high for span in term.ranges]
    return Range(None if None in lows else min(lows), None if None in highs else max(highs))
