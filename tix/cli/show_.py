"""``tix show``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from tix.cli.options import command, option
from tix.cli.params import TICKET, checked_text
from tix.cli.past import as_of_option, tell_then, then
from tix.cli.reveal import revealing, tell_masked

if TYPE_CHECKING:
    from tix.cli.call import Call
    from tix.output.tickets import Scene
    from tix.table import Card, Table


@command(
    "show",
    examples=(
        "tix show 12",
        "tix show 12 --log --as-of 'yesterday 17:00'",
        "tix show 12 --json | jq .messages[0].body",
        "tix show 12 --save files",
    ),
)
@click.argument("tickets", nargs=-1, required=True, type=TICKET, metavar="ID...")
@option("--thread", is_flag=True, help="Only the conversation.")
@option("--headers", is_flag=True, help="Only the fields.")
@option("--log", is_flag=True, help="The history as well.")
@option("--save", metavar="DIR", help="Write the attachments into a folder instead.")
@as_of_option
@revealing
def show(
    call: Call,
    tickets: tuple[str, ...],
    thread: bool,
    headers: bool,
    log: bool,
    save: str | None,
    as_of: str | None,
) -> None:
    """Show tickets with their conversation."""
    from tix.cli.refs import ticket_ids
    from tix.codec import encode_time
    from tix.domain.importance import Ranking
    from tix.domain.shown import clock_finder
    from tix.ops.tickets.reads import show as shown_of
    from tix.output.tickets import Scene
    from tix.output.tickets.page import card

    desk = call.desk
    at = then(call, as_of)
    shown, setup = shown_of(desk, ticket_ids(call, tickets), at)
    if save is not None:
        from tix.cli.attachments import save_attachments

        save_attachments(call, shown, checked_text(save))
        return
    now = at or desk.clock()
    ranking = Ranking(now, setup, desk.calendar(setup), clock_finder(shown))
    scene = Scene(now, desk.zone, setup, ranking)
    pages = [card(one, scene, log=log) for one in shown]
    tell_masked(call)
    if at:
        pages = [page._replace(record={**page.record, "as_of": encode_time(at)}) for page in pages]
    if thread:
        pages = [page._replace(pairs=()) for page in pages]
    if headers:
        pages = [page._replace(blocks=()) for page in pages]
    if len(pages) > 1 and call.format in ("json", "csv", "tsv"):
        call.show(_together(pages, scene))
    else:
        for page in pages:
            call.show(page)
    tell_then(call, at)


def _together(pages: list[Card], scene: Scene) -> Table[Card]:
    """Return several pages as one list, for formats that are one document."""
    from tix.codec import encode_time
    from tix.table import Column, Table

    def column(name: str) -> Column[Card]:
        return Column(name, lambda page: dict(page.fields)[name])

    return Table(
        name="ticket_list",
        columns=[column(name) for name, _ in pages[0].fields],
        rows=pages,
        record=lambda page: page.record,
        ident=lambda page: page.ident,
        items="tickets",
        envelope={
            "as_of": encode_time(scene.now),
            "tz": str(scene.zone),
            "query": None,
            "total": len(pages),
            "count": len(pages),
            "truncated": False,
        },
    )
