"""Which level a ticket gets: that of the first rule of the policy that finds it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tix.domain.course import Applied
from tix.domain.sla.policy import chosen
from tix.domain.verbs.levels import apply_level
from tix.errors import NotFound

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from tix.domain.event import Event
    from tix.domain.query import Context, Seen
    from tix.domain.setup import Setup
    from tix.domain.sla.policy import Level
    from tix.domain.ticket import Ticket
    from tix.domain.verbs import Act
    from tix.store.base import Transaction

NONE = "none"


def choice(tx: Transaction, ticket: Ticket, events: Sequence[Event] | None = None) -> str | None:
    """Return the name of the level that the policy has for a ticket, None for none.

    A colleague who asks is promised nothing. *events* stand in for a history that is not
    written yet.
    """
    policy = tx.setup.policy
    if is_colleague(tx, ticket):
        return None
    if not policy.rules:
        return policy.default
    from tix.domain.query import Seen

    contact = tx.contact(ticket)
    seen = Seen(ticket, contact, tx.now, lambda: _text(tx, ticket, events))
    return chosen(policy, lambda query: _test(tx, query)(seen))


def applied(setup: Setup, name: str | None) -> Applied | None:
    """Return the level called *name* as it is put on a ticket today, None for none."""
    if name is None:
        return None
    level = level_named(setup, name)
    versions = {hours.name: hours.version for hours in setup.calendars}
    return Applied(level.name, level.version, versions[level.calendar])


def level_named(setup: Setup, text: str) -> Level:
    """Return the level that *text* means.

    Raises:
        NotFound: The desk has none of that name.
    """
    name = text.strip().casefold()
    for level in setup.levels:
        if level.name == name:
            return level
    from tix.domain.nearest import nearest

    names = [level.name for level in setup.levels]
    guess = nearest(name, names)
    hint = f"Did you mean {guess!r}?" if guess else f"There are {', '.join(names) or 'none'}."
    raise NotFound(f"no level {text[:60]!r}", hint=hint, ids=(text,))


def priority_of(setup: Setup, name: str | None) -> str | None:
    """Return the priority that a ticket gets along with the level called *name*, if any."""
    return level_named(setup, name).priority if name else None


def put_level(tx: Transaction, ticket: Ticket, name: str | None, act: Act) -> tuple[Event, ...]:
    """Return the event that promises the level called *name*, or nothing if it is None.

    A level that is new to the ticket brings its priority along.
    """
    sla = applied(tx.setup, name)
    was = ticket.sla.level if ticket.sla else None
    priority = None if name == was else priority_of(tx.setup, name)
    return apply_level(ticket, sla, act, priority)


def by_name(setup: Setup, text: str) -> str | None:
    """Return the name of the level that *text* means, None for ``none``.

    Raises:
        NotFound: The desk has none of that name.
    """
    return None if text.strip().casefold() == NONE else level_named(setup, text).name


def is_colleague(tx: Transaction, ticket: Ticket) -> bool:
    """Return whether the requester is one of the agents."""
    agents = {agent.address for agent in tx.agents.all() if agent.address}
    if not agents or ticket.requester is None or ticket.requester not in tx.customers:
        return False
    return not agents.isdisjoint(tx.customers.get(ticket.requester).addresses)


def meaning(tx: Transaction) -> Context:
    """Return what the words of rules mean: they are nobody's own."""
    from tix.domain.kept import calendar_of
    from tix.domain.query import Context
    from tix.domain.when import Dates
    from tix.domain.zone import zone_named

    def saved(name: str) -> Sequence[str]:
        if name.casefold() in tx.queries:
            return tx.queries.get(name.casefold()).words
        raise NotFound(f"no saved query {name[:60]!r}")

    setup, zone = tx.setup, tx.promises.zone
    dates = Dates(tx.now, zone_named(zone()), calendar_of(setup.hours, zone))
    return Context(dates, setup.scale, load=saved)


def _test(tx: Transaction, query: str) -> Callable[[Seen], bool]:
    tests = tx.promises.tests
    if query not in tests:
        from tix.domain.query import matcher, parse, split_line

        tests[query] = matcher(parse(split_line(query), meaning(tx)))
    return tests[query]


def _text(tx: Transaction, ticket: Ticket, events: Sequence[Event] | None) -> str:
    known = tx.history(ticket.id) if events is None else events
    bodies = (event.body for event in known)
    return "\n".join([ticket.subject, *(body for body in bodies if body)])
