"""``tix prio``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from tix.cli.options import changing_tickets, command
from tix.cli.params import Named
from tix.cli.words import split_value

if TYPE_CHECKING:
    from tix.cli.call import Call


@command(
    examples=("tix prio 12 13 high", "tix prio 12 up", "tix prio --where tag:vip urgent --yes")
)
@click.argument("words", nargs=-1, type=Named("priority"), metavar="ID... LEVEL")
@changing_tickets
def prio(call: Call, words: tuple[str, ...], **safety: object) -> None:
    """Set the priority of tickets."""
    from tix.cli.changes import show_change
    from tix.cli.safety import meant
    from tix.ops.tickets.filing import prioritize

    ids, level = split_value(
        words, "a level", "tix prio ID... low|normal|high|urgent|up|down", where=safety["where"]
    )
    desk, numbers = meant(call, ids, "set the priority of", **safety)
    show_change(call, prioritize(desk, numbers, level))
