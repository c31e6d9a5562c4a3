"""What every source of tickets gives to the import."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tix.ops.importing.drafts import Draft
    from tix.ops.importing.people import People
    from tix.ops.importing.problems import Problem


class Source(Protocol):
    """Where drafts come from; *creates* says which of agents and departments it may make."""

    name: str
    creates: frozenset[str]

    def drafts(self) -> Iterator[Draft | Problem]:
        """Return every ticket or what is wrong with it; each time it is asked, the same."""

    def column(self, field: str) -> str:
        """Return what the source calls a field of a draft."""

    def introduce(self, people: People) -> None:
        """Make the people whom the source knows apart from its tickets."""

    def oddities(self) -> Iterable[str]:
        """Return what was left out or taken otherwise than it stands, a sentence each."""
