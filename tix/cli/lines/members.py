"""What the arguments and options of a command are called where it is a JSON object."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    import click

SCHEMA = "tix.command/1"
IDS = "ids"
CALLED = "called"
"""The name that a line gives to what it makes, for the lines below it."""
HEAD = ("schema", "command", CALLED)

# How a command is run, and not what it does: nobody is asked and no editor is opened.
_UNSAID = frozenset({"dry_run", "yes", "edit", "me"})
_FILES = frozenset({"attach", "file", "import_"})
# What they do stands in a file already, which can be read and kept as it is.
_FROM_A_FILE = frozenset({"apply", "import"})
_VALUE_LAST = re.compile(r"ID\.\.\. ([A-Z]+)")


def members(command: click.Command) -> dict[str, click.Parameter]:
    """Return the parameters of *command* by their names as members.

    Where tickets and a value share one argument (``ID... AGENT``), it has two names.
    """
    own = {param.name for param in command.params}
    return {
        name: param
        for param in command.params
        if param.name not in _UNSAID and not (param.name == "file" and "message" in own)
        for name in _names(param)
    }


def _names(param: click.Parameter) -> Iterator[str]:
    value = last_value(param)
    if value:
        yield from (IDS, value)
    elif param.param_type_name == "argument":
        yield str(param.name).rstrip("_")
    else:
        yield max(param.opts, key=len).lstrip("-").replace("-", "_")


def last_value(param: click.Parameter) -> str:
    """Return the name of the value behind the tickets, empty if the argument has none."""
    shape = _VALUE_LAST.fullmatch(getattr(param, "metavar", None) or "")
    return shape[1].lower() if shape else ""


def is_file(param: click.Parameter) -> bool:
    """Return whether *param* takes the path of a file."""
    return param.name in _FILES


def is_list(param: click.Parameter) -> bool:
    """Return whether *param* takes several values."""
    return param.nargs == -1 or bool(getattr(param, "multiple", False))


def is_text(param: click.Parameter) -> bool:
    """Return whether the words of *param* are one text: a subject, a name."""
    return param.nargs == -1 and param.name in ("subject", "name")


def can_be_applied(name: str, command: click.Command) -> bool:
    """Return whether the command of that name is a change that can stand in a line."""
    names = {param.name for param in command.params}
    return name not in _FROM_A_FILE and names.issuperset({"dry_run", "key"})
