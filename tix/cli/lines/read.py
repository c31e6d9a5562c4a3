"""A line of ``tix apply``: a JSON object that is a command, checked before anything is done."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any, TypeVar

import click

from tix.cli.lines.members import (
    CALLED,
    HEAD,
    IDS,
    SCHEMA,
    can_be_applied,
    is_file,
    is_list,
    last_value,
    members,
)
from tix.errors import BadData
from tix.record import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

T = TypeVar("T")

_NAME = re.compile(r"@[a-z0-9][a-z0-9_-]{0,39}", re.IGNORECASE)
_TICKETS = re.compile(r"[0-9]{1,18}(-[0-9]{1,18})?")
_TAKEN = frozenset({"@last", "@next", "@me"})
_KINDS = {bool: "true or false", int: "a number", str: "a text", dict: "an object", list: "a list"}
_BODY = "message"  # which may hold any character, as a file of text may
_NUMBERS = frozenset({"ticket", "operation", "integer", "integer range", "revision"})


class Line(NamedTuple):
    """A command to apply: its name, what it is, and its members; ``called`` names what it makes."""

    name: str
    command: click.Command
    members: dict[str, Any]
    called: str


def parse(content: bytes) -> dict[str, Any]:
    """Return the JSON object that one line is.

    Raises:
        BadData: It is none, or not a plain one.
    """
    try:
        found = json.loads(content.decode(), object_pairs_hook=_object, parse_constant=_no_constant)
    except UnicodeDecodeError as error:
        raise BadData(f"it is not UTF-8 (byte {error.start})") from None
    except RecursionError:
        raise BadData("it is nested too deeply") from None
    except json.JSONDecodeError as error:
        raise BadData(f"it is not JSON: {error.msg} (character {error.pos + 1})") from None
    except ValueError:
        raise BadData("it is not JSON: a number has too many digits") from None
    if not isinstance(found, dict):
        raise BadData(f"it is {_kind(found)}, and an object is needed")
    return found


def understood(record: Mapping[str, Any], root: click.Context) -> Line:
    """Return the command that *record* is, with its members.

    Raises:
        BadData: There is no such command or member, or it is none that can be applied.
    """
    schema = record.get("schema", SCHEMA)
    if schema != SCHEMA:
        raise BadData(f"its schema is {_short(schema)}, not {SCHEMA}")
    name = record.get("command")
    if not isinstance(name, str):
        raise BadData("it names no command", hint='such as "command": "assign"')
    command = _command(name, root)
    called = record.get(CALLED) or ""
    if called and not (
        isinstance(called, str) and _NAME.fullmatch(called) and called not in _TAKEN
    ):
        raise BadData(f"{_short(called)} is no name that a line can give", hint='such as "@a"')
    known = members(command)
    for member in record:
        if member not in known and member not in HEAD:
            raise BadData(f"{name} has no member {_short(member)}", hint=_instead(member, known))
    rest = {member: value for member, value in record.items() if member not in HEAD}
    given = {member: value for member, value in rest.items() if value is not None}
    return Line(name, command, given, called)


def words(line: Line, names: Mapping[str, str], unpacked: Callable[[Any], str]) -> list[str]:
    """Return what would be typed behind the command to say the same: options, then arguments.

    *names* are those of the lines above with what they made; *unpacked* takes a file as the
    line holds it, and returns where it is.

    Raises:
        BadData: A member has not the type that is needed, or is missing.
    """
    options: list[str] = []
    arguments: dict[str, list[str]] = {}
    known = members(line.command)
    for member, value in line.members.items():
        param = known[member]
        texts = _Values(member, param, names, unpacked).texts(value)
        if param.param_type_name == "option":
            options += [option(param, text) for text in texts]
        elif member == IDS:
            arguments[str(param.name)] = [*texts, *arguments.get(str(param.name), ())]
        else:
            arguments.setdefault(str(param.name), []).extend(texts)
    for param in line.command.params:
        if param.param_type_name == "argument" and param.required and param.name not in arguments:
            # Else the next argument would take its place.
            raise BadData(f"{param.name} is missing", hint=f"there are {', '.join(known)}")
    rest = [text for param in line.command.params for text in arguments.get(str(param.name), ())]
    return [*options, "--", *rest]


def option(param: click.Parameter, text: str = "") -> str:
    """Return an option as it is typed, with its value if it is no flag."""
    name = max(param.opts, key=len)
    return name if getattr(param, "is_flag", False) else f"{name}={text}"


class _Values:
    """The values of one member."""

    def __init__(
        self,
        member: str,
        param: click.Parameter,
        names: Mapping[str, str],
        unpacked: Callable[[Any], str],
    ) -> None:
        self._member = member
        self._param = param
        self._names = names
        self._unpacked = unpacked

    def texts(self, value: Any) -> list[str]:
        """Return *value* as words; a flag is one word that says nothing more."""
        if getattr(self._param, "is_flag", False):
            return [""] if self._typed(value, bool) else []
        kind, takes_several = self._param.type.name, is_list(self._param)
        if last_value(self._param):
            takes_several = self._member == IDS
            kind = "ticket" if takes_several else "text"
        if isinstance(value, list) and takes_several:
            return [self._text(one, kind) for one in value]
        return [self._text(value, kind)]

    def _text(self, value: Any, kind: str) -> str:
        if is_file(self._param):
            return self._unpacked(self._typed(value, dict))
        if kind in _NUMBERS and (kind != "ticket" or isinstance(value, int)):
            return str(self._typed(value, int))
        text = self._typed(value, str)
        return self._made(text) if kind in ("ticket", "customer") else text

    def _made(self, text: str) -> str:
        """Return the number that *text* is or that a line above has made under that name."""
        if text.startswith("@"):
            if text not in self._names:
                hint = f"there are {', '.join(self._names)}" if self._names else ""
                raise BadData(f"{self._member}: no line above makes {_short(text)}", hint=hint)
            return self._names[text]
        if self._param.type.name != "customer" and not _TICKETS.fullmatch(text):
            raise BadData(f"{self._member}: {_short(text)} is no ticket", hint="such as 12 or 5-9")
        return text

    def _typed(self, value: Any, kind: type[T]) -> T:
        if not isinstance(value, kind) or isinstance(value, bool) != (kind is bool):
            raise BadData(f"{self._member} is {_kind(value)}, and {_KINDS[kind]} is needed")
        if isinstance(value, str):
            _check_text(self._member, value)
        return value


def _check_text(member: str, text: str) -> None:
    if "\0" in text and member != _BODY:
        raise BadData(f"{member} holds a NUL character")
    try:
        text.encode()
    except UnicodeEncodeError:
        raise BadData(f"{member} holds half of a character (a lone surrogate)") from None


def _object(pairs: Iterable[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, value in pairs:
        if name in found:
            raise BadData(f"it has {_short(name)} twice")
        found[name] = value
    return found


def _no_constant(word: str) -> None:
    raise BadData(f"it is not JSON: {word} is no number")


def _command(name: str, root: click.Context) -> click.Command:
    words = name.split()
    found: click.Command | None = root.command
    for word in words:
        below = found.get_command(root, word) if isinstance(found, click.Group) else None
        if below is None:
            raise BadData(f"no command {_short(name)}", hint=_nearest(name, _changes(root)))
        found = below
    if not words or found is None or not can_be_applied(" ".join(words), found):
        raise BadData(f"{_short(name)} is no change that can be applied")
    return found


def _changes(root: click.Context) -> list[str]:
    """Return the names of all commands that can be applied."""
    every = _leaves(root.command, root, "")
    return [name for name, one in every if can_be_applied(name, one)]


def _leaves(
    command: click.Command, root: click.Context, name: str
) -> Iterable[tuple[str, click.Command]]:
    if not isinstance(command, click.Group):
        yield name, command
        return
    for word in command.list_commands(root):
        below = command.get_command(root, word)
        if below is not None:
            yield from _leaves(below, root, f"{name} {word}".strip())


def _instead(member: str, known: Iterable[str]) -> str:
    return _nearest(member, known) or f"there are {', '.join(known)}"


def _nearest(word: str, known: Iterable[str]) -> str:
    from tix.domain.nearest import nearest

    guess = nearest(word, known)
    return f"Did you mean {guess!r}?" if guess else ""


def _kind(value: object) -> str:
    if value is None:
        return "null"
    return _KINDS.get(type(value), "a number")


def _short(value: object) -> str:
    text = repr(value)
    return text if len(text) <= 60 else f"{text[:59]}…"
