"""``tix snooze``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from tix.cli.options import changing_tickets, command
from tix.cli.params import DATE
from tix.errors import UsageError

if TYPE_CHECKING:
    from tix.cli.call import Call


@command(examples=("tix snooze 12 tomorrow", "tix snooze 12 13 'mon 9:00'", "tix snooze 12 2d"))
@click.argument("words", nargs=-1, type=DATE, metavar="ID... DATE")
@changing_tickets
def snooze(call: Call, words: tuple[str, ...], **safety: object) -> None:
    """Put tickets out of sight until a time."""
    from tix.cli.changes import show_change
    from tix.cli.safety import meant
    from tix.ops.tickets import moves

    if len(words) < (1 if safety["where"] else 2):
        raise UsageError("a date is missing", hint="tix snooze ID... DATE")
    desk, numbers = meant(call, words[:-1], "snooze", **safety)
    show_change(call, moves.snooze(desk, numbers, call.moment(words[-1])))
