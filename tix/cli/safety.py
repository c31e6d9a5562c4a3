"""What the safety options of a change mean, in one place."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from tix.cli.params import checked_text
from tix.cli.refs import targets

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tix.cli.call import Call
    from tix.desk import Desk


_NOTED = "tix.ids"


def meant(call: Call, words: Sequence[str], verb: str, **safety: Any) -> tuple[Desk, list[int]]:
    """Return the desk with the intent of the change, and the tickets that it is about.

    Raises:
        UsageError: No ticket is named.
        Refused: Too many match, or nobody said yes.
    """
    desk = call.meant(
        why=safety["why"],
        dry_run=safety["dry_run"],
        key=safety["key"],
        if_rev=safety["if_rev"],
    )
    where = [checked_text(query) for query in safety["where"]]
    numbers = targets(call, words, where=where, most=safety["max_"], yes=safety["yes"], verb=verb)
    note_ids(words, numbers)
    return desk, numbers


def all_but(
    call: Call, one: int, words: Sequence[str], verb: str, **safety: Any
) -> tuple[Desk, list[int]]:
    """Return what ``meant`` does; ticket *one* is none of those that a query finds.

    Raises:
        UsageError: No ticket is named.
        Refused: Too many match, or nobody said yes.
    """
    if safety["where"]:
        safety["where"] = (*safety["where"], f"id!={one}")
    return meant(call, words, verb, **safety)


def note_ids(words: Sequence[str], numbers: Sequence[int]) -> None:
    """Keep which tickets the running command is about: what its *words* or its query came to."""
    click.get_current_context().meta[_NOTED] = (len(words), list(numbers))


def noted_ids(context: click.Context) -> tuple[int, list[int] | None]:
    """Return how many words named tickets, and the tickets; None if nothing was noted."""
    noted: tuple[int, list[int] | None] = context.meta.get(_NOTED, (0, None))
    return noted
