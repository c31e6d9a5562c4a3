"""Frozen records to JSON values and back, by their annotations.

A record becomes an object of its members. Members at their default are left out, so that
files stay small and a new member with a default needs no migration. Times are RFC 3339 in
UTC with ``Z``, tuples are arrays, nested records and named tuples are objects. Decoding is
strict: a value of another type is an error, never a guess. A member annotated as ``object``,
or as a mapping to ``object``, holds JSON values already.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from enum import Enum
from functools import cache, lru_cache, partial
from importlib import import_module
from types import NoneType, UnionType
from typing import Any, TypeVar, Union, get_args, get_origin

from tix.record import REQUIRED, Record, members

T = TypeVar("T")
Code = Callable[[Any], Any]


def encode(record: Any) -> dict[str, Any]:
    """Return *record* as a JSON object without the members that are at their default."""
    document = {}
    kind: Any = type(record)
    for name, default, code in _encoders(kind):
        value = getattr(record, name)
        if value != default:
            document[name] = value if code is None else code(value)
    return document


def encode_value(value: Any) -> Any:
    """Return *value*, a member of a record, as a JSON value."""
    kind = type(value)
    if kind in _PLAIN:
        return value
    if isinstance(value, date):
        return encode_time(value) if isinstance(value, datetime) else value.isoformat()
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, Mapping):
        return {str(name): encode_value(item) for name, item in value.items()}
    if kind is tuple or kind is list or kind is frozenset:
        return [encode_value(item) for item in value]
    return encode(value)


@lru_cache(maxsize=512)
def encode_time(at: datetime) -> str:
    """Return *at* as RFC 3339 in UTC: ``2026-11-21T18:30:00Z``."""
    if at.tzinfo is not UTC:
        at = at.astimezone(UTC)
    return at.isoformat()[:-6] + "Z"


def decode(kind: type[T], document: object) -> T:
    """Return the *kind* that ``encode`` wrote as *document*.

    Raises:
        TypeError, ValueError, KeyError: *document* is no such record.
    """
    any_kind: Any = kind
    readers = _readers(any_kind)
    if issubclass(kind, tuple):
        made: T = tuple.__new__(any_kind, _fields(any_kind, readers, _object(document)))
        return made
    members = {}
    for name, value in _object(document).items():
        plain, code = readers[name]
        members[name] = value if type(value) is plain else code(value)
    return kind(**members)


def _fields(
    kind: Any, readers: Mapping[str, tuple[Any, Code]], document: Mapping[str, Any]
) -> list[Any]:
    """Return the fields of a named tuple in their order, which is quicker than by their names."""
    values, left = [], len(document)
    for name in kind._fields:
        if name in document:
            plain, code = readers[name]
            value = document[name]
            values.append(value if type(value) is plain else code(value))
            left -= 1
        else:
            values.append(kind._field_defaults[name])
    if left:
        raise TypeError(f"not a {kind.__name__}: {document!r}")
    return values


def decode_time(text: object) -> datetime:
    """Return the aware UTC time that ``encode_time`` wrote."""
    if type(text) is not str:
        raise TypeError(f"not a time: {text!r}")
    at = datetime.fromisoformat(text)
    if at.tzinfo is UTC:
        return at
    if at.tzinfo is None:
        raise ValueError(f"a time without a zone: {text}")
    return at.astimezone(UTC)


@cache
def member_decoders(kind: type) -> dict[str, Code]:
    """Return for each member of *kind* the function that decodes its JSON value."""
    hints = _hints(kind)
    return {name: _decoder(hints[name]) for name, _ in _members(kind)}


@cache
def _readers(kind: type) -> dict[str, tuple[Any, Code]]:
    """Return the decoder of each member of *kind*, and the type of values that need none."""
    hints = _hints(kind)
    return {name: (_plain_type(hints[name]), code) for name, code in member_decoders(kind).items()}


@cache
def _encoders(kind: type) -> tuple[tuple[str, Any, Code | None], ...]:
    """Return name, default and encoder of each member; None where it is JSON as it is."""
    hints = _hints(kind)
    return tuple((name, default, _encoder(hints[name])) for name, default in _members(kind))


@cache
def _hints(kind: type) -> dict[str, Any]:
    """Return the types of the members of *kind*.

    ``typing.get_type_hints`` compiles each annotation by itself, which takes three times as long.
    """
    names = {name for name, _ in _members(kind)}
    hints: dict[str, Any] = {}
    for base in reversed(kind.__mro__):
        if texts := _annotations(base, names):
            each = ",".join(f"{text!r}:{text}" for text in set(texts.values()))
            types = eval(f"{{{each}}}", vars(import_module(base.__module__)))  # noqa: S307 - our own
            hints |= {name: types[text] or NoneType for name, text in texts.items()}
    return hints


def _annotations(kind: type, names: set[str]) -> dict[str, str]:
    """Return the annotations of *names* in the body of *kind*, as they are written there."""
    own = vars(kind).get("__annotations__", {})
    # ``typing.NamedTuple`` has wrapped them.
    return {name: getattr(own[name], "__forward_arg__", own[name]) for name in names & own.keys()}


def _members(kind: type) -> list[tuple[str, Any]]:
    if issubclass(kind, Record):
        return list(members(kind).items())
    names: tuple[str, ...] = getattr(kind, "_fields", ())
    defaults: dict[str, Any] = getattr(kind, "_field_defaults", {})
    return [(name, defaults.get(name, REQUIRED)) for name in names]


@cache
def _encoder(hint: Any) -> Code | None:
    if hint in _PLAIN or hint is object or hint is Any:
        return None
    if hint is datetime:
        return encode_time
    arguments = get_args(hint)
    if get_origin(hint) in (Union, UnionType):
        inner = [_encoder(argument) for argument in arguments]
        return None if inner == [None] * len(inner) else encode_value
    if hint == tuple[str, ...]:
        return list
    if arguments and _is_mapping(hint) and arguments[0] is str and _encoder(arguments[1]) is None:
        return None
    return encode_value


@cache
def _decoder(hint: Any) -> Code:
    if hint is object or hint is Any:
        return _as_is
    origin, arguments = get_origin(hint), get_args(hint)
    if origin is None:
        return _decoder_of_class(hint)
    if origin in (Union, UnionType):
        return _optional(arguments)
    if origin in (tuple, frozenset):
        return _sequence(origin, arguments)
    item = _decoder(arguments[1])
    key = _KEYS.get(arguments[0], str)
    return lambda value: {key(name): item(member) for name, member in _object(value).items()}


def _plain_type(hint: Any) -> Any:
    """Return which of the types that *hint* allows is the same in JSON, None if there is none."""
    either = get_args(hint) if get_origin(hint) in (Union, UnionType) else (hint,)
    kinds = [kind for kind in either if kind is not NoneType]
    return kinds[0] if len(kinds) == 1 and kinds[0] in _PLAIN else None


def _decoder_of_class(kind: Any) -> Code:
    if kind in _PLAIN:
        return _exactly(kind)
    if kind is datetime:
        return decode_time
    if kind is date:
        return date.fromisoformat
    if issubclass(kind, Enum):
        values: Code = {member.value: member for member in kind}.__getitem__
        return values
    return partial(decode, kind)


def _optional(arguments: tuple[Any, ...]) -> Code:
    inner = [_decoder(argument) for argument in arguments if argument is not NoneType]
    if len(inner) != 1:
        return _as_is
    decoder = inner[0]
    return lambda value: None if value is None else decoder(value)


def _sequence(origin: Any, arguments: tuple[Any, ...]) -> Code:
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


def _object(value: object) -> Mapping[str, Any]:
    if type(value) is not dict and not isinstance(value, Mapping):
        raise TypeError(f"not an object: {value!r}")
    return value


def _is_mapping(hint: Any) -> bool:
    origin = get_origin(hint)
    return isinstance(origin, type) and issubclass(origin, Mapping)


def _exactly(kind: type) -> Code:
    def check(value: Any) -> Any:
        if type(value) is not kind:
            raise TypeError(f"not {kind.__name__}: {value!r}")
        return value

    return check


def _as_is(value: Any) -> Any:
    return value


_KEYS: dict[Any, Callable[[str], Any]] = {int: int, date: date.fromisoformat}
_PLAIN = frozenset({str, int, float, bool, NoneType})
