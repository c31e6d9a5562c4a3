"""Measuring all settled tickets again, for what is kept of them was lost or is out of date."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tix.ops.reports.showing import unwatched
from tix.ops.transactions import writing

if TYPE_CHECKING:
    from tix.desk import Desk
    from tix.ops.reports.showing import Watch

_PIECE = 100


def recompute(desk: Desk, watch: Watch = unwatched) -> int:
    """Measure every settled ticket under the promises that were recorded; return how many.

    All is one commit, and no operation: no ticket is other than it was.
    """
    with writing(desk, "report recompute") as tx:
        pieces = tx.last_number("ticket") // _PIECE + 1
        return sum(watch(tx.measure_anew(), pieces))
