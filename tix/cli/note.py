"""``tix note``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from tix.cli.options import changing_tickets, command, option
from tix.cli.params import TICKET
from tix.cli.texts import attachments, given_text, message_options

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tix.cli.call import Call
    from tix.cli.headers import Step
    from tix.ops.change import Change

    Files = Sequence[tuple[str, bytes]]


@command(examples=("tix note 12 -m 'Asked the bank.'", "tix note 12 13 -F - --pin < findings.txt"))
@click.argument("ids", nargs=-1, type=TICKET, metavar="ID...")
@message_options
@option("-e", "--edit", is_flag=True, help="Write it in the editor.")
@option("--pin", is_flag=True, help="Mark it as worth seeing first.")
@changing_tickets
def note(
    call: Call,
    ids: tuple[str, ...],
    message: str | None,
    file: str | None,
    attach: tuple[str, ...],
    edit: bool,
    pin: bool,
    **safety: object,
) -> None:
    """Write a note that only agents see."""
    from tix.cli.changes import show_change
    from tix.cli.safety import meant

    desk, numbers = meant(call, ids, "note on", **safety)
    text = given_text(call, message, file)
    files = attachments(attach)
    if text is None or edit:
        show_change(call, write_note(call, numbers, text or "", pinned=pin, attachments=files))
    else:
        show_change(call, _said(numbers, text, files, pinned=pin)(desk))


def write_note(
    call: Call,
    numbers: Sequence[int],
    text: str = "",
    *,
    pinned: bool = False,
    attachments: Files = (),
) -> Change:
    """Record the note that the user writes in the editor, and what its headers change."""
    from tix.cli.headers import MESSAGE, as_one, headers_of, landing, steps, timed
    from tix.cli.quoted import quoted
    from tix.cli.sheets import Sheet, filled_in
    from tix.ops.change import Change

    if not numbers:
        return Change("note")
    shown = landing(call.desk, numbers)
    landed = [one.ticket.id for one in shown]
    name = "-".join(map(str, numbers))[:100]
    again = "tix note " + " ".join(map(str, numbers[:20]))
    headers = headers_of(call, shown, MESSAGE)
    written = filled_in(call, Sheet(f"note-{name}", again, headers, text, quoted(shown[:3])))
    said = _said(numbers, written.text, attachments, pinned=pinned)
    work = timed(call.desk, landed, written.edited_s)
    return as_one(call.desk, "note", [said, *work, *steps(call, landed, written.headers)])


def _said(numbers: Sequence[int], text: str, files: Files, *, pinned: bool) -> Step:
    from tix.ops.tickets import talking

    return lambda desk: talking.note(desk, numbers, text, pinned=pinned, attachments=files)
