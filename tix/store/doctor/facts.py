"""What a look at a whole desk gathers, to be compared when all of it has been seen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tix.record import NamedTuple

if TYPE_CHECKING:
    from tix.domain.people import Contact


class Identity(NamedTuple):
    """The key that an address or a phone of a customer must have."""

    page: str
    digest: str
    kind: str
    number: int


class Facts:
    """Numbers and keys, and what leads to them; tickets stand beside what only they name."""

    def __init__(self) -> None:
        self.highest: dict[str, int] = {}
        """The highest number that was given of each counter."""
        self.tickets: set[int] = set()
        self.customers: dict[int, int | None] = {}
        """Each customer, with the one they are part of now."""
        self.operations: set[int] = set()
        self.records: set[tuple[str, str]] = set()
        """Table and key of each record whose changes operations remember."""

        self.named: set[int] = set()
        """Tickets that operations name."""
        self.made: dict[tuple[str, str], bool] = {}
        """Records that operations made; False if a later one removed it."""
        self.requesters: dict[int, int] = {}
        """Customers with one of their tickets."""
        self.used: dict[int, int] = {}
        """Operations with a ticket that has an event of it."""
        self.files: dict[str, set[int]] = {}
        """Attachments with the tickets that have them."""
        self.forgone: set[str] = set()
        """Attachments that a ticket tells to be lost."""
        self.identities: dict[str, Identity] = {}
        """The addresses and phones of customers by the digest of their keys."""
        self.at_work: set[int] = set()
        """The requesters of tickets that are not settled."""
        self.contacts: dict[int, Contact] = {}
        """What lists are to show of them."""

    def count(self, counter: str, number: int) -> None:
        """Note that *number* was given."""
        self.highest[counter] = max(self.highest.get(counter, 0), number)
