"""What an import brings that somebody should know of: tags nobody used before, and secrets."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tix.domain.nearest import nearest
from tix.ops.importing.problems import counted, named
from tix.ops.tickets.reads import tags_in_use

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tix.domain.ticket import Ticket
    from tix.store.base import Transaction

_LOOKED_UP = 20
"""So many new tags are compared with those that are known; more than that are no slips."""


class Intake:
    """Looks at the tickets that come to a desk, which *tx* shows as it was before them."""

    def __init__(self, tx: Transaction) -> None:
        self._known = {*tags_in_use(tx), *(tag.name for tag in tx.setup.tags)}
        self._tags: dict[str, None] = {}
        self._secret: dict[str, None] = {}

    def look_at(self, ticket: Ticket) -> None:
        """Take note of a ticket that has come."""
        self._tags.update(dict.fromkeys(ticket.tags))
        if ticket.secrets:
            self._secret[str(ticket.id)] = None

    def oddities(self) -> Iterator[str]:
        """Return a sentence for each kind of thing to know; a desk without tags takes any."""
        new = [tag for tag in self._tags if tag not in self._known]
        if new and self._known:
            yield f"{counted(len(new), 'new tag')}: {named(map(self._called, new[:_LOOKED_UP]))}"
        if self._secret:
            tickets = counted(len(self._secret), "ticket")
            yield f"{tickets} with what seems a secret, masked when shown: {named(self._secret)}"

    def _called(self, tag: str) -> str:
        guess = nearest(tag, self._known)
        return f"{tag!r} (did you mean {guess!r}?)" if guess else repr(tag)
