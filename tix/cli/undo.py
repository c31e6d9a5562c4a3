"""``tix undo`` and ``tix redo``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from tix.cli.options import FILTERS, SAFETY, command, option
from tix.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable

    from tix.cli.call import Call
    from tix.cli.options import F
    from tix.ops.change import Change


def leading_back(function: F) -> F:
    """Add the number of an operation, and the options that undo and redo share."""
    decorators: list[Callable[[F], F]] = [
        click.argument("op", required=False, metavar="[OP]"),
        option("--force", is_flag=True, section=SAFETY, help="Over later changes as well."),
        option("-n", "--dry-run", is_flag=True, section=SAFETY, help="Only show what would be."),
        option("--why", metavar="TEXT", default="", section=SAFETY, help="A reason to remember."),
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
    show_list: bool,
    limit: int | None,
) -> None:
    """Take an operation back."""
    from tix.cli.log import show_operations
    from tix.ops import undo as ops

    if show_list:
        show_operations(call, [], limit)
        return
    number = _number(op)
    desk = call.meant(why=why, dry_run=dry_run)
    _show(call, ops.undo(desk, number, force=force))


@command("redo", examples=("tix redo", "tix redo 57"))
@leading_back
def redo(call: Call, op: str | None, force: bool, dry_run: bool, why: str) -> None:
    """Do again what was taken back."""
    from tix.ops import undo as ops

    number = _number(op)
    desk = call.meant(why=why, dry_run=dry_run)
    _show(call, ops.redo(desk, number, force=force))


def _show(call: Call, change: Change) -> None:
    """Print what was taken back or done again."""
    from tix.cli.changes import show_change

    show_change(call, change)
    if call.format == "table" and not change.dry_run:
        call.say(f"operation {change.undoes} is taken back; tix undo {change.op} leads back again")


def _number(text: str | None) -> int | None:
    if text is None:
        return None
    if not (text.isdecimal() and text.isascii() and len(text) < 19):
        hint = "tix undo --list has the numbers; tickets come back by their operation"
        raise UsageError(f"{text[:60]!r} is no operation", hint=hint)
    return int(text)
