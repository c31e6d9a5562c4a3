"""``tix agent``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from tix.cli.options import FILTERS, Group, changing, listing, option, subcommand
from tix.cli.params import AGENT, checked_text
from tix.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable

    from tix.cli.call import Call
    from tix.cli.options import F


@click.group(cls=Group)
def agent() -> None:
    """Keep agents."""


def facts(function: F) -> F:
    """Add the options for what is known of an agent."""
    decorators: list[Callable[[F], F]] = [
        option("--email", metavar="ADDRESS", help="Their address."),
        option("--display-name", metavar="TEXT", help="The name that customers see."),
        option("--dept", "departments", metavar="A,B", help="All departments they work for."),
        option("--tier", type=click.IntRange(1, 9), help="The level of support they give."),
        option("--skills", metavar="A,B", help="What they know about."),
        option("--zone", metavar="ZONE", help="The time zone they work in."),
    ]
    for decorator in reversed(decorators):
        function = decorator(function)
    return function


@subcommand(
    agent,
    "add",
    examples=(
        "tix agent add alice --email alice@acme.test --dept billing,web",
        "tix agent add bob --display-name 'Bob Marsh' --tier 2 --zone Europe/Zagreb",
    ),
)
@click.argument("name")
@facts
@changing
def add(call: Call, name: str, dry_run: bool, why: str, key: str, **given: Any) -> None:
    """Make an agent."""
    from tix.cli.changes import show_change
    from tix.ops.people import agents

    desk = call.meant(why=why, dry_run=dry_run, key=key)
    values = {member: v for member, v in _values(given).items() if v is not None}
    show_change(call, agents.add(desk, checked_text(name), **values))


@subcommand(agent, "list", examples=("tix agent list", "tix agent list --all --json"))
@option("--all", "retired", is_flag=True, section=FILTERS, help="Retired ones as well.")
@listing
def list_(call: Call, retired: bool, **how: Any) -> None:
    """List the agents with how many open tickets they have."""
    from tix.cli.lists import show_list
    from tix.ops.people import agents
    from tix.output import people

    show_list(call, people.agents(agents.agents(call.desk, retired=retired)), **how)


@subcommand(agent, "show", examples=("tix agent show alice", "tix agent show @me"))
@click.argument("name", type=AGENT)
def show(call: Call, name: str) -> None:
    """Show an agent."""
    from tix.ops.people import agents
    from tix.output.people import agent_card

    call.show(agent_card(*agents.agent(call.desk, checked_text(name))))


@subcommand(
    agent,
    "edit",
    examples=("tix agent edit alice --tier 2 --skills sql,german", "tix agent edit bob --active"),
)
@click.argument("name", type=AGENT)
@facts
@option("--active", is_flag=True, help="No longer retired.")
@changing
def edit(
    call: Call, name: str, active: bool, dry_run: bool, why: str, key: str, **given: Any
) -> None:
    """Change what is known of an agent; 'none' empties a text or list."""
    from tix.cli.changes import show_change
    from tix.ops.people import agents

    desk = call.meant(why=why, dry_run=dry_run, key=key)
    values = _values(given) | ({"retired": False} if active else {})
    if not values:
        raise UsageError("nothing to change", hint="tix agent edit alice --tier 2")
    show_change(call, agents.edit(desk, checked_text(name), **values))


@subcommand(
    agent, "retire", examples=("tix agent retire bob", "tix agent retire bob --why 'left in May'")
)
@click.argument("name", type=AGENT)
@changing
def retire(call: Call, name: str, dry_run: bool, why: str, key: str) -> None:
    """Let an agent who has no open tickets get no more of them."""
    from tix.cli.changes import show_change
    from tix.ops.people import agents

    desk = call.meant(why=why, dry_run=dry_run, key=key)
    show_change(call, agents.retire(desk, checked_text(name)))


def _values(given: dict[str, Any]) -> dict[str, Any]:
    """Return what was given, by the members of an agent."""
    from tix.cli.people import emptied, listed

    texts = {"address": given["email"], "display_name": given["display_name"]}
    values: dict[str, Any] = emptied({**texts, "zone": given["zone"]})
    values |= listed({"departments": given["departments"], "skills": given["skills"]})
    return values if given["tier"] is None else {**values, "tier": given["tier"]}
