"""Finding tickets: words into a query, matches into order."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from tix.domain.found import Found
from tix.domain.importance import Ranking
from tix.domain.people import customer_number
from tix.domain.query import (
    EVERYTHING_UNSETTLED,
    Context,
    Seen,
    TicketQuery,
    defaulted,
    matcher,
    parse,
    sort_rows,
)
from tix.domain.setup import Setup
from tix.errors import NotFound
from tix.ops.transactions import reading
from tix.record import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tix.desk import Desk
    from tix.domain.setup import SavedQuery
    from tix.domain.when import Dates
    from tix.store.base import Transaction


class Listing(NamedTuple):
    """The tickets that match at *now*, in order; ``total`` counts those beyond the limit too."""

    query: TicketQuery
    rows: tuple[Found, ...]
    total: int
    ranking: Ranking
    setup: Setup
    now: datetime


def context(desk: Desk, tx: Transaction, now: datetime | None = None) -> Context:
    """Return what words of a query mean on this desk, at *now* or else by its clock."""
    setup = tx.setup
    dates = desk.dates(setup)

    def saved(name: str) -> Sequence[str]:
        return find_query(tx, name).words

    def known(field: str) -> Sequence[str] | None:
        if field == "assignee":
            agents = [agent.name for agent in tx.agents.all()]
            return [desk.user, *agents] if agents else None
        if field == "dept":
            return [department.name for department in tx.departments.all()]
        return setup.types if field == "type" else None

    return Context(
        dates._replace(now=now or dates.now),
        setup.scale,
        desk.user,
        saved,
        known=known,
        customer=lambda text: _customer_number(tx, text),
    )


@reading
def dates(desk: Desk, tx: Transaction) -> Dates:
    """Return the reader of dates: this clock and zone, the desk's business hours."""
    return desk.dates(tx.setup)


@reading
def counts(desk: Desk, tx: Transaction, states: Sequence[str]) -> dict[str, int]:
    """Return how many open tickets are in each of *states*."""
    meant = context(desk, tx)
    found = tx.find(parse(["is:open"], meant))
    tests = {state: matcher(parse([f"is:{state}"], meant)) for state in states}
    return {
        state: sum(test(Seen(row.ticket, row.contact, tx.now, str, tx.clocks)) for row in found)
        for state, test in tests.items()
    }


def find_query(tx: Transaction, name: str) -> SavedQuery:
    """Return the saved query that *name* means.

    Raises:
        NotFound: There is none of that name.
    """
    folded = name.strip().casefold()
    if folded in tx.queries:
        return tx.queries.get(folded)
    from tix.domain.nearest import nearest

    guess = nearest(folded, [query.name for query in tx.queries.all()])
    hint = f"Did you mean {guess!r}?" if guess else f"tix query save {name[:60]} QUERY"
    raise NotFound(f"no saved query {name[:60]!r}", hint=hint, ids=(name,))


def open_by(tx: Transaction, member: str) -> dict[int | str | None, int]:
    """Return how many open tickets there are for each value of a member of the head."""
    counts: dict[int | str | None, int] = {}
    for row in tx.find(EVERYTHING_UNSETTLED):
        if row.ticket.is_open:
            value = getattr(row.ticket, member)
            counts[value] = counts.get(value, 0) + 1
    return counts


@reading
def find(
    desk: Desk,
    tx: Transaction,
    words: Sequence[str],
    *,
    sort: str = "",
    limit: int = 0,
    everything: bool = False,
    as_of: datetime | None = None,
) -> Listing:
    """Return the tickets that match *words*; the open ones unless they name a status.

    Without *sort* the order is that of a saved query among *words*, else the most important
    come first. *limit* 0 is no limit. With *as_of* they match, and are, as they were then.

    Raises:
        UsageError: The words are no query.
    """
    setup, now = tx.setup, as_of or tx.now
    query = _query(desk, tx, words, everything=everything, as_of=as_of)
    sort = sort or _saved_sort(tx, words)
    ranking = Ranking(now, setup, desk.calendar(setup), lambda t: tx.clocks.tightest(t, now))
    found = found_at(tx, query, as_of)
    ordered = sort_rows(found, sort, setup.scale) if sort else ranking.ordered(found)
    rows = ordered[:limit] if limit else ordered
    return Listing(query, tuple(rows), len(ordered), ranking, setup, now)


def _customer_number(tx: Transaction, text: str) -> int | None:
    """Return whose number or address *text* is; of one who was merged, where they went on."""
    number = customer_number(text) or tx.key("address", text)
    while number is not None and number in tx.customers:
        following = tx.customers.get(number).merged_into
        if following is None:
            break
        number = following
    return number


@reading
def count(
    desk: Desk,
    tx: Transaction,
    words: Sequence[str],
    *,
    everything: bool = False,
    as_of: datetime | None = None,
) -> int:
    """Return how many tickets match *words*, as ``find`` understands them.

    Raises:
        UsageError: The words are no query.
    """
    return len(found_at(tx, _query(desk, tx, words, everything=everything, as_of=as_of), as_of))


def _query(
    desk: Desk,
    tx: Transaction,
    words: Sequence[str],
    *,
    everything: bool,
    as_of: datetime | None,
) -> TicketQuery:
    return defaulted(parse(words, context(desk, tx, as_of)), everything=everything)


def found_at(tx: Transaction, query: TicketQuery, as_of: datetime | None) -> list[Found]:
    """Return the tickets that match, as they are or as they were at *as_of*, by number."""
    if as_of is None:
        return tx.find(query)
    from tix.ops import past

    return past.find(tx, query, as_of)


def _saved_sort(tx: Transaction, words: Sequence[str]) -> str:
    names = (word.partition(":")[2] for word in words if word.casefold().startswith("query:"))
    return next((sort for name in names if (sort := find_query(tx, name).sort)), "")
