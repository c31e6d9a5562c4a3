"""What was typed of a report: the same for one that is shown and one that is kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tix.cli.params import checked_text, filled

if TYPE_CHECKING:
    from tix.ops.reports.asked import Asked


def asked_for(
    name: str,
    words: tuple[str, ...],
    since: str | None,
    until: str | None,
    by: str | None,
    group: str | None,
) -> Asked:
    """Return what is asked for by the arguments and options of a command, None if not given.

    Raises:
        UsageError: A date is empty, or a text holds bytes that are no UTF-8.
    """
    from tix.ops.reports.asked import Asked

    return Asked(
        checked_text(name),
        tuple(map(checked_text, words)),
        "" if since is None else filled(since, "--from"),
        "" if until is None else filled(until, "--to"),
        by or "",
        group or "",
    )
