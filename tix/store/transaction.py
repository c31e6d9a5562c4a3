"""A transaction on the desk folder: records, tickets, events and keys on its pages."""

from __future__ import annotations

from functools import cached_property, partial
from typing import TYPE_CHECKING, Any

from tinydb import where

from tix.codec import decode, encode, encode_time
from tix.domain.event import Event, redact, seal
from tix.domain.found import Found
from tix.domain.kept import Clocks, Kept
from tix.domain.operation import Operation, ranges
from tix.domain.people import Agent, Contact, Customer, Department
from tix.domain.setup import SavedQuery, Setup
from tix.domain.status import Status
from tix.domain.ticket import Ticket, awake
from tix.errors import NotFound
from tix.lazy import load
from tix.store import layout
from tix.store.events import EventDocuments
from tix.store.ledger import Ledger
from tix.store.page import damaged
from tix.store.pages import DESK
from tix.store.records import PagedRecords, alerts_on
from tix.store.shelf import EVENTS, HEADS, Shelf, decode_head, no_history
from tix.store.telling import TellsFacts

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator
    from datetime import datetime

    from tix.domain.alert import Alerts
    from tix.domain.query import TicketQuery
    from tix.store.pages import Pages

CONTACTS = "contacts"
TOUCHED = "touched"
TOUCHED_KEPT = 1000
_RIPENING = (b'"snoozed_until":', b'"status":"%s"' % Status.RESOLVED.value.encode())


