"""Operations: what one command did, as the desk remembers it for ``tix log`` and undo."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from tix.record import NamedTuple, Record

SETUP = ("agents", "departments", "queries", "setup")
"""The kinds of records that make up the desk's set-up."""


FINAL = ("purge", "customer forget")
"""The commands that erase; nothing takes them back."""


class RecordChange(NamedTuple):
    """What became of a record that has no events of its own: its JSON before and after."""

    kind: str
    key: str
    before: Mapping[str, object] | None = None
    after: Mapping[str, object] | None = None


class Operation(Record):
    """One command's whole effect; ``tickets`` are ranges of numbers, first to last.

    ``setup`` is the version of the desk's set-up that it made, if it changed that.
    """

    number: int
    at: datetime
    by: str
    command: str
    why: str = ""
    tickets: tuple[tuple[int, int], ...] = ()
    records: tuple[RecordChange, ...] = ()
    undoes: int | None = None
    undone_by: int | None = None
    setup: int | None = None

    @property
    def numbers(self) -> list[int]:
        """The numbers of the tickets, rising."""
        return [number for first, last in self.tickets for number in range(first, last + 1)]


def ranges(numbers: list[int]) -> tuple[tuple[int, int], ...]:
    """Return *numbers* as ranges in rising order: 1, 2, 3, 7 is (1, 3), (7, 7)."""
    found: list[tuple[int, int]] = []
    for number in sorted(set(numbers)):
        if found and found[-1][1] == number - 1:
            found[-1] = (found[-1][0], number)
        else:
            found.append((number, number))
    return tuple(found)
