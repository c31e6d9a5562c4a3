"""Lines of JSONL that tell of calls and chats, each member by member."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, TypeVar

from tix.domain.spoken import IN, OUT
from tix.errors import UsageError
from tix.ops.importing.objects import lines, members, parsed
from tix.ops.importing.problems import Problem, Unusable, shown
from tix.ops.importing.times import Times
from tix.ops.tickets.speaking import way

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator
    from datetime import datetime, tzinfo

T = TypeVar("T")

_MOST = 10**12


class Line:
    """The members of one line.

    Raises:
        Unusable: It is no object, or has a member of another name.
    """

    def __init__(self, value: object, names: Collection[str], times: Times) -> None:
        self._members = members(value, names)
        self._times = times

    def text(self, name: str) -> str | None:
        """Return a text, or a number as one; None if there is none.

        Raises:
            Unusable: It is something else.
        """
        given = self._members.get(name)
        if given is None:
            return None
        if isinstance(given, bool) or not isinstance(given, str | int):
            raise Unusable(name, "it must be a text")
        return str(given).strip() or None

    def moment(self, name: str) -> datetime | None:
        """Return an instant, None if there is none.

        Raises:
            Unusable: It is no time.
        """
        text = self.text(name)
        try:
            return self._times(text) if text else None
        except ValueError as error:
            raise Unusable(name, f"{shown(str(text))} is {error}") from None

    def count(self, name: str, least: int = 0) -> int | None:
        """Return a whole number, None if there is none.

        Raises:
            Unusable: It is no whole number, or too small or large.
        """
        given = self._members.get(name)
        if given is None:
            return None
        if type(given) is not int or not least <= given <= _MOST:
            raise Unusable(name, f"it must be a whole number, {least} or more")
        return given

    def within(self, value: object, names: Collection[str]) -> Line:
        """Return an object that is a part of this line.

        Raises:
            Unusable: It is no object, or has a member of another name.
        """
        return Line(value, names, self._times)

    def whole(self, name: str) -> object:
        """Return a member as it stands, None if there is none."""
        return self._members.get(name)


def every(
    content: bytes, label: str, zone: tzinfo, read: Callable[[str, object, Times], T]
) -> Iterator[T | Problem]:
    """Yield what *read* makes of each line of *content*, or what is wrong with it.

    It is given where the line stands, what it holds, and how to read its times.
    """
    times = Times(("iso", "epoch"), zone)
    for number, line in lines(BytesIO(content), label):
        place = f"{label} line {number}"
        try:
            yield read(place, parsed(line), times)
        except Unusable as problem:
            yield Problem(place, problem.field, problem.why)


def needed(name: str, value: T | None) -> T:
    """Return *value*.

    Raises:
        Unusable: There is none.
    """
    if value is None:
        raise Unusable(name, "it is missing")
    return value


def one_of(line: Line, name: str, words: Collection[str]) -> str | None:
    """Return which of *words* a member is, None if there is none.

    Raises:
        Unusable: It is another one.
    """
    word = line.text(name)
    if word is not None and word not in words:
        raise Unusable(name, f"{shown(word)} is none of {', '.join(words)}")
    return word


def party(line: Line) -> tuple[bool | None, str | None]:
    """Return whether the customer began, if a line tells, and who that is.

    Raises:
        Unusable: Its members contradict each other.
    """
    caller, called = line.text("from"), line.text("to")
    direction = one_of(line, "direction", (IN, OUT))
    try:
        return way(caller, called, None if direction is None else direction == IN)
    except UsageError as error:
        raise Unusable("to" if caller and called else "direction", error.message) from None
