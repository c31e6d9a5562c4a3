"""What a table of a set-up document is made of."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tix.record import NamedTuple


class Key(NamedTuple):
    """A key of a row: its type, what it is for, and an example as TOML has it.

    *checked* makes of the value what is kept, and raises UsageError if it cannot; *shown* leads
    back. *member* is what the record calls it, if that is something else. *items* are what a
    list holds.
    """

    name: str
    type: type
    about: str
    example: str
    checked: Callable[[Any], Any] = lambda value: value
    member: str = ""
    is_needed: bool = False
    shown: Callable[[Any], Any] = lambda value: value
    items: tuple[Any, ...] = (str,)

    @property
    def attribute(self) -> str:
        """The member of the record."""
        return self.member or self.name


class Table(NamedTuple):
    """A table: its records are of *kind* and have *keys*; *noun* is what messages call one.

    A *single* one is a row itself.
    """

    name: str
    noun: str
    kind: type[Any]
    about: str
    example: str
    named: Callable[[str], str]
    keys: tuple[Key, ...]
    in_setup: bool = False
    single: bool = False

    def key(self, name: str) -> Key | None:
        """Return the key of this name."""
        return next((key for key in self.keys if key.name == name), None)
