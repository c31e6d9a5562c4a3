"""Full-text search: the tickets with some words, best first, each with the line they are in."""

from __future__ import annotations

from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING

from tix.domain.query import Context, Seen, Term, TicketQuery, defaulted, matcher, parse
from tix.domain.query.plan import NOT_TRASHED
from tix.domain.query.words import split_word
from tix.domain.secrets import masked
from tix.errors import TicketNotFound, UsageError
from tix.ops.queries import context
from tix.record import NamedTuple
from tix.store.index import Hit, Index, phrase

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from tix.desk import Desk
    from tix.domain.ticket import Ticket
    from tix.store.base import Transaction

NOT_SPAM = Term("status", "status!=spam", ("spam",), negated=True)

# What dates mean here takes a tenth of a search to find out, and words have none.
_NO_TERMS = Context(None, ())  # type: ignore[arg-type]

_ONE_BY_ONE = 200
"""If more are found than this, one pass over all tickets is quicker than to look each up."""


class Findings(NamedTuple):
    """The best of what was found; ``total`` counts those beyond the limit as well."""

    query: TicketQuery
    rows: tuple[Hit, ...]
    total: int


def search(
    desk: Desk,
    words: Sequence[str],
    *,
    limit: int = 0,
    everything: bool = False,
    watch: Callable[[Sequence[range]], Iterable[range]] = iter,
) -> Findings:
    """Return the tickets with all the words of *words* that are no other terms of a query.

    Spam and the trash are left out unless *everything*, or a term asks for them. *limit* 0 is
    no limit. *watch* is given the pieces of long work and hands them on.

    Raises:
        UsageError: There is no word to look for, or the terms are no query.
    """
    from tix.config.places import cache_dir
    from tix.store.fulltext import search_desk

    query = _query(desk, words)
    expression = _expression(query)
    if desk.is_default and not desk.exists:
        return Findings(query, (), 0)
    rest = query._replace(terms=tuple(term for term in query.terms if not _is_sought(term)))
    wanted = Wanted(expression, rest if everything else _usual(rest), limit, everything)

    return search_desk(
        desk.folder,
        cache_dir(desk.config.environ),
        lambda index, tx: findings(tx, index, wanted)._replace(query=query),
        timeout_s=desk.config.lock_timeout,
        watch=watch,
    )


class Wanted(NamedTuple):
    """What to look for in texts, the query that the tickets must match, and how many."""

    expression: str
    query: TicketQuery
    limit: int
    everything: bool


def findings(tx: Transaction, index: Index, wanted: Wanted) -> Findings:
    """Return what *index* finds, as it stands in *tx*; the index may know more than that."""
    is_plain = {NOT_TRASHED, NOT_SPAM}.issuperset(wanted.query.terms)
    numbers = index.ranked(wanted.expression, hidden=wanted.everything or not is_plain)
    if not is_plain:
        numbers = _matching(tx, numbers, wanted.query)
    shown = numbers[: wanted.limit] if wanted.limit else numbers
    rows = tuple(_masked(_as_of_now(tx, hit)) for hit in index.hits(wanted.expression, shown))
    return Findings(wanted.query, rows, len(numbers))


def _query(desk: Desk, words: Sequence[str]) -> TicketQuery:
    if any(map(split_word, words)):
        return desk.store.read(lambda tx: parse(words, context(desk, tx)))
    return parse(words, _NO_TERMS)


def _expression(query: TicketQuery) -> str:
    """Return the expression for an index of what *query* looks for in texts.

    Raises:
        UsageError: It looks for nothing.
    """
    sought = [term for term in query.terms if _is_sought(term)]
    if not sought:
        raise UsageError("no word to look for", hint="tix list finds tickets by their fields")
    parts = []
    for term in sought:
        is_last = term is sought[-1]
        phrases = [phrase(value, is_last=is_last) for value in term.values if value]
        if not all(phrases):
            raise UsageError(
                f"{term.word} has no letter or digit to look for",
                hint=f"tix list --all text:{term.word} finds any sign",
            )
        parts.append(" OR ".join(phrases))
    return " AND ".join(f"({part})" for part in parts)


def _is_sought(term: Term) -> bool:
    return term.field == "text" and not term.negated and not term.is_presence


def _usual(query: TicketQuery) -> TicketQuery:
    """Return *query* without spam and trash, unless it asks for them."""
    query = defaulted(query, everything=True)
    asks = any(
        term.field == "id" or not {"spam", "settled"}.isdisjoint(term.values)
        for term in query.terms
        if term.field in ("id", "is", "status") and not term.negated
    )
    return query if asks else query._replace(terms=(*query.terms, NOT_SPAM))


def _matching(tx: Transaction, numbers: Sequence[int], query: TicketQuery) -> list[int]:
    """Return those of *numbers* that *query* finds, in their order."""
    if query.only_unsettled or len(numbers) > _ONE_BY_ONE:
        found = {row.ticket.id for row in tx.find(query)}
        return [number for number in numbers if number in found]
    test, chosen = matcher(query), []
    for number in numbers:
        # A ticket that only came after this look at the desk is not there yet.
        with suppress(TicketNotFound):
            ticket = tx.ticket(number)
            text = partial(_text, tx, ticket)
            if test(Seen(ticket, tx.contact(ticket), tx.now, text, tx.clocks)):
                chosen.append(number)
    return chosen


def _text(tx: Transaction, ticket: Ticket) -> str:
    bodies = (event.body for event in tx.history(ticket.id))
    return "\n".join([ticket.subject, *(body for body in bodies if body)])


def _as_of_now(tx: Transaction, hit: Hit) -> Hit:
    """Return *hit* as its ticket stands now: the postponed wake by themselves."""
    if hit.is_settled:
        return hit
    with suppress(TicketNotFound):
        ticket = tx.ticket(hit.ticket_id)
        return hit._replace(status=ticket.status.value, subject=ticket.subject)
    return hit


def _masked(hit: Hit) -> Hit:
    """Return *hit* without secrets; the index knows none of tickets that are known to have one."""
    return hit._replace(subject=masked(hit.subject), line=masked(hit.line))
