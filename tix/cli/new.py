"""``tix new``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from tix.cli.changes import show_change
from tix.cli.options import changing, command, option
from tix.cli.params import AGENT, CUSTOMER, DATE, DEPARTMENT, TAG, filled, joined
from tix.cli.texts import attachments, given_text, message_options
from tix.errors import UsageError

if TYPE_CHECKING:
    from tix.cli.call import Call

BELOW = "The subject stands on the first line, the message below it.\n"


@command(
    examples=(
        "tix new Refund not received -c jo@example.com -p high",
        "tix new 'Cannot log in' -c C-3 -m 'Since this morning.' -t login,web",
        "echo 'It broke.' | tix new 'Export fails' -F - --key mail-4711",
    )
)
@click.argument("subject", nargs=-1)
@message_options
@option("-c", "--customer", type=CUSTOMER, help="Who asks: C-3, an address or a phone.")
@option("-p", "--priority", help="low, normal, high or urgent, or the desk's own.")
@option("-a", "--assignee", type=AGENT, help="Who works on it.")
@option("-t", "--tags", type=TAG, metavar="A,B", help="Tags.")
@option("--type", "type_", help="question, incident, problem or task, or the desk's own.")
@option("--category", help="Such as billing/refund.")
@option("--dept", type=DEPARTMENT, help="The department.")
@option("--channel", help="Where it came from: email, phone, web …")
@option("--due", type=DATE, metavar="DATE", help="When it must be done.")
@option("--outbound", is_flag=True, help="We write first; the customer is to answer.")
@option("-e", "--edit", is_flag=True, help="Write it in the editor.")
@option("-y", "--yes", is_flag=True, section="Safety", help="Do not ask about far dates.")
@changing
def new(
    call: Call,
    subject: tuple[str, ...],
    message: str | None,
    file: str | None,
    attach: tuple[str, ...],
    customer: str | None,
    priority: str | None,
    assignee: str | None,
    tags: str | None,
    type_: str | None,
    category: str | None,
    dept: str | None,
    channel: str | None,
    due: str | None,
    outbound: bool,
    edit: bool,
    yes: bool,
    dry_run: bool,
    why: str,
    key: str,
) -> None:
    """Open a ticket."""
    from tix.cli.dates import due_date
    from tix.domain.verbs import checked_tags
    from tix.ops.tickets.talking import Draft, open_ticket

    desk = call.meant(why=why, dry_run=dry_run, key=key)
    body = given_text(call, message, file)
    title = joined(subject)
    if edit or not title:
        title, body = _written(call, title, body)
    draft = Draft(
        subject=title,
        body=body,
        customer=customer,
        priority=priority,
        assignee=assignee,
        tags=() if tags is None else checked_tags(tags),
        type=type_,
        category=None if category is None else filled(category, "--category"),
        department=dept,
        channel=None if channel is None else filled(channel, "--channel"),
        due_at=None if due is None else due_date(call, due, yes=yes),
        outbound=outbound,
        attachments=attachments(attach),
    )
    show_change(call, open_ticket(desk, draft))


def _written(call: Call, title: str, body: str | None) -> tuple[str, str | None]:
    """Return subject and body from the editor."""
    if not (call.may_ask and call.is_terminal):
        raise UsageError("a ticket needs a subject", hint="tix new 'What it is about'")
    text = call.edited(f"{title}\n\n{body or ''}".strip(), BELOW, "new")
    subject, _, rest = text.strip().partition("\n")
    return subject, rest.strip() or None
