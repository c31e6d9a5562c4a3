"""``tix sla``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from tix.cli.options import FILTERS, Group, changing_tickets, listing, option, subcommand
from tix.cli.params import CUSTOMER, DATE, DEPARTMENT, TAG, TICKET, checked_text, filled, joined
from tix.cli.sla_planning import add_planning
from tix.cli.sla_quiet import add_quiet

if TYPE_CHECKING:
    from tix.cli.call import Call


@click.group(cls=Group)
def sla() -> None:
    """Keep promises to customers."""


@subcommand(sla, "policies", examples=("tix sla policies", "tix sla policies --json"))
@listing
def policies(call: Call, **how: Any) -> None:
    """List the levels of service, and which tickets get them."""
    from tix.cli.lists import show_list
    from tix.ops.sla import levels
    from tix.output.levels import table

    show_list(call, table(levels.offers(call.desk)), **how)


@subcommand(sla, "show", examples=("tix sla show standard", "tix sla show standard --json"))
@click.argument("level")
def show(call: Call, level: str) -> None:
    """Show what a level promises."""
    from tix.ops.sla import levels
    from tix.output.levels import card

    call.show(card(levels.offer(call.desk, checked_text(level))))


@subcommand(sla, "calendar", examples=("tix sla calendar", "tix sla calendar standard --year 2027"))
@click.argument("name", required=False)
@option("--year", type=click.IntRange(1970, 9998), help="The year of the holidays (this one).")
def calendar(call: Call, name: str | None, year: int | None) -> None:
    """Show business hours with the holidays of a year."""
    from tix.ops.sla import levels
    from tix.output.levels import calendar_card

    known = None if name is None else checked_text(name)
    call.show(calendar_card(levels.opening(call.desk, known, year)))


@subcommand(
    sla,
    "apply",
    examples=("tix sla apply 12", "tix sla apply --where tag:vip --yes"),
)
@click.argument("ids", nargs=-1, type=TICKET, metavar="ID...")
@changing_tickets
def apply(call: Call, ids: tuple[str, ...], **safety: object) -> None:
    """Give tickets the level that the policy chooses, in its present version."""
    from tix.cli.changes import show_change
    from tix.cli.safety import meant
    from tix.ops.sla import applying

    desk, numbers = meant(call, ids, "put a level on", **safety)
    show_change(call, applying.apply(desk, numbers))


@subcommand(sla, "explain", examples=("tix sla explain 12", "tix sla explain 12 --json"))
@click.argument("ticket", type=TICKET, metavar="ID")
def explain(call: Call, ticket: str) -> None:
    """Show why the clocks of a ticket are due when they are, stretch by stretch."""
    from tix.cli.refs import one_ticket
    from tix.ops.sla import explaining
    from tix.output.explained import explanation

    found, clocks = explaining.explain(call.desk, one_ticket(call, ticket))
    call.show(explanation(found, clocks, call.desk.zone))


@subcommand(
    sla,
    "simulate",
    examples=("tix sla simulate -c C-1 -p high", "tix sla simulate --dept billing -t vip --json"),
)
@click.argument("subject", nargs=-1)
@option("-c", "--customer", type=CUSTOMER, help="Who asks: C-3, an address or a phone.")
@option("-p", "--priority", help="The priority.")
@option("-t", "--tags", type=TAG, metavar="A,B", help="Tags.")
@option("--type", "type_", help="The type.")
@option("--category", help="Such as billing/refund.")
@option("--dept", type=DEPARTMENT, help="The department.")
@option("--channel", help="Where it came from.")
@option("--sla", "level", metavar="LEVEL", help="Under this level.")
def simulate(call: Call, subject: tuple[str, ...], **given: str | None) -> None:
    """Show what would be promised for a new ticket; nothing is kept."""
    from tix.domain.verbs import checked_tags
    from tix.ops.sla import explaining
    from tix.ops.tickets.talking import Draft
    from tix.output.explained import clock_table

    tags, category, channel = given["tags"], given["category"], given["channel"]
    draft = Draft(
        subject=joined(subject) or "What would be",
        customer=given["customer"],
        priority=given["priority"],
        tags=() if tags is None else checked_tags(tags),
        type=given["type_"],
        category=None if category is None else filled(category, "--category"),
        department=given["dept"],
        channel=None if channel is None else filled(channel, "--channel"),
        sla=given["level"],
    )
    found = explaining.simulate(call.desk, draft)
    call.show(clock_table(found.ticket, found.clocks, call.desk.zone))


@subcommand(
    sla,
    "report",
    examples=("tix sla report --from 2026-11-01 --to 2026-11-30", "tix sla report --json"),
)
@option("--from", "since", type=DATE, section=FILTERS, metavar="DATE", help="Due from then on.")
@option("--to", "until", type=DATE, section=FILTERS, metavar="DATE", help="Due up to then.")
@option(
    "--by",
    type=click.Choice(["due", "stop", "start"]),
    section=FILTERS,
    help="Which moment of a clock has to lie between (due).",
)
def report(call: Call, since: str | None, until: str | None, by: str | None) -> None:
    """Show how many promises were kept; a breach counts as soon as it is one."""
    from tix.ops.sla import reporting
    from tix.output.explained import report_table

    found = reporting.report(
        call.desk,
        _edge(call, since, last=False),
        _edge(call, until, last=True),
        by=by or "due",
    )
    call.show(report_table(found))


def _edge(call: Call, text: str | None, *, last: bool) -> Any:
    """Return the first instant of a date, or the first one after it."""
    from tix.ops.queries import dates

    if text is None:
        return None
    return dates(call.desk).range(checked_text(text))[last]


add_planning(sla)
add_quiet(sla)
