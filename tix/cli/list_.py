"""``tix list``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from tix.cli.options import FILTERS, command, listing, option
from tix.cli.params import AGENT, CUSTOMER, TAG, checked_text
from tix.cli.past import as_of_option, tell_then, then
from tix.cli.reveal import revealing

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tix.cli.call import Call
    from tix.ops.queries import Listing

SCREEN_ROWS = 500


@command(
    "list",
    examples=(
        "tix list prio:high.. tag:billing,refund assignee!=alice",
        "tix list created:2026-11-01..2026-11-15 --all --sort created",
        "tix list is:overdue --as-of 2026-11-01",
        "tix list is:unassigned -o ids | tix assign - @me",
    ),
)
@click.argument("query", nargs=-1)
@option("-s", "--status", section=FILTERS, metavar="A,B", help="status:A,B")
@option("-p", "--priority", section=FILTERS, metavar="A,B", help="priority:A,B")
@option("-a", "--assignee", type=AGENT, section=FILTERS, metavar="A,B", help="assignee:A,B")
@option("-t", "--tag", type=TAG, section=FILTERS, metavar="A,B", help="tag:A,B")
@option("-c", "--customer", type=CUSTOMER, section=FILTERS, help="customer:…")
@option("--due", section=FILTERS, metavar="RANGE", help="due:…")
@option("--created", section=FILTERS, metavar="RANGE", help="created:…")
@option("--mine", is_flag=True, section=FILTERS, help="is:mine")
@option("--overdue", is_flag=True, section=FILTERS, help="is:overdue")
@option("--unassigned", is_flag=True, section=FILTERS, help="is:unassigned")
@option("--search", section=FILTERS, metavar="TEXT", help="text:…")
@option("--all", "everything", is_flag=True, section=FILTERS, help="Settled ones as well.")
@option("--group-by", metavar="FIELD", section=FILTERS, help="Under a heading for each value.")
@option("--count", is_flag=True, section=FILTERS, help="Only how many.")
@as_of_option
@revealing
@listing
def list_(
    call: Call,
    query: tuple[str, ...],
    everything: bool,
    group_by: str | None,
    count: bool,
    as_of: str | None,
    sort: str,
    limit: int | None,
    exit_status: bool,
    **filters: str | bool | None,
) -> None:
    """List the tickets that match a query.

    With --as-of the query is asked at that time, and finds the tickets as they were known then;
    people and the set-up are today's. A date alone is the end of its day.
    """
    from tix.ops import queries

    words = [*map(checked_text, query), *_terms(filters)]
    if limit is None:
        limit = SCREEN_ROWS if call.is_terminal and call.format == "table" else 0
    at = then(call, as_of)
    if count:
        total = queries.count(call.desk, words, everything=everything, as_of=at)
        call.write([f"{total}\n"])
    else:
        found = queries.find(
            call.desk, words, sort=sort, limit=limit, everything=everything, as_of=at
        )
        total = found.total
        show_listing(call, found, group_by)
    tell_then(call, at)
    if exit_status and not total:
        raise SystemExit(1)


def show_listing(
    call: Call, found: Listing, group_by: str | None = None, empty: str = "no tickets match"
) -> None:
    """Print the tickets of *found*; a footer tells of those beyond the limit."""
    from tix.cli.scenes import envelope, scene_of
    from tix.output import tickets

    scene = scene_of(call, found)
    on_screen = call.format in ("table", "md")
    columns = tickets.screen_columns(scene) if on_screen else tickets.plain_columns(scene)
    footer = ""
    if len(found.rows) < found.total:
        footer = f"{len(found.rows)} of {found.total} - -L 0 for all"
    rows, group = found.rows, None
    if group_by:
        from tix.domain.query import facets

        groups = facets(checked_text(group_by))
        order = list(dict.fromkeys(map(groups, rows)))
        rows = tuple(sorted(rows, key=lambda row: order.index(groups(row))))
        group = lambda row: ", ".join(groups(row)) or "none"  # noqa: E731
    call.show(
        tickets.table(
            rows,
            columns,
            scene,
            envelope=envelope(call, found),
            footer=footer,
            empty=empty,
            group=group,
        ),
        more=tickets.more_columns(),
    )


def _terms(filters: dict[str, str | bool | None]) -> Iterator[str]:
    """Return the options as words of a query."""
    fields = {"search": "text"}
    for name, value in filters.items():
        if value is True:
            yield f"is:{name}"
        elif isinstance(value, str):
            yield f"{fields.get(name, name)}:{checked_text(value)}"
