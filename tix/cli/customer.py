"""``tix customer``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from tix.cli.options import FILTERS, SAFETY, Group, changing, listing, option, subcommand
from tix.cli.params import CUSTOMER, DATE, checked_text, joined
from tix.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from tix.cli.call import Call
    from tix.cli.options import F
    from tix.domain.people import Customer

_TEXTS = ("name", "organisation", "location", "plan", "group", "kind")


@click.group(cls=Group)
def customer() -> None:
    """Keep customers."""


def facts(function: F) -> F:
    """Add the options for what is known of a customer."""
    decorators: list[Callable[[F], F]] = [
        option("--email", metavar="ADDRESS", multiple=True, help="An address of theirs."),
        option("--phone", metavar="NUMBER", multiple=True, help="A phone of theirs."),
        option("--org", "organisation", metavar="TEXT", help="Where they work."),
        option("--location", metavar="TEXT", help="Where they are."),
        option("--plan", metavar="TEXT", help="What they pay for."),
        option("--group", metavar="TEXT", help="A group with promises of its own."),
        option("--kind", metavar="TEXT", help="Such as reseller, partner, affiliate."),
        option("--vip/--no-vip", default=None, help="Whether they matter most."),
        option("--since", type=DATE, metavar="DATE", help="Customer since then."),
        option("--tags", metavar="A,B", help="All their tags."),
        option("--pref", metavar="NAME=VALUE", multiple=True, help="A preference of theirs."),
        option("--field", metavar="NAME=VALUE", multiple=True, help="A field of your own."),
    ]
    for decorator in reversed(decorators):
        function = decorator(function)
    return function


@subcommand(
    customer,
    "add",
    examples=(
        "tix customer add 'Jo Fox' --email jo@example.com --phone '+385 1 234 567'",
        "tix customer add Acme --email ops@acme.test --plan gold --vip --pref language=de",
    ),
)
@click.argument("name", nargs=-1, metavar="[NAME]")
@facts
@changing
def add(call: Call, name: tuple[str, ...], dry_run: bool, why: str, key: str, **given: Any) -> None:
    """Make a customer; new ones are also made with their first ticket."""
    from tix.cli.changes import show_change
    from tix.ops.people import customers

    desk = call.meant(why=why, dry_run=dry_run, key=key)
    values = _values(call, {**given, "name": joined(name) or None})
    values = {member: value for member, value in values.items() if value is not None}
    for member in ("preferences", "fields"):
        values[member] = {k: v for k, v in values.get(member, {}).items() if v}
    show_change(call, customers.add(desk, **values))


@subcommand(
    customer,
    "list",
    examples=("tix customer list", "tix customer list acme --vip", "tix customer list --json"),
)
@click.argument("words", nargs=-1, metavar="[WORD]...")
@option("--group", section=FILTERS, metavar="TEXT", help="Of this group.")
@option("--plan", section=FILTERS, metavar="TEXT", help="With this plan.")
@option("--kind", section=FILTERS, metavar="TEXT", help="Of this kind.")
@option("--vip", is_flag=True, section=FILTERS, help="Only VIPs.")
@option("--all", "merged", is_flag=True, section=FILTERS, help="Those who were merged as well.")
@listing
def list_(
    call: Call,
    words: tuple[str, ...],
    group: str | None,
    plan: str | None,
    kind: str | None,
    vip: bool,
    merged: bool,
    **how: Any,
) -> None:
    """List the customers in whose record every word stands."""
    from tix.cli.lists import show_list
    from tix.ops.people import customers
    from tix.output import people

    asked = {"group": group, "plan": plan, "kind": kind}
    wanted: dict[str, object] = {
        name: checked_text(value) for name, value in asked.items() if value is not None
    }
    if vip:
        wanted["vip"] = True
    found = customers.customers(call.desk, [*map(checked_text, words)], merged=merged)
    rows = [row for row in found if _fits(row[0], wanted)]
    on_screen = call.format in ("table", "md")
    table = people.customers(rows, on_screen=on_screen)
    show_list(call, table, more=people.more_of_customers(), **how)


@subcommand(
    customer, "show", examples=("tix customer show C-42", "tix customer show jo@example.com")
)
@click.argument("who", type=CUSTOMER, metavar="C-1|ADDRESS|PHONE")
def show(call: Call, who: str) -> None:
    """Show a customer with all their tickets."""
    from tix.ops.people import customers
    from tix.output.people import customer_card

    desk = call.desk
    found, tickets = customers.customer(desk, checked_text(who))
    call.show(customer_card(found, tickets, desk.clock(), desk.zone))


@subcommand(
    customer,
    "edit",
    examples=(
        "tix customer edit C-42 --plan gold --vip",
        "tix customer edit jo@example.com --email jo@home.test --no-email jo@example.com",
        "tix customer edit C-42 --org none --field order=",
    ),
)
@click.argument("who", type=CUSTOMER, metavar="C-1|ADDRESS|PHONE")
@option("--name", metavar="TEXT", help="Their name; 'none' empties a text.")
@option("--no-email", metavar="ADDRESS", multiple=True, help="Not their address any more.")
@option("--no-phone", metavar="NUMBER", multiple=True, help="Not their phone any more.")
@facts
@changing
def edit(
    call: Call,
    who: str,
    no_email: tuple[str, ...],
    no_phone: tuple[str, ...],
    dry_run: bool,
    why: str,
    key: str,
    **given: Any,
) -> None:
    """Change what is known of a customer; addresses and phones are added."""
    from tix.cli.changes import show_change
    from tix.ops.people import customers

    desk = call.meant(why=why, dry_run=dry_run, key=key)
    values = _values(call, given)
    without = {
        "addresses": [*map(checked_text, no_email)],
        "phones": [*map(checked_text, no_phone)],
    }
    if not values and not any(without.values()):
        raise UsageError("nothing to change", hint="tix customer edit C-42 --plan gold")
    show_change(call, customers.edit(desk, checked_text(who), without=without, **values))


@subcommand(
    customer,
    "merge",
    examples=(
        "tix customer merge C-7 --into C-42 --why 'the same person'",
        "tix customer merge C-7 C-8 --into jo@example.com --dry-run",
    ),
)
@click.argument("who", nargs=-1, required=True, type=CUSTOMER, metavar="C-1|ADDRESS|PHONE...")
@option("--into", type=CUSTOMER, required=True, metavar="C-2", help="The one who stays.")
@changing
def merge(call: Call, who: tuple[str, ...], into: str, dry_run: bool, why: str, key: str) -> None:
    """Make one customer of several: addresses, phones, fields and tickets go along."""
    from tix.cli.changes import show_change
    from tix.ops.people import customers

    desk = call.meant(why=why, dry_run=dry_run, key=key)
    show_change(call, customers.merge(desk, [*map(checked_text, who)], checked_text(into)))


@subcommand(
    customer,
    "forget",
    examples=(
        "tix customer forget jo@example.com --why 'asked by mail'",
        "tix customer forget C-42 --dry-run",
    ),
)
@click.argument("who", type=CUSTOMER, metavar="C-1|ADDRESS|PHONE")
@option("-y", "--yes", is_flag=True, section=SAFETY, help="Do not ask.")
@changing
def forget(call: Call, who: str, yes: bool, dry_run: bool, why: str, key: str) -> None:
    """Erase who a customer is and all that was said on their tickets, for good.

    Numbers, times and states stay, so that reports still count them. Nothing brings the texts
    back, no undo and no backup of the desk.
    """
    from tix.cli.ask import confirm
    from tix.cli.changes import show_change
    from tix.cli.sheets import forget_drafts
    from tix.ops.people import customers, forgetting

    desk = call.meant(why=why, dry_run=dry_run, key=key)
    who = checked_text(who)
    if not (yes or dry_run):
        found, tickets = customers.customer(desk, who)
        question = f"erase {found.id} and the texts of {len(tickets)} tickets for good?"
        confirm(question, yes=yes, may_ask=call.may_ask)
    change = forgetting.forget(desk, who)
    show_change(call, change)
    forget_drafts(call, change)


def _values(call: Call, given: dict[str, Any]) -> dict[str, Any]:
    """Return what was given, by the members of a customer."""
    from tix.cli.people import emptied, listed, paired

    values: dict[str, Any] = emptied({name: given.get(name) for name in _TEXTS})
    values |= listed({"tags": given["tags"]})
    if given["vip"] is not None:
        values["vip"] = given["vip"]
    if given["since"] is not None:
        values["since"] = None if given["since"] == "none" else _day(call, given["since"])
    for name, option_name in (("addresses", "email"), ("phones", "phone")):
        if given[option_name]:
            values[name] = tuple(map(checked_text, given[option_name]))
    for name, option_name in (("preferences", "pref"), ("fields", "field")):
        if given[option_name]:
            values[name] = paired(f"--{option_name}", given[option_name])
    return values


def _day(call: Call, text: str) -> date:
    return call.moment(text, lean="past").astimezone(call.desk.zone).date()


def _fits(found: Customer, wanted: dict[str, Any]) -> bool:
    """Return whether the members that *wanted* names are so, whatever the case."""
    return all(
        str(getattr(found, name)).casefold() == str(value).casefold()
        for name, value in wanted.items()
    )
