"""Events of another desk, with the numbers that tickets and customers have on this one."""

from __future__ import annotations

from sys import intern
from typing import TYPE_CHECKING, Any

from tix.domain.event import CHANGES, Event
from tix.domain.people import customer_number
from tix.record import replace

if TYPE_CHECKING:
    from collections.abc import Mapping

_SHARED_LENGTH = 60
_BY = "customer:"
_TICKETS = ("merged_into", "split_from")


class Numbers:
    """What numbers of another desk are here; those that lead nowhere are counted."""

    def __init__(self) -> None:
        self.tickets: dict[int, int] = {}
        self.customers: dict[int, int] = {}
        self.lost: set[str] = set()

    def event(self, event: Event) -> Event:
        """Return *event* as it is here; what leads nowhere is left out of it."""
        # JSON gives every line its own words; those of all events are the same few.
        data: dict[str, Any] = {intern(name): value for name, value in event.data.items()}
        if CHANGES in data:
            data[CHANGES] = {
                intern(name): [self._value(name, value) for value in pair]
                for name, pair in data[CHANGES].items()
            }
        for name in ("ticket", "into"):
            if name in data:
                data[name] = self.ticket(data[name])
        if isinstance(data.get("source"), dict):
            source = data["source"]
            data["source"] = {**source, "ticket": self.ticket(source.get("ticket"))}
        if isinstance(data.get("customer"), str):
            spoke = self.customer(customer_number(data["customer"]))
            data["customer"] = spoke and f"C-{spoke}"
        number = self.ticket(event.ticket_id) or 0
        return replace(
            event,
            kind=intern(event.kind),
            ticket_id=number,
            by=intern(self._by(event.by)),
            cause=intern(event.cause),
            data=data,
        )

    def ticket(self, number: Any) -> int | None:
        """Return what a ticket's number is here, None if it is not here."""
        return self._known(self.tickets, number, "")

    def customer(self, number: Any) -> int | None:
        """Return what a customer's number is here, None if they are not here."""
        return self._known(self.customers, number, "C-")

    def _value(self, name: str, value: Any) -> Any:
        if value is None or isinstance(value, str):
            return intern(value) if value and len(value) <= _SHARED_LENGTH else value
        if name == "requester":
            return self.customer(value)
        if name in _TICKETS:
            return self.ticket(value)
        if name == "absorbed":
            here = [self.ticket(number) for number in value]
            return [number for number in here if number is not None]
        if name == "links":
            links = [{**link, "ticket_id": self.ticket(link["ticket_id"])} for link in value]
            return [link for link in links if link["ticket_id"] is not None]
        return value

    def _by(self, by: str) -> str:
        number = customer_number(by.removeprefix(_BY)) if by.startswith(_BY) else None
        if number is None:
            return by
        here = self.customer(number)
        return f"{_BY}C-{here}" if here is not None else _BY.rstrip(":")

    def _known(self, numbers: Mapping[int, int], number: Any, letter: str) -> int | None:
        if number is not None and number not in numbers:
            self.lost.add(f"{letter}{number}")
        return numbers.get(number)
