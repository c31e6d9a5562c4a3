"""Which tickets are taken out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from tix.domain.query import Seen, defaulted, matcher, parse
from tix.domain.ticket import awake
from tix.ops.queries import context
from tix.record import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tix.desk import Desk
    from tix.domain.event import Event
    from tix.domain.ticket import Ticket
    from tix.store.base import Transaction

    Chosen = tuple[Ticket, tuple[Event, ...]]


class Wanted(NamedTuple):
    """Which tickets to take out: those that match *words*, and without words all there are.

    Of those that match only the open ones are meant unless the words name a status, or
    *everything* is asked for.
    """

    words: Sequence[str] = ()
    everything: bool = False


ALL = Wanted()


def chosen(desk: Desk, tx: Transaction, wanted: Wanted) -> Iterator[Chosen]:
    """Return the stored heads that are *wanted* with their histories, by number.

    Raises:
        UsageError: The words are no query.
    """
    test = _test(desk, tx, wanted) if wanted.words else None
    for ticket, history in tx.scan():
        if test is None or test(ticket, history):
            yield ticket, history


def _test(
    desk: Desk, tx: Transaction, wanted: Wanted
) -> Callable[[Ticket, tuple[Event, ...]], bool]:
    query = parse(wanted.words, context(desk, tx))
    matches = matcher(defaulted(query, everything=wanted.everything))

    def test(stored: Ticket, history: tuple[Event, ...]) -> bool:
        ticket = awake(stored, tx.now)

        def text() -> str:
            return "\n".join([ticket.subject, *(e.body for e in history if e.body)])

        return matches(Seen(ticket, tx.contact(ticket), tx.now, text, tx.clocks))

    return test
