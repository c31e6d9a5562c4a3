"""Undo and redo: one more operation that leads back, over tickets and records alike.

An operation holds until another one takes it back; one that takes back an undo is a redo,
after which the first one holds again. Nothing is forgotten on the way.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tix.domain import verbs
from tix.domain.operation import FINAL
from tix.domain.undo import reverse
from tix.errors import Conflict, NotFound, Refused
from tix.ops.change import Altered, Change, Changed, outcome
from tix.ops.history import latest
from tix.ops.reactions import record
from tix.ops.records import take_back
from tix.ops.transactions import writing
from tix.record import replace

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tix.desk import Desk
    from tix.domain.operation import Operation
    from tix.store.base import Transaction

UPKEEP = "system"


def undo(desk: Desk, number: int | None = None, *, force: bool = False) -> Change:
    """Take back the operation with this number, else the last one that holds.

    Raises:
        NotFound: There is no such operation, or none to take back.
        Conflict: It is taken back already, or others have changed since what it did.
        Refused: Time did it, and would do it again.
    """
    with writing(desk, "undo") as tx:
        target = _last_in_force(tx) if number is None else _whole(tx, _operation(tx, number))
        return _taken_back(desk, tx, target, "undo", force=force)


def redo(desk: Desk, number: int | None = None, *, force: bool = False) -> Change:
    """Do again the operation with this number, else the last one that was taken back.

    Raises:
        NotFound: There is no such operation, or something else was done since.
        Conflict: It is not taken back, or others have changed since what the undo did.
    """
    with writing(desk, "redo") as tx:
        target = _last_undo(tx) if number is None else _undo_of(tx, _operation(tx, number))
        return _taken_back(desk, tx, target, "redo", force=force)


def _last_in_force(tx: Transaction) -> Operation:
    for operation in latest(tx):
        if not _is_ordinary(operation) or operation.command == "init":
            continue
        whole = _whole(tx, operation)
        if _holds(tx, whole):
            return whole
    raise NotFound("there is nothing to undo", hint="tix undo --list")


def _whole(tx: Transaction, operation: Operation) -> Operation:
    """Return what *operation* is a part of: an import of what was taken back takes several."""
    if operation.command != "import" or not operation.tickets:
        return operation
    opened = tx.history(operation.tickets[0][0])[0].op
    return operation if opened == operation.number else tx.operations.get(opened)


def _last_undo(tx: Transaction) -> Operation:
    """Return the last undo that holds, if nothing but undo and redo came after it."""
    for operation in latest(tx):
        if _is_ordinary(operation):
            break
        if _is_undo(tx, operation) and _holds(tx, operation):
            return operation
    raise NotFound("there is nothing to redo", hint="tix undo --list; tix redo NUMBER")


def _undo_of(tx: Transaction, operation: Operation) -> Operation:
    """Return the undo to take back, so that *operation* is done again."""
    if _is_undo(tx, operation):
        return operation
    if operation.undone_by is None or _holds(tx, operation):
        raise Conflict(
            f"operation {operation.number} is not taken back",
            hint=f"tix undo {operation.number}",
            ids=(operation.number,),
        )
    return tx.operations.get(operation.undone_by)


def _operation(tx: Transaction, number: int) -> Operation:
    if number in tx.operations:
        return tx.operations.get(number)
    raise NotFound(f"no operation {number}", hint="tix undo --list", ids=(number,))


def _is_ordinary(operation: Operation) -> bool:
    return operation.undoes is None and operation.by != UPKEEP


def _is_undo(tx: Transaction, operation: Operation) -> bool:
    """Return whether *operation* takes back one that does not itself take back an undo."""
    return operation.undoes is not None and not _is_undo(tx, tx.operations.get(operation.undoes))


def _holds(tx: Transaction, operation: Operation) -> bool:
    by = operation.undone_by
    return by is None or not _holds(tx, tx.operations.get(by))


def _taken_back(
    desk: Desk, tx: Transaction, target: Operation, command: str, *, force: bool
) -> Change:
    if target.by == UPKEEP:
        raise Refused(f"operation {target.number} was done by time, which would do it again")
    if target.command in FINAL:
        raise Refused(
            f"operation {target.number} erased texts for good; nothing brings them back",
            hint="tix undo --list shows what can be taken back",
            ids=(target.number,),
        )
    if not _holds(tx, target):
        raise Conflict(
            f"operation {target.number} is taken back already, by operation {target.undone_by}",
            hint=f"tix redo {target.number}",
            ids=(target.number,),
        )
    tx.begin(desk.by, command, desk.intent.why, target.number)
    done = [*take_back(tx, target, force=force), *_tickets(desk, tx, target, force=force)]
    tx.operations.put(replace(target, undone_by=tx.operation))
    return outcome(desk, command, done, tx.operation)._replace(undoes=target.number)


def _tickets(
    desk: Desk, tx: Transaction, target: Operation, *, force: bool
) -> Iterator[Changed | Altered]:
    """Yield the tickets that *target* touched, as they are without it."""
    act = verbs.Act(desk.by, tx.now, f"undo:{target.number}")
    conflicts: list[Conflict] = []
    for number in target.numbers:
        try:
            events = reverse(tx.history(number), target.number, act, force=force)
        except Conflict as conflict:
            conflicts.append(conflict)
            continue
        if events and not conflicts:
            before = tx.ticket(number)
            yield Changed(before, record(tx, before, events))
    if len(conflicts) == 1:
        raise conflicts[0]
    if conflicts:
        raise Conflict(
            f"{len(conflicts)} tickets were changed again since then",
            hint=conflicts[0].hint,
            ids=tuple(number for conflict in conflicts for number in conflict.ids),
        )
