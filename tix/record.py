"""Frozen records: what a frozen dataclass is, without code written and compiled for each class.

A dataclass costs half a millisecond and more when its module is imported, and a command
imports many. A record costs a hundredth of that.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar, dataclass_transform

if TYPE_CHECKING:
    from collections.abc import Mapping, Set

REQUIRED = object()
"""Stands for the default of a member that has none."""

NOTHING: Mapping[Any, Any] = MappingProxyType({})
"""The default of a member that is a mapping."""

R = TypeVar("R", bound="Record")


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
