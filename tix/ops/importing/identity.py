"""How a row and a person are known again when the same source comes a second time."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tix.domain.people import is_address, normal_address, normal_phone
from tix.errors import UsageError
from tix.ops.importing.drafts import Person
from tix.ops.importing.problems import Unusable, shown

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tix.store.base import Transaction

_WITH_NAME = r"\s*([^<>]*?)\s*<([^<>]+)>\s*"


class Ids:
    """Gives each row of one reading its id: the source's own, else one made of its content."""

    def __init__(self) -> None:
        self._places: dict[str, str] = {}
        self._times: dict[str, int] = {}

    def given(self, known: str, place: str) -> str:
        """Return the id that the source gives to the row at *place*.

        Raises:
            Unusable: It is empty, or an earlier row has it.
        """
        if not known.strip("\x1f "):
            raise Unusable("id", "the row has no id")
        if known in self._places:
            raise Unusable("id", f"{shown(known)} is the id of {self._places[known]} as well")
        self._places[known] = place
        return known

    def content(self, cells: Iterable[str]) -> str:
        """Return an id made of *cells*, and of how often they came before."""
        from hashlib import sha256

        known = sha256("\x1f".join(cells).encode()).hexdigest()[:32]
        self._times[known] = self._times.get(known, 0) + 1
        return f"{known}-{self._times[known]}"


def brought(tx: Transaction, source: str, known: str) -> int | None:
    """Return the ticket that an earlier import made of the row with this id, None if none did.

    One whose import was taken back does not count: the row can come in again.
    """
    number = tx.key(f"import:{source}", known)
    if number is None or tx.ticket(number).trashed_at is None:
        return number
    history = tx.history(number)
    return None if history[-1].cause == f"undo:{history[0].op}" else number


def person(
    whole: str = "",
    *,
    id: str = "",
    address: str = "",
    phone: str = "",
    name: str = "",
    organisation: str = "",
) -> Person | None:
    """Return whom these texts name, None if they name nobody.

    *whole* is one text for an address, ``Jo <jo@example.com>``, a phone number with ``+``
    or ``00``, or else an id.

    Raises:
        Unusable: An address or phone is none.
    """
    if whole:
        named = re.fullmatch(_WITH_NAME, whole)
        name, whole = (name or named[1].strip('" '), named[2]) if named else (name, whole)
        if is_address(whole):
            address = address or whole
        elif whole.startswith(("+", "00")):
            phone = phone or whole
        else:
            id = id or whole
    try:
        address = normal_address(address) if address else ""
    except UsageError as error:
        raise Unusable("customer.email" if not whole else "customer", error.message) from None
    try:
        phone = normal_phone(phone) if phone else ""
    except UsageError as error:
        raise Unusable("customer.phone" if not whole else "customer", error.message) from None
    if not (id or address or phone or name):
        return None
    return Person(id, address, phone, name, organisation)
