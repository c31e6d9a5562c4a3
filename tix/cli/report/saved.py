"""``tix report save`` and ``tix report rm``: reports under a name of the desk's own."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from tix.cli.options import FILTERS, changing, option, subcommand
from tix.cli.params import REPORT, Choice, checked_text
from tix.reports.scope import GROUPS, PERIODS

if TYPE_CHECKING:
    from tix.cli.call import Call


def add_saved(group: click.Group) -> None:
    """Add ``save`` and ``rm`` to the commands of *group*."""
    subcommand(
        group,
        "save",
        examples=(
            "tix report save monday departments --from last-mon --to yesterday",
            "tix report save billing kpi tag:billing --dry-run",
        ),
    )(_save)
    subcommand(group, "rm", examples=("tix report rm monday", "tix report rm monday --dry-run"))(
        _rm
    )


@click.argument("name")
@click.argument("report", type=REPORT)
@click.argument("words", nargs=-1, metavar="[QUERY]...")
@option("--from", "since", section=FILTERS, metavar="DATE", help="From this date on.")
@option("--to", "until", section=FILTERS, metavar="DATE", help="Up to this date.")
@option("--by", type=Choice(PERIODS), section=FILTERS, help="A row for each period.")
@option("--group-by", "group", type=Choice(GROUPS), section=FILTERS, help="A row for each.")
@changing
def _save(
    call: Call,
    name: str,
    report: str,
    words: tuple[str, ...],
    *,
    since: str | None,
    until: str | None,
    by: str | None,
    group: str | None,
    dry_run: bool,
    why: str,
    key: str,
) -> None:
    """Keep a report under a name, for tix report NAME; one of that name is replaced.

    Dates such as -7d mean what they mean on the day when it is shown.
    """
    from tix.cli.changes import show_change
    from tix.cli.report.asking import asked_for
    from tix.ops.reports import saving

    desk = call.meant(why=why, dry_run=dry_run, key=key)
    asked = asked_for(report, words, since, until, by, group)
    show_change(call, saving.save_report(desk, checked_text(name), asked))


@click.argument("name", type=REPORT)
@changing
def _rm(call: Call, name: str, dry_run: bool, why: str, key: str) -> None:
    """Forget a saved report."""
    from tix.cli.changes import show_change
    from tix.ops.reports import saving

    desk = call.meant(why=why, dry_run=dry_run, key=key)
    show_change(call, saving.drop(desk, saving.REPORT, checked_text(name)))
