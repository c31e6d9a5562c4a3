"""A desk in memory: the plainest store there can be, for tests and for trying out.

Each transaction works on a copy of the dictionaries and, if it is kept, puts the copy in
their place.
"""

from __future__ import annotations

import copy
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from tix.codec import encode
from tix.domain.alert import Alerts
from tix.domain.event import Event, redact, seal
from tix.domain.found import Found
from tix.domain.kept import Clocks, Kept
from tix.domain.operation import Operation
from tix.domain.people import Agent, Contact, Customer, Department
from tix.domain.query import Seen, TicketQuery, matcher
from tix.domain.setup import SavedQuery, Setup
from tix.domain.status import Status
from tix.domain.ticket import Ticket, awake
from tix.errors import NotFound, TicketNotFound
from tix.store.ledger import Ledger

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from datetime import datetime

    from tix.config.places import StrPath
    from tix.domain.facts import Facts
    from tix.store.base import Watch


T = TypeVar("T")
K = TypeVar("K", int, str)
R = TypeVar("R")


@dataclass
class _State:
    counters: dict[str, int] = field(default_factory=dict)
    tickets: dict[int, Ticket] = field(default_factory=dict)
    histories: dict[int, tuple[Event, ...]] = field(default_factory=dict)
    customers: dict[int, Customer] = field(default_factory=dict)
    agents: dict[str, Agent] = field(default_factory=dict)
    departments: dict[str, Department] = field(default_factory=dict)
    queries: dict[str, SavedQuery] = field(default_factory=dict)
    operations: dict[int, Operation] = field(default_factory=dict)
    alerts: dict[int, Alerts] = field(default_factory=dict)
    setups: dict[int, Setup] = field(default_factory=dict)
    keys: dict[tuple[str, str], int] = field(default_factory=dict)
    files: dict[str, bytes] = field(default_factory=dict)

    def branch(self) -> _State:
        """Return a state that can change without changing this one."""
        return _State(**{name: copy.copy(value) for name, value in vars(self).items()})


class MemoryStore:
    """A desk that is gone when the process ends."""

    def __init__(self, *, now: Callable[[], datetime], salt: Callable[[], str]) -> None:
        self._now = now
        self._salt = salt
        self._state = _State()

    def read(self, work: Callable[[MemoryTransaction], T]) -> T:
        """Return what *work* makes of the desk."""
        return work(MemoryTransaction(self._state.branch(), self._now(), self._salt))

    @contextmanager
    def write(self, *, keep: bool = True) -> Iterator[MemoryTransaction]:
        """Return the block in which a transaction can change the desk."""
        state = self._state.branch()
        transaction = MemoryTransaction(state, self._now(), self._salt)
        yield transaction
        transaction.finish()
        if keep:
            self._state = state


