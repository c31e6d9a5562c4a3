"""The report of escalations: how many tickets needed somebody above, and who said so."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tix.reports.sections import sections

if TYPE_CHECKING:
    from tix.reports.figures import Section
    from tix.reports.view import View

METRICS = (
    *("escalation_rate", "escalation_rate_manual", "escalation_rate_sla", "escalation_rate_rule"),
    "escalations",
)


def report(view: View) -> tuple[Section, ...]:
    """Return how many tickets were escalated, and in which way."""
    return sections(view, ("escalations", "Escalations", METRICS))
