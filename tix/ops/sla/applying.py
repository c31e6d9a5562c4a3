"""Putting levels on tickets: as the policy chooses, or by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tix.ops.change import Change, Events, update
from tix.ops.levels import choice, put_level

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tix.desk import Desk
    from tix.domain.ticket import Ticket
    from tix.domain.verbs import Act
    from tix.store.base import Transaction


def apply(desk: Desk, ticket_ids: Sequence[int]) -> Change:
    """Put on tickets the level that the policy chooses for them, in its present version.

    A clock that runs keeps the version under which it started.
    """

    def decide(tx: Transaction, ticket: Ticket, act: Act) -> Events:
        return put_level(tx, ticket, choice(tx, ticket), act)

    return update(desk, "sla apply", ticket_ids, decide)
