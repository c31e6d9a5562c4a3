"""``tix split``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from tix.cli.options import changing, command, option
from tix.cli.params import TICKET, Revision, checked_text, filled
from tix.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tix.cli.call import Call

MOST = 10_000


@command(
    "split",
    examples=(
        "tix split 12 3",
        "tix split 12 2,4-6 --subject 'And the invoice?'",
    ),
)
@click.argument("ticket", type=TICKET, metavar="ID")
@click.argument("messages", nargs=-1, required=True, metavar="MSG...")
@option("--subject", metavar="TEXT", help="What the new ticket is about (the same).")
@option("--if-rev", type=Revision(), section="Safety", help="Only if it is at this revision.")
@changing
def split(
    call: Call,
    ticket: str,
    messages: tuple[str, ...],
    subject: str | None,
    if_rev: int | None,
    dry_run: bool,
    why: str,
    key: str,
) -> None:
    """Open a ticket with some messages of another.

    MSG are the numbers that tix show gives the messages. They and their attachments stand
    in the new ticket as they were said, and stay in the old one as well.
    """
    from tix.cli.changes import show_change
    from tix.cli.refs import one_ticket
    from tix.ops.tickets import joining

    numbers = [number for word in messages for number in _numbers(word)]
    named = "" if subject is None else filled(subject, "the subject")
    desk = call.meant(why=why, dry_run=dry_run, key=key, if_rev=if_rev)
    show_change(call, joining.split(desk, one_ticket(call, ticket), numbers, checked_text(named)))


def _numbers(word: str) -> Iterator[int]:
    """Yield the numbers that ``3``, ``#3``, ``2-4`` or ``2,4-6`` names."""
    for part in word.split(","):
        ends = [end.removeprefix("#") for end in part.split("-", 1)]
        if not all(end.isdecimal() and end.isascii() and len(end) < 10 for end in ends):
            raise UsageError(
                f"{word[:60]!r} is no message: a number such as 3, 2-4 or 2,4",
                hint="tix show ID numbers them",
            )
        first, last = int(ends[0]), int(ends[-1])
        if last < first or last - first > MOST:
            raise UsageError(f"{word[:60]!r} is no range of messages")
        yield from range(first, last + 1)
