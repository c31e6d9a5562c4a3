"""Frozen records and named tuples, without code that is compiled for each class.

When its module is imported, a dataclass costs half a millisecond and more, a named tuple of
``typing`` a tenth of one, and a command imports many. These here cost a hundredth.
"""

from __future__ import annotations

from collections import _tuplegetter  # type: ignore[attr-defined]
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar, dataclass_transform

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Set

REQUIRED = object()
"""Stands for the default of a member that has none."""

NOTHING: Mapping[Any, Any] = MappingProxyType({})
"""The default of a member that is a mapping."""

R = TypeVar("R", bound="Record")
T = TypeVar("T", bound="_Tuple")


@dataclass_transform(frozen_default=True)
class Record:
    """A frozen record with the annotated members; equal to another of its kind and content.

    What is not given is not kept: a member at its default is the attribute of the class.
    """

    _members: ClassVar[dict[str, Any]] = {}
    _required: ClassVar[set[str]] = set()

    def __init_subclass__(cls) -> None:
        content = vars(cls)
        own = {name: content.get(name, REQUIRED) for name in content.get("__annotations__", ())}
        cls._members = {**cls._members, **own}
        cls._required = {name for name, value in cls._members.items() if value is REQUIRED}

    def __init__(self, *values: Any, **named: Any) -> None:
        given = {**dict(zip(self._members, values, strict=False)), **named} if values else named
        if not self._required <= given.keys() <= self._members.keys() or (
            len(given) < len(values) + len(named)
        ):
            raise TypeError(self._misfit(given.keys()))
        object.__setattr__(self, "__dict__", given)

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError(f"a {type(self).__name__} cannot change; replace() makes another")

    def __delattr__(self, name: str) -> None:
        raise AttributeError(f"a {type(self).__name__} cannot change; replace() makes another")

    def __eq__(self, other: object) -> bool:
        return type(self) is type(other) and self._content() == other._content()

    def __hash__(self) -> int:
        return hash(self._content())

    def __repr__(self) -> str:
        told = map("{}={!r}".format, self._members, self._content())
        return f"{type(self).__name__}({', '.join(told)})"

    def _misfit(self, given: Set[str]) -> str:
        """Return why a record cannot be made of the members *given*."""
        kind = type(self).__name__
        if lacking := self._required - given:
            return f"{kind} is missing members: {', '.join(map(repr, sorted(lacking)))}"
        return f"{kind} takes {', '.join(self._members)}, each once"

    def _content(self) -> tuple[object, ...]:
        return tuple(getattr(self, name) for name in self._members)


def members(kind: type[Record]) -> Mapping[str, Any]:
    """Return the default of each member of *kind*, in order; ``REQUIRED`` where there is none."""
    return kind._members  # noqa: SLF001


def replace(record: R, /, **changes: Any) -> R:
    """Return *record* with other values for some members."""
    return type(record)(**{**vars(record), **changes})


class _Fields(type):
    """Makes the annotated members of a class the fields of a tuple."""

    def __new__(cls, name: str, bases: tuple[type, ...], content: dict[str, Any]) -> type:
        """Return the class *name*."""
        fields = tuple(content.get("__annotations__", ()))
        if fields and "_fields" not in content:
            members = {field: content.get(field, REQUIRED) for field in fields}
            content["_members"] = members
            content["_field_defaults"] = {f: v for f, v in members.items() if v is not REQUIRED}
            content["_fields"] = content["__match_args__"] = fields
            content |= {field: _tuplegetter(place, None) for place, field in enumerate(fields)}
        return super().__new__(cls, name, bases, {"__slots__": (), **content})


class _Tuple(tuple[Any, ...], metaclass=_Fields):
    """What ``typing.NamedTuple`` is; a constructor for all classes instead of one for each."""

    _fields = tuple[str, ...]()
    _members = _field_defaults = NOTHING

    def __new__(cls: type[T], *values: Any, **named: Any) -> T:
        if named or len(values) != len(cls._fields):
            values = cls._filled(values, named)
        return tuple.__new__(cls, values)

    def __getnewargs__(self) -> tuple[Any, ...]:
        return tuple(self)

    def __repr__(self) -> str:
        told = map("{}={!r}".format, self._fields, self)
        return f"{type(self).__name__}({', '.join(told)})"

    @classmethod
    def _filled(cls, values: tuple[Any, ...], named: dict[str, Any]) -> tuple[Any, ...]:
        """Return a value for each field: those given by place, by name, and the defaults."""
        given = len(values)
        whole = values + (*{**cls._members, **named}.values(),)[given:]
        if (
            len(whole) != len(cls._fields)
            or REQUIRED in whole
            or (given and named and not named.keys().isdisjoint(cls._fields[:given]))
        ):
            raise TypeError(f"{cls.__name__} takes {', '.join(cls._fields)}, each once")
        return whole

    @classmethod
    def _make(cls: type[T], values: Iterable[Any]) -> T:
        """Return the tuple of *values*, one for each field."""
        return cls(*values)

    def _asdict(self) -> dict[str, Any]:
        """Return the values by the names of the fields."""
        return dict(zip(self._fields, self, strict=True))

    def _replace(self: T, /, **changes: Any) -> T:
        """Return the tuple with other values for some fields."""
        values = tuple(map(changes.pop, self._fields, self))
        return type(self)(*values, **changes)


if TYPE_CHECKING:
    from typing import NamedTuple as NamedTuple  # noqa: PLC0414 - for whoever imports it here
else:
    NamedTuple = _Tuple
