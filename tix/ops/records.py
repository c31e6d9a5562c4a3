"""Taking back what an operation did to records that have no events."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tix.codec import decode, encode
from tix.domain.alert import Alerts, loud_again, quiet_of
from tix.domain.operation import SETUP
from tix.domain.people import Agent, Customer, Department
from tix.domain.query import TicketQuery
from tix.domain.setup import SavedQuery, Setup
from tix.domain.undo import reverse_record
from tix.errors import Conflict, Refused
from tix.ops.change import Altered, record_id
from tix.ops.people.finding import drop_customer, put_customer
from tix.record import replace

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tix.domain.operation import Operation, RecordChange
    from tix.ops.setup.sheets import Sheets
    from tix.store.base import Records, Transaction

_BY_NAME: dict[str, tuple[type[Any], str]] = {
    "agents": (Agent, "agent"),
    "departments": (Department, "department"),
    "queries": (SavedQuery, "query"),
}


def take_back(tx: Transaction, operation: Operation, *, force: bool) -> Iterator[Altered]:
    """Yield the records that *operation* changed, as they are without it; the last one first.

    A customer who was made for a ticket stays, for they have been in touch.

    Raises:
        Conflict: A record was changed again since then, or something needs what would go, and
            *force* is not given.
    """
    before = None if force else _set_up(tx, operation)
    in_touch = {tx.ticket(number).requester for number in operation.numbers}
    for change in reversed(operation.records):
        if change.kind == "setup":
            yield from _setup(tx, change, force=force)
        elif change.kind in _BY_NAME:
            yield _named(tx, change, force=force)
        elif change.kind == "alerts":
            yield _alerts(tx, change)
        elif change.before is not None or int(change.key) not in in_touch:
            yield _customer(tx, change, force=force)
    if before is not None:
        _refuse_if_used(tx, operation, before)


def _named(tx: Transaction, change: RecordChange, *, force: bool) -> Altered:
    records: Records[str, Any] = getattr(tx, change.kind)
    kind, noun = _BY_NAME[change.kind]
    before = records.get(change.key) if change.key in records else None
    now = encode(before) if before else None
    document = reverse_record(change, now, f"{noun} {change.key}", force=force)
    after = None if document is None else decode(kind, document)
    if after is not None:
        records.put(after)
    elif before is not None:
        records.drop(change.key)
    return Altered(noun, change.key, before, after)


def _alerts(tx: Transaction, change: RecordChange) -> Altered:
    number = int(change.key)
    before, made = (
        decode(Alerts, side) if side else Alerts(number) for side in (change.before, change.after)
    )
    now = tx.alerts.get(number) if number in tx.alerts else Alerts(number)
    after = loud_again(now, before, made)
    if after != now:
        tx.hushed.put(after)
    return Altered("alerts", change.key, quiet_of(now), quiet_of(after))


def _customer(tx: Transaction, change: RecordChange, *, force: bool) -> Altered:
    number, ident = int(change.key), record_id(change.kind, change.key)
    before = tx.customers.get(number) if number in tx.customers else None
    now = encode(before) if before else None
    document = reverse_record(change, now, ident, force=force)
    after = None if document is None else decode(Customer, document)
    if after is not None:
        put_customer(tx, after)
    elif before is not None:  # pragma: no branch - only an undo takes a customer away
        _refuse_if_needed(tx, before)
        drop_customer(tx, before)
    return Altered("customer", ident, before, after)


def _refuse_if_needed(tx: Transaction, customer: Customer) -> None:
    """Refuse to forget a customer who has tickets, or in whom another one goes on."""
    theirs = [r.ticket.id for r in tx.find(TicketQuery()) if r.ticket.requester == customer.number]
    if theirs:
        raise Conflict(
            f"{customer.id} has tickets by now: {', '.join(map(str, theirs[:5]))}",
            hint=f"tix customer merge {customer.id} --into another one",
            ids=tuple(theirs),
        )


def _setup(tx: Transaction, change: RecordChange, *, force: bool) -> Iterator[Altered]:
    """Make a new version without *change*, and yield each part of the set-up that differs.

    Versions are never taken back themselves.
    """
    from tix.ops.setup.sheets import altered_setup

    before = tx.setup
    change = change._replace(before=_unversioned(change.before), after=_unversioned(change.after))
    document = reverse_record(change, _unversioned(encode(before)), "the set-up", force=force)
    after = replace(decode(Setup, document or {}), version=before.version + 1)
    if after.default_priority not in after.scale and not force:
        hint = "undo the later operation first, or use --force"
        raise Conflict(f"new tickets are {after.default_priority} by now", hint=hint)
    tx.put_setup(after)
    yield from altered_setup(before, after)


def _set_up(tx: Transaction, operation: Operation) -> Sheets | None:
    """Return the set-up as it is, None if *operation* has changed nothing of it."""
    if not any(change.kind in SETUP for change in operation.records):
        return None
    from tix.ops.setup.sheets import sheets_of

    return sheets_of(tx)


def _refuse_if_used(tx: Transaction, operation: Operation, before: Sheets) -> None:
    """Refuse what took away of a set-up what others need than the tickets of *operation*."""
    from tix.ops.setup.laws import check_use
    from tix.ops.setup.sheets import sheets_of

    try:
        check_use(tx, before, sheets_of(tx))
    except Refused as refusal:
        if not {*refusal.ids} <= {*operation.numbers}:
            hint = "change these tickets first, or use --force"
            raise Conflict(refusal.message, hint=hint, ids=refusal.ids) from None


def _unversioned(document: Any) -> dict[str, Any]:
    return {name: value for name, value in (document or {}).items() if name != "version"}
