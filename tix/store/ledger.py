"""The operations of one transaction: who, what command, and which records they touched."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tix.domain.operation import SETUP, Operation, RecordChange, ranges

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime


class Ledger:
    """Gathers what each operation touches; a number is taken with its first effect."""

    def __init__(self, at: datetime, next_number: Callable[[str], int]) -> None:
        self._at = at
        self._next_number = next_number
        self._drafts: list[_Draft] = []

    def begin(self, by: str, command: str, why: str, undoes: int | None) -> None:
        """Let what follows belong to a new operation."""
        self._drafts.append(_Draft(by, command, why, undoes))

    @property
    def number(self) -> int:
        """The number of the operation that has begun."""
        return self._number(self._drafts[-1])

    def touch(self, ticket_id: int) -> None:
        """Tell that the operation changes a ticket."""
        draft = self._drafts[-1]
        self._number(draft)
        draft.tickets.append(ticket_id)

    def change(
        self,
        kind: str,
        key: object,
        before: Mapping[str, Any] | None,
        after: Mapping[str, Any] | None,
    ) -> None:
        """Tell that the operation changes a record that has no events."""
        draft = self._drafts[-1]
        self._number(draft)
        if kind in SETUP and not draft.setup:
            draft.setup = self._next_number("setup")
        draft.records.append(RecordChange(kind, str(key), before, after))

    def forget(self) -> None:
        """Let the operation not remember what the records were before it."""
        self._drafts[-1].forgets = True

    def operations(self) -> list[Operation]:
        """Return the operations that had an effect, in order."""
        return [
            Operation(
                draft.number,
                self._at,
                draft.by,
                draft.command,
                draft.why,
                ranges(draft.tickets),
                tuple(map(_as_left, draft.records) if draft.forgets else draft.records),
                draft.undoes,
                setup=draft.setup or None,
            )
            for draft in self._drafts
            if draft.number
        ]

    def _number(self, draft: _Draft) -> int:
        if not draft.number:
            draft.number = self._next_number("operation")
        return draft.number


class _Draft:
    """An operation that is going on."""

    def __init__(self, by: str, command: str, why: str, undoes: int | None) -> None:
        self.by = by
        self.command = command
        self.why = why
        self.undoes = undoes
        self.number = 0
        self.setup = 0
        self.forgets = False
        self.tickets: list[int] = []
        self.records: list[RecordChange] = []


def _as_left(change: RecordChange) -> RecordChange:
    """Return *change* without what was before it."""
    return change._replace(before=change.after)
