"""A ticket at a glance: its fields and the last that was said."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from tix.table import Block

if TYPE_CHECKING:
    from tix.cli.call import Call
    from tix.domain.ticket import Ticket
    from tix.table import Card

MESSAGES = 3
LINES = 12
CHARACTERS = 2_000


def glance(call: Call, number: int) -> Ticket:
    """Show the ticket as it is now, its last messages cut short, and return it.

    Raises:
        TicketNotFound: There is none.
    """
    from tix.domain.importance import Ranking
    from tix.domain.shown import clock_finder
    from tix.ops.tickets.reads import show
    from tix.output import render
    from tix.output.tickets import Scene
    from tix.output.tickets.page import card

    desk = call.desk
    (shown,), setup = show(desk, [number])
    now = desk.clock()
    ranking = Ranking(now, setup, desk.calendar(setup), clock_finder([shown]))
    scene = Scene(now, desk.zone, setup, ranking)
    click.echo()
    call.write(render(_short(card(shown, scene)), "table", call.view))
    click.echo()
    return shown.ticket


def _short(page: Card) -> Card:
    """Return *page* with the last messages only, and with what they begin with."""
    earlier = len(page.blocks) - MESSAGES
    blocks = [_beginning(block, page.ident) for block in page.blocks[-MESSAGES:]]
    if earlier > 0:
        told = f"... {earlier} earlier message{'s' * (earlier > 1)}: tix show {page.ident}"
        blocks.insert(0, Block(told, ""))
    return page._replace(blocks=blocks)


def _beginning(block: Block, ident: str) -> Block:
    begins = "\n".join(block.text.splitlines()[:LINES])[:CHARACTERS]
    if len(begins) >= len(block.text.rstrip()):
        return block
    return block._replace(text=f"{begins}\n... more: tix show {ident}")
