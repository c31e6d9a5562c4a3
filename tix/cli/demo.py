"""``tix demo``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from tix.cli.failure import telling, warn
from tix.cli.options import command, option
from tix.cli.params import filled
from tix.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tix.cli.call import Call
    from tix.ops.demo.plot import Plot


@command(examples=("tix demo ~/practice", "tix demo practice --tickets 200 --seed 7"))
@click.argument("folder", metavar="DIR")
@option("--tickets", type=click.IntRange(1, 1_000_000), help="How many tickets (500).")
@option("--seed", type=click.IntRange(0), help="Which of all such desks (1).")
def demo(call: Call, folder: str, tickets: int | None, seed: int | None) -> None:
    """Make a desk to practise on.

    It has months of made-up work on it. The same numbers at the same time make the same desk,
    in the time zone of --tz.
    """
    from tix.cli.terminal import progress
    from tix.ops.demo.playing import make

    if call.given.get("db") is not None:
        raise UsageError("the desk is made in DIR", hint="leave --db out")
    call.given["db"] = filled(folder, "DIR", hint="tix demo practice")
    count = 500 if tickets is None else tickets
    quiet = bool(call.given.get("quiet"))
    begun = False

    def watch(plots: Iterable[Plot], total: int) -> Iterable[Plot]:
        nonlocal begun
        begun = True  # the desk is there now, and it is ours
        return progress(plots, total, "making tickets", quiet=quiet)

    try:
        make(call.desk, count, 1 if seed is None else seed, call.given.get("tz"), watch)
    except BaseException:
        if begun:
            warn(f"the desk at {folder} is not complete; remove the folder to begin again")
        raise
    with telling("the desk is made"):
        call.write([f"{call.desk.location}\n"])
    call.say(f"look around with: tix --db {folder}; tix --db {folder} report kpi")