class MemoryTransaction:
    """What one operation sees and changes."""

    def __init__(self, state: _State, now: datetime, salt: Callable[[], str]) -> None:
        self.now = now
        self.promises = Kept(self.setups, lambda: "UTC")
        self.clocks = Clocks(self.promises)
        self._state = state
        self._salt = salt
        self._ledger = Ledger(now, self.next_number)
        self._forgets = False
        self.customers = _Records(
            state.customers, self._ledger, "customers", lambda customer: customer.number
        )
        self.agents = _Records(state.agents, self._ledger, "agents", lambda agent: agent.name)
        self.departments = _Records(
            state.departments, self._ledger, "departments", lambda department: department.name
        )
        self.queries = _Records(state.queries, self._ledger, "queries", lambda query: query.name)
        self.alerts = _Records(state.alerts, None, "alerts", lambda alerts: alerts.ticket_id)
        self.hushed = _Records(
            state.alerts, self._ledger, "alerts", lambda alerts: alerts.ticket_id
        )
        self.operations = _Records(
            state.operations, None, "operations", lambda operation: operation.number
        )

    @property
    def setup(self) -> Setup:
        """The set-up in force."""
        return self._state.setups[max(self._state.setups)] if self._state.setups else Setup()

    def setups(self) -> Iterator[Setup]:
        """Return every version of the set-up, the newest first."""
        for version in sorted(self._state.setups, reverse=True):
            yield self._state.setups[version]
        yield Setup()

    def put_setup(self, setup: Setup) -> None:
        """Make *setup* the one in force; former versions stay."""
        self._ledger.change("setup", setup.version, encode(self.setup), encode(setup))
        self._state.setups[setup.version] = setup

    def begin(self, by: str, command: str, why: str = "", undoes: int | None = None) -> None:
        """Let what follows belong to a new operation."""
        self._ledger.begin(by, command, why, undoes)

    @property
    def operation(self) -> int:
        """The number of the operation that has begun."""
        return self._ledger.number

    def ticket(self, ticket_id: int) -> Ticket:
        """Return a ticket's head as it counts now."""
        if ticket_id not in self._state.tickets:
            raise TicketNotFound(f"no ticket {ticket_id}", ids=(ticket_id,))
        return awake(self._state.tickets[ticket_id], self.now)

    def ripe(self, quiet_since: datetime) -> list[Ticket]:
        """Return the stored heads whose time came."""
        return [
            ticket
            for ticket in self._state.tickets.values()
            if not ticket.is_settled
            and (
                (ticket.snoozed_until is not None and ticket.snoozed_until <= self.now)
                or (ticket.status is Status.RESOLVED and ticket.updated_at <= quiet_since)
            )
            and (ticket.snoozed_until is not None or not ticket.is_promised)
        ]

    def find(self, query: TicketQuery) -> list[Found]:
        """Return the tickets that match, in the order of their numbers."""
        test, found = matcher(query), []
        for number in sorted(self._state.tickets):
            ticket = self.ticket(number)
            contact = self.contact(ticket)
            if test(Seen(ticket, contact, self.now, partial(self._text, number), self.clocks)):
                found.append(Found(ticket, contact))
        return found

    def scan(self) -> Iterator[tuple[Ticket, tuple[Event, ...]]]:
        """Return every stored head with its history, in the order of the numbers."""
        for number in sorted(self._state.tickets):
            yield self._state.tickets[number], self._state.histories[number]

    def facts(
        self,
        since: datetime,
        as_of: datetime | None = None,
        cache: StrPath | None = None,
        watch: Watch | None = None,
    ) -> Facts:
        """Return the facts of tickets that were not settled, or had an event from *since* on."""
        from tix.domain.facts import TABLES, gather
        from tix.domain.past import until
        from tix.store.measures import counts, measuring

        measure, found = measuring(self), []
        tickets = self.scan()
        for _, history in watch(tickets, len(self._state.tickets)) if watch else tickets:
            known = until(history, as_of) if as_of else history
            if known and counts(rows := measure(known, as_of or self.now), int(since.timestamp())):
                found.append({table: rows[table] for table in TABLES})
        return gather(found)

    def measure_anew(self) -> Iterator[int]:
        """Yield how many settled tickets there are: they are measured whenever somebody asks."""
        yield sum(ticket.is_settled for ticket in self._state.tickets.values())

    def put_ticket(self, ticket: Ticket) -> None:
        """Add or replace a head."""
        self._ledger.touch(ticket.id)
        self._state.tickets[ticket.id] = ticket

    def contact(self, ticket: Ticket) -> Contact | None:
        """Return what lists show of the requester."""
        if ticket.requester is None:
            return None
        return self._state.customers[ticket.requester].contact

    def history(self, ticket_id: int) -> tuple[Event, ...]:
        """Return all that happened to a ticket, in the order of ``seq``."""
        if ticket_id not in self._state.histories:
            raise TicketNotFound(f"no ticket {ticket_id}", ids=(ticket_id,))
        return self._state.histories[ticket_id]

    def log(self, event: Event, previous: str) -> Event:
        """Add an event to its ticket's history; return it numbered and sealed."""
        seq, op = self.next_number("event"), self._ledger.number
        sealed = seal(event, previous, seq=seq, op=op, salt=self._salt())
        histories = self._state.histories
        histories[event.ticket_id] = (*histories.get(event.ticket_id, ()), sealed)
        return sealed

    def redact(
        self, ticket_id: int, seqs: Iterable[int], erase: Callable[[Event], Event] = redact
    ) -> None:
        """Put what *erase* leaves of the events numbered *seqs* in their place."""
        chosen = frozenset(seqs)
        self._state.histories[ticket_id] = tuple(
            erase(event) if event.seq in chosen else event for event in self.history(ticket_id)
        )

    def forget_past(self) -> None:
        """Let what this operation changes be found nowhere as it was before."""
        self._ledger.forget()
        self._forgets = True

    def next_number(self, counter: str) -> int:
        """Return the next number of *counter*."""
        number = self._state.counters.get(counter, 0) + 1
        self._state.counters[counter] = number
        return number

    def last_number(self, counter: str) -> int:
        """Return the last number given, 0 if none was."""
        return self._state.counters.get(counter, 0)

    def key(self, kind: str, value: str) -> int | None:
        """Return the number that an exact key leads to."""
        return self._state.keys.get((kind, value))

    def claim(self, kind: str, value: str, number: int) -> None:
        """Let a key lead to *number* from now on."""
        self._state.keys[kind, value] = number

    def release(self, kind: str, value: str) -> None:
        """Let a key lead nowhere."""
        self._state.keys.pop((kind, value), None)

    def attach(self, content: bytes) -> str:
        """Keep a file; return its SHA-256."""
        from tix.digest import sha256

        name = sha256(content).hexdigest()
        self._state.files[name] = content
        return name

    def attachment(self, sha256: str) -> bytes:
        """Return the content of a kept file."""
        if sha256 not in self._state.files:
            raise NotFound(f"no attachment {sha256}")
        return self._state.files[sha256]

    def finish(self) -> None:
        """Keep the operations that had an effect, and the files that an event names."""
        for operation in self._ledger.operations():
            self._state.operations[operation.number] = operation
        if self._forgets:
            from tix.store.erasing import sums_in

            events = (event for history in self._state.histories.values() for event in history)
            named = {sha256 for event in events for sha256 in sums_in(event.data)}
            files = self._state.files
            self._state.files = {sha256: files[sha256] for sha256 in files if sha256 in named}

    def _text(self, number: int) -> str:
        bodies = [event.body for event in self._state.histories[number]]
        return "\n".join([self._state.tickets[number].subject, *(b for b in bodies if b)])


