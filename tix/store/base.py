"""What every store promises; the contract suite in tests/store holds each to it.

TRANSACTION
    What one operation sees and changes. Kept when the ``write`` block ends, dropped without
    a trace when it raises. What is changed inside ``read`` is never kept.
RECORDS
    One kind of record by its key. ``get`` raises NotFound; nobody returns None for missing.
TICKETS
    The heads. Each is the fold of its history: ``record`` (tix.ops.reactions) is the only
    caller that puts one, right after it logged the events.
COUNTERS
    Numbers rise and are never given twice, also not after deletion, undo or a crash.
KEY
    An exact (kind, value) that leads to a number: idempotency keys, ids at the source of an
    import, addresses and phones. Claimed in the same commit as the record it leads to.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from tix.domain.event import redact

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from contextlib import AbstractContextManager
    from datetime import datetime

    from tix.config.places import StrPath
    from tix.domain.alert import Alerts
    from tix.domain.event import Event
    from tix.domain.facts import Facts
    from tix.domain.found import Found
    from tix.domain.kept import Clocks, Kept
    from tix.domain.operation import Operation
    from tix.domain.people import Agent, Contact, Customer, Department
    from tix.domain.query import TicketQuery
    from tix.domain.setup import SavedQuery, Setup
    from tix.domain.ticket import Ticket

T = TypeVar("T")
Watch = Callable[[Iterable[Any], int], Iterable[Any]]
K_contra = TypeVar("K_contra", contravariant=True)
R = TypeVar("R")


class Records(Protocol[K_contra, R]):
    """The records of one kind, by key."""

    def get(self, key: K_contra) -> R:
        """Return the record.

        Raises:
            NotFound: There is none.
        """

    def __contains__(self, key: object) -> bool:
        """Return whether there is such a record."""

    def all(self) -> Sequence[R]:
        """Return every record in the order of its key."""

    def put(self, record: R) -> None:
        """Add or replace a record."""

    def drop(self, key: K_contra) -> None:
        """Remove a record.

        Raises:
            NotFound: There is none.
        """


class Transaction(Protocol):
    """What one operation sees and changes."""

    now: datetime
    promises: Kept
    """Finds a level and its calendar by their versions."""
    clocks: Clocks
    """Finds the clocks of a ticket."""

    @property
    def customers(self) -> Records[int, Customer]:
        """Customers by number."""

    @property
    def agents(self) -> Records[str, Agent]:
        """Agents by name."""

    @property
    def departments(self) -> Records[str, Department]:
        """Departments by name."""

    @property
    def queries(self) -> Records[str, SavedQuery]:
        """Saved queries by name."""

    @property
    def alerts(self) -> Records[int, Alerts]:
        """What the checker has told, by ticket; no operation remembers it."""

    @property
    def hushed(self) -> Records[int, Alerts]:
        """The same, for what somebody asks the checker not to tell: operations remember that."""

    @property
    def operations(self) -> Records[int, Operation]:
        """Operations by number."""

    @property
    def setup(self) -> Setup:
        """The set-up in force."""

    def setups(self) -> Iterator[Setup]:
        """Return every version of the set-up, the newest first; the last one is a new desk's."""

    def put_setup(self, setup: Setup) -> None:
        """Make *setup* the one in force; former versions stay."""

    def begin(self, by: str, command: str, why: str = "", undoes: int | None = None) -> None:
        """Let what follows belong to a new operation; one without effect is forgotten."""

    @property
    def operation(self) -> int:
        """The number of the operation that has begun."""

    def ticket(self, ticket_id: int) -> Ticket:
        """Return a ticket's head as it counts now (``awake``).

        Raises:
            TicketNotFound: There is none.
        """

    def ripe(self, quiet_since: datetime) -> list[Ticket]:
        """Return the stored heads whose time came: to wake, or resolved before *quiet_since*.

        A resolved one on which a promise is to be kept is none of them.
        """

    def find(self, query: TicketQuery) -> list[Found]:
        """Return the tickets that match, in the order of their numbers."""

    def scan(self) -> Iterator[tuple[Ticket, tuple[Event, ...]]]:
        """Return every stored head with its history, in the order of the numbers.

        Nothing is kept in memory on the way.
        """

    def facts(
        self,
        since: datetime,
        as_of: datetime | None = None,
        cache: StrPath | None = None,
        watch: Watch | None = None,
    ) -> Facts:
        """Return the facts of tickets that were not settled, or had an event from *since* on.

        With *as_of* they are those of what the desk knew then, else of what it knows now.
        *cache* is a folder for what the next one may need again; *watch* gets what is gone
        through, with its number, and shows how far it is.
        """

    def measure_anew(self) -> Iterator[int]:
        """Measure all settled tickets again, under today's definitions; yield how many, in pieces.

        No fact is other than what the histories tell; what was kept of them may be.
        """

    def put_ticket(self, ticket: Ticket) -> None:
        """Add or replace a head."""

    def contact(self, ticket: Ticket) -> Contact | None:
        """Return what lists show of the requester."""

    def history(self, ticket_id: int) -> tuple[Event, ...]:
        """Return all that happened to a ticket, in the order of ``seq``.

        Raises:
            TicketNotFound: There is none.
        """

    def log(self, event: Event, previous: str) -> Event:
        """Add an event to its ticket's history; return it numbered and sealed.

        *previous* is the hash of the ticket's last event, empty for the first.
        """

    def redact(
        self, ticket_id: int, seqs: Iterable[int], erase: Callable[[Event], Event] = redact
    ) -> None:
        """Put what *erase* leaves of the events numbered *seqs* in their place.

        Without it their bodies go; the chain stays whole either way.
        """

    def forget_past(self) -> None:
        """Let what this operation changes be found nowhere as it was before.

        The operation does not remember it, no earlier state of the desk is kept, and files go
        that no event names any more.
        """

    def next_number(self, counter: str) -> int:
        """Return the next of ``ticket``, ``customer``, ``event``, ``operation`` or ``setup``.

        The last one numbers the versions of the set-up: operations that changed a part of it.
        """

    def last_number(self, counter: str) -> int:
        """Return the last number given, 0 if none was."""

    def key(self, kind: str, value: str) -> int | None:
        """Return the number that an exact key leads to, None if nobody claimed it."""

    def claim(self, kind: str, value: str, number: int) -> None:
        """Let a key lead to *number* from now on."""

    def release(self, kind: str, value: str) -> None:
        """Let a key lead nowhere."""

    def attach(self, content: bytes) -> str:
        """Keep a file; return its SHA-256, under which it is found."""

    def attachment(self, sha256: str) -> bytes:
        """Return the content of a kept file.

        Raises:
            NotFound: There is none.
        """


class Store(Protocol):
    """Where a desk's records are kept."""

    def read(self, work: Callable[[Transaction], T]) -> T:
        """Return what *work* makes of one state of the desk.

        *work* may be called again if a writer came between; it must change nothing.
        """

    def write(self, *, keep: bool = True) -> AbstractContextManager[Transaction]:
        """Return the block in which a transaction can change the desk.

        With *keep* false everything is tried and then dropped: the dry run.

        Raises:
            Locked: Another writer did not finish in time.
            IOFailed: It could not be saved, and nothing was.
        """
