"""``tix alert``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from tix.cli.groups import Shorthand
from tix.cli.options import FILTERS, changing, listing, option, subcommand
from tix.cli.params import checked_text

if TYPE_CHECKING:
    from tix.cli.call import Call


@click.group(cls=Shorthand, alone="check")
def alert() -> None:
    """Tell when a metric is beyond a threshold.

    tix alert is short for tix alert check.
    """


@subcommand(
    alert,
    "check",
    examples=(
        "tix alert",
        "tix alert 'frt.p90 > 4h over 7d'",
        "tix alert check 'csat < 90%' tag:billing --all",
    ),
)
@click.argument("words", nargs=-1, metavar="[NAME... | THRESHOLD [QUERY...]]")
@option("--all", "everything", is_flag=True, section=FILTERS, help="What is fine as well.")
def check(call: Call, words: tuple[str, ...], everything: bool) -> None:
    """Compare metrics with their thresholds; print and exit with 1 if one is beyond.

    Without words it looks at all that are saved. A figure that rests on too few cases is not
    beyond any threshold.
    """
    from tix.ops.reports import alerting
    from tix.output.alerts import verdicts

    found = alerting.check(call.desk, alerting.chosen(call.desk, [*map(checked_text, words)]))
    crossed = [one for one in found if one.is_crossed]
    call.show(verdicts(found if everything else crossed))
    if crossed:
        raise SystemExit(1)


@subcommand(
    alert,
    "save",
    examples=(
        "tix alert save slow 'frt.p90 > 4h over 7d'",
        "tix alert save unhappy 'csat < 90%' tag:billing",
    ),
)
@click.argument("name")
@click.argument("threshold")
@click.argument("words", nargs=-1, metavar="[QUERY]...")
@changing
def save(
    call: Call,
    name: str,
    threshold: str,
    words: tuple[str, ...],
    dry_run: bool,
    why: str,
    key: str,
) -> None:
    """Keep a threshold; one of that name is replaced."""
    from tix.cli.changes import show_change
    from tix.ops.reports import saving

    desk = call.meant(why=why, dry_run=dry_run, key=key)
    show_change(
        call,
        saving.save_alert(
            desk, checked_text(name), checked_text(threshold), [*map(checked_text, words)]
        ),
    )


@subcommand(alert, "list", examples=("tix alert list", "tix alert list --json"))
@listing
def list_(call: Call, **how: Any) -> None:
    """List the saved alerts."""
    from tix.cli.lists import show_list
    from tix.ops.reports.saving import saved_alerts
    from tix.output.alerts import saved

    show_list(call, saved(saved_alerts(call.desk)), **how)


@subcommand(alert, "rm", examples=("tix alert rm slow", "tix alert rm slow --dry-run"))
@click.argument("name")
@changing
def rm(call: Call, name: str, dry_run: bool, why: str, key: str) -> None:
    """Forget a saved alert."""
    from tix.cli.changes import show_change
    from tix.ops.reports import saving

    desk = call.meant(why=why, dry_run=dry_run, key=key)
    show_change(call, saving.drop(desk, saving.ALERT, checked_text(name)))
