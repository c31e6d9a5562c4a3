"""Customers, agents and departments, and how an address or a phone is recognised."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime

from tix.errors import UsageError
from tix.record import NOTHING, NamedTuple, Record, replace

NAME_LIMIT = 100
_TAKEN = frozenset({"all", "me", "none"})


class Contact(NamedTuple):
    """The little of a customer that lists show and queries look at."""

    number: int
    name: str | None = None
    address: str | None = None
    organisation: str | None = None
    group: str | None = None
    plan: str | None = None
    kind: str | None = None
    vip: bool = False

    @property
    def id(self) -> str:
        """``C-42``."""
        return f"C-{self.number}"

    @property
    def display(self) -> str:
        """The name, else the address, else the number."""
        return self.name or self.address or self.id


class Customer(Record):
    """Somebody who asks; found by any of the addresses and phones."""

    number: int
    created_at: datetime
    name: str | None = None
    addresses: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()
    organisation: str | None = None
    location: str | None = None
    plan: str | None = None
    group: str | None = None
    kind: str | None = None
    vip: bool = False
    since: date | None = None
    tags: tuple[str, ...] = ()
    preferences: Mapping[str, str] = NOTHING
    fields: Mapping[str, str] = NOTHING
    merged_into: int | None = None

    @property
    def id(self) -> str:
        """``C-42``."""
        return f"C-{self.number}"

    @property
    def contact(self) -> Contact:
        """What lists show of this customer."""
        return Contact(
            self.number,
            self.name,
            self.addresses[0] if self.addresses else None,
            self.organisation,
            self.group,
            self.plan,
            self.kind,
            self.vip,
        )


class Agent(Record):
    """Somebody who answers."""

    name: str
    address: str | None = None
    display_name: str | None = None
    departments: tuple[str, ...] = ()
    tier: int = 1
    skills: tuple[str, ...] = ()
    zone: str | None = None
    retired: bool = False


class Department(Record):
    """A pile of tickets with the agents who work on it, as their ``departments`` say."""

    name: str
    title: str | None = None
    address: str | None = None
    signature: str | None = None
    kind: str | None = None
    phone: str | None = None
    channels: tuple[str, ...] = ()


def is_address(text: str) -> bool:
    """Return whether *text* can be a mail address."""
    local, at, domain = text.rpartition("@")
    return bool(at and local and domain) and not any(c.isspace() or c in "<>,;" for c in text)


def normal_address(text: str) -> str:
    """Return the form under which an address is found: folded, without blanks around it.

    Raises:
        UsageError: It is no address.
    """
    address = text.strip().casefold()
    if not is_address(address) or not address.isprintable() or address.startswith("-"):
        raise UsageError(f"{text!r} is not a mail address")
    return address


def normal_phone(text: str) -> str:
    """Return the form under which a phone number is found: ``+`` and digits (E.164).

    ``00`` in front counts as ``+``; a number without either stays as its digits.

    Raises:
        UsageError: It is no phone number.
    """
    digits = "".join(c for c in text if c.isdigit() and c.isascii())
    rest = text.translate({ord(c): None for c in " ()-./+\u00a0"})
    if rest != digits or not 3 <= len(digits) <= 15:
        raise UsageError(f"{text!r} is not a phone number")
    if text.strip().startswith("+"):
        return f"+{digits}"
    return f"+{digits[2:]}" if digits.startswith("00") else digits


def normal_name(text: str, what: str) -> str:
    """Return the form under which *what*, an agent or a department, is found: a folded word.

    Raises:
        UsageError: It cannot be a name.
    """
    name = text.strip().removeprefix("@").casefold()
    if not (name[:1].isalpha() and all(c.isalnum() or c in "._-" for c in name)):
        raise UsageError(
            f"{text[:60]!r} cannot be the name of {what}",
            hint="A name is one word that begins with a letter: letters, digits and . _ -",
        )
    if name in _TAKEN or len(name) > NAME_LIMIT:
        raise UsageError(f"{text[:60]!r} cannot be the name of {what}: it means something else")
    return name


def normal_words(text: str) -> tuple[str, ...]:
    """Return the words of ``a,b``: folded, each once, none for no text.

    Raises:
        UsageError: One has a control character in it or is too long.
    """
    words = tuple(dict.fromkeys(w.strip().casefold() for w in text.split(",") if w.strip()))
    for word in words:
        if not word.isprintable() or len(word) > NAME_LIMIT:
            raise UsageError(f"{word[:60]!r} is no word of a list such as a,b")
    return words


def joined_customer(target: Customer, source: Customer) -> Customer:
    """Return *target* with all that only *source* had.

    Where both say something, the target's word stands; the source's record keeps its own.
    """
    alone = ("name", "organisation", "location", "plan", "group", "kind")
    sinces = [day for day in (target.since, source.since) if day]
    return replace(
        target,
        **{name: getattr(target, name) or getattr(source, name) for name in alone},
        addresses=_union(target.addresses, source.addresses),
        phones=_union(target.phones, source.phones),
        tags=_union(target.tags, source.tags),
        vip=target.vip or source.vip,
        since=min(sinces, default=None),
        preferences={**source.preferences, **target.preferences},
        fields={**source.fields, **target.fields},
    )


def is_about(customer: Customer, words: Iterable[str]) -> bool:
    """Return whether every one of *words* is part of something known of *customer*."""
    known = [customer.id, customer.name, customer.organisation, customer.location]
    known += [customer.plan, customer.group, customer.kind, *customer.tags]
    known += [*customer.addresses, *customer.phones, *customer.fields.values()]
    text = "\n".join(filter(None, known)).casefold()
    return all(word.casefold() in text for word in words)


def _union(ours: tuple[str, ...], theirs: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*ours, *theirs)))


def customer_number(text: str) -> int | None:
    """Return 42 for ``C-42`` or ``c42``, None for anything else."""
    if text[:1] not in ("C", "c"):
        return None
    digits = text[1:].removeprefix("-")
    return int(digits) if digits.isdecimal() and digits.isascii() and len(digits) < 19 else None
