"""Secrets on their way in and out: noted when they are written, hidden when they are read.

What reads goes through ``Masked``, which knows no format and no command: neither can forget
it. What changes the desk works with the texts as they are.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from tix.domain.event import BODY, CHANGES, SALT, WORDS
from tix.domain.found import Found
from tix.record import replace

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from tix.desk import Desk
    from tix.domain.event import Event
    from tix.domain.operation import Operation
    from tix.domain.query import TicketQuery
    from tix.domain.ticket import Ticket
    from tix.store.base import Records, Transaction

SECRETS = "secrets"
SUBJECT = "subject"


def reader(desk: Desk, tx: Transaction) -> Transaction:
    """Return *tx* as a command may see it: without secrets, unless they are asked for."""
    return tx if desk.reveals else cast("Transaction", Masked(tx, desk.masked))


class Masked:
    """A transaction that shows no secret; *found* is told which tickets have one.

    A list trusts what a head says of its ticket, so that it costs nothing; where tickets are
    shown one by one, their texts are looked at.
    """

    def __init__(self, tx: Transaction, found: set[int]) -> None:
        self._tx = tx
        self._found = found

    def __getattr__(self, name: str) -> Any:
        return getattr(self._tx, name)

    def ticket(self, ticket_id: int) -> Ticket:
        """Return a ticket's head as it counts now."""
        return self._head(self._tx.ticket(ticket_id))

    def find(self, query: TicketQuery) -> list[Found]:
        """Return the tickets that match, in the order of their numbers."""
        rows = self._tx.find(query)
        return [
            Found(self._head(row.ticket), row.contact) if row.ticket.secrets else row
            for row in rows
        ]

    def history(self, ticket_id: int) -> tuple[Event, ...]:
        """Return all that happened to a ticket, in the order of ``seq``."""
        return tuple(map(self._event, self._tx.history(ticket_id)))

    def scan(self) -> Iterator[tuple[Ticket, tuple[Event, ...]]]:
        """Return every stored head with its history, in the order of the numbers."""
        for ticket, history in self._tx.scan():
            yield self._head(ticket), tuple(map(self._event, history))

    @property
    def operations(self) -> Records[int, Operation]:
        """The operations, with what was said of why they were done."""
        return cast("Records[int, Operation]", _Operations(self._tx.operations))

    def _head(self, ticket: Ticket) -> Ticket:
        subject = self._text(ticket.subject, ticket.id)
        return ticket if subject == ticket.subject else replace(ticket, subject=subject)

    def _event(self, event: Event) -> Event:
        return _with_texts(event, lambda text: self._text(text, event.ticket_id))

    def _text(self, text: str, ticket_id: int) -> str:
        from tix.domain.secrets import masked

        shown = masked(text)
        if shown != text:
            self._found.add(ticket_id)
        return shown


def noted(ticket: Ticket | None, event: Event) -> Event:
    """Return *event* so that the head of its ticket tells which secrets it brings."""
    before = list(ticket.secrets) if ticket else None
    kinds = dict.fromkeys(kind for _, kind in secrets_of(event))
    after = [*(before or ()), *(kind for kind in kinds if kind not in (before or ()))]
    if SECRETS in event.changes or after == (before or []):
        return event
    changes = {**event.changes, SECRETS: [before, after]}
    return replace(event, data={**event.data, CHANGES: changes})


def secrets_of(event: Event) -> list[tuple[str, str]]:
    """Return place and kind of each secret that *event* brings to its ticket."""
    subject = event.changes.get(SUBJECT, (None, None))[1]
    words = {name: event.data[name] for name in WORDS if event.data.get(name)}
    if event.body is None and subject is None and not words:
        return []
    from tix.domain.secrets import kinds_in

    texts = {"subject": subject, "text": event.body, **words}
    return [
        (place, kind)
        for place, text in texts.items()
        for kind in (kinds_in(text) if isinstance(text, str) else ())
    ]


def safe(ticket: Ticket) -> Ticket:
    """Return *ticket* without a secret in its subject."""
    if not ticket.secrets:
        return ticket
    from tix.domain.secrets import masked

    return replace(ticket, subject=masked(ticket.subject))


class _Operations:
    """The operations without the secrets in why they were done."""

    def __init__(self, operations: Records[int, Operation]) -> None:
        self._operations = operations

    def get(self, number: int) -> Operation:
        return _safe_operation(self._operations.get(number))

    def all(self) -> Sequence[Operation]:
        return [_safe_operation(operation) for operation in self._operations.all()]

    def __contains__(self, key: object) -> bool:
        return key in self._operations


def _safe_operation(operation: Operation) -> Operation:
    from tix.domain.secrets import masked

    why = masked(operation.why)
    return operation if why == operation.why else replace(operation, why=why)


def _with_texts(event: Event, text: Callable[[str], str]) -> Event:
    """Return *event* with *text* of its words, of its subjects and of why it was done."""
    shown: dict[str, object] = {
        name: text(words)
        for name in (BODY, *WORDS)
        if isinstance(words := event.data.get(name), str)
    }
    pair = event.changes.get(SUBJECT)
    if pair is not None:
        subjects = [text(side) if isinstance(side, str) else side for side in pair]
        if subjects != [*pair]:
            shown[CHANGES] = {**event.changes, SUBJECT: subjects}
    cause = text(event.cause)
    if cause == event.cause and all(event.data[name] == value for name, value in shown.items()):
        return event
    # With the salt and the hash a short secret could be guessed.
    data = {name: value for name, value in {**event.data, **shown}.items() if name != SALT}
    return replace(event, data=data, cause=cause)
