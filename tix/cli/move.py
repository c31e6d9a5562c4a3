"""``tix close``, ``reopen``, ``spam``, ``delete`` and ``restore``: moves without a value."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from tix.cli.options import changing_tickets, command, option
from tix.cli.params import TICKET

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from tix.cli.call import Call
    from tix.desk import Desk
    from tix.ops.change import Change

ids_argument = click.argument("ids", nargs=-1, type=TICKET, metavar="ID...")


@command(examples=("tix close 12", "tix close --where resolved:..-7d --yes"))
@ids_argument
@changing_tickets
def close(call: Call, ids: tuple[str, ...], **safety: object) -> None:
    """Close resolved tickets for good."""
    from tix.ops.tickets.moves import close as op

    _move(call, ids, "close", op, safety)


@command(examples=("tix reopen 12", "tix reopen 12 --why 'She wrote again.'"))
@ids_argument
@changing_tickets
def reopen(call: Call, ids: tuple[str, ...], **safety: object) -> None:
    """Open tickets again."""
    from tix.ops.tickets.moves import reopen as op

    _move(call, ids, "reopen", op, safety)


@command(examples=("tix spam 12 13", "tix spam --where subject:lottery --yes"))
@ids_argument
@changing_tickets
def spam(call: Call, ids: tuple[str, ...], **safety: object) -> None:
    """Mark tickets as spam."""
    from tix.ops.tickets.moves import mark_spam as op

    _move(call, ids, "mark as spam", op, safety)


@command(
    examples=(
        "tix delete 12",
        "tix delete 12 && tix restore 12",
        "tix delete 12 --purge --why 'He asked us to.' --yes",
    )
)
@ids_argument
@option("--purge", is_flag=True, help="Erase what was written on them as well, for good.")
@changing_tickets
def delete(call: Call, ids: tuple[str, ...], purge: bool, **safety: object) -> None:
    """Put tickets into the trash."""
    from tix.ops.tickets.moves import trash

    if purge:
        _purge(call, ids, safety)
    else:
        _move(call, ids, "delete", trash, safety)


@command(examples=("tix restore 12", "tix list is:trashed"))
@ids_argument
@changing_tickets
def restore(call: Call, ids: tuple[str, ...], **safety: object) -> None:
    """Take tickets out of the trash."""
    from tix.ops.tickets.moves import restore as op

    _move(call, ids, "restore", op, safety)


def _purge(call: Call, ids: tuple[str, ...], safety: dict[str, object]) -> None:
    from tix.cli.ask import confirm
    from tix.cli.changes import show_change
    from tix.cli.safety import meant
    from tix.cli.sheets import forget_drafts
    from tix.ops.erasing import purge

    desk, numbers = meant(call, ids, "erase for good", **safety)
    if not (safety["where"] or safety["dry_run"]):
        question = f"erase {len(numbers)} ticket{'s' * (len(numbers) > 1)} for good?"
        confirm(question, yes=bool(safety["yes"]), may_ask=call.may_ask)
    change = purge(desk, numbers)
    show_change(call, change)
    forget_drafts(call, change, numbers)


def _move(
    call: Call,
    ids: tuple[str, ...],
    verb: str,
    op: Callable[[Desk, Sequence[int]], Change],
    safety: dict[str, object],
) -> None:
    from tix.cli.changes import show_change
    from tix.cli.safety import meant

    desk, numbers = meant(call, ids, verb, **safety)
    show_change(call, op(desk, numbers))
