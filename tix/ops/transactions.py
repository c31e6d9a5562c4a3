"""How an op reaches the store: the read that may be repeated, the write that is kept or not."""

from __future__ import annotations

from contextlib import contextmanager
from functools import update_wrapper
from typing import TYPE_CHECKING, Concatenate, ParamSpec, TypeVar

from tix.errors import Conflict, TicketNotFound
from tix.ops.masking import reader

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from tix.desk import Desk
    from tix.domain.operation import Operation
    from tix.domain.ticket import Ticket
    from tix.domain.verbs import Act
    from tix.store.base import Transaction

P = ParamSpec("P")
T = TypeVar("T")

_NAMED = 20  # so many in an error; scripts get all


def reading(
    op: Callable[Concatenate[Desk, Transaction, P], T],
) -> Callable[Concatenate[Desk, P], T]:
    """Let *op* see one state of the desk; it may be called again and must change nothing."""

    def read(desk: Desk, /, *args: P.args, **kwargs: P.kwargs) -> T:
        def look(tx: Transaction) -> T:
            return op(desk, reader(desk, at_home(desk, tx)), *args, **kwargs)

        return desk.store.read(look)

    return update_wrapper(read, op)


@contextmanager
def writing(desk: Desk, command: str, *, creates: bool = False) -> Iterator[Transaction]:
    """Return the block in which *command* changes the desk, or tries to (``--dry-run``).

    What is due comes first: postponed tickets wake, quiet ones close. *creates* tells that
    the command makes sense on a desk that is not there yet.
    """
    store = desk.to_write() if creates else desk.store
    with store.write(keep=not desk.intent.dry_run) as tx:
        before = tx.last_number("operation")
        keep_up(at_home(desk, tx))
        tx.begin(desk.by, command, desk.intent.why)
        yield tx
        done = range(before + 1, tx.last_number("operation") + 1)
    if not desk.intent.dry_run:
        desk.committed = (*desk.committed, *done)


def at_home(desk: Desk, tx: Transaction) -> Transaction:
    """Return *tx*, in which business hours that name no zone are in that of *desk*."""
    from tix.domain.kept import Clocks, Kept

    tx.promises = Kept(tx.setups, lambda: desk.home(tx.setup))
    tx.clocks = Clocks(tx.promises)
    return tx


def acting(desk: Desk, tx: Transaction) -> Act:
    """Return who acts in this transaction, when and why."""
    from tix.domain import verbs

    return verbs.Act(desk.by, tx.now, desk.intent.why)


def keep_up(tx: Transaction) -> None:
    """Write what time alone has done: wake what is due, close what has long been quiet."""
    from tix.domain import verbs
    from tix.ops.reactions import record

    quiet = tx.setup.quiet
    tx.begin("system", "upkeep")
    for ticket in tx.ripe(tx.now - quiet):
        if ticket.snoozed_until is not None:
            record(tx, ticket, verbs.wake(ticket, tx.now))
        else:
            act = verbs.Act("system", tx.now, f"quiet for {quiet.days} days")
            record(tx, ticket, verbs.close(ticket, act))


def repeated(
    desk: Desk, tx: Transaction, command: str, ticket_ids: Sequence[int] = ()
) -> int | None:
    """Return the operation that did this change before, under the same ``--key``; None if new.

    Raises:
        Conflict: What the key was used for is another change.
    """
    key = desk.intent.key
    number = tx.key("operation", key) if key else None
    if number is None:
        return None
    before = tx.operations.get(number)
    # A line of a file for ``apply`` may be repeated by hand.
    is_same = before.command in (command, "apply")
    if not is_same or (ticket_ids and before.numbers and not _share(tx, before, ticket_ids)):
        raise Conflict(
            f"the key {key!r} was used for another change: {before.command}, operation {number}",
            hint="give each change a key of its own",
            ids=(number,),
        )
    return number


def _share(tx: Transaction, before: Operation, ticket_ids: Sequence[int]) -> bool:
    """Return whether one of the tickets, or the one that it goes on in, was changed *before*."""
    from tix.domain.thread import heir

    changed = set(before.numbers)
    return any({number, heir(tx.ticket, number).id} & changed for number in ticket_ids)


def tickets_of(tx: Transaction, ticket_ids: Sequence[int]) -> list[Ticket]:
    """Return the tickets with these numbers, in their order.

    Raises:
        TicketNotFound: Some do not exist; all that are missing are named.
    """
    found, missing = [], []
    for number in ticket_ids:
        try:
            found.append(tx.ticket(number))
        except TicketNotFound:
            missing.append(number)
    if missing:
        last = tx.last_number("ticket")
        named = ", ".join(map(str, missing[:_NAMED]))
        more = f" and {len(missing) - _NAMED} more" if len(missing) > _NAMED else ""
        raise TicketNotFound(
            f"no ticket{'s' if len(missing) > 1 else ''} {named}{more}",
            hint=f"the last number is {last}" if last else "there is no ticket yet",
            ids=tuple(missing),
        )
    return found
