"""``tix pick``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from tix.cli.options import command, option
from tix.cli.params import checked_text
from tix.errors import Refused

if TYPE_CHECKING:
    from tix.cli.call import Call

_INSTEAD = "tix list -o ids prints all that match"


@command(
    examples=(
        "tix pick is:mine | tix resolve -",
        "tix pick --multi tag:billing | tix assign - @me",
        "tix pick --picker 'fzf --height 40%'",
    )
)
@click.argument("query", nargs=-1)
@option("--multi", is_flag=True, help="Several, not only one.")
@option("--picker", metavar="CMD", help="Instead of fzf; '' is the list that tix has itself.")
def pick(call: Call, query: tuple[str, ...], multi: bool, picker: str | None) -> None:
    """Choose tickets from a list and print their numbers."""
    from tix.cli import picking
    from tix.cli.keys import need_keyboard
    from tix.cli.list_ import show_listing
    from tix.ops.queries import find

    words = picking.picker_words(picker)
    if picker is None or not (words and call.may_ask):
        need_keyboard("tix pick", may_ask=call.may_ask, instead=_INSTEAD)
    found = find(call.desk, [checked_text(word) for word in query])
    if not found.rows:
        raise Refused("no tickets match, so there is nothing to pick")
    if words:
        numbers = picking.with_program(call, found, words, multi=multi)
    else:
        numbers = picking.from_list(call, found, multi=multi)
    if call.given.get("output"):
        rows = {row.ticket.id: row for row in found.rows}
        picked = tuple(rows[number] for number in numbers)
        show_listing(call, found._replace(rows=picked, total=len(picked)))
    else:
        call.write(f"{number}\n" for number in numbers)
