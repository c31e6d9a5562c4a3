"""``tix inbox``, and ``tix`` alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from tix.cli.options import FILTERS, command, listing, option
from tix.cli.params import checked_text

if TYPE_CHECKING:
    from tix.cli.call import Call
    from tix.ops.queries import Listing

SCREEN_ROWS = 20
_PROMISED = ("breached", "atrisk")
WELCOME = """\
Welcome to tix, the help desk in your shell.
There is no desk yet; the first ticket makes one at
  {place}
Open it with
  tix new "First ticket"
or see: tix help, tix init, tix import."""


@command(examples=("tix", "tix inbox --mine", "tix inbox tag:billing"))
@click.argument("query", nargs=-1)
@option("--mine", is_flag=True, section=FILTERS, help="is:mine")
@option("--all", "everything", is_flag=True, section=FILTERS, help="Every open ticket.")
@listing
def inbox(
    call: Call,
    query: tuple[str, ...] = (),
    mine: bool = False,
    everything: bool = False,
    sort: str = "",
    limit: int | None = None,
    exit_status: bool = False,
) -> None:
    """Show what needs an answer, the most important first."""
    from tix.ops.queries import find

    desk = call.desk
    if not desk.exists and desk.is_default:
        call.say(WELCOME.format(place=desk.location))
        return
    words = [*map(checked_text, query), *(["is:mine"] if mine else [])]
    if not everything:
        words.append("status:new,open")
    if limit is None:
        limit = SCREEN_ROWS if call.is_terminal and call.format == "table" else 0
    found = find(desk, words, sort=sort, limit=limit)
    _tell_of_checker(call)
    _show(call, found)
    if exit_status and not found.total:
        raise SystemExit(1)


def _show(call: Call, found: Listing) -> None:
    from tix.cli.list_ import show_listing
    from tix.cli.scenes import envelope, scene_of
    from tix.output import tickets

    if call.format != "table":
        show_listing(call, found)
        return
    scene = scene_of(call, found)
    call.say(_headline(call))
    more = found.total - len(found.rows)
    footer = f"... {more} more: tix list" if more else ""
    if found.rows:
        footer = f"{footer}        next: tix show {found.rows[0].ticket.id}".strip()
    table = tickets.table(
        found.rows,
        tickets.inbox_columns(scene),
        scene,
        envelope=envelope(call, found),
        footer=footer,
        empty="Inbox zero.",
    )
    call.show(table, more=tickets.more_columns())


def _tell_of_checker(call: Call) -> None:
    """Say so if the checker, which was to run again and again, has not run for long."""
    from tix.store.checker import heartbeat

    beat, now = heartbeat(call.desk.location), call.desk.clock()
    if beat is not None and beat.is_missed(now):
        from tix.domain.span import long_span

        ran, every = long_span(now - beat.at), long_span(beat.every)
        call.say(f"tix-sla last ran {ran} ago and should run every {every}; see 'tix help cron'")


def _headline(call: Call) -> str:
    from tix.domain.when import local_text
    from tix.ops.queries import counts

    desk = call.desk
    found = counts(desk, ("breached", "atrisk", "overdue", "unanswered", "mine", "unassigned"))
    parts = {name: number for name, number in found.items() if number or name not in _PROMISED}
    told = " · ".join(f"{number} {name}" for name, number in parts.items())
    return (
        f"{told}    {local_text(desk.clock(), desk.zone)} {desk.clock().astimezone(desk.zone):%Z}"
    )
