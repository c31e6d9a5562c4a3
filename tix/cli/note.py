"""``tix note``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from tix.cli.options import changing_tickets, command, option
from tix.cli.params import TICKET
from tix.cli.texts import attachments, message_options, message_text

if TYPE_CHECKING:
    from tix.cli.call import Call


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
    from tix.ops.tickets import talking

    desk, numbers = meant(call, ids, "note on", **safety)
    text = message_text(call, message, file, edit=edit, name="note")
    files = attachments(attach)
    show_change(call, talking.note(desk, numbers, text, pinned=pin, attachments=files))
