"""A dry run as a line that ``tix apply`` takes: the command with its words resolved.

Numbers stand for tickets, instants for dates, names for ``@me``, texts and contents for files,
so that the line means the same on another day, in another place and to another user.
"""

from __future__ import annotations

from copy import copy
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from click.core import ParameterSource

from tix.cli.lines.members import (
    CALLED,
    IDS,
    SCHEMA,
    is_file,
    is_list,
    is_text,
    last_value,
    members,
)
from tix.cli.safety import noted_ids
from tix.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tix.cli.call import Call
    from tix.ops.change import Change

LIMIT_BYTES = 64 * 1024 * 1024
"""The longest line that is read, and so that is written."""

# How a date is read that is not simply one to come.
_DATES: dict[str, dict[str, Any]] = {
    "at": {"lean": "past"},
    "since": {"lean": "past"},
    "due": {"end_of_day": True},
}


def line_of(
    call: Call, change: Change, *, names: Mapping[int | str, str] | None = None, called: str = ""
) -> str:
    """Return the running command, which came to *change*, as a line; empty if to nothing.

    *names* are those that other lines give to what they make, *called* is this one's.

    Raises:
        UsageError: It was given what no line can hold.
    """
    from tix.output.as_json import encode

    if call.drafts:
        raise UsageError(
            "what came from the editor cannot be shown as a line for tix apply",
            hint="give it with the command, such as -m TEXT or -F FILE",
        )
    record = _Command(call, change, names or {}).record(called)
    line = encode(record) + "\n" if record else ""
    if len(line.encode()) > LIMIT_BYTES:
        raise UsageError(
            f"as a line for tix apply this is longer than {LIMIT_BYTES >> 20} MB",
            hint="smaller files, or another format than jsonl",
        )
    return line


class _Command:
    """The command that is running, its change, and the way from one to the other."""

    def __init__(self, call: Call, change: Change, names: Mapping[int | str, str]) -> None:
        self._call = copy(call)
        self._call.is_repeating = True
        self._change = change
        self._names = names
        self._context = click.get_current_context()
        self._words, self._ids = noted_ids(self._context)

    def record(self, called: str) -> dict[str, Any] | None:
        """Return the members; None if there is nothing that the command is about."""
        found: dict[str, Any] = {
            "schema": SCHEMA,
            "command": self._context.command_path.removeprefix("tix "),
        }
        if called:
            found[CALLED] = called
        resolved = self._resolved()
        if [] in (resolved.get(IDS), resolved.get("query")):
            return None
        for member, param in members(self._context.command).items():
            value = resolved[member] if member in resolved else self._value(member, param)
            if value is not None:
                found[member] = value
        return found

    def _resolved(self) -> dict[str, Any]:
        """Return what only the change and its texts can tell: None stands for left out."""
        given = self._context.params
        found: dict[str, Any] = {}
        if self._ids is not None:
            found |= {IDS: self._named(self._ids), "where": None, "max": None}
        if "message" in given:
            found["message"] = self._text()
        if "query" in given:
            ids = ",".join(map(str, self._change.ids))
            found["query"] = [f"id:{ids}"] if ids else []
        if "op" in given:
            found["op"] = self._change.undoes
        return found

    def _value(self, member: str, param: click.Parameter) -> Any:
        raw = self._context.params[str(param.name)]
        if last_value(param) and member != IDS:
            return self._last(param, raw)
        return self._given(param, raw)

    def _given(self, param: click.Parameter, raw: Any) -> Any:
        source = self._context.get_parameter_source(str(param.name))
        if source is not ParameterSource.COMMANDLINE:
            return None
        if is_text(param):
            return " ".join(raw)
        if param.type.name == "ticket":
            numbers = self._numbers(raw if is_list(param) else [raw])
            return numbers if is_list(param) else numbers[0]
        if is_list(param):
            return [self._one(param, word) for word in raw]
        return self._one(param, raw)

    def _last(self, param: click.Parameter, words: Sequence[str]) -> Any:
        """Return the value behind the tickets; with ``--me`` who acts stands for it."""
        behind = words[self._words :]
        if behind:
            return self._one(param, behind[0])
        return self._call.desk.user if self._context.params.get("me") else None

    def _one(self, param: click.Parameter, word: Any) -> Any:
        if is_file(param):
            return packed(self._call, str(word))
        if param.type.name == "customer":
            return self._names.get(word, word)
        if param.type.name == "date":
            is_days = param.metavar == "DATE..DATE"
            return self._days(word) if is_days else self._instant(param, word)
        if param.type.name == "agent":
            me = self._call.desk.user
            return ",".join(me if name.strip() == "@me" else name for name in word.split(","))
        return word

    def _days(self, word: str) -> str:
        """Return a day, or the first and the last, as dates."""
        zone = self._call.desk.zone
        ends = (self._call.moment(end).astimezone(zone).date() for end in word.split(".."))
        return "..".join(end.isoformat() for end in ends)

    def _numbers(self, words: Sequence[str]) -> list[int | str]:
        from tix.cli.refs import ticket_ids

        return self._named(ticket_ids(self._call, words))

    def _named(self, numbers: Sequence[int]) -> list[int | str]:
        return [self._names.get(number, number) for number in numbers]

    def _instant(self, param: click.Parameter, text: str) -> str:
        from tix.codec import encode_time
        from tix.ops.queries import dates

        if text in ("none", "off"):
            return text
        ways = {"lean": "future", **_DATES.get(str(param.name), {})}
        return encode_time(dates(self._call.desk).moment(text, **ways).at)

    def _text(self) -> str | None:
        """Return the text of the message, wherever it came from."""
        from tix.cli.texts import read_text

        given = self._context.params
        if given.get("file") is not None:
            return read_text(self._call, given["file"])
        text = given["message"]
        return None if text is None else str(text)


def packed(call: Call, path: str) -> dict[str, Any]:
    """Return the file at *path* with its content; what was read of stdin for ``-``.

    Raises:
        UsageError: It cannot be read.
    """
    from base64 import b64encode

    from tix.cli.texts import read_file, read_text

    content = read_text(call, "-").encode() if path == "-" else read_file(path)
    name = "stdin" if path == "-" else Path(path).name
    return {"name": name, "base64": b64encode(content).decode()}