class DeskTransaction(TellsFacts):
    """What one operation sees and changes of a desk folder."""

    def __init__(
        self,
        pages: Pages,
        now: datetime,
        put_blob: Callable[[bytes], str],
        get_blob: Callable[[str], bytes],
        salt: Callable[[], str],
        *,
        absent: set[str],
    ) -> None:
        self.now = now
        self.absent = absent
        self.promises = Kept(self.setups, lambda: "UTC")
        self.clocks = Clocks(self.promises)
        self._pages = pages
        self._shelf = Shelf(pages)
        self._put_blob = put_blob
        self._get_blob = get_blob
        self._documents = EventDocuments(put_blob, get_blob)
        self._salt = salt
        desk = pages.document(layout.ROOT, DESK, "1")
        if desk is None:
            raise damaged(layout.ROOT, "the table 'desk' is missing")
        self.desk: dict[str, Any] = dict(desk)
        self._counters: dict[str, int] = dict(desk["counters"])
        self._ledger = Ledger(now, self.next_number)
        self.customers = PagedRecords[int, Customer](
            pages,
            self._ledger,
            kind=Customer,
            table="customers",
            key=lambda customer: customer.number,
            page_of=layout.customers,
            all_pages=lambda: self._blocks("customer", layout.customers, layout.CUSTOMER_BLOCK),
        )
        self.agents = self._named(Agent, "agents", layout.PEOPLE)
        self.departments = self._named(Department, "departments", layout.PEOPLE)
        self.queries = self._named(SavedQuery, "queries", layout.SETUP)
        self.operations = PagedRecords[int, Operation](
            pages,
            None,
            kind=Operation,
            table="operations",
            key=lambda operation: operation.number,
            page_of=layout.operations,
            all_pages=lambda: self._blocks("operation", layout.operations, layout.OPERATION_BLOCK),
        )
        self.forgets = False
        # Files that an event named, and does no more.
        self._unnamed: set[str] = set()
        # Whom a ticket on the root had as requester, and has no more.
        self._former: set[int] = set()

    @cached_property
    def alerts(self) -> PagedRecords[int, Alerts]:
        """What the checker has told, by ticket."""
        return alerts_on(self._pages)

    @cached_property
    def hushed(self) -> PagedRecords[int, Alerts]:
        """The same, as a part of the operation."""
        return alerts_on(self._pages, self._ledger)

    @property
    def pages(self) -> Pages:
        """The files of this state of the desk."""
        return self._pages

    @property
    def setup(self) -> Setup:
        """The set-up in force."""
        return next(self.setups())

    def setups(self) -> Iterator[Setup]:
        """Return every version of the set-up, the newest first."""
        documents = self._pages.documents(layout.SETUP, "setup")
        numbered = {int(document.get("version", 1)): document for document in documents}
        yield from (decode(Setup, numbered[number]) for number in sorted(numbered, reverse=True))
        yield Setup()

    def put_setup(self, setup: Setup) -> None:
        """Make *setup* the one in force; former versions stay."""
        self._ledger.change("setup", setup.version, encode(self.setup), encode(setup))
        self._pages.put(layout.SETUP, "setup", str(setup.version), encode(setup))

    def begin(self, by: str, command: str, why: str = "", undoes: int | None = None) -> None:
        """Let what follows belong to a new operation."""
        self._ledger.begin(by, command, why, undoes)

    @property
    def operation(self) -> int:
        """The number of the operation that has begun."""
        return self._ledger.number

    def ticket(self, ticket_id: int) -> Ticket:
        """Return a ticket's head as it counts now."""
        return awake(decode_head(self._shelf.head(ticket_id)), self.now)

    def ripe(self, quiet_since: datetime) -> list[Ticket]:
        """Return the stored heads whose time came."""
        asleep = where("snoozed_until") <= encode_time(self.now)
        quiet = (where("status") == Status.RESOLVED.value) & (
            where("updated_at") <= encode_time(quiet_since)
        )
        documents = self._pages.documents(layout.ROOT, HEADS, asleep | quiet, _RIPENING)
        found = map(decode_head, documents)
        return [one for one in found if one.snoozed_until is not None or not one.is_promised]

    def find(self, query: TicketQuery) -> list[Found]:
        """Return the tickets that match, in the order of their numbers."""
        from tix.domain.query import Seen, matcher

        test, found = matcher(query), []
        contacts: dict[int | None, Contact | None] = {}
        for document in self._candidates(query):
            ticket = awake(decode_head(document), self.now)
            if ticket.requester not in contacts:
                contacts[ticket.requester] = self.contact(ticket)
            contact = contacts[ticket.requester]
            text = partial(self._text, ticket)
            if test(Seen(ticket, contact, self.now, text, self.clocks)):
                found.append(Found(ticket, contact))
        found.sort(key=lambda row: row.ticket.id)
        return found

    def scan(self) -> Iterator[tuple[Ticket, tuple[Event, ...]]]:
        """Return every stored head with its history, in the order of the numbers."""
        unsettled = {int(d.doc_id): d for d in self._pages.documents(layout.ROOT, HEADS)}
        for first in range(0, self.last_number("ticket") + 1, layout.BLOCK):
            settled = self._pages.passing(layout.settled_heads(first), HEADS)
            heads = {int(document.doc_id): document for document in settled}
            histories = self._shelf.by_ticket(layout.settled_history(first))
            numbers = range(first, first + layout.BLOCK)
            heads |= {n: unsettled[n] for n in numbers if n in unsettled}
            for number in sorted(heads):
                page = layout.settled_history(first)
                if number in unsettled:
                    page = layout.history(number)
                    histories[number] = list(self._pages.passing(page, EVENTS))
                if not histories.get(number):
                    raise no_history(number, page)
                yield decode_head(heads[number]), self._documents.events(histories[number])

    def settled_histories(
        self, first: int, numbers: Collection[int]
    ) -> Iterator[tuple[int, tuple[Event, ...]]]:
        """Yield the histories of settled tickets of the block of number *first*."""
        page = layout.settled_history(first)
        found = self._shelf.by_ticket(page) if numbers else {}
        for number in sorted(numbers):
            if number not in found:
                raise no_history(number, page)
            yield number, self._documents.events(found[number])

    def touched(self, first: int) -> list[int]:
        """Return the tickets of the block of number *first* that this transaction has changed."""
        return [n for n in self._shelf.touched if first <= n < first + layout.BLOCK]

    def put_ticket(self, ticket: Ticket) -> None:
        """Add or replace a head."""
        self._ledger.touch(ticket.id)
        requester = None if ticket.is_settled else ticket.requester
        before = self._pages.document(layout.ROOT, HEADS, str(ticket.id)) or {}
        if before.get("requester") not in (None, requester):
            self._former.add(before["requester"])
        self._shelf.put_head(ticket)
        if requester is not None and not self._contact_document(requester):
            contact = self._requester(requester).contact
            self._pages.put(layout.ROOT, CONTACTS, str(requester), encode(contact))

    def contact(self, ticket: Ticket) -> Contact | None:
        """Return what lists show of the requester."""
        if ticket.requester is None:
            return None
        document = self._contact_document(ticket.requester)
        if document is not None:
            return decode(Contact, document)
        return self._requester(ticket.requester).contact

    def history(self, ticket_id: int) -> tuple[Event, ...]:
        """Return all that happened to a ticket, in the order of ``seq``."""
        return self._documents.events(self._shelf.events(ticket_id))

    def log(self, event: Event, previous: str) -> Event:
        """Add an event to its ticket's history; return it numbered and sealed."""
        seq, op = self.next_number("event"), self._ledger.number
        sealed = seal(event, previous, seq=seq, op=op, salt=self._salt())
        self._shelf.add_event(event.ticket_id, self._documents.document(sealed))
        return sealed

    def redact(
        self, ticket_id: int, seqs: Iterable[int], erase: Callable[[Event], Event] = redact
    ) -> None:
        """Put what *erase* leaves of the events numbered *seqs* in their place."""
        from tix.store.erasing import sums_in

        chosen = frozenset(seqs)
        documents = [d for d in self._shelf.events(ticket_id) if d["seq"] in chosen]
        for document, event in zip(documents, self._documents.events(documents), strict=True):
            left = self._documents.document(erase(event))
            gone = {*sums_in(document.get("data", {}))}.difference(sums_in(left.get("data", {})))
            self._unnamed |= gone
            self._shelf.put_event(ticket_id, left)

    def forget_past(self) -> None:
        """Let what this operation changes be found nowhere as it was before."""
        self._ledger.forget()
        self.forgets = True

    def unused(self) -> set[str]:
        """Return the sums of the files that went from events, and that no other event names."""
        if not self._unnamed:
            return set()
        from tix.store.erasing import sums_in

        named = {sum_ for event in self._every_event() for sum_ in sums_in(event.get("data", {}))}
        return self._unnamed - named

    def next_number(self, counter: str) -> int:
        """Return the next number of *counter*."""
        number = self._counters.get(counter, 0) + 1
        self._counters[counter] = number
        return number

    def last_number(self, counter: str) -> int:
        """Return the last number given, 0 if none was."""
        return self._counters.get(counter, 0)

    def key(self, kind: str, value: str) -> int | None:
        """Return the number that an exact key leads to."""
        page, key = layout.key(kind, value)
        document = self._pages.document(page, "keys", key)
        return None if document is None else int(document["number"])

    def claim(self, kind: str, value: str, number: int) -> None:
        """Let a key lead to *number* from now on."""
        page, key = layout.key(kind, value)
        self._pages.put(page, "keys", key, {"kind": kind, "number": number})

    def release(self, kind: str, value: str) -> None:
        """Let a key lead nowhere."""
        page, key = layout.key(kind, value)
        self._pages.put(page, "keys", key, None)

    def attach(self, content: bytes) -> str:
        """Keep a file; return its SHA-256."""
        return self._put_blob(content)

    def attachment(self, sha256: str) -> bytes:
        """Return the content of a kept file."""
        try:
            return self._get_blob(sha256)
        except FileNotFoundError:
            raise NotFound(f"no attachment {sha256}") from None

    def finish(self) -> dict[str, bytes | None]:
        """Return the bytes of every page that the transaction changed; none if it did not."""
        touched = self._shelf.settle()
        if not self._pages.have_changed:
            return {}
        if self._shelf.settled:
            load("tix.store.measures.block:keep_up")(self, self._shelf.settled)
        for operation in self._ledger.operations():
            self.operations.put(operation)
            self._renew_contacts(operation)
        generation = self.desk["generation"] + 1
        self._drop_contacts()
        self._tell_touched(generation, touched)
        self.desk |= {"generation": generation, "counters": self._counters}
        self.desk["schema"] = self._pages.migrations.schema
        self._pages.put(layout.ROOT, DESK, "1", self.desk)
        return self._pages.changed()

    def _named(self, kind: type[Any], table: str, page: str) -> PagedRecords[str, Any]:
        return PagedRecords(
            self._pages,
            self._ledger,
            kind=kind,
            table=table,
            key=lambda record: str(record.name),
            page_of=lambda _: page,
            all_pages=lambda: [page],
        )

    def _blocks(self, counter: str, page_of: Callable[[int], str], size: int) -> list[str]:
        return [page_of(number) for number in range(0, self.last_number(counter) + 1, size)]

    def _requester(self, number: int) -> Customer:
        """Return the customer of a ticket.

        Raises:
            DeskDamaged: There is none, and no customer goes who has tickets.
        """
        if number not in self.customers:
            raise damaged(layout.customers(number), f"customer C-{number} is missing")
        return self.customers.get(number)

    def _contact_document(self, number: int) -> dict[str, Any] | None:
        return self._pages.document(layout.ROOT, CONTACTS, str(number))

    def _candidates(self, query: TicketQuery) -> Iterator[dict[str, Any]]:
        """Yield the heads that can match *query*: a few more than do."""
        from tix.store import sieve

        condition = sieve.condition(query, self.now)
        yield from self._pages.documents(layout.ROOT, HEADS, condition)
        if query.only_unsettled:
            return
        for number in sieve.blocks(query, self.last_number("ticket")):
            yield from self._pages.passing(layout.settled_heads(number), HEADS, condition)

    def _every_event(self) -> Iterator[dict[str, Any]]:
        """Yield the documents of all stored events."""
        for head in self._pages.documents(layout.ROOT, HEADS):
            yield from self._pages.passing(layout.history(int(head.doc_id)), EVENTS)
        for first in range(0, self.last_number("ticket") + 1, layout.BLOCK):
            yield from self._pages.passing(layout.settled_history(first), EVENTS)

    def _text(self, ticket: Ticket) -> str:
        bodies = (event.body for event in self.history(ticket.id))
        return "\n".join([ticket.subject, *(body for body in bodies if body)])

    def _renew_contacts(self, operation: Operation) -> None:
        """Let the contacts follow the customers that *operation* changed."""
        for change in operation.records:
            known = self._pages.document(layout.ROOT, CONTACTS, change.key)
            if change.kind == "customers" and change.after and known is not None:
                contact = self.customers.get(int(change.key)).contact
                self._pages.put(layout.ROOT, CONTACTS, change.key, encode(contact))

    def _drop_contacts(self) -> None:
        """Forget the contacts that no unsettled ticket has any more."""
        if not self._former:
            return
        used = {head.get("requester") for head in self._pages.documents(layout.ROOT, HEADS)}
        for number in self._former - used:
            self._pages.put(layout.ROOT, CONTACTS, str(number), None)

    def _tell_touched(self, generation: int, touched: list[int]) -> None:
        """Tell disposable indexes which tickets this generation touched."""
        numbers = [list(pair) for pair in ranges(touched)]
        self._pages.put(layout.ROOT, TOUCHED, str(generation), {"tickets": numbers})
        old = str(generation - TOUCHED_KEPT)
        if self._pages.document(layout.ROOT, TOUCHED, old) is not None:
            self._pages.put(layout.ROOT, TOUCHED, old, None)
