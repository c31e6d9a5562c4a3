"""``tix report``: figures of a help desk, in the terminal, in a file and as a picture."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from tix.cli.groups import Shorthand
from tix.cli.options import FILTERS, OUTPUT, SAFETY, listing, option, subcommand
from tix.cli.params import DATE, METRIC, REPORT, Choice, checked_text
from tix.cli.past import as_of_option, then
from tix.cli.report.saved import add_saved
from tix.output.reports.charts import KINDS
from tix.reports.scope import GROUPS, PERIODS

if TYPE_CHECKING:
    from tix.cli.call import Call


@click.group(cls=Shorthand)
def report() -> None:
    """Count, measure and compare what the desk does.

    tix report NAME is short for tix report show NAME.
    """


@subcommand(
    report,
    "show",
    examples=(
        "tix report kpi",
        "tix report departments --from 2026-11-01 --to 2026-11-30 -o csv",
        "tix report volume tag:billing --by week --chart line",
        "tix report agents --by month --html agents.html",
    ),
)
@click.argument("name", type=REPORT)
@click.argument("query", nargs=-1)
@option("--from", "since", type=DATE, section=FILTERS, metavar="DATE", help="From this date on.")
@option("--to", "until", type=DATE, section=FILTERS, metavar="DATE", help="Up to this date.")
@option("--by", type=Choice(PERIODS), section=FILTERS, help="A row for each period.")
@option("--group-by", "group", type=Choice(GROUPS), section=FILTERS, help="A row for each.")
@option("--sort", metavar="KEYS", section=FILTERS, help="Such as -created,department.")
@option("-L", "--limit", type=click.IntRange(0), section=FILTERS, help="0 is no limit.")
@option("--section", metavar="NAME", section=FILTERS, help="Only this table of the report.")
@option("--survival", is_flag=True, section=FILTERS, help="Medians that count what still waits.")
@as_of_option
@option("--chart", type=Choice(KINDS), section=OUTPUT, help="Draw it in the terminal.")
@option("--ascii", "is_ascii", is_flag=True, section=OUTPUT, help="Draw with plain characters.")
@option("--svg", metavar="FILE", section=OUTPUT, help="Draw it as a picture.")
@option("--html", metavar="FILE", section=OUTPUT, help="Write a page with tables and charts.")
@option("--force", is_flag=True, section=SAFETY, help="Replace the file if it is there.")
def show(
    call: Call,
    name: str,
    query: tuple[str, ...],
    since: str | None,
    until: str | None,
    by: str | None,
    group: str | None,
    sort: str | None,
    limit: int | None,
    section: str | None,
    survival: bool,
    as_of: str | None,
    **drawing: Any,
) -> None:
    """Print a report on the tickets of a query, or on all.

    Without dates it is about the last 30 days with today; --to is the last day of the range.
    With --as-of it is as it was then, and the same bytes each time. Formats with room for one
    table (plain, tsv, csv) get the first, or the --section. --fields chooses metrics.
    """
    from tix.cli.report.asking import asked_for
    from tix.cli.report.showing import Drawing, Part, show_report

    asked = asked_for(name, query, since, until, by, group)
    asked = asked._replace(as_of=then(call, as_of), survival=survival)
    show_report(call, asked, Part(section, sort, limit), Drawing(**drawing))


@subcommand(report, "list", examples=("tix report list", "tix report list --metrics --json"))
@option("--metrics", is_flag=True, section=FILTERS, help="What can be counted and measured.")
@listing
def list_(call: Call, *, metrics: bool, **how: Any) -> None:
    """List the reports there are and those that are saved, or the metrics."""
    from tix.cli.lists import show_list
    from tix.output.reports import kinds

    if metrics:
        from tix.reports.metrics import METRICS

        show_list(call, kinds.metrics([*METRICS.values()]), **how)
        return
    from tix.ops.reports.saving import saved_reports
    from tix.reports import REPORTS

    show_list(call, kinds.table(kinds.listed(REPORTS, saved_reports(call.desk))), **how)


@subcommand(
    report, "define", examples=("tix report define frt_biz_p90", "tix report define R4 --json")
)
@click.argument("metric", type=METRIC)
def define(call: Call, metric: str) -> None:
    """Show what a metric or a column is: its formula, and where that comes from.

    R2 to R25 are the columns of the department report.
    """
    from tix.ops.reports import defining
    from tix.output.reports.kinds import card

    call.show(card(defining.define(checked_text(metric))))


@subcommand(report, "recompute", examples=("tix report recompute", "tix report recompute --json"))
def recompute(call: Call) -> None:
    """Measure all settled tickets again.

    What is measured when a ticket settles is kept, and reports need no more of it. This is for
    a desk on which that was lost; no figure of a whole desk becomes another.
    """
    from tix.cli.report.showing import watch
    from tix.ops.reports import recomputing
    from tix.output.reports.kinds import recomputed

    call.show(recomputed(recomputing.recompute(call.desk, watch(call))))


add_saved(report)
