"""``tix log-call``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from tix.cli.options import command, option
from tix.cli.params import TICKET, filled
from tix.cli.spoken import (
    after_it,
    began,
    bring_in,
    length_of,
    numbered,
    spoken_options,
    whom,
)
from tix.errors import UsageError

if TYPE_CHECKING:
    from tix.cli.call import Call


@command(
    "log-call",
    examples=(
        "tix log-call 12 --for 12m -m 'She sends the invoice again.'",
        "tix log-call --from +385911234567 --missed",
        "tix log-call --to jo@example.com --for 4m --subject 'Refund is on its way' --resolve",
        "tix log-call --import calls.jsonl --dry-run",
    ),
)
@click.argument("ticket", required=False, type=TICKET, metavar="ID")
@option("-m", "--note", metavar="TEXT", help="What was said.")
@spoken_options
def log_call(
    call: Call,
    ticket: str | None,
    note: str | None,
    import_: str | None,
    dry_run: bool,
    why: str,
    key: str,
    **how: Any,
) -> None:
    """Log a call.

    One that was answered counts as an answer from its beginning, and its time as work; a
    customer who reached nobody waits for an answer. Without a ticket it opens one.

    tix help calls tells what the lines of --import are.
    """
    from tix.cli.changes import show_change
    from tix.domain.verbs.speaking import Call as Spoken
    from tix.ops.tickets.speaking import LOG_CALL, Talk, log

    desk = call.meant(why=why, dry_run=dry_run, key=key, if_rev=how["if_rev"])
    if import_ is not None:
        from tix.ops.importing.spoken.calling import log_calls

        show_change(call, bring_in(call, import_, log_calls))
        return
    if (how["length"] is None) != how["missed"]:
        if how["missed"]:
            raise UsageError("--missed and --for exclude each other: nobody spoke")
        raise UsageError("how long it took is missing", hint="--for 12m, or --missed")
    number = numbered(call, ticket, how)
    inbound, customer = whom(how)
    length = length_of(how["length"] or "0s")
    spoken = Spoken(
        began(call, how, length),
        inbound is not False,
        None if how["missed"] else int(length.total_seconds()),
        None if note is None else filled(note, "--note"),
    )
    talk = Talk(spoken, ticket=number, customer=customer, **after_it(how))
    show_change(call, log(desk, LOG_CALL, number, lambda tx: talk))
