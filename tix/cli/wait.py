"""``tix wait``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from tix.cli.options import changing_tickets, command, option
from tix.cli.params import DATE, TICKET, Choice
from tix.domain.status import SUBSTATUSES

if TYPE_CHECKING:
    from tix.cli.call import Call


@command(examples=("tix wait 12", "tix wait 12 --on third-party --until +3d"))
@click.argument("ids", nargs=-1, type=TICKET, metavar="ID...")
@option("--on", type=Choice(SUBSTATUSES), default="customer", help="Whom (customer).")
@option("--until", type=DATE, metavar="DATE", help="Open it again then.")
@changing_tickets
def wait(call: Call, ids: tuple[str, ...], on: str, until: str | None, **safety: object) -> None:
    """Wait for the customer or a third party."""
    from tix.cli.changes import show_change
    from tix.cli.safety import meant
    from tix.ops.tickets import moves

    desk, numbers = meant(call, ids, "let wait", **safety)
    end = None if until is None else call.moment(until)
    show_change(call, moves.wait(desk, numbers, on, end))
