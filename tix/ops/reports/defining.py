"""What a metric or a column of a report means."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tix.errors import NotFound

if TYPE_CHECKING:
    from tix.reports.figures import Metric

LAST = 25
"""The last column of a department report has this number; the first one is its label."""

_PARTS = ("_low_s", "_high_s", "_low", "_high", "_n", "_s")


def define(name: str) -> Metric:
    """Return the metric of that id, of a column of CSV, or of R1 to R25 of a department report.

    Raises:
        NotFound: There is none; the hint has the nearest.
    """
    from tix.reports.metrics import METRICS
    from tix.reports.plain import DEPARTMENTS

    wanted = name.strip().casefold().replace("-", "_")
    if wanted[:1] == "r" and wanted[1:].isdecimal() and 2 <= int(wanted[1:]) <= LAST:
        wanted = DEPARTMENTS[int(wanted[1:]) - 2]
    for part in ("", *_PARTS):
        if wanted.endswith(part) and wanted.removesuffix(part) in METRICS:
            return METRICS[wanted.removesuffix(part)]
    from tix.domain.nearest import nearest

    guess = nearest(wanted, METRICS)
    hint = f"Did you mean {guess!r}?" if guess else "tix report list --metrics names them"
    raise NotFound(f"there is no metric {name[:60]!r}", hint=hint, ids=(name,))
