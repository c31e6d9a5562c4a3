"""Fields of the desk's own: what they are called, and what they can hold."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from tix.domain.nearest import nearest
from tix.errors import UnknownField, UsageError
from tix.record import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

KINDS = ("text", "number", "date", "choice")


class Field(NamedTuple):
    """A field that tickets of this desk can have; only a ``choice`` has ``choices``."""

    name: str
    kind: str = "text"
    choices: tuple[str, ...] = ()
    about: str = ""


def checked_values(fields: Sequence[Field], given: Mapping[str, str]) -> dict[str, str]:
    """Return the values *given* by name, as they are kept; an empty one empties its field.

    Where no field is defined, there are all that somebody makes use of, and they hold any text.

    Raises:
        UnknownField: Fields are defined, and none has such a name.
        UsageError: A value is nothing for its field.
    """
    if not fields:
        return dict(given)
    known = {field.name: field for field in fields}
    for name in given:
        if given[name] and name not in known:
            guess = nearest(name, known)
            raise UnknownField(
                f"the desk has no field {name!r}",
                hint=f"Did you mean {guess!r}?" if guess else f"There are {', '.join(known)}.",
            )
    return {name: _value(known[name], text) if text else text for name, text in given.items()}


def _value(field: Field, text: str) -> str:
    if field.kind == "number":
        return _number(field.name, text)
    if field.kind == "date":
        return _day(field.name, text)
    if field.kind == "choice":
        return _chosen(field, text)
    return text


def _number(name: str, text: str) -> str:
    whole, _, part = text.removeprefix("-").partition(".")
    if not (text.isascii() and whole.isdecimal() and (part.isdecimal() or "." not in text)):
        raise UsageError(f"{text!r} is no number, as field {name} needs", hint="Such as 7 or -2.5.")
    return text


def _day(name: str, text: str) -> str:
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        raise UsageError(
            f"{text!r} is no day, as field {name} needs", hint="Such as 2026-11-24."
        ) from None


def _chosen(field: Field, text: str) -> str:
    folded = {choice.casefold(): choice for choice in field.choices}
    if text.casefold() in folded:
        return folded[text.casefold()]
    guess = nearest(text, field.choices)
    raise UsageError(
        f"{text!r} is no {field.name}; there are {', '.join(field.choices)}",
        hint=f"Did you mean {guess!r}?" if guess else "",
    )
