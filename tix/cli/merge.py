"""``tix merge`` and ``tix unmerge``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from tix.cli.options import changing_tickets, command, option
from tix.cli.params import TICKET

if TYPE_CHECKING:
    from tix.cli.call import Call


@command(
    "merge",
    examples=(
        "tix merge 12 15 --into 7",
        "tix merge 12 --into 7 --why 'the same refund' --dry-run",
        "tix merge --where 'customer:jo@example.com subject:refund' --into 7",
    ),
)
@click.argument("ids", nargs=-1, type=TICKET, metavar="ID...")
@option("--into", type=TICKET, required=True, metavar="ID", help="The ticket that stays.")
@changing_tickets
def merge(call: Call, ids: tuple[str, ...], into: str, **safety: object) -> None:
    """Let tickets go on in another one.

    It shows their messages in order of time, and gets their tags, participants and waiting
    customers. They point to it, and what is written on them lands there. A ticket of another
    customer brings that customer as a participant. tix unmerge takes them out again.
    """
    from tix.cli.changes import show_change
    from tix.cli.refs import one_ticket
    from tix.cli.safety import all_but
    from tix.ops.tickets import joining

    target = one_ticket(call, into)
    desk, numbers = all_but(call, target, ids, f"merge into ticket {target}:", **safety)
    show_change(call, joining.merge(desk, numbers, target))


@command("unmerge", examples=("tix unmerge 12", "tix unmerge --where merged:7 --yes"))
@click.argument("ids", nargs=-1, type=TICKET, metavar="ID...")
@changing_tickets
def unmerge(call: Call, ids: tuple[str, ...], **safety: object) -> None:
    """Take merged tickets out of those they go on in.

    They are again what they were before; what came since stays where it is.
    """
    from tix.cli.changes import show_change
    from tix.cli.safety import meant
    from tix.ops.tickets import joining

    desk, numbers = meant(call, ids, "unmerge", **safety)
    show_change(call, joining.unmerge(desk, numbers))
