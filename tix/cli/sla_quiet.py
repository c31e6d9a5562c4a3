"""``tix sla ack`` and ``tix sla silence``: what the checker need not tell."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from tix.cli.options import changing_tickets, subcommand
from tix.cli.params import DATE, TICKET
from tix.errors import UsageError

if TYPE_CHECKING:
    from tix.cli.call import Call

OFF = "off"


def add_quiet(group: click.Group) -> None:
    """Add ``ack`` and ``silence`` to the commands of *group*."""
    subcommand(group, "ack", examples=("tix sla ack 12", "tix sla ack 12 13"))(_ack)
    subcommand(
        group,
        "silence",
        examples=("tix sla silence 12 2h", "tix sla silence 12 13 mon", "tix sla silence 12 off"),
    )(_silence)


@click.argument("ids", nargs=-1, type=TICKET, metavar="ID...")
@changing_tickets
def _ack(call: Call, ids: tuple[str, ...], **safety: object) -> None:
    """Tell tix-sla that somebody knows: no reminder of what is late now."""
    from tix.cli.changes import show_change
    from tix.cli.safety import meant
    from tix.ops.sla.ledger import acknowledge

    desk, numbers = meant(call, ids, "acknowledge what is late on", **safety)
    show_change(call, acknowledge(desk, numbers))


@click.argument("words", nargs=-1, type=DATE, metavar="ID... DATE")
@changing_tickets
def _silence(call: Call, words: tuple[str, ...], **safety: object) -> None:
    """Let tix-sla tell nothing of tickets until a time; off ends it."""
    from tix.cli.changes import show_change
    from tix.cli.safety import meant
    from tix.ops.sla.ledger import silence

    if len(words) < (1 if safety["where"] else 2):
        raise UsageError("a time is missing", hint="tix sla silence ID... 2h")
    desk, numbers = meant(call, words[:-1], "silence", **safety)
    until = None if words[-1] == OFF else call.moment(words[-1])
    show_change(call, silence(desk, numbers, until))
