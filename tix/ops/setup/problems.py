"""What is wrong with a set-up document, and where."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tix.errors import BadData
from tix.record import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence


class Problem(NamedTuple):
    """Something wrong at *path*, which is table, row and key as far as it goes."""

    path: tuple[str, ...]
    message: str
    hint: str = ""
    line: int | None = None

    def __str__(self) -> str:
        """``line 12: agents.alice.tier: must be a whole number``."""
        line = f"line {self.line}: " if self.line else ""
        place = f"{'.'.join(self.path)}: " if self.path else ""
        return f"{line}{place}{self.message}{f'. {self.hint}' if self.hint else ''}"


class SetupInvalid(BadData):
    """A set-up document that cannot be used; ``problems`` are all that is wrong with it."""

    def __init__(self, name: str, problems: Sequence[Problem]) -> None:
        self.problems = tuple(problems)
        if len(self.problems) == 1:
            only = self.problems[0]
            super().__init__(f"{name} {only._replace(hint='')}", hint=only.hint)
        else:
            paths = tuple(".".join(problem.path) for problem in self.problems)
            count = len(self.problems)
            super().__init__(f"{name} has {count} problems, nothing was changed", ids=paths)


def located(text: str, problems: Sequence[Problem]) -> list[Problem]:
    """Return *problems* with their lines in the TOML document *text*, in the order of the lines.

    Where a key is missing it is the line of its row; what has none comes last.
    """
    lines = lines_of(text) if any(one.path for one in problems) else {}
    found = [one if one.line else one._replace(line=_line(lines, one.path)) for one in problems]
    return sorted(found, key=lambda one: (one.line is None, one.line, one.path))


def lines_of(text: str) -> dict[tuple[str, ...], int]:
    """Return the line on which each table, row and key of a TOML document is first spoken of.

    A statement is as many lines as it takes to read well. So no spelling of TOML matters here.
    """
    found: dict[tuple[str, ...], int] = {}
    table: tuple[str, ...] = ()
    statement: list[str] = []
    for number, line in enumerate(text.replace("\r\n", "\n").split("\n"), 1):
        statement.append(line)
        values = _values("\n".join(statement))
        if values is None:
            continue
        is_header = statement[0].lstrip().startswith("[")
        paths = list(_paths(values))
        for path in paths:
            found.setdefault(path if is_header else (*table, *path), number - len(statement) + 1)
        table = paths[-1] if is_header else table
        statement = []
    return found


def _line(lines: Mapping[tuple[str, ...], int], path: tuple[str, ...]) -> int | None:
    ends = (lines.get(path[:length]) for length in range(len(path), 0, -1))
    return next((line for line in ends if line), None)


def _paths(values: object) -> Iterator[tuple[str, ...]]:
    """Yield the paths of tables and keys, each after the one that it is part of."""
    for name, value in values.items() if isinstance(values, dict) else ():
        yield (name,)
        yield from ((name, *path) for path in _paths(value))


def _values(statement: str) -> dict[str, object] | None:
    import tomllib

    try:
        return tomllib.loads(statement)
    except tomllib.TOMLDecodeError:
        return None
