"""``--reveal``: the option of what shows tickets, and the word about what was hidden."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tix.cli.options import OUTPUT, option

if TYPE_CHECKING:
    import click

    from tix.cli.call import Call


def _reveal(ctx: click.Context, param: click.Parameter, value: bool) -> None:
    if value and not ctx.resilient_parsing:
        ctx.obj.given["reveal"] = True


revealing = option(
    "--reveal",
    is_flag=True,
    expose_value=False,
    callback=_reveal,
    section=OUTPUT,
    help="Show secrets as they are.",
)


def tell_masked(call: Call, more: str = "") -> None:
    """Tell the person if secrets were masked, and *more* of what comes of it."""
    if call.desk.masked:
        count = len(call.desk.masked)
        where = f"of {count} tickets" if count > 1 else f"of ticket {min(call.desk.masked)}"
        call.say(f"note: secrets {where} are masked{more}; --reveal shows them")
