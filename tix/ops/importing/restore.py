"""Taking in what ``tix export`` wrote: an empty desk becomes equal, any other one richer.

On an empty desk every number stays; on any other one tickets and customers get new numbers,
and all that refers to them follows. Who is here already, by name, address or phone, stays
as they are here.
"""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Any

from tix.domain.operation import ranges
from tix.domain.people import Agent, Customer, Department
from tix.domain.setup import SavedQuery
from tix.domain.spoken import KINDS as SPOKEN
from tix.ops.exporting.jsonl import UNDONE
from tix.ops.importing.exported import File, Past
from tix.ops.importing.intake import Intake
from tix.ops.importing.run import Imported
from tix.ops.importing.survey import Survey
from tix.ops.people import put_customer
from tix.ops.reactions import record
from tix.ops.transactions import repeated, writing
from tix.record import replace

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from tix.desk import Desk
    from tix.domain.event import Event
    from tix.domain.ticket import Ticket
    from tix.ops.importing.exported import Exported, Record
    from tix.store.base import Transaction


def unwatched(records: Iterable[Record], total: int) -> Iterable[Record]:
    """Return *records*: nobody watches the progress."""
    return records


def restore(
    desk: Desk,
    source: Exported,
    name: str,
    *,
    keep_going: bool = False,
    tell: Callable[[str], None] = lambda line: None,
    watch: Callable[[Iterable[Record], int], Iterable[Record]] = unwatched,
) -> Imported:
    """Import all that *source* holds and that was not imported before.

    *tell* gets a line for each bad record, *watch* lets somebody see how far it is.

    Raises:
        BadData: A record cannot be imported, and not *keep_going*; nothing is changed.
    """
    dry_run = desk.intent.dry_run
    with writing(desk, "import", creates=True) as tx:
        if repeated(desk, tx, "import"):
            return Imported(name, dry_run=dry_run)
        survey = Survey(tx, source, name)
        for line in survey.problems.lines():
            tell(line)
        if survey.problems.count and not keep_going:
            raise survey.problems.refusal(survey.rows)
        write = _Write(desk, tx, survey)
        for one in watch(survey.records(), survey.rows):
            write.record(one)
        op = tx.operation if survey.tickets else None
        if op and desk.intent.key:
            tx.claim("operation", desk.intent.key, op)
        write.later()
    return Imported(
        name,
        ranges([survey.numbers.tickets[number] for number in survey.tickets]),
        survey.known,
        survey.problems.count,
        tuple(survey.problems.first),
        (*survey.oddities(), *write.intake.oddities()),
        None if dry_run else op,
        dry_run,
    )


class _Write:
    """The second reading: what is good and new is written."""

    def __init__(self, desk: Desk, tx: Transaction, survey: Survey) -> None:
        self._desk = desk
        self._tx = tx
        self._survey = survey
        self._numbers = survey.numbers
        self._later: list[tuple[Ticket, list[list[Event]]]] = []
        self.intake = Intake(tx)
        self._writers: dict[type[Any], Callable[[Any], None]] = {
            Agent: lambda one: self._named(tx.agents, one),
            Department: lambda one: self._named(tx.departments, one),
            SavedQuery: lambda one: self._named(tx.queries, one),
            Customer: self._customer,
            File: self._file,
            Past: self._past,
        }
        if survey.is_empty and survey.differs:
            tx.put_setup(replace(survey.setup, version=tx.setup.version + 1))

    def record(self, one: Record) -> None:
        """Write a record if it is not here already."""
        self._writers[type(one)](one)

    def later(self) -> None:
        """Write, for tickets on which something was taken back, all but the first operation.

        Each gets an operation of its own here, so that what is taken back stays so.
        """
        first = self._tx.operation if self._later else 0
        for ticket, operations in self._later:
            after, here = ticket, {1: first}
            for ordinal, events in enumerate(operations, 2):
                self._tx.begin(self._desk.by, "import", self._desk.intent.why)
                here[ordinal] = self._tx.operation
                after = record(self._tx, after, [_taking_back(e, here) for e in events])
            self.intake.look_at(after)

    def _named(self, records: Any, one: Any) -> None:
        if one.name not in records:
            records.put(one)

    def _customer(self, customer: Customer) -> None:
        known = self._survey.customers.get(customer.number)
        if known is not None:
            number = self._numbers.customers[customer.number]
            into = self._numbers.customer(customer.merged_into)
            put_customer(self._tx, replace(customer, number=number, merged_into=into))
            self._tx.claim(f"source:{self._survey.name}", known, number)

    def _file(self, file: File) -> None:
        if file.sha256 in self._survey.files:
            self._tx.attach(file.content)

    def _past(self, past: Past) -> None:
        known = self._survey.tickets.get(past.ticket.id)
        if known is None:
            return
        events = zip(past.ops, map(self._numbers.event, past.events), strict=True)
        operations = [[e for _, e in group] for _, group in groupby(events, lambda pair: pair[0])]
        ticket = record(self._tx, None, operations[0])
        self.intake.look_at(ticket)
        self._tx.claim(f"import:{self._survey.name}", known, ticket.id)
        for event in past.events:
            if event.kind in SPOKEN and "id" in event.data:
                self._tx.claim(SPOKEN[event.kind], str(event.data["id"]), ticket.id)
        if len(operations) > 1:
            self._later.append((ticket, operations[1:]))


def _taking_back(event: Event, here: dict[int, int]) -> Event:
    """Return *event* with the operation that it takes back, if it does, as it is here."""
    if event.kind != UNDONE:
        return event
    op = event.data["op"]
    return replace(event, data={**event.data, "op": here.get(op, 0) if isinstance(op, int) else 0})
