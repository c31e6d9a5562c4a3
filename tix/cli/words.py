"""Commands whose last word is a value and whose others are tickets."""

from __future__ import annotations

from tix.cli.params import checked_text
from tix.cli.refs import looks_like_ticket
from tix.errors import UsageError


def split_value(
    words: tuple[str, ...], what: str, usage: str, *, where: object = ()
) -> tuple[tuple[str, ...], str]:
    """Return the references to tickets, and the value behind them.

    With *where*, which finds the tickets, the only word is the value, whatever it looks like.

    Raises:
        UsageError: The value is missing: the last word is a ticket as well, or there is none.
    """
    if not words or (not where and looks_like_ticket(words[-1])):
        raise UsageError(f"{what} is missing", hint=usage)
    return words[:-1], checked_text(words[-1])
