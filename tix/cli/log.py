"""``tix log``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from tix.cli.options import FILTERS, command, option
from tix.cli.params import TICKET
from tix.cli.reveal import revealing

if TYPE_CHECKING:
    from tix.cli.call import Call

SCREEN_ROWS = 100


@command(
    "log",
    examples=(
        "tix log 12",
        "tix log --ops --reverse",
        "tix log --follow -o jsonl",
        "tix log 12 -o jsonl | jq -r '.at + \" \" + .kind'",
    ),
)
@click.argument("ids", nargs=-1, type=TICKET, metavar="[ID]...")
@option("--ops", is_flag=True, help="What commands did, instead of event by event.")
@option("--reverse", is_flag=True, section=FILTERS, help="The oldest first.")
@option("-L", "--limit", type=click.IntRange(0), section=FILTERS, help="The last so many; 0: all.")
@option("--follow", is_flag=True, section=FILTERS, help="Go on with what comes; the oldest first.")
@option("--exit-status", is_flag=True, section=FILTERS, help="Exit 1 if there is nothing.")
@revealing
def log(
    call: Call,
    ids: tuple[str, ...],
    ops: bool,
    reverse: bool,
    limit: int | None,
    follow: bool,
    exit_status: bool,
) -> None:
    """Show what happened, event by event.

    The newest comes first, on a terminal and in a pipe alike. Without a ticket it is the
    whole desk. With --follow the last ten come, and then what anybody does, until Ctrl-C.
    """
    from tix.cli.lists import screen_limit, show_rows
    from tix.cli.refs import ticket_ids
    from tix.ops import history
    from tix.output.history import events, more_of_events

    numbers = ticket_ids(call, ids)
    if follow:
        _follow(call, numbers, limit, ops=ops, exit_status=exit_status)
        return
    if ops:
        total = show_operations(call, numbers, limit, reverse=reverse)
    else:
        found = history.events(call.desk, numbers, screen_limit(call, limit, SCREEN_ROWS))
        rows = found.rows[::-1] if reverse else found.rows
        total = found.total
        show_rows(call, events(rows, call.desk.zone), total, more=more_of_events())
    if exit_status and not total:
        raise SystemExit(1)


def _follow(
    call: Call, numbers: list[int], limit: int | None, *, ops: bool, exit_status: bool
) -> None:
    from tix.cli.follow import follow
    from tix.errors import UsageError

    if ops or exit_status:
        other = "--ops" if ops else "--exit-status"
        raise UsageError(f"--follow and {other} do not go together")
    follow(call, numbers, limit)


def show_operations(
    call: Call, numbers: list[int], limit: int | None, *, reverse: bool = False
) -> int:
    """Print the last operations on tickets, or on the whole desk; return how many there are."""
    from tix.cli.lists import screen_limit, show_rows
    from tix.ops import history
    from tix.output.history import operations

    found = history.operations(call.desk, numbers, screen_limit(call, limit, SCREEN_ROWS))
    rows = found.rows[::-1] if reverse else found.rows
    show_rows(call, operations(rows, call.desk.zone), found.total)
    return found.total
