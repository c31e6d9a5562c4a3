"""``tix new``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from tix.cli.changes import show_change
from tix.cli.options import changing, command, option
from tix.cli.params import AGENT, CUSTOMER, DATE, DEPARTMENT, TAG, filled, joined
from tix.cli.texts import attachments, given_text, message_options
from tix.errors import TixError, UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tix.cli.call import Call
    from tix.cli.sheets import Header
    from tix.desk import Desk
    from tix.ops.change import Change
    from tix.ops.tickets.talking import Draft


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
@option("--sla", metavar="LEVEL", help="What is promised, whatever the policy says; or none.")
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
    sla: str | None,
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
        sla=None if sla is None else filled(sla, "--sla"),
        outbound=outbound,
        attachments=attachments(attach),
    )
    if edit or not title:
        show_change(call, _write_ticket(call, draft, yes=yes))
    else:
        show_change(call, open_ticket(desk, draft))


def _write_ticket(call: Call, draft: Draft, *, yes: bool) -> Change:
    """Open the ticket that the user writes in the editor, beginning with *draft*."""
    from tix.cli.sheets import Sheet, filled_in

    if not (call.may_ask and call.is_terminal):
        raise UsageError("a ticket needs a subject", hint="tix new 'What it is about'")
    sheet = Sheet("new", "tix new", _headers(call, draft), draft.body or "")
    text, headers, _ = filled_in(call, sheet, needs_text=False)
    status = [header for header in headers if header.name == "status"]
    named = [(header, _named(call, header, yes=yes)) for header in headers if header not in status]
    whole = draft._replace(body=text or None)
    for _, values in named:
        whole = whole._replace(**values)
    return _opened(call, whole, named, status)


def _opened(
    call: Call,
    draft: Draft,
    named: Sequence[tuple[Header, dict[str, Any]]],
    status: Sequence[Header],
) -> Change:
    """Open the ticket; where that fails, each header alone tells which is wrong."""
    from tix.cli.headers import placed, steps
    from tix.ops.apply import apply
    from tix.ops.tickets.talking import Draft, open_ticket

    def work(inside: Desk) -> Iterator[Change]:
        inside.intent = call.desk.intent._replace(key="")
        change = open_ticket(inside, draft)
        yield change
        for step in steps(call, [change.changed[0].after.id], status):
            yield step(inside)

    try:
        if status:
            return apply(call.desk, work, command="new").whole
        return open_ticket(call.desk, draft)
    except TixError:
        call.desk.intent = call.desk.intent._replace(dry_run=True, key="")
        for header, values in named:
            with placed(header):
                open_ticket(call.desk, Draft(**{"subject": "-", **values}))
        raise


def _named(call: Call, header: Header, *, yes: bool) -> dict[str, Any]:
    """Return the part of a ticket that *header* names."""
    from tix.cli.dates import due_date
    from tix.cli.headers import or_none, placed
    from tix.domain.verbs import checked_tags

    name, value = header.name, or_none(header.value)
    with placed(header):
        if name == "subject":
            return {"subject": header.value}
        if name == "tags":
            return {"tags": checked_tags(value) if value else ()}
        if name == "due":
            return {"due_at": due_date(call, value, yes=yes) if value else None}
        if name == "sla":
            # Emptied it leaves the choice to the policy; none is a choice.
            return {"sla": header.value or None}
    return {name: value}


def _headers(call: Call, draft: Draft) -> dict[str, str]:
    """Return the headers of a ticket that is to be made."""
    from tix.ops.tickets.reads import show

    due = draft.due_at.astimezone(call.desk.zone) if draft.due_at else None
    return {
        "subject": draft.subject,
        "customer": draft.customer or "",
        "status": "new",
        "priority": draft.priority or show(call.desk, ())[1].default_priority,
        "tags": ", ".join(draft.tags),
        "assignee": draft.assignee or "",
        "department": draft.department or "",
        "type": draft.type or "",
        "category": draft.category or "",
        "due": f"{due:%Y-%m-%d %H:%M}" if due else "",
        "sla": draft.sla or "",
    }
