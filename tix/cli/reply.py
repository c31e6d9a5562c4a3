"""``tix reply``."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

import click

from tix.cli.options import changing, command, option
from tix.cli.params import DATE, TICKET, Choice, Revision
from tix.cli.texts import attachments, given_text, message_options
from tix.domain.status import REASONS, Status
from tix.errors import UsageError
from tix.record import NamedTuple

if TYPE_CHECKING:
    from tix.cli.call import Call
    from tix.cli.headers import Step
    from tix.ops.change import Change

_TALKING = ("answered", "open", "pending")


class Reply(NamedTuple):
    """What is said of a reply beside its text; *inbound* is the customer's own message."""

    status: Status = Status.ANSWERED
    reason: str | None = None
    inbound: bool = False
    attachments: tuple[tuple[str, bytes], ...] = ()
    at: datetime | None = None


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

    if resolve + pending + open_ + inbound > 1:
        raise UsageError("--resolve, --pending, --open and --inbound exclude each other")
    call.meant(why=why, dry_run=dry_run, key=key, if_rev=if_rev)
    number = one_ticket(call, ticket)
    text = given_text(call, message, file)
    how = Reply(
        Status.PENDING if pending else Status.OPEN if open_ else Status.ANSWERED,
        reason if resolve else None,
        inbound,
        attachments(attach),
        None if at is None else call.moment(at, lean="past"),
    )
    if text is None or edit:
        change = write_reply(call, number, how, text or "")
    else:
        change = _said(number, how, text)(call.desk)
    show_change(call, change)
    if change.changed and not (inbound or dry_run) and call.is_terminal:
        call.say("recorded; no mail account is set up, so send it by hand")


def write_reply(call: Call, number: int, how: Reply, text: str = "") -> Change:
    """Record the reply that the user writes in the editor, and what its headers change."""
    from tix.cli.headers import MESSAGE, as_one, headers_of, landing, steps, timed
    from tix.cli.quoted import quoted
    from tix.cli.sheets import Sheet, filled_in

    shown = landing(call.desk, [number])
    headers = headers_of(call, shown, MESSAGE[how.inbound :])
    is_resolved = shown[0].ticket.status is Status.RESOLVED
    if not (how.inbound or is_resolved):
        headers["status"] = f"resolved ({how.reason})" if how.reason else str(how.status)
    purpose = "receive" if how.inbound else "reply"
    again = f"tix reply {number}{' --inbound' * how.inbound}"
    sheet = Sheet(f"{purpose}-{number}", again, headers, text, quoted(shown))
    written = filled_in(call, sheet)
    others = {header.name: header for header in written.headers}
    if status := others.get("status"):
        how = how._replace(status=Status.ANSWERED, reason=None)
        if not is_resolved and status.value in _TALKING:
            how = how._replace(status=Status(others.pop("status").value))
    said, landed = _said(number, how, written.text), [shown[0].ticket.id]
    work = timed(call.desk, landed, written.edited_s)
    return as_one(call.desk, purpose, [said, *work, *steps(call, landed, others.values())])


def _said(number: int, how: Reply, text: str) -> Step:
    from tix.ops.tickets import talking

    if how.inbound:
        return lambda desk: talking.receive(
            desk, number, text, attachments=how.attachments, at=how.at
        )
    return lambda desk: talking.reply(
        desk,
        number,
        text,
        status=how.status,
        resolve=how.reason,
        attachments=how.attachments,
        at=how.at,
    )
