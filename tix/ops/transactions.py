"""How an op reaches the store: the read that may be repeated, the write that is kept or not."""

from __future__ import annotations

from contextlib import contextmanager
from functools import update_wrapper
from typing import TYPE_CHECKING, Concatenate, ParamSpec, TypeVar

from tix.ops.masking import reader

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tix.desk import Desk
    from tix.domain.verbs import Act
    from tix.store.base import Transaction

P = ParamSpec("P")
T = TypeVar("T")


def reading(
    op: Callable[Concatenate[Desk, Transaction, P], T],
) -> Callable[Concatenate[Desk, P], T]:
    """Let *op* see one state of the desk; it may be called again and must change nothing."""

    def read(desk: Desk, /, *args: P.args, **kwargs: P.kwargs) -> T:
        return desk.store.read(lambda tx: op(desk, reader(desk, tx), *args, **kwargs))

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
        keep_up(tx)
        tx.begin(desk.by, command, desk.intent.why)
        yield tx
        done = range(before + 1, tx.last_number("operation") + 1)
    if not desk.intent.dry_run:
        desk.committed = (*desk.committed, *done)


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
