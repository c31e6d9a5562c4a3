"""``tix assign``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from tix.cli.options import changing_tickets, command, option
from tix.cli.params import AGENT
from tix.cli.words import split_value
from tix.errors import UsageError

if TYPE_CHECKING:
    from tix.cli.call import Call


@command(
    examples=(
        "tix assign 12 13 alice",
        "tix assign 12 --me",
        "tix assign --where is:unassigned @me",
    )
)
@click.argument("words", nargs=-1, type=AGENT, metavar="ID... AGENT")
@option("--me", is_flag=True, help="To yourself.")
@option("--none", is_flag=True, help="To nobody.")
@option("--auto", is_flag=True, help="To the agent of the department with the fewest open.")
@changing_tickets
def assign(
    call: Call, words: tuple[str, ...], me: bool, none: bool, auto: bool, **safety: object
) -> None:
    """Give tickets to an agent."""
    from tix.cli.changes import show_change
    from tix.cli.safety import meant
    from tix.ops.tickets import filing

    if me + none + auto > 1:
        raise UsageError("--me, --none and --auto exclude each other")
    ids, agent = words, "@me" if me else "none"
    if not (me or none or auto):
        ids, agent = split_value(words, "an agent", "tix assign ID... AGENT", where=safety["where"])
    desk, numbers = meant(call, ids, "assign", **safety)
    if auto:
        show_change(call, filing.assign_evenly(desk, numbers))
    else:
        show_change(call, filing.assign(desk, numbers, None if agent == "none" else agent))
