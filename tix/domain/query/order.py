"""Orders and groups of tickets, by the same fields that queries look at."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from tix.domain.query.fields import FIELDS, Field, Kind, Seen, fold, known_field
from tix.domain.query.words import shown
from tix.errors import UnknownField

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from tix.domain.found import Found

_UNSORTED = (Kind.TAGS, Kind.SEARCH, Kind.LINK, Kind.STATE)
_UNGROUPED = (Kind.ID, Kind.TIME, Kind.SPAN, Kind.SEARCH, Kind.LINK, Kind.STATE)
_TEXTS = (Kind.NAME, Kind.TEXT, Kind.PATH)
# Whatever the time, the older ticket is the older one.
_ANY_TIME = datetime(2000, 1, 1, tzinfo=UTC)


def sort_rows(rows: Iterable[Found], keys: str, scale: Sequence[str]) -> list[Found]:
    """Return *rows* in the order of *keys*, such as ``due,-priority``; ``-`` is falling.

    Rows without a value come last either way, and equal ones in the order of their numbers.

    Raises:
        UnknownField: A key is no field that has an order.
    """
    steps = []
    for key in keys.split(","):
        name = key.strip()
        field = _field(name.removeprefix("-"), _UNSORTED, "sort by")
        steps.append((_rank(field, scale), name.startswith("-")))
    found = sorted(rows, key=lambda row: row.ticket.id)
    for rank, falling in reversed(steps):
        found.sort(key=_none_last(rank, falling), reverse=falling)
    return found


def facets(field: str) -> Callable[[Found], tuple[str, ...]]:
    """Return what tells the groups of *field* that a row is in: one, several tags, or none.

    Raises:
        UnknownField: It is no field that makes groups.
    """
    found = _field(field, _UNGROUPED, "group by")

    def groups(row: Found) -> tuple[str, ...]:
        value = found.get(_seen(row))
        if value is None or value == ():
            return ()
        if found.kind is Kind.TAGS:
            return tuple(value)
        if found.kind is Kind.CUSTOMER:
            return (value.display,)
        if found.kind is Kind.FLAG:
            return ("yes" if value else "no",)
        return (str(value),)

    return groups


def _field(name: str, without: tuple[Kind, ...], purpose: str) -> Field:
    found = known_field(name)
    if found and found.kind not in without:
        return found
    from tix.domain.nearest import nearest

    names = [field.name for field in FIELDS.values() if field.kind not in without]
    guess = None if found else nearest(name, names)
    hint = f"Did you mean {guess!r}?" if guess else f"There are {', '.join(names)}."
    raise UnknownField(f"{shown(name)} is no field to {purpose}", hint=hint)


def _rank(field: Field, scale: Sequence[str]) -> Callable[[Seen], Any]:
    """Return what gives the place of a ticket in the order of *field*."""
    get = field.get
    if field.kind in _TEXTS:
        return lambda seen: _or_none(fold, get(seen))
    if field.kind is Kind.CUSTOMER:
        return lambda seen: _or_none(lambda contact: fold(contact.display), get(seen))
    if field.kind in (Kind.SCALE, Kind.CHOICE):
        places = {name: place for place, name in enumerate(field.choices or scale)}
        return lambda seen: places.get(get(seen))
    return get


def _or_none(form: Callable[[Any], str], value: Any) -> str | None:
    return None if value is None else form(value)


def _none_last(rank: Callable[[Seen], Any], falling: bool) -> Callable[[Found], Any]:
    def key(row: Found) -> tuple[bool, Any]:
        value = rank(_seen(row))
        return (value is None) is not falling, 0 if value is None else value

    return key


def _seen(row: Found) -> Seen:
    return Seen(row.ticket, row.contact, _ANY_TIME)
