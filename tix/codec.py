"""Frozen records to JSON values and back, by their annotations.

A record becomes an object of its members. Members at their default are left out, so that
files stay small and a new member with a default needs no migration. Times are RFC 3339 in
UTC with ``Z``, tuples are arrays, nested records and named tuples are objects. Decoding is
strict: a value of another type is an error, never a guess.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import MISSING, fields, is_dataclass
from datetime import UTC, date, datetime
from enum import Enum
from functools import cache
from types import NoneType, UnionType
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

T = TypeVar("T")
Decoder = Callable[[Any], Any]
_REQUIRED = object()


def encode(record: Any) -> dict[str, Any]:
    """Return *record* as a JSON object without the members that are at their default."""
    document = {}
    kind: Any = type(record)
    for name, default in _members(kind):
        value = getattr(record, name)
        if default is _REQUIRED or value != default:
            document[name] = encode_value(value)
    return document


def encode_value(value: Any) -> Any:
    """Return *value*, a member of a record, as a JSON value."""
    kind = type(value)
    if kind in _PLAIN:
        return value
    if kind is datetime:
        return encode_time(value)
    if kind is tuple:
        return [encode_value(item) for item in value]
    return _encode_other(value)


def encode_time(at: datetime) -> str:
    """Return *at* as RFC 3339 in UTC: ``2026-11-21T18:30:00Z``."""
    return at.astimezone(UTC).isoformat().removesuffix("+00:00") + "Z"


def decode_time(text: object) -> datetime:
    """Return the aware UTC time that ``encode_time`` wrote."""
    if type(text) is not str:
        raise TypeError(f"not a time: {text!r}")
    at = datetime.fromisoformat(text)
    if at.tzinfo is None:
        raise ValueError(f"a time without a zone: {text}")
    return at.astimezone(UTC)


def decode(kind: type[T], document: object) -> T:
    """Return the *kind* that ``encode`` wrote as *document*.

    Raises:
        TypeError, ValueError, KeyError: *document* is no such record.
    """
    if not isinstance(document, Mapping):
        raise TypeError(f"not an object: {document!r}")
    any_kind: Any = kind
    decoders = member_decoders(any_kind)
    return kind(**{name: decoders[name](value) for name, value in document.items()})


@cache
def member_decoders(kind: type) -> dict[str, Decoder]:
    """Return for each member of *kind* the function that decodes its JSON value."""
    hints = get_type_hints(kind)
    return {name: _decoder(hints[name]) for name, _ in _members(kind)}


@cache
def _members(kind: type) -> tuple[tuple[str, Any], ...]:
    if is_dataclass(kind):
        return tuple((f.name, _default(f.default, f.default_factory)) for f in fields(kind))
    names: tuple[str, ...] = getattr(kind, "_fields", ())
    defaults: dict[str, Any] = getattr(kind, "_field_defaults", {})
    return tuple((name, defaults.get(name, _REQUIRED)) for name in names)


def _default(value: Any, factory: Any) -> Any:
    if factory is not MISSING:
        return factory()
    return _REQUIRED if value is MISSING else value


def _encode_other(value: Any) -> Any:
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, Mapping):
        return {str(name): encode_value(item) for name, item in value.items()}
    if isinstance(value, frozenset):
        return sorted(encode_value(item) for item in value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, list):
        return [encode_value(item) for item in value]
    return encode(value)


def _decoder(hint: Any) -> Decoder:
    if hint is object or hint is Any:
        return _as_is
    if isinstance(hint, type) and get_origin(hint) is None:
        return _decoder_of_class(hint)
    origin, arguments = get_origin(hint), get_args(hint)
    if origin in (Union, UnionType):
        return _optional(arguments)
    if origin in (tuple, frozenset):
        return _sequence(origin, arguments)
    item = _decoder(arguments[1])
    key = _KEYS.get(arguments[0], str)
    return lambda value: {key(name): item(member) for name, member in value.items()}


def _decoder_of_class(kind: type) -> Decoder:
    if kind in _PLAIN:
        return _exactly(kind)
    if kind is datetime:
        return decode_time
    if kind is date:
        return date.fromisoformat
    if issubclass(kind, Enum):
        return kind
    return lambda value: decode(kind, value)


def _optional(arguments: tuple[Any, ...]) -> Decoder:
    inner = [_decoder(argument) for argument in arguments if argument is not NoneType]
    if len(inner) != 1:
        return _as_is
    return lambda value: None if value is None else inner[0](value)


def _sequence(origin: Any, arguments: tuple[Any, ...]) -> Decoder:
    if origin is frozenset or arguments[-1] is Ellipsis:
        item = _decoder(arguments[0])
        return lambda value: origin(map(item, _list(value)))
    items = [_decoder(argument) for argument in arguments]
    return lambda value: tuple(
        decoder(member) for decoder, member in zip(items, _list(value), strict=True)
    )


def _list(value: object) -> list[Any]:
    if not isinstance(value, list):
        raise TypeError(f"not a list: {value!r}")
    return value


def _exactly(kind: type) -> Decoder:
    def check(value: Any) -> Any:
        if type(value) is not kind:
            raise TypeError(f"not {kind.__name__}: {value!r}")
        return value

    return check


def _as_is(value: Any) -> Any:
    return value


_KEYS: dict[Any, Callable[[str], Any]] = {int: int, date: date.fromisoformat}
_PLAIN = frozenset({str, int, float, bool, NoneType})
