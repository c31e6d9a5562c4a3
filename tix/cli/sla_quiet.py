"""``tix sla ack`` and ``tix sla silence``: what the checker need not tell."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from tix.cli.options import subcommand
from tix.cli.params import DATE, TICKET
from tix.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Mapping

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


@click.argument("ids", nargs=-1, required=True, type=TICKET, metavar="ID...")
def _ack(call: Call, ids: tuple[str, ...]) -> None:
    """Tell tix-sla that somebody knows: no reminder of what is late now."""
    from tix.cli.refs import ticket_ids
    from tix.ops.sla.ledger import acknowledge

    numbers = ticket_ids(call, ids)
    known = {ticket.id for ticket in acknowledge(call.desk, numbers)}
    said = {True: "nobody is reminded of what is late", False: "nothing is late"}
    _show(call, "sla ack", {number: said[number in known] for number in numbers})


@click.argument("words", nargs=-1, type=DATE, metavar="ID... DATE")
def _silence(call: Call, words: tuple[str, ...]) -> None:
    """Let tix-sla tell nothing of tickets until a time; off ends it."""
    from tix.cli.refs import ticket_ids
    from tix.domain.when import local_text
    from tix.ops.sla.ledger import silence

    if len(words) < 2:
        raise UsageError("a time is missing", hint="tix sla silence ID... 2h")
    desk, numbers = call.desk, ticket_ids(call, words[:-1])
    is_over = words[-1] == OFF
    until = desk.clock() if is_over else call.moment(words[-1])
    said = "it is told again" if is_over else f"silent until {local_text(until, desk.zone)}"
    silence(desk, numbers, until)
    _show(call, "sla silence", dict.fromkeys(numbers, said))


def _show(call: Call, operation: str, said: Mapping[int, str]) -> None:
    """Print what became of the alerts of each ticket; the tickets are as they were."""
    if call.format == "table":
        call.write(f"{number}: {text}\n" for number, text in said.items())
        return
    from tix.cli.changes import show_change
    from tix.ops.change import Change

    show_change(call, Change(operation, unchanged=tuple(said)))
