"""``tix resolve``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from tix.cli.options import changing_tickets, command, option
from tix.cli.params import TICKET, Choice
from tix.cli.texts import given_text
from tix.domain.status import REASONS

if TYPE_CHECKING:
    from tix.cli.call import Call


@command(
    examples=(
        "tix resolve 12",
        "tix resolve 12 13 --reason wontfix",
        "tix resolve 12 -m 'Fixed in 2.1.' --close",
    )
)
@click.argument("ids", nargs=-1, type=TICKET, metavar="ID...")
@option("--reason", type=Choice(REASONS), default="solved", help="Why (solved).")
@option("-m", "--message", metavar="TEXT", help="A last reply to the customer.")
@option("-F", "--file", metavar="FILE", help="The reply from a file; - is stdin.")
@option("--close", is_flag=True, help="Close it for good as well.")
@changing_tickets
def resolve(
    call: Call,
    ids: tuple[str, ...],
    reason: str,
    message: str | None,
    file: str | None,
    close: bool,
    **safety: object,
) -> None:
    """Call tickets done."""
    from tix.cli.changes import show_change
    from tix.cli.safety import meant
    from tix.ops.tickets import moves

    desk, numbers = meant(call, ids, "resolve", **safety)
    body = given_text(call, message, file)
    show_change(call, moves.resolve(desk, numbers, reason, body=body, close=close))
