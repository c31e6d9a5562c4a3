"""The report of response: how long customers wait for the first answer, and for each other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tix.reports.sections import lengths, sections

if TYPE_CHECKING:
    from tix.reports.figures import Section
    from tix.reports.view import View


def report(view: View) -> tuple[Section, ...]:
    """Return the times to the first answer, to the next ones, and to the worst of each ticket."""
    survival = view.scope.survival
    first = (*lengths("frt", survival=survival), "resolved_unanswered")
    return sections(
        view,
        ("first", "First response", first),
        ("next", "Next response", lengths("nrt", survival=survival)),
        ("worst", "Worst next response of a ticket", lengths("nrt_worst")),
    )
