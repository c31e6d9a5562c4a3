"""``tix undo`` and ``tix redo``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from tix.cli.options import FILTERS, SAFETY, changing, command, option
from tix.cli.params import Named
from tix.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable

    from tix.cli.call import Call
    from tix.cli.options import F
    from tix.ops.change import Change


OPERATION = Named("operation")


def leading_back(function: F) -> F:
    """Add the number of an operation, and the options that undo and redo share."""
    decorators: list[Callable[[F], F]] = [
        click.argument("op", required=False, type=OPERATION, metavar="[OP]"),
        option("--force", is_flag=True, section=SAFETY, help="Over later changes as well."),
        changing,
    ]
    for decorator in reversed(decorators):
        function = decorator(function)
    return function


@command("undo", examples=("tix undo", "tix undo --list", "tix undo 57"))
@leading_back
@option("--list", "show_list", is_flag=True, help="What can be taken back, the newest first.")
@option("-L", "--limit", type=click.IntRange(0), section=FILTERS, help="The last so many; 0: all.")
def undo(
    call: Call,
    op: str | None,
    force: bool,
    dry_run: bool,
    why: str,
    key: str,
    show_list: bool,
    limit: int | None,
) -> None:
    """Take an operation back."""
    from tix.cli.log import show_operations
    from tix.ops import undo as ops

    if show_list:
        show_operations(call, [], limit)
        return
    call.meant(why=why, dry_run=dry_run, key=key)
    _lead_back(call, ops.undo, op, force)


@command("redo", examples=("tix redo", "tix redo 57"))
@leading_back
def redo(call: Call, op: str | None, force: bool, dry_run: bool, why: str, key: str) -> None:
    """Do again what was taken back."""
    from tix.ops import undo as ops

    call.meant(why=why, dry_run=dry_run, key=key)
    _lead_back(call, ops.redo, op, force)


def _lead_back(call: Call, op: Callable[..., Change], text: str | None, force: bool) -> None:
    """Let *op* take an operation back or do it again, once for a key, and print what it did."""
    from tix.cli.changes import show_change
    from tix.ops.apply import apply

    number = _number(text)
    change = apply(
        call.desk,
        lambda desk: [op(desk, number, force=force)],
        command=op.__name__,
        creates=False,
    ).whole
    show_change(call, change)
    if call.format == "table" and change.op is not None:
        call.say(f"operation {change.undoes} is taken back; tix undo {change.op} leads back again")


def _number(text: str | None) -> int | None:
    if text is None:
        return None
    if not (text.isdecimal() and text.isascii() and len(text) < 19):
        hint = "tix undo --list has the numbers; tickets come back by their operation"
        raise UsageError(f"{text[:60]!r} is no operation", hint=hint)
    return int(text)