class _Records(Generic[K, R]):
    """The records of one kind, in a dictionary."""

    def __init__(
        self, records: dict[K, R], ledger: Ledger | None, kind: str, key: Callable[[R], K]
    ) -> None:
        self._records: dict[K, R] = records
        self._ledger = ledger
        self._kind = kind
        self._key: Callable[[R], K] = key

    def get(self, key: K) -> R:
        """Return the record."""
        if key not in self._records:
            raise NotFound(f"no {self._kind.removesuffix('s')} {key!r}", ids=(key,))
        return self._records[key]

    def __contains__(self, key: object) -> bool:
        """Return whether there is such a record."""
        return key in self._records

    def all(self) -> list[R]:
        """Return every record in the order of its key."""
        return [self._records[key] for key in sorted(self._records)]

    def put(self, record: R) -> None:
        """Add or replace a record."""
        key = self._key(record)
        before = self._records.get(key)
        if before == record:
            return
        self._note(key, before, record)
        self._records[key] = record

    def drop(self, key: K) -> None:
        """Remove a record."""
        self._note(key, self.get(key), None)
        del self._records[key]

    def _note(self, key: K, before: Any, after: Any) -> None:
        if self._ledger is not None:
            documents = (encode(record) if record else None for record in (before, after))
            self._ledger.change(self._kind, key, *documents)
