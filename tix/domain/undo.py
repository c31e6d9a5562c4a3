"""Taking an operation back: by events that lead back, never by forgetting.

Counts are taken back by their difference and lists by their members, so that what others
did since then stays. Any other field must still be as the operation left it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tix.domain.event import CHANGES, Event
from tix.domain.ticket import Ticket, changes, fold
from tix.domain.verbs import Act, trash
from tix.errors import Conflict

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_COUNTS = frozenset({"messages", "replies", "notes", "attachments", "reopened"})


def reverse(
    history: Sequence[Event], op: int, act: Act, *, force: bool = False
) -> tuple[Event, ...]:
    """Return the events that take back what operation *op* did to this ticket.

    A ticket that the operation made goes to the trash. An operation that takes back another
    one is taken back the same way: that is redo.

    Raises:
        Conflict: A later operation touched the same field, and *force* is not given.
    """
    ours = [place for place, event in enumerate(history) if event.op == op]
    if not ours:
        return ()
    ticket = fold(history)
    if ours[0] == 0:
        return trash(ticket, act)
    before, after = fold(history[: ours[0]]), fold(history[: ours[-1] + 1])
    names = dict.fromkeys(name for place in ours for name in history[place].changes)
    target = {name: _taken_back(name, before, after, ticket, force=force) for name in names}
    data = {"op": op, CHANGES: changes(ticket, target)}
    at = max(act.at, ticket.updated_at)
    return (Event("undone", ticket.id, at, act.by, act.cause, data),)


def undone_operations(history: Iterable[Event]) -> frozenset[int]:
    """Return the operations of *history* that are taken back, as it stands."""
    taken_back: dict[int, int] = {}
    undone: set[int] = set()
    for event in history:
        op = event.data.get("op")
        if event.kind != "undone" or not isinstance(op, int):
            continue
        taken_back[event.op] = op
        while op in taken_back:
            op = taken_back[op]
        undone ^= {op}
    return frozenset(undone)


def _taken_back(name: str, before: Ticket, after: Ticket, now: Ticket, *, force: bool) -> Any:
    was, made, is_ = (getattr(ticket, name) for ticket in (before, after, now))
    if is_ == made:
        return was
    if name in _COUNTS:
        return is_ - (made - was)
    if isinstance(is_, tuple):
        added, removed = set(made) - set(was), [x for x in was if x not in made]
        return tuple(x for x in is_ if x not in added) + tuple(x for x in removed if x not in is_)
    if not force:
        raise Conflict(
            f"ticket {now.id}: {name} was changed again since then",
            hint="undo the later operation first, or use --force",
            ids=(now.id,),
        )
    return was
