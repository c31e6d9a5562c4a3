"""A filter as data."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from tix.domain.query.states import EVERYWHERE, STATES, Place
from tix.domain.status import SETTLED
from tix.record import NamedTuple


class Range(NamedTuple):
    """From *low* to *high*, both included; None is no bound. Lengths of time are in seconds."""

    low: int | datetime | None = None
    high: int | datetime | None = None

    def holds(self, value: Any) -> bool:
        """Return whether *value* lies in it."""
        return (self.low is None or self.low <= value) and (self.high is None or value <= self.high)


class Term(NamedTuple):
    """A condition on one field: any of *values* (None: it has none) or *ranges*, or any at all.

    A term without values and ranges holds if the field has a value; a *negated* one where
    the same term without negation does not. ``word`` is how it is written.
    """

    field: str
    word: str
    values: tuple[str | None, ...] = ()
    ranges: tuple[Range, ...] = ()
    negated: bool = False

    @property
    def is_presence(self) -> bool:
        """True for ``has:`` and ``no:``."""
        return not self.values and not self.ranges


class TicketQuery(NamedTuple):
    """Terms that must all hold; ``me`` is the agent that ``is:mine`` means, if it is asked."""

    terms: tuple[Term, ...] = ()
    me: str | None = None

    def __str__(self) -> str:
        """Return the line that reads as this query again."""
        return " ".join(term.word for term in self.terms)

    @property
    def places(self) -> frozenset[Place]:
        """Where in a ticket's life (status, in the trash) a match can be, or more."""
        return EVERYWHERE.intersection(*map(_places, self.terms))

    @property
    def only_unsettled(self) -> bool:
        """True if no settled ticket can match, so that nobody has to look at one."""
        return not any(trashed or status in SETTLED for status, trashed in self.places)


def _places(term: Term) -> frozenset[Place]:
    """Return where in a ticket's life *term* can hold, or more."""
    if term.field == "status" and term.values:
        named = frozenset(place for place in EVERYWHERE if place[0] in term.values)
        return EVERYWHERE - named if term.negated else named
    if term.field != "is":
        return EVERYWHERE
    states = [STATES[name] for name in term.values if name]
    if term.negated:
        return EVERYWHERE.difference(*(state.places for state in states if not state.test))
    return frozenset().union(*(state.places for state in states))
