"""The report of reopenings: how often tickets come back, and who brings them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tix.reports.sections import sections

if TYPE_CHECKING:
    from tix.reports.figures import Section
    from tix.reports.view import View

METRICS = (
    *("reopen_rate", "reopens_per_ticket", "reopened", "reopens_customer", "reopens_agent"),
    "reopens_rule",
)


def report(view: View) -> tuple[Section, ...]:
    """Return how many tickets were reopened, how often, and by whom."""
    return sections(view, ("reopens", "Reopenings", METRICS))
