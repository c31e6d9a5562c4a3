"""``tix reply``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from tix.cli.options import changing, command, option
from tix.cli.params import DATE, TICKET, Choice, Revision
from tix.cli.texts import attachments, message_options, message_text
from tix.domain.status import REASONS, Status
from tix.errors import UsageError

if TYPE_CHECKING:
    from tix.cli.call import Call
    from tix.desk import Desk


@command(
    examples=(
        "tix reply 12 -m 'The refund is on its way.' --resolve",
        "tix reply 12 -F answer.txt --attach invoice.pdf",
        "tix reply 12 --inbound -m 'She called: still nothing.'",
    )
)
@click.argument("ticket", type=TICKET, metavar="ID")
@message_options
@option("-e", "--edit", is_flag=True, help="Write it in the editor.")
@option("--resolve", is_flag=True, help="Resolve the ticket as well.")
@option("--reason", type=Choice(REASONS), default="solved", help="Why it is resolved (solved).")
@option("--pending", is_flag=True, help="Wait for the customer after it.")
@option("--open", "open_", is_flag=True, help="Keep it open: there is more to do.")
@option("--inbound", is_flag=True, help="The text is the customer's, by phone or by hand.")
@option("--at", type=DATE, metavar="DATE", help="When it was, if not now.")
@option("--if-rev", type=Revision(), section="Safety", help="Only if it is at this revision.")
@changing
def reply(
    call: Call,
    ticket: str,
    message: str | None,
    file: str | None,
    attach: tuple[str, ...],
    edit: bool,
    resolve: bool,
    reason: str,
    pending: bool,
    open_: bool,
    inbound: bool,
    at: str | None,
    if_rev: int | None,
    dry_run: bool,
    why: str,
    key: str,
) -> None:
    """Answer the customer."""
    from tix.cli.changes import show_change
    from tix.cli.refs import one_ticket
    from tix.ops.tickets import talking

    if resolve + pending + open_ + inbound > 1:
        raise UsageError("--resolve, --pending, --open and --inbound exclude each other")
    desk = call.meant(why=why, dry_run=dry_run, key=key, if_rev=if_rev)
    number = one_ticket(call, ticket)
    body = message_text(
        call,
        message,
        file,
        edit=edit,
        below=lambda: _quoted(desk, number),
        name=f"reply-{number}",
    )
    when = None if at is None else call.moment(at, lean="past")
    files = attachments(attach)
    if inbound:
        show_change(call, talking.receive(desk, number, body, attachments=files, at=when))
        return
    status = Status.PENDING if pending else Status.OPEN if open_ else Status.ANSWERED
    change = talking.reply(
        desk,
        number,
        body,
        status=status,
        resolve=reason if resolve else None,
        attachments=files,
        at=when,
    )
    show_change(call, change)
    if change.changed and not dry_run and call.is_terminal:
        call.say("recorded; no mail account is set up, so send it by hand")


def _quoted(desk: Desk, number: int) -> str:
    """Return the last messages of the thread, quoted for who writes the answer."""
    from tix.ops.tickets.reads import show

    shown = show(desk, [number])[0][0]
    lines = [f"Ticket {number}: {shown.ticket.subject}", ""]
    for message in shown.messages[-3:]:
        lines.append(f"{message.author} wrote:")
        lines += [f"> {line}" for line in (message.body or "").splitlines()] + [""]
    return "\n".join(lines)
