"""What the safety options of a change mean, in one place."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tix.cli.params import checked_text
from tix.cli.refs import targets

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tix.cli.call import Call
    from tix.desk import Desk


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
    return desk, numbers
