"""``tix init``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from tix.cli.failure import telling
from tix.cli.options import command

if TYPE_CHECKING:
    from tix.cli.call import Call


@command(examples=("tix init", "tix init ~/support/desk --tz Europe/Zagreb"))
@click.argument("folder", required=False, metavar="[DIR]")
def init(call: Call, folder: str | None) -> None:
    """Make a desk."""
    if folder is not None:
        call.given["db"] = folder
    desk = call.desk
    desk.create(call.given.get("tz"))
    with telling("the desk is made"):
        call.write([f"{desk.location}\n"])
    call.say("open a ticket with: tix new 'First ticket'; bring tickets in with: tix import")
