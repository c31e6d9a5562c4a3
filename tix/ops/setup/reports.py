"""The keys of saved reports and alerts: what they may hold."""

from __future__ import annotations

from tix.domain.nearest import nearest
from tix.errors import UsageError
from tix.ops.reports.asked import kind_of
from tix.reports.scope import GROUPS, PERIODS


def report(text: str) -> str:
    """Return the name of a report that there is.

    Raises:
        UsageError: There is none of that name.
    """
    kind_of(text)
    return text


def period(text: str) -> str:
    """Return what a report can be cut into.

    Raises:
        UsageError: It is none.
    """
    return _one_of(text, PERIODS, "a period")


def group(text: str) -> str:
    """Return what the rows of a report can be told apart by.

    Raises:
        UsageError: It is none.
    """
    return _one_of(text, GROUPS, "a group")


def threshold(text: str) -> str:
    """Return a threshold as it is kept.

    Raises:
        UsageError: It is none.
    """
    from tix.reports.threshold import parse

    return str(parse(text))


def _one_of(text: str, known: tuple[str, ...], what: str) -> str:
    if text in known:
        return text
    guess = nearest(text, known)
    hint = f"Did you mean {guess!r}?" if guess else f"There are {', '.join(known)}."
    raise UsageError(f"{text[:60]!r} is not {what}", hint=hint)
