"""Finding tickets: words into a query, matches into order; saved queries."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from tix.domain.found import Found
from tix.domain.importance import Ranking
from tix.domain.query import (
    Context,
    Seen,
    TicketQuery,
    defaulted,
    matcher,
    parse,
    sort_rows,
)
from tix.domain.setup import SavedQuery, Setup
from tix.errors import UsageError
from tix.ops.transactions import reading, writing

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tix.desk import Desk
    from tix.domain.when import Dates
    from tix.store.base import Transaction


class Listing(NamedTuple):
    """The tickets that match, in order; ``total`` counts those beyond the limit as well."""

    query: TicketQuery
    rows: tuple[Found, ...]
    total: int
    ranking: Ranking
    setup: Setup


def context(desk: Desk, tx: Transaction) -> Context:
    """Return what words of a query mean on this desk, now."""
    setup = tx.setup

    def saved(name: str) -> Sequence[str]:
        return tx.queries.get(name).words

    def known(field: str) -> Sequence[str] | None:
        if field == "assignee":
            agents = [agent.name for agent in tx.agents.all()]
            return [desk.user, *agents] if agents else None
        if field == "dept":
            return [department.name for department in tx.departments.all()]
        return setup.types if field == "type" else None

    return Context(
        desk.dates(setup),
        setup.scale,
        desk.user,
        saved,
        known=known,
        customer=lambda address: tx.key("address", address),
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
        state: sum(test(Seen(row.ticket, row.contact, tx.now, str)) for row in found)
        for state, test in tests.items()
    }


@reading
def find(
    desk: Desk,
    tx: Transaction,
    words: Sequence[str],
    *,
    sort: str = "",
    limit: int = 0,
    everything: bool = False,
) -> Listing:
    """Return the tickets that match *words*; the open ones unless they name a status.

    Without *sort* the most important come first. *limit* 0 is no limit.

    Raises:
        UsageError: The words are no query.
    """
    setup = tx.setup
    query = parse(words, context(desk, tx))
    query = defaulted(query, everything=everything)
    ranking = Ranking(tx.now, setup, desk.calendar(setup))
    found = tx.find(query)
    ordered = sort_rows(found, sort, setup.scale) if sort else ranking.ordered(found)
    rows = ordered[:limit] if limit else ordered
    return Listing(query, tuple(rows), len(ordered), ranking, setup)


def save_query(desk: Desk, name: str, words: Sequence[str], sort: str = "") -> SavedQuery:
    """Keep *words* under *name*; one of that name is replaced.

    Raises:
        UsageError: The words are no query, or the name is none.
    """
    if not name or not name.isprintable() or any(c in name for c in " :,"):
        raise UsageError(f"{name!r} cannot be the name of a query")
    with writing(desk, "query save", creates=True) as tx:
        parse([*words], context(desk, tx))
        saved = SavedQuery(name, tuple(words), sort)
        tx.queries.put(saved)
        parse([f"query:{name}"], context(desk, tx))
    return saved


@reading
def saved_queries(desk: Desk, tx: Transaction) -> Sequence[SavedQuery]:
    """Return the saved queries by name."""
    return tx.queries.all()


def drop_query(desk: Desk, name: str) -> SavedQuery:
    """Forget a saved query and return it.

    Raises:
        NotFound: There is none of that name.
    """
    with writing(desk, "query rm") as tx:
        saved = tx.queries.get(name)
        tx.queries.drop(name)
    return saved
