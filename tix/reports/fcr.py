"""The report of first contact resolution: how often one answer is enough, and why not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tix.reports.metrics.contact import MISSES
from tix.reports.sections import sections

if TYPE_CHECKING:
    from tix.reports.figures import Section
    from tix.reports.view import View


def report(view: View) -> tuple[Section, ...]:
    """Return the share that one answer was enough for, and the shares of what came between."""
    return sections(view, ("fcr", "First contact", ("fcr", *(f"fcr_{miss}" for miss in MISSES))))
