"""``tix promise``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from tix.cli.groups import Shorthand
from tix.cli.options import FILTERS, changing_tickets, listing, option, subcommand
from tix.cli.params import DATE, TICKET, checked_text
from tix.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from tix.cli.call import Call
    from tix.desk import Desk
    from tix.ops.change import Change

ids_argument = click.argument("ids", nargs=-1, type=TICKET, metavar="ID...")
number_option = option(
    "--number", type=click.IntRange(1), metavar="N", help="Which one, if there are several."
)


@click.group(cls=Shorthand)
def promise() -> None:
    """Promise customers something by a time, and keep it.

    tix promise ID... TEXT --by DATE is short for tix promise make.
    """


@subcommand(
    promise,
    "make",
    examples=(
        "tix promise 12 'send the fix' --by fri",
        "tix promise make 12 'call her' --by 'tomorrow 15:00'",
    ),
)
@click.argument("words", nargs=-1, type=TICKET, metavar="ID... TEXT")
@option("--by", "due", type=DATE, metavar="DATE", required=True, help="When it will be done.")
@changing_tickets
def make(call: Call, words: tuple[str, ...], due: str, **safety: Any) -> None:
    """Promise to do something by a time.

    A date alone is the end of its business hours.
    """
    from tix.cli.changes import show_change
    from tix.cli.safety import meant
    from tix.ops.sla import promising

    if len(words) < (1 if safety["where"] else 2):
        raise UsageError("what is promised is missing", hint="tix promise ID... TEXT --by DATE")
    text = checked_text(words[-1])
    desk, numbers = meant(call, words[:-1], "promise it on", **safety)
    due_at = call.moment(due, end_of_day=True)
    show_change(call, promising.promise(desk, numbers, text, due_at))


@subcommand(
    promise,
    "list",
    examples=("tix promise list", "tix promise list is:mine", "tix promise list --all --json"),
)
@click.argument("query", nargs=-1)
@option("--all", "ended", is_flag=True, section=FILTERS, help="Also those that are over.")
@listing
def list_(call: Call, query: tuple[str, ...], ended: bool, **how: Any) -> None:
    """List the promises to keep, the one that is due first on top."""
    from tix.cli.lists import show_list
    from tix.ops.sla import promising
    from tix.output.promises import more_columns, table

    rows = promising.promises(call.desk, [*map(checked_text, query)], ended=ended)
    show_list(call, table(rows, call.desk.zone), more=more_columns(), **how)


@subcommand(promise, "done", examples=("tix promise done 12", "tix promise done 12 --number 2"))
@ids_argument
@number_option
@changing_tickets
def done(call: Call, ids: tuple[str, ...], number: int | None, **safety: Any) -> None:
    """Call a promise kept."""
    from tix.ops.sla.promising import keep

    _end(call, ids, number, keep, "keep the promise on", safety)


@subcommand(
    promise,
    "cancel",
    examples=(
        "tix promise cancel 12 --why 'She found another way.'",
        "tix promise cancel 12 --number 2",
    ),
)
@ids_argument
@number_option
@changing_tickets
def cancel(call: Call, ids: tuple[str, ...], number: int | None, **safety: Any) -> None:
    """Call a promise off; one that is late stays broken."""
    from tix.ops.sla.promising import cancel as op

    _end(call, ids, number, op, "call off the promise on", safety)


def _end(
    call: Call,
    ids: tuple[str, ...],
    number: int | None,
    op: Callable[[Desk, Sequence[int], int | None], Change],
    verb: str,
    safety: dict[str, Any],
) -> None:
    from tix.cli.changes import show_change
    from tix.cli.safety import meant

    desk, numbers = meant(call, ids, verb, **safety)
    show_change(call, op(desk, numbers, number))
