"""A change of one or many tickets: all of them or none, and what became of each."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from tix.domain.ticket import Ticket, evolve
from tix.errors import Conflict, Refused
from tix.ops.masking import safe, secrets_of
from tix.ops.reactions import record
from tix.ops.transactions import acting, repeated, tickets_of, writing
from tix.record import NamedTuple

if TYPE_CHECKING:
    from tix.desk import Desk
    from tix.domain.event import Event
    from tix.domain.verbs import Act
    from tix.store.base import Transaction

Events = Iterable["Event"]
Decide = Callable[["Transaction", Ticket, "Act"], Iterable["Event"]]


class Changed(NamedTuple):
    """One ticket before and after; None before if it was made."""

    before: Ticket | None
    after: Ticket


class Altered(NamedTuple):
    """A record without events before and after; None before it was made, or after its end."""

    kind: str
    id: str
    before: object
    after: object


class Notice(NamedTuple):
    """Something worth telling that is no error; *code* is for scripts."""

    code: str
    message: str


class Change(NamedTuple):
    """What one operation did; ``op`` is None if it did nothing or was a dry run.

    ``undoes`` is the operation that it took back, if that is what it was for.
    """

    operation: str
    changed: tuple[Changed, ...] = ()
    unchanged: tuple[int | str, ...] = ()
    op: int | None = None
    dry_run: bool = False
    notices: tuple[Notice, ...] = ()
    records: tuple[Altered, ...] = ()
    undoes: int | None = None

    @property
    def ids(self) -> tuple[int | str, ...]:
        """What it is about, changed or not: records by their ids, else tickets by number."""
        if self.records:
            return (*(record.id for record in self.records), *self.unchanged)
        return (*(changed.after.id for changed in self.changed), *self.unchanged)


def update(
    desk: Desk,
    command: str,
    ticket_ids: Sequence[int],
    decide: Decide,
    notices: Callable[[Transaction], Iterable[Notice]] = lambda _: (),
) -> Change:
    """Let *decide* say what happens to each ticket, and record it for all or for none.

    Raises:
        TicketNotFound: Some do not exist; all that are missing are named.
        Conflict: ``--if-rev`` does not fit.
        Refused: A ticket cannot take the change; all that cannot are named.
    """
    with writing(desk, command) as tx:
        if repeated(desk, tx, command, ticket_ids):
            return Change(command, unchanged=tuple(ticket_ids), dry_run=desk.intent.dry_run)
        told = tuple(notices(tx))
        tickets = tickets_of(tx, tuple(dict.fromkeys(ticket_ids)))
        check_revision(tickets, desk.intent.if_rev)
        decided = _decided(tx, tickets, acting(desk, tx), decide)
        told = (*told, *secret_notices(event for _, events in decided for event in events))
        changed = tuple(
            Changed(ticket, record(tx, ticket, events)) for ticket, events in decided if events
        )
        unchanged = tuple(ticket.id for ticket, events in decided if not events)
        op = tx.operation if changed else None
        if op and desk.intent.key:
            tx.claim("operation", desk.intent.key, op)
    dry_run = desk.intent.dry_run
    return Change(command, changed, unchanged, None if dry_run else op, dry_run, told)


def alter(
    desk: Desk,
    command: str,
    work: Callable[[Transaction], Iterable[Altered | Changed]],
    *,
    creates: bool = True,
) -> Change:
    """Let *work* change records, and tickets with them; a key that was used does nothing again."""
    with writing(desk, command, creates=creates) as tx:
        known = repeated(desk, tx, command)
        if known:
            return Change(command, unchanged=_ids_of(tx, known), dry_run=desk.intent.dry_run)
        done = tuple(work(tx))
        op = tx.operation if any(one.before != one.after for one in done) else None
        if op and desk.intent.key:
            tx.claim("operation", desk.intent.key, op)
    return outcome(desk, command, done, op)


def outcome(desk: Desk, command: str, done: Iterable[Altered | Changed], op: int | None) -> Change:
    """Return the change that *done*, records and tickets, makes up."""
    tickets: list[Changed] = []
    records: dict[tuple[str, str], Altered] = {}
    for one in done:
        if isinstance(one, Changed):
            tickets.append(one)
        else:
            first = records.get((one.kind, one.id), one)
            records[one.kind, one.id] = one._replace(before=first.before)
    altered = tuple(one for one in records.values() if one.before != one.after)
    unchanged = tuple(one.id for one in records.values() if one.before == one.after)
    dry_run = desk.intent.dry_run
    op = None if dry_run else op
    return Change(command, tuple(tickets), unchanged, op, dry_run, records=altered)


def record_id(kind: str, key: str) -> str:
    """Return how a person names the record under *key*: ``C-42``, or the key itself."""
    return f"C-{key}" if kind == "customers" else key


def secret_notices(events: Events) -> Iterator[Notice]:
    """Yield a notice for each kind of secret in each place that *events* bring to a ticket."""
    found = ((event.ticket_id, *pair) for event in events for pair in secrets_of(event))
    for number, place, kind in dict.fromkeys(found):
        yield Notice(
            "secret",
            f"the {place} of ticket {number} seems to hold a secret ({kind}): "
            "it is kept, and masked wherever it is shown",
        )


def as_told(change: Change) -> Change:
    """Return *change* as it may be told: no secret stands in a subject."""
    return change._replace(
        changed=tuple(
            Changed(one.before and safe(one.before), safe(one.after)) for one in change.changed
        )
    )


def check_revision(tickets: Sequence[Ticket], if_rev: int | None) -> None:
    """Refuse if a ticket is no longer the one that the caller has seen.

    Raises:
        Conflict: A revision differs from *if_rev*.
    """
    for ticket in tickets:
        if if_rev is not None and ticket.rev != if_rev:
            raise Conflict(
                f"ticket {ticket.id} is at revision {ticket.rev}, not {if_rev}",
                hint=f"tix show {ticket.id}",
                ids=(ticket.id,),
            )


def then(ticket: Ticket, events: Events, verb: Callable[[Ticket], Events]) -> Events:
    """Return *events* and those of *verb* on the ticket as it is after them."""
    events = tuple(events)
    for event in events:
        ticket = evolve(ticket, event)
    return (*events, *verb(ticket))


def _ids_of(tx: Transaction, operation: int) -> tuple[str, ...]:
    """Return the ids of the records that an operation changed."""
    changes = tx.operations.get(operation).records
    return tuple(dict.fromkeys(record_id(change.kind, change.key) for change in changes))


def _decided(
    tx: Transaction, tickets: Sequence[Ticket], act: Act, decide: Decide
) -> list[tuple[Ticket, tuple[Event, ...]]]:
    decided: list[tuple[Ticket, tuple[Event, ...]]] = []
    refusals: list[tuple[int, Refused]] = []
    for ticket in tickets:
        try:
            decided.append((ticket, tuple(decide(tx, ticket, act))))
        except Refused as refusal:
            refusals.append((ticket.id, refusal))
    if len(refusals) == 1:
        raise refusals[0][1]
    if refusals:
        first = refusals[0][1]
        raise type(first)(
            f"{len(refusals)} of {len(tickets)} tickets refuse: "
            + "; ".join(refusal.message for _, refusal in refusals),
            hint="nothing was changed; leave them out",
            ids=tuple(number for number, _ in refusals),
        )
    return decided
