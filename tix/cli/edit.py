"""``tix edit``."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import click

from tix.cli.options import changing_tickets, command, option
from tix.cli.params import CUSTOMER, DATE, DEPARTMENT, TICKET, checked_text, filled
from tix.cli.terminal import is_terminal
from tix.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tix.cli.call import Call
    from tix.cli.headers import Step
    from tix.ops.change import Change


@command(
    examples=(
        "tix edit 12 --subject 'Refund of order 77'",
        "tix edit 12 13 --category billing/refund --dept billing",
        "tix edit 12 --due none --field order=77",
        "tix edit 12",
    )
)
@click.argument("ids", nargs=-1, type=TICKET, metavar="ID...")
@option("--subject", help="The subject.")
@option("--category", help="Such as billing/refund; 'none' empties a field.")
@option("--type", "type_", help="question, incident, problem or task, or the desk's own.")
@option("--dept", type=DEPARTMENT, help="The department.")
@option("-c", "--customer", type=CUSTOMER, help="Who asks.")
@option("--channel", help="Where it came from.")
@option("--tier", type=click.IntRange(1, 9), help="The level of support.")
@option("--due", type=DATE, metavar="DATE", help="When it must be done.")
@option("--sla", metavar="LEVEL", help="What is promised: a level of service, or none.")
@option("--field", multiple=True, metavar="NAME=VALUE", help="A field of your own.")
@option("--cc", multiple=True, metavar="ADDRESS", help="Somebody else who takes part.")
@changing_tickets
def edit(call: Call, ids: tuple[str, ...], **given: Any) -> None:
    """Change the fields of tickets."""
    from tix.cli.changes import show_change
    from tix.cli.safety import meant
    from tix.ops.tickets import filing

    safety = {name: given.pop(name) for name in ("where", "max_", "yes", "if_rev", "dry_run")}
    safety |= {name: given.pop(name) for name in ("why", "key")}
    values = _values(call, given, yes=safety["yes"])
    if not values:
        _need_terminal(call)
    desk, numbers = meant(call, ids, "edit", **safety)
    if values:
        show_change(call, filing.edit(desk, numbers, **values))
    else:
        show_change(call, _write_fields(call, numbers, yes=safety["yes"]))


def _need_terminal(call: Call) -> None:
    if not (call.may_ask and is_terminal(sys.stdin) and call.is_terminal):
        raise UsageError("nothing to change", hint="tix edit 12 --subject 'A better one'")


def _write_fields(call: Call, numbers: Sequence[int], *, yes: bool) -> Change:
    """Change the fields of one ticket that the user changes in the editor; a text is a note."""
    from tix.cli.headers import as_one, headers_of, steps, timed
    from tix.cli.quoted import quoted
    from tix.cli.sheets import Sheet, filled_in
    from tix.ops.tickets import talking
    from tix.ops.tickets.reads import show

    if len(numbers) != 1:
        raise UsageError(
            "the editor takes one ticket", hint="give several their fields by options: --category x"
        )
    (number,) = numbers
    shown, _ = show(call.desk, numbers)
    below = f"# A text above becomes a note.\n{quoted(shown)}"
    sheet = Sheet(f"edit-{number}", f"tix edit {number}", headers_of(call, shown), "", below)
    text, headers, edited_s = filled_in(call, sheet, needs_text=False)
    said: list[Step] = [lambda desk: talking.note(desk, numbers, text)] if text else []
    work = timed(call.desk, numbers, edited_s) if text else []
    return as_one(call.desk, "edit", [*said, *work, *steps(call, numbers, headers, yes=yes)])


def _values(call: Call, given: dict[str, Any], *, yes: bool) -> dict[str, Any]:
    """Return the fields that were given, by the name that the op knows them by."""
    names = {"dept": "department", "type_": "type"}
    values: dict[str, Any] = {}
    if given["subject"] is not None:
        values["subject"] = checked_text(given["subject"])
    for name in ("category", "type_", "dept", "customer", "channel", "sla"):
        if given[name] is not None:
            values[names.get(name, name)] = _or_none(f"--{name.rstrip('_')}", given[name])
    if given["tier"] is not None:
        values["tier"] = given["tier"]
    if given["due"] is not None:
        values["due_at"] = _due(call, given["due"], yes=yes)
    if given["field"]:
        values["fields"] = dict(_field(pair) for pair in given["field"])
    if given["cc"]:
        from tix.cli.headers import addresses

        values["participants"] = addresses(given["cc"])
    return values


def _or_none(option: str, text: str) -> str | None:
    text = filled(text, option, hint=f"{option} none empties the field")
    return None if text == "none" else text


def _due(call: Call, text: str, *, yes: bool) -> object:
    from tix.cli.dates import due_date

    return None if text == "none" else due_date(call, text, yes=yes)


def _field(pair: str) -> tuple[str, str]:
    name, equals, value = checked_text(pair).partition("=")
    if not equals or not name.isidentifier():
        raise UsageError(f"{pair!r} is no NAME=VALUE", hint="--field order=77; order= empties it")
    return name.casefold(), value.strip()
