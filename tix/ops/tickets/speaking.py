"""Logging calls and chats: on the ticket that is named, else on one that they open."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from tix.domain import verbs
from tix.domain.spoken import SESSION, asked_after
from tix.domain.status import Status
from tix.domain.thread import heir
from tix.domain.ticket import evolve
from tix.domain.verbs.speaking import Session, speak
from tix.domain.when import local_text
from tix.errors import UsageError
from tix.ops.change import Change, Changed, Notice, check_revision, secret_notices
from tix.ops.people import customer_for, find_agent
from tix.ops.reactions import record
from tix.ops.transactions import acting, repeated, tickets_of, writing
from tix.record import NamedTuple, replace

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from tix.desk import Desk
    from tix.domain.event import Event
    from tix.domain.people import Customer
    from tix.domain.ticket import Ticket
    from tix.domain.verbs import Act
    from tix.store.base import Transaction

LOG_CALL, LOG_CHAT = "log-call", "log-chat"
CHANNELS = {"call": "phone", "chat": "chat"}
EARLIER = timedelta(hours=12)
"""So long after a call or chat its ticket may be opened."""


class Talk(NamedTuple):
    """A call or chat to be logged; texts as they were written.

    Without a ticket it opens one. *id* is what its source calls it, *place* where it stands
    there.
    """

    session: Session
    ticket: int | None = None
    customer: str | None = None
    agent: str | None = None
    subject: str | None = None
    status: Status | None = None
    reason: str | None = None
    id: str = ""
    place: str = ""


def log(
    desk: Desk, command: str, ticket: int | None, make: Callable[[Transaction], Talk]
) -> Change:
    """Log the call or chat that *make* returns, on a ticket or one that it opens.

    What is for a merged ticket is logged on the one it goes on in.

    Raises:
        UsageError, NotFound: A part of it means nothing on this desk.
        Refused: Nobody can write on this ticket any more.
        Conflict: ``--if-rev`` does not fit.
    """
    named = () if ticket is None else (ticket,)
    with writing(desk, command, creates=not named) as tx:
        before = repeated(desk, tx, command, named)
        if before:
            return known(desk, tx, command, before)
        check_revision(tickets_of(tx, named), desk.intent.if_rev)
        writer = Log(desk, tx)
        writer.add(make(tx))
        return writer.change(command)


class Log:
    """Writes calls and chats, and keeps what became of the tickets."""

    def __init__(self, desk: Desk, tx: Transaction) -> None:
        self._desk = desk
        self._tx = tx
        self._first: dict[int, Ticket | None] = {}
        self._known: dict[int, None] = {}
        self._notices: list[Notice] = []

    def add(self, talk: Talk) -> None:
        """Log *talk*, once if it has an id.

        Raises:
            UsageError, NotFound: A part of it means nothing on this desk.
            Refused: Nobody can write on its ticket any more.
        """
        tx, source = self._tx, talk.session.source
        if talk.id and (number := tx.key(source, talk.id)) is not None:
            self._known[number] = None
            return
        customer = customer_for(tx, talk.customer) if talk.customer else None
        ticket = None if talk.ticket is None else self._named(talk.ticket, talk.session)
        asked = customer.number if customer else ticket.requester if ticket else None
        act = self._act(talk, asked)
        opened = () if ticket else _opened(tx, talk, customer, act)
        whole = ticket or evolve(None, *opened)
        more = {"id": talk.id} if talk.id else {}
        if customer and customer.number != whole.requester:
            more["customer"] = customer.id
        told = speak(
            whole,
            talk.session,
            act,
            status=talk.status,
            reason=talk.reason,
            more=more,
            asked_since=_asked_since(tx, ticket, talk.session),
        )
        self._notices += secret_notices((*opened, *told))
        after = record(tx, ticket, (*opened, *told))
        self._first.setdefault(after.id, ticket)
        if talk.id:
            tx.claim(source, talk.id, after.id)

    def change(self, command: str) -> Change:
        """Return what was done."""
        tx, intent = self._tx, self._desk.intent
        changed = tuple(Changed(was, tx.ticket(number)) for number, was in self._first.items())
        unchanged = tuple(number for number in self._known if number not in self._first)
        op = tx.operation if changed else None
        if op and intent.key:
            tx.claim("operation", intent.key, op)
        op = None if intent.dry_run else op
        return Change(command, changed, unchanged, op, intent.dry_run, tuple(self._notices))

    def _named(self, number: int, session: Session) -> Ticket:
        """Return the ticket that is meant, with a notice if that is another one.

        Raises:
            NotFound: There is none.
            UsageError: It was opened when *session* was over.
        """
        tickets_of(self._tx, (number,))
        ticket = heir(self._tx.ticket, number)
        _check_time(session, self._desk, ticket, self._tx.ticket(number))
        if ticket.id != number:
            told = f"ticket {number} was merged; this is for {ticket.id}"
            self._notices.append(Notice("merged", told))
        return ticket

    def _act(self, talk: Talk, customer: int | None) -> Act:
        """Return who acts: the customer who reached nobody, else the agent who spoke."""
        act = acting(self._desk, self._tx)
        if talk.session.inbound and talk.session.met_at is None:
            return act._replace(by=f"customer:C-{customer}" if customer else "customer")
        if talk.agent is None:
            return act
        return act._replace(by=f"agent:{_agent(self._desk, self._tx, talk.agent)}")


def way(
    caller: str | None, called: str | None, inbound: bool | None
) -> tuple[bool | None, str | None]:
    """Return whether the customer began, if anything tells, and who that is.

    Raises:
        UsageError: It cannot have been so.
    """
    if caller and called:
        raise UsageError("it is from a customer or to one, not both")
    if inbound is not None and (caller or called) and inbound != bool(caller):
        raise UsageError("what comes from a customer is in, and what goes to one is out")
    if caller or called:
        return bool(caller), caller or called
    return inbound, None


def known(desk: Desk, tx: Transaction, command: str, operation: int) -> Change:
    """Return the change that finds what an operation with the same key has done."""
    numbers = tuple(tx.operations.get(operation).numbers)
    return Change(command, unchanged=numbers, dry_run=desk.intent.dry_run)


def _check_time(session: Session, desk: Desk, *tickets: Ticket) -> None:
    """Refuse what was over long before any of *tickets* was opened.

    A ticket may be opened after the call that it is about, in the same half a day.

    Raises:
        UsageError: It was.
    """
    first = min(tickets, key=lambda ticket: ticket.created_at)
    if first.created_at - session.ended_at <= EARLIER:
        return
    over, opened = (local_text(at, desk.zone) for at in (session.ended_at, first.created_at))
    raise UsageError(
        f"the {session.source} was over at {over}, before ticket {first.id} was opened, {opened}",
        hint="name its own ticket, or none to open one",
    )


def _opened(tx: Transaction, talk: Talk, customer: Customer | None, act: Act) -> tuple[Event, ...]:
    """Return the event of the ticket that *talk* opens; one that reached nobody is still ours.

    Raises:
        UsageError: Nothing tells what it is about.
    """
    session = talk.session
    subject = talk.subject or (customer and _called(session, customer))
    if not subject:
        raise UsageError(
            "neither a ticket is named, nor who it was with, nor a subject",
            hint=f"tix log-{session.source} 12, or --from +385911234567, or --subject TEXT",
        )
    values: dict[str, Any] = {"requester": customer.number if customer else None}
    if not (session.inbound or session.met_at):
        values["status"] = Status.OPEN
    (opened,) = verbs.open_ticket(
        tx.next_number("ticket"),
        subject,
        act._replace(at=session.at, recorded_at=act.at if session.at != act.at else None),
        outbound=not session.inbound,
        priority=tx.setup.default_priority,
        channel=CHANNELS[session.source],
        **values,
    )
    # What it was asked by is told by the next event: this one is no message.
    return (replace(opened, data={**opened.data, SESSION: session.source}),)


def _asked_since(tx: Transaction, ticket: Ticket | None, session: Session) -> datetime | None:
    """Return when the customer asked again after what is told late, None if they did not."""
    if ticket is None or session.ended_at >= ticket.updated_at:
        return None
    return asked_after(tx.history(ticket.id), session.ended_at)


def _called(session: Session, customer: Customer) -> str:
    """Return what a ticket is called that says no more than who it was with."""
    side = "from" if session.inbound else "to"
    what = session.source.capitalize() if session.met_at else f"Missed {session.source}"
    return f"{what} {side} {_name(customer)}"


def _name(customer: Customer) -> str:
    """Return what a person would call a customer whom perhaps only a number is known of."""
    names = (customer.name, *customer.addresses[:1], *customer.phones[:1])
    return next(filter(None, names), customer.id)


def _agent(desk: Desk, tx: Transaction, text: str) -> str:
    """Return the name of the agent that *text* means; one who is retired has spoken all the same.

    Raises:
        NotFound: There is none of that name.
    """
    name = text.strip().casefold()
    return name if name in tx.agents else find_agent(tx, desk, text)
