"""Tags as such: which there are, and giving one another name wherever it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tix.domain import verbs
from tix.domain.nearest import nearest
from tix.domain.query import TicketQuery
from tix.errors import NotFound, Refused
from tix.ops.change import Change, update
from tix.ops.transactions import reading
from tix.record import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tix.desk import Desk
    from tix.domain.found import Found
    from tix.store.base import Transaction


class Tag(NamedTuple):
    """A tag with how many tickets have it: the open ones, and all but those in the trash."""

    name: str
    open_count: int
    all_count: int


@reading
def tags(desk: Desk, tx: Transaction) -> list[Tag]:
    """Return the tags that tickets have, by name."""
    found: dict[str, Tag] = {}
    for row in tx.find(TicketQuery()):
        ticket = row.ticket
        for name in ticket.tags if ticket.trashed_at is None else ():
            _, open_count, all_count = found.get(name) or Tag(name, 0, 0)
            found[name] = Tag(name, open_count + ticket.is_open, all_count + 1)
    return [found[name] for name in sorted(found)]


@reading
def tagged(
    desk: Desk, tx: Transaction, names: Sequence[str], *, new: str | None = None
) -> list[Found]:
    """Return all tickets with one of the tags *names*, in the trash as well.

    If the key of the change was used, it is done, and there are none.

    Raises:
        NotFound: No ticket has one of them; the hint has the nearest that one has.
        Refused: There is a tag *new* already.
    """
    if desk.intent.key and tx.key("operation", desk.intent.key):
        return []
    rows = tx.find(TicketQuery())
    known = {tag for row in rows for tag in row.ticket.tags}
    for name in names:
        if name not in known:
            guess = nearest(name, known)
            hint = f"Did you mean {guess!r}?" if guess else "tix tags lists them"
            raise NotFound(f"no ticket has the tag {name!r}", hint=hint, ids=(name,))
    if new is not None and new in known and new not in names:
        hint = f"tix tags merge {' '.join(names)} --into {new}"
        raise Refused(f"there is a tag {new!r} already", hint=hint, ids=(new,))
    wanted = frozenset(names)
    return [row for row in rows if wanted.intersection(row.ticket.tags)]


def retag(
    desk: Desk, command: str, ticket_ids: Sequence[int], names: Sequence[str], new: str | None
) -> Change:
    """Put the tag *new*, or none, in the place of those called *names*, in one operation."""
    return update(
        desk, command, ticket_ids, lambda tx, ticket, act: verbs.retag(ticket, names, new, act)
    )
