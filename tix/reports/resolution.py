"""The report of resolution: how long tickets take, how many get there, and what takes the time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tix.reports.sections import lengths, sections

if TYPE_CHECKING:
    from tix.reports.figures import Section
    from tix.reports.view import View

BASES = ("biz", "net", "cal")
PARTS = ("work", "customer", "third", "postponed")
DONE = (
    *("resolution_rate", "resolution_flow", "resolved", "resolved_tickets"),
    "resolved_inactive",
)


def report(view: View) -> tuple[Section, ...]:
    """Return the times in every mode, how many were resolved, and how the time is split."""
    total = lengths("res", BASES, survival=view.scope.survival)
    split = tuple(f"res_{part}_{base}" for part in PARTS for base in ("biz", "cal"))
    return sections(
        view,
        ("total", "Resolution", total),
        ("done", "Resolved", DONE),
        ("once", "First resolution", lengths("res_once", BASES)),
        ("cycle", "From creation or reopening to resolution", lengths("res_cycle", BASES)),
        ("split", "Where the time goes, on average", split),
    )
