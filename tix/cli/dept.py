"""``tix dept``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from tix.cli.options import Group, changing, listing, option, subcommand
from tix.cli.params import AGENT, DEPARTMENT, checked_text
from tix.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable

    from tix.cli.call import Call
    from tix.cli.options import F


@click.group(cls=Group)
def dept() -> None:
    """Keep departments."""


def facts(function: F) -> F:
    """Add the options for what is known of a department."""
    decorators: list[Callable[[F], F]] = [
        option("--title", metavar="TEXT", help="The name that customers see."),
        option("--email", metavar="ADDRESS", help="Where customers write to."),
        option("--phone", metavar="NUMBER", help="Where customers call."),
        option("--channels", metavar="A,B", help="How it can be reached: email, chat, phone."),
        option("--kind", metavar="TEXT", help="Such as function, product, region."),
        option("--signature", metavar="TEXT", help="What stands below its replies."),
    ]
    for decorator in reversed(decorators):
        function = decorator(function)
    return function


@subcommand(
    dept,
    "add",
    examples=(
        "tix dept add billing --email billing@acme.test",
        "tix dept add emea --title 'Europe and Africa' --kind region --channels email,phone",
    ),
)
@click.argument("name")
@facts
@changing
def add(call: Call, name: str, dry_run: bool, why: str, key: str, **given: Any) -> None:
    """Make a department."""
    from tix.cli.changes import show_change
    from tix.ops.people import departments

    desk = call.meant(why=why, dry_run=dry_run, key=key)
    values = {member: v for member, v in _values(given).items() if v is not None}
    show_change(call, departments.add(desk, checked_text(name), **values))


@subcommand(dept, "list", examples=("tix dept list", "tix dept list --json"))
@listing
def list_(call: Call, **how: Any) -> None:
    """List the departments with their agents and how many open tickets they have."""
    from tix.cli.lists import show_list
    from tix.ops.people import departments
    from tix.output import people

    show_list(call, people.departments(departments.departments(call.desk)), **how)


@subcommand(dept, "show", examples=("tix dept show billing", "tix dept show billing --json"))
@click.argument("name", type=DEPARTMENT)
def show(call: Call, name: str) -> None:
    """Show a department."""
    from tix.ops.people import departments
    from tix.output.people import department_card

    call.show(department_card(*departments.department(call.desk, checked_text(name))))


@subcommand(
    dept,
    "edit",
    examples=(
        "tix dept edit billing --phone '+385 1 234 567'",
        "tix dept edit billing --channels email,chat --title Billing",
    ),
)
@click.argument("name", type=DEPARTMENT)
@facts
@changing
def edit(call: Call, name: str, dry_run: bool, why: str, key: str, **given: Any) -> None:
    """Change what is known of a department; 'none' empties a text or list."""
    from tix.cli.changes import show_change
    from tix.ops.people import departments

    desk = call.meant(why=why, dry_run=dry_run, key=key)
    values = _values(given)
    if not values:
        raise UsageError("nothing to change", hint="tix dept edit billing --title Billing")
    show_change(call, departments.edit(desk, checked_text(name), **values))


@subcommand(
    dept,
    "members",
    examples=(
        "tix dept members billing",
        "tix dept members billing --add alice,bob --remove carol",
        "tix dept members billing --all",
    ),
)
@click.argument("name", type=DEPARTMENT)
@option("--add", type=AGENT, metavar="A,B", help="Agents who join.")
@option("--remove", type=AGENT, metavar="A,B", help="Agents who leave.")
@option("--all", "everyone", is_flag=True, help="All agents join.")
@changing
def members(
    call: Call,
    name: str,
    add: str | None,
    remove: str | None,
    everyone: bool,
    dry_run: bool,
    why: str,
    key: str,
) -> None:
    """List the agents of a department, or let some join and leave."""
    from tix.cli.changes import show_change
    from tix.cli.people import listed
    from tix.ops.people import departments

    if add is None and remove is None and not everyone:
        _list_members(call, checked_text(name))
        return
    desk = call.meant(why=why, dry_run=dry_run, key=key)
    who = listed({"add": add, "remove": remove})
    show_change(call, departments.staff(desk, checked_text(name), everyone=everyone, **who))


def _list_members(call: Call, name: str) -> None:
    from tix.cli.lists import show_list
    from tix.ops.people import agents, departments
    from tix.output import people

    names = departments.department(call.desk, name).members
    rows = [row for row in agents.agents(call.desk) if row.agent.name in names]
    show_list(call, people.agents(rows)._replace(empty=f"nobody works for {name}"))


def _values(given: dict[str, Any]) -> dict[str, Any]:
    """Return what was given, by the members of a department."""
    from tix.cli.people import emptied, listed

    names = {"title": "title", "address": "email", "phone": "phone"}
    names |= {"kind": "kind", "signature": "signature"}
    values = emptied({member: given[name] for member, name in names.items()})
    return {**values, **listed({"channels": given["channels"]})}
