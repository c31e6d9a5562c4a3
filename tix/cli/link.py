"""``tix link`` and ``tix unlink``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from tix.cli.options import changing_tickets, command, option
from tix.cli.params import TICKET, Choice
from tix.domain.ticket import INVERSE_LINKS, LINKS

if TYPE_CHECKING:
    from tix.cli.call import Call
    from tix.desk import Desk

KINDS = tuple(dict.fromkeys((*LINKS, *INVERSE_LINKS.values())))


@command(
    "link",
    examples=(
        "tix link 12 7",
        "tix link 12 7 --as duplicate-of",
        "tix link 12 15 16 --as blocked-by",
        "tix link 12 --where tag:outage --as child --yes",
    ),
)
@click.argument("ticket", type=TICKET, metavar="ID")
@click.argument("ids", nargs=-1, type=TICKET, metavar="OTHER...")
@option(
    "--as", "kind", type=Choice(KINDS), default="related", help="How it is tied to them (related)."
)
@changing_tickets
def link(call: Call, ticket: str, ids: tuple[str, ...], kind: str, **safety: object) -> None:
    """Tie a ticket to others.

    The others show the tie from their end: blocks for blocked-by, duplicated-by for
    duplicate-of, child for parent, and the other way round.
    """
    from tix.cli.changes import show_change
    from tix.ops.tickets import joining

    desk, number, numbers = _meant(call, ticket, ids, f"link ticket {ticket} to", safety)
    show_change(call, joining.link(desk, number, numbers, kind))


@command("unlink", examples=("tix unlink 12 7", "tix unlink 12 15 16"))
@click.argument("ticket", type=TICKET, metavar="ID")
@click.argument("ids", nargs=-1, type=TICKET, metavar="OTHER...")
@changing_tickets
def unlink(call: Call, ticket: str, ids: tuple[str, ...], **safety: object) -> None:
    """Remove the ties between a ticket and others."""
    from tix.cli.changes import show_change
    from tix.ops.tickets import joining

    desk, number, numbers = _meant(call, ticket, ids, f"unlink ticket {ticket} from", safety)
    show_change(call, joining.unlink(desk, number, numbers))


def _meant(
    call: Call, ticket: str, ids: tuple[str, ...], verb: str, safety: dict[str, object]
) -> tuple[Desk, int, list[int]]:
    """Return the desk, the ticket, and the others: those named, or all others that match."""
    from tix.cli.refs import one_ticket
    from tix.cli.safety import all_but

    number = one_ticket(call, ticket)
    desk, numbers = all_but(call, number, ids, verb, **safety)
    return desk, number, numbers
