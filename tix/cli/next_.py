"""``tix next``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from tix.cli.options import FILTERS, changing, command, option
from tix.cli.params import checked_text

if TYPE_CHECKING:
    from tix.cli.call import Call


@command("next", examples=("tix next", "tix next --take", "tix next tag:billing -L 3"))
@click.argument("query", nargs=-1)
@option("--take", is_flag=True, help="Assign it to yourself and open it.")
@option("-L", "--limit", type=click.IntRange(1), default=1, section=FILTERS, help="So many (1).")
@option("--exit-status", is_flag=True, section=FILTERS, help="Exit 1 if there is nothing to do.")
@changing
def next_(
    call: Call,
    query: tuple[str, ...],
    take: bool,
    limit: int,
    exit_status: bool,
    dry_run: bool,
    why: str,
    key: str,
) -> None:
    """Show the ticket to work on next, or take it."""
    from tix.cli.changes import show_change
    from tix.cli.list_ import show_listing
    from tix.ops.queries import find
    from tix.ops.tickets import filing, reads

    desk = call.meant(why=why, dry_run=dry_run, key=key)
    words = [*map(checked_text, query), *reads.next_terms(desk)]
    found = find(desk, words, limit=limit)
    if not found.rows:
        call.say("Inbox zero.")
    elif take:
        show_change(call, filing.take(desk, [row.ticket.id for row in found.rows]))
    else:
        show_listing(call, found._replace(total=len(found.rows)))
    if exit_status and not found.rows:
        raise SystemExit(1)
