"""``tix apply``."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, BinaryIO

import click

from tix.cli.options import changing, command
from tix.cli.params import checked_text
from tix.errors import BadData, ExitCode, TixError, UsageError
from tix.record import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tix.cli.call import Call
    from tix.cli.lines.read import Line
    from tix.desk import Desk
    from tix.ops.change import Change

_BOM = b"\xef\xbb\xbf"
# They make operations of their own, which cannot be parts of another one.
_ALONE = frozenset({"undo", "redo"})


@command(
    examples=(
        "tix apply changes.jsonl --dry-run",
        "tix apply changes.jsonl --why 'agreed with Jo' --key 2026-11-24",
        "tix tag --where tag:bilng billing -n -o jsonl | tix apply -",
    )
)
@click.argument("file", metavar="FILE")
@changing
def apply(call: Call, file: str, dry_run: bool, why: str, key: str) -> None:
    """Do what the lines of a file say, all or nothing."""
    from tix.cli.changes import show_change
    from tix.cli.import_ import opened
    from tix.ops.apply import Applied
    from tix.ops.apply import apply as together
    from tix.ops.change import Change

    desk = call.meant(why=why, dry_run=dry_run, key=key)
    with opened(call, checked_text(file)) as given:
        if given.file is None:
            raise UsageError(f"{given.label} is a folder, and a file is needed")
        script = _Script(call, given.file)
        if script.count == 0:
            call.say("nothing to do")
            applied = Applied(Change("apply", dry_run=dry_run))
        elif script.is_alone:
            # Nothing is a part of something here: the command does as it always does.
            (change,) = script.steps(desk)
            applied = Applied(change, (change,))
        else:
            applied = together(desk, script.steps)
    if dry_run and call.format == "jsonl":
        call.write(script.written)
    else:
        show_change(call, applied.whole, applied.parts)


class _Names(NamedTuple):
    """What lines call what they make: its id by that name, and the name by that id."""

    ids: dict[str, str]
    names: dict[int | str, str]


class _Script:
    """The lines of a file, each of which was read and understood before any of them is done.

    They are read again to be done, so that no more than one of them is in memory.
    """

    def __init__(self, call: Call, file: BinaryIO) -> None:
        self.count = 0
        self.written: list[str] = []
        self._call = call
        self._file = file
        self._root = click.get_current_context().find_root()
        self._check()

    @property
    def is_alone(self) -> bool:
        """Whether there is one line only."""
        return self.count == 1

    def steps(self, desk: Desk) -> Iterator[Change]:
        """Do line after line on *desk*, and yield what each has changed."""
        given = _Names({}, {})
        for number, content in _lines(self._file):
            with _told(number):
                change = self._done(desk, number, self._line(content), given)
            yield change

    def _check(self) -> None:
        from tix.cli.lines.files import checked
        from tix.cli.lines.read import words

        named: dict[str, int] = {}
        alone: dict[int, str] = {}
        for number, content in _lines(self._file):
            self.count += 1
            with _told(number):
                line = self._line(content)
                typed = words(line, dict.fromkeys(named, "1"), checked)
                line.command.make_context(line.name, typed, obj=self._call)
                if line.called in named:
                    raise BadData(f"line {named[line.called]} makes {line.called} already")
            if line.called:
                named[line.called] = number
            if line.name in _ALONE:
                alone[number] = line.name
        for number, name in alone.items():
            if not self.is_alone:
                raise BadData(
                    f"line {number}: {name} cannot be a part of an apply",
                    hint="put it into a file of its own",
                )

    def _line(self, content: bytes) -> Line:
        from tix.cli.lines.read import parse, understood

        return understood(parse(content), self._root)

    def _done(self, desk: Desk, number: int, line: Line, given: _Names) -> Change:
        """Let the command of a line run, and return what it changed."""
        from tix.cli.lines.files import unpacking
        from tix.cli.lines.inside import Inside
        from tix.cli.lines.read import words

        inside = Inside(self._call, desk, number, given.names, line.called)
        with unpacking() as unpacked:
            typed = [*self._meant(line), *words(line, given.ids, unpacked)]
            running = line.command.make_context(line.name, typed, obj=inside)
            with _unanswered():
                line.command.invoke(running)
        if inside.change is None:
            raise AssertionError(f"{line.name} tells no change")
        self.written.append(inside.line)
        if line.called and not self.is_alone:
            _name(given, line.called, inside.change)
        return inside.change

    def _meant(self, line: Line) -> Iterator[str]:
        """Yield the options that the whole gives to each line."""
        from tix.cli.lines.read import option

        intent = self._call.desk.intent
        own = {"why": intent.why, "key": intent.key if self.is_alone else ""}
        for param in line.command.params:
            name = str(param.name)
            if name == "yes" or (name == "dry_run" and intent.dry_run):
                yield option(param)
            elif own.get(name) and name not in line.members:
                yield option(param, own[name])


def _lines(file: BinaryIO) -> Iterator[tuple[int, bytes]]:
    """Yield the lines that are not blank, by their numbers.

    Raises:
        BadData: A line is too long.
    """
    from itertools import count

    from tix.cli.lines.write import LIMIT_BYTES

    file.seek(0)
    for number in count(1):
        content = file.readline(LIMIT_BYTES + 1)
        if not content:
            return
        if len(content) > LIMIT_BYTES:
            raise BadData(f"line {number}: it is longer than {LIMIT_BYTES >> 20} MB")
        content = (content.removeprefix(_BOM) if number == 1 else content).strip()
        if content:
            yield number, content


def _name(given: _Names, called: str, change: Change) -> None:
    if len(change.ids) != 1:
        raise BadData(f"it makes {len(change.ids)} things, and {called} can be only one")
    given.ids[called] = str(change.ids[0])
    given.names[change.ids[0]] = called


@contextmanager
def _told(number: int) -> Iterator[None]:
    """Return the block whose errors name the line with this number.

    Raises:
        TixError: As it was raised.
    """
    try:
        yield
    except TixError as error:
        error.message = f"line {number}: {error.message}"
        raise
    except click.UsageError as error:
        said = error.format_message().rstrip(".")
        raise BadData(f"line {number}: {said[:1].lower()}{said[1:]}") from None


@contextmanager
def _unanswered() -> Iterator[None]:
    """Return the block that may end with the exit code of a question, which nobody asked here.

    Raises:
        SystemExit: The process is to end.
    """
    try:
        yield
    except SystemExit as stop:
        if stop.code != ExitCode.NO:
            raise
