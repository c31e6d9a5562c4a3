"""``tix next``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from tix.cli.options import FILTERS, changing, command, option
from tix.cli.params import checked_text

if TYPE_CHECKING:
    from tix.cli.call import Call
    from tix.ops.queries import Listing

NOTHING = "Inbox zero."


@command("next", examples=("tix next", "tix next --take", "tix next tag:billing --explain -L 3"))
@click.argument("query", nargs=-1)
@option("--take", is_flag=True, help="Assign it to yourself and open it.")
@option("--explain", is_flag=True, help="Show each term of its importance.")
@option("-L", "--limit", type=click.IntRange(1), default=1, section=FILTERS, help="So many (1).")
@option("--exit-status", is_flag=True, section=FILTERS, help="Exit 1 if there is nothing to do.")
@changing
def next_(
    call: Call,
    query: tuple[str, ...],
    take: bool,
    explain: bool,
    limit: int,
    exit_status: bool,
    dry_run: bool,
    why: str,
    key: str,
) -> None:
    """Show the ticket to work on next, or take it."""
    from tix.cli.changes import show_change
    from tix.cli.list_ import show_listing
    from tix.ops.change import Change
    from tix.ops.queries import find
    from tix.ops.tickets import filing, reads

    desk = call.meant(why=why, dry_run=dry_run, key=key)
    words = [*map(checked_text, query), *reads.NEXT]
    found = find(desk, words, limit=limit)
    if take and found.rows:
        show_change(call, filing.take(desk, [row.ticket.id for row in found.rows]))
    elif explain:
        _explain(call, found)
    elif take:
        call.say(NOTHING)
        show_change(call, Change("next", dry_run=dry_run))
    else:
        show_listing(call, found._replace(total=len(found.rows)), empty=NOTHING)
    if exit_status and not found.rows:
        raise SystemExit(1)


def _explain(call: Call, found: Listing) -> None:
    """Print what makes the tickets as important as they are."""
    from tix.output.tickets.importance import importance_table

    table = importance_table(found.rows, found.ranking)
    call.show(table._replace(empty=NOTHING))
