"""``tix init``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from tix.cli.failure import telling
from tix.cli.options import command

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tix.cli.call import Call
    from tix.desk import Desk


@command(examples=("tix init", "tix init ~/support/desk --tz Europe/Zagreb"))
@click.argument("folder", required=False, metavar="[DIR]")
def init(call: Call, folder: str | None) -> None:
    """Make a desk."""
    if folder is not None:
        call.given["db"] = folder
    desk = call.desk
    desk.create(call.given.get("tz"))
    with telling("the desk is made"):
        call.write([f"{desk.location}\n"])
    call.say("open a ticket with: tix new 'First ticket'; bring tickets in with: tix import")
    for line in _promises(desk):
        call.say(line)


def _promises(desk: Desk) -> Iterator[str]:
    """Yield what is promised to customers, for nobody has said anything else yet."""
    from tix.domain.hours import write_week
    from tix.ops.sla.levels import offers, opening

    (offer,), calendar = offers(desk), opening(desk).calendar
    hours = ", ".join(f"{days} {told}" for days, told in write_week(calendar.week).items())
    yield f"promised to customers, in business hours ({hours}, {calendar.zone}):"
    for goal, what in ((offer.level.first, "an answer"), (offer.level.resolution, "a solution")):
        if goal:  # pragma: no branch - the level that tix ships has both
            yield f"  {what} in {', '.join(f'{t} ({p})' for p, t in goal.targets.items())}"
    yield "see tix sla policies; change it with tix setup edit"
