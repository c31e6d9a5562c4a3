"""``tix away``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from tix.cli.groups import Shorthand
from tix.cli.options import FILTERS, changing, listing, option, subcommand
from tix.cli.params import DATE, checked_text

if TYPE_CHECKING:
    from tix.cli.call import Call
    from tix.domain.away import Away
    from tix.table import Table


@click.group(cls=Shorthand)
def away() -> None:
    """Close the desk while you are away.

    tix away DATE..DATE is short for tix away add.
    """


@subcommand(
    away,
    "add",
    examples=("tix away 2027-08-03..2027-08-10", "tix away fri --calendar standard"),
)
@click.argument("dates", type=DATE, metavar="DATE..DATE")
@option("--calendar", "calendars", multiple=True, metavar="NAME", help="Only these; else all.")
@changing
def add(
    call: Call, dates: str, calendars: tuple[str, ...], dry_run: bool, why: str, key: str
) -> None:
    """Close whole days in the business hours.

    No working time passes on them. What was promised before still counts: clocks that run
    keep the hours under which they started.
    """
    from tix.cli.changes import show_change
    from tix.ops import away as ops

    desk = call.meant(why=why, dry_run=dry_run, key=key)
    names = [*map(checked_text, calendars)]
    show_change(call, ops.add(desk, checked_text(dates), names))


@subcommand(away, "list", examples=("tix away list", "tix away list --all --json"))
@option("--all", "everything", is_flag=True, section=FILTERS, help="Also those that are over.")
@listing
def list_(call: Call, everything: bool, **how: Any) -> None:
    """List the dates on which nobody is there."""
    from tix.cli.lists import show_list
    from tix.ops import away as ops

    show_list(call, _table(ops.away(call.desk, everything=everything)), **how)


@subcommand(away, "cancel", examples=("tix away cancel", "tix away cancel 2027-08-07..2027-08-10"))
@click.argument("dates", type=DATE, required=False, metavar="[DATE..DATE]")
@changing
def cancel(call: Call, dates: str | None, dry_run: bool, why: str, key: str) -> None:
    """Open the days again: these, or those of the only absence.

    Clocks that run keep the hours under which they started.
    """
    from tix.cli.changes import show_change
    from tix.ops import away as ops

    desk = call.meant(why=why, dry_run=dry_run, key=key)
    show_change(call, ops.cancel(desk, checked_text(dates or "")))


def _table(rows: list[Away]) -> Table[Away]:
    from tix.table import Column, Table

    return Table(
        name="away_list",
        columns=[
            Column("first", lambda one: one.first.isoformat()),
            Column("last", lambda one: one.last.isoformat()),
            Column("days", lambda one: one.days, align="right"),
            Column("calendars", lambda one: one.calendars),
        ],
        rows=rows,
        record=_record,
        ident=lambda one: one.name,
        items="away",
        empty="nobody is going to be away",
    )


def _record(one: Away) -> dict[str, object]:
    return {
        "schema": "tix.away/1",
        "first": one.first.isoformat(),
        "last": one.last.isoformat(),
        "days": one.days,
        "calendars": list(one.calendars),
    }
