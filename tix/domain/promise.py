"""Promises: what an agent told a customer would be done by a time."""

from __future__ import annotations

from datetime import datetime

from tix.record import Record

KEPT, CANCELLED = "kept", "cancelled"


class Promise(Record):
    """Something to be done by *due_at*; *number* counts those of one ticket.

    *ending* is kept or cancelled, at *ended_at*; without one it is still to be kept.
    """

    number: int
    text: str
    made_at: datetime
    due_at: datetime
    ended_at: datetime | None = None
    ending: str = ""

    @property
    def is_open(self) -> bool:
        """True if it is still to be kept."""
        return self.ended_at is None
