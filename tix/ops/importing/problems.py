"""What is wrong with a row: where it stands, in which column, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tix.errors import BadData
from tix.record import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

LISTED = 20
_NAMED = 10
_SHOWN = 60


class Problem(NamedTuple):
    """Why one row cannot be imported; *column* is empty if it is the row as a whole."""

    place: str
    column: str
    why: str

    def __str__(self) -> str:
        """Return it as a line for the person at the terminal."""
        column = f"{self.column}: " if self.column else ""
        return f"{self.place}: {column}{self.why}"


class Unusable(Exception):
    """A row cannot be imported because of one of its fields."""

    def __init__(self, field: str, why: str) -> None:
        super().__init__(why)
        self.field = field
        self.why = why


class Problems:
    """The bad rows of a source: the first few, and how many there are."""

    def __init__(self) -> None:
        self.first: list[Problem] = []
        self.count = 0

    def add(self, problem: Problem) -> None:
        """Count a bad row, and keep it if it is among the first."""
        self.count += 1
        if len(self.first) < LISTED:
            self.first.append(problem)

    def lines(self) -> Iterator[str]:
        """Return what to tell of them, a line each; one alone is told by its error."""
        if self.count == 1:
            return
        yield from map(str, self.first)
        if self.count > len(self.first):
            yield f"… and {self.count - len(self.first)} more bad rows"

    def refusal(self, rows: int) -> BadData:
        """Return the error that refuses a source of *rows* rows for them."""
        if rows == 1:
            return BadData(f"{self.first[0]}; nothing was imported")
        return BadData(
            f"{self.count} of {rows} rows cannot be imported, so nothing was: {self.first[0]}",
            hint="mend them, or leave them out with --keep-going",
        )


def shown(text: str) -> str:
    """Return *text* in quotes, cut if it is long."""
    return repr(text if len(text) <= _SHOWN else text[:_SHOWN] + "…")


def counted(number: int, noun: str) -> str:
    """Return ``1 row`` or ``3 rows``."""
    return f"{number} {noun}{'s' * (number != 1)}"


def named(names: Iterable[str]) -> str:
    """Return the first few of *names*, each once."""
    each = list(dict.fromkeys(names))
    return ", ".join(each[:_NAMED]) + ", …" * (len(each) > _NAMED)
