"""``tix show``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from tix.cli.options import command, option
from tix.cli.params import TICKET

if TYPE_CHECKING:
    from tix.cli.call import Call


@command(
    "show",
    examples=("tix show 12", "tix show 12 --log", "tix show 12 --json | jq .messages[0].body"),
)
@click.argument("tickets", nargs=-1, required=True, type=TICKET, metavar="ID...")
@option("--thread", is_flag=True, help="Only the conversation.")
@option("--headers", is_flag=True, help="Only the fields.")
@option("--log", is_flag=True, help="The history as well.")
def show(call: Call, tickets: tuple[str, ...], thread: bool, headers: bool, log: bool) -> None:
    """Show tickets with their conversation."""
    from tix.cli.refs import ticket_ids
    from tix.domain.importance import Ranking
    from tix.ops.tickets.reads import show as shown_of
    from tix.output.tickets import Scene, card

    desk = call.desk
    shown, setup = shown_of(desk, ticket_ids(call, tickets))
    now = desk.clock()
    scene = Scene(now, desk.zone, setup, Ranking(now, setup, desk.calendar(setup)))
    for one in shown:
        page = card(one, scene, log=log)
        if thread:
            page = page._replace(pairs=())
        if headers:
            page = page._replace(blocks=())
        call.show(page)
