"""``tix time``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from tix.cli.options import changing, command, listing, option
from tix.cli.params import DATE, TICKET, checked_text
from tix.errors import UsageError
from tix.record import NamedTuple

if TYPE_CHECKING:
    from tix.cli.call import Call
    from tix.ops.change import Change


class Words(NamedTuple):
    """What was typed of a time entry or a timer."""

    ticket: str | None
    duration: str | None
    note: str
    at: str | None
    start: bool
    switch: bool
    stop: bool
    measured: str | None


@command(
    "time",
    examples=(
        "tix time 12 25m --note 'Called the bank.'",
        "tix time 12 --start",
        "tix time --stop",
        "tix time 12 -- -10m",
    ),
)
@click.argument("ticket", required=False, type=TICKET, metavar="[ID]")
@click.argument("duration", required=False, metavar="[DURATION]")
@option("--note", metavar="TEXT", default="", help="What was done.")
@option("--at", type=DATE, metavar="DATE", help="When it was, if not now.")
@option("--start", is_flag=True, help="Start your timer on the ticket.")
@option("--switch", is_flag=True, help="With --start: stop the one that runs elsewhere.")
@option("--stop", is_flag=True, help="Stop your timer, and record what it measured.")
@option("--for", "measured", metavar="DURATION", help="With --stop: record this instead.")
@listing
@changing
def time_(
    call: Call,
    ticket: str | None,
    duration: str | None,
    note: str,
    at: str | None,
    start: bool,
    switch: bool,
    stop: bool,
    measured: str | None,
    sort: str,
    limit: int | None,
    exit_status: bool,
    dry_run: bool,
    why: str,
    key: str,
) -> None:
    """Record the time spent on a ticket, or list it.

    A ticket alone lists what was spent on it; without one the timers that run are listed. A
    length below zero is a correction, and needs -- before it.
    """
    from tix.cli.changes import show_change

    words = Words(ticket, duration, note, at, start, switch, stop, measured)
    _check(words)
    call.meant(why=why, dry_run=dry_run, key=key)
    if duration is None and not (start or stop):
        _show(call, ticket, sort=sort, limit=limit, exit_status=exit_status)
        return
    show_change(call, _changed(call, words))


def _check(words: Words) -> None:
    """Refuse what does not go together."""
    if words.start + words.stop + (words.duration is not None) > 1:
        raise UsageError("a duration, --start and --stop exclude each other")
    if words.ticket is None and (words.start or words.duration is not None):
        raise UsageError("no ticket given", hint="tix time ID --start")
    needs = (
        ("--switch", words.switch, "--start", words.start),
        ("--for", words.measured is not None, "--stop", words.stop),
        ("--at", words.at is not None, "a duration", words.duration is not None),
        ("--note", bool(words.note), "a duration or --stop", words.duration or words.stop),
    )
    for name, is_given, other, is_there in needs:
        if is_given and not is_there:
            raise UsageError(f"{name} needs {other}")


def _changed(call: Call, words: Words) -> Change:
    from tix.cli.refs import one_ticket
    from tix.ops.tickets import working

    desk, note = call.desk, checked_text(words.note)
    number = None if words.ticket is None else one_ticket(call, words.ticket)
    if words.stop:
        seconds = None if words.measured is None else seconds_of(words.measured)
        return working.stop(desk, number, note=note, seconds=seconds)
    if number is None:
        raise AssertionError("a ticket was asked for above")
    if words.duration is None:
        return working.start(desk, number, switch=words.switch)
    at = None if words.at is None else call.moment(words.at, lean="past")
    return working.work(desk, number, seconds_of(words.duration), note=note, at=at)


def seconds_of(text: str) -> int:
    """Return the seconds of a length of time that may have a sign.

    Raises:
        BadDate: It is none.
    """
    from datetime import timedelta

    from tix.domain.span import parse_span

    seconds = parse_span(checked_text(text).removeprefix("-")) // timedelta(seconds=1)
    return -seconds if text.startswith("-") else seconds


def _show(
    call: Call, ticket: str | None, *, sort: str, limit: int | None, exit_status: bool
) -> None:
    from tix.cli.lists import show_list
    from tix.cli.refs import one_ticket
    from tix.ops.tickets import working
    from tix.output.working import more_columns, spent, table

    desk = call.desk
    if ticket is None:
        rows, footer, empty = working.timers(desk), "", "no timer is running"
    else:
        rows = working.spent(desk, one_ticket(call, ticket))
        total = sum(row.seconds for row in rows if not row.runs)
        footer, empty = f"{spent(total)} in all", "no time was recorded"
    listed = table(rows, desk.zone, footer=footer if rows else "", empty=empty)
    show_list(call, listed, more=more_columns(), sort=sort, limit=limit, exit_status=exit_status)
