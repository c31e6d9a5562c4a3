"""``tix rate``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from tix.cli.options import SAFETY, changing, command, option
from tix.cli.params import DATE, TICKET, checked_text
from tix.errors import UsageError

if TYPE_CHECKING:
    from tix.cli.call import Call
    from tix.ops.change import Change


@command(
    examples=(
        "tix rate 12 good --customer",
        "tix rate 12 2 --comment 'Too slow.' --at yesterday",
        "tix rate 12 --withdraw --why 'She meant another ticket.'",
        "tix rate --from survey.csv --dry-run",
    )
)
@click.argument("ticket", required=False, type=TICKET, metavar="[ID]")
@click.argument("score", required=False, metavar="[SCORE]")
@option("--comment", metavar="TEXT", default="", help="What the customer said to it.")
@option("--at", type=DATE, metavar="DATE", help="When it was, if not now.")
@option("--customer", "by_customer", is_flag=True, help="It is the customer who rates.")
@option("--withdraw", is_flag=True, help="Let the rating count no more.")
@option("--from", "file", metavar="FILE", help="Import ratings from CSV or JSONL; - is stdin.")
@option("--force", is_flag=True, section=SAFETY, help="Also if nobody has answered.")
@changing
def rate(
    call: Call,
    ticket: str | None,
    score: str | None,
    comment: str,
    at: str | None,
    by_customer: bool,
    withdraw: bool,
    file: str | None,
    force: bool,
    dry_run: bool,
    why: str,
    key: str,
) -> None:
    """Record what a customer thinks of a ticket.

    SCORE is good, neutral or bad, or 1 to 5: 4 and 5 are good, 3 is neutral. A file has columns
    for ticket and score, and perhaps comment and at.
    """
    from tix.cli.changes import show_change

    about_one = bool(comment or at is not None or by_customer)
    _check(ticket, score, file, about_one=about_one, withdraw=withdraw)
    call.meant(why=why, dry_run=dry_run, key=key)
    if file is not None:
        show_change(call, _imported(call, checked_text(file), force=force))
        return
    from tix.cli.refs import one_ticket
    from tix.domain.rating import score_of
    from tix.ops.tickets import rating

    number = one_ticket(call, ticket or "")
    if withdraw:
        show_change(call, rating.withdraw(call.desk, number))
        return
    change = rating.rate(
        call.desk,
        number,
        score_of(score or ""),
        comment=checked_text(comment),
        at=None if at is None else call.moment(at, lean="past"),
        by_customer=by_customer,
        force=force,
    )
    show_change(call, change)


def _check(
    ticket: str | None, score: str | None, file: str | None, *, about_one: bool, withdraw: bool
) -> None:
    """Refuse what does not go together."""
    if file is not None:
        if ticket is not None or about_one or withdraw:
            raise UsageError("--from takes everything from the file")
        return
    if ticket is None:
        raise UsageError("no ticket given", hint="tix rate ID good")
    if withdraw and (score is not None or about_one):
        raise UsageError("--withdraw takes nothing but the ticket")
    if score is None and not withdraw:
        raise UsageError("a score is missing", hint=f"tix rate {ticket} good, neutral or bad")


def _imported(call: Call, path: str, *, force: bool) -> Change:
    from tix.cli.import_ import opened
    from tix.ops.importing.rated import import_ratings

    with opened(call, path) as given:
        if given.file is None:
            raise UsageError(f"{path} is no file")
        return import_ratings(call.desk, given.file, given.label, force=force, tell=call.say)
