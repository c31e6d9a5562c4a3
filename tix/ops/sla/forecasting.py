"""What will be breached next if nothing is done."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from tix.domain.sla.duty import Duty, in_order
from tix.domain.ticket import awake
from tix.ops.transactions import reading
from tix.record import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tix.desk import Desk
    from tix.store.base import Transaction


class Forecast(NamedTuple):
    """The clocks that will be due from *now* to *until*; so many are *breached* already."""

    now: datetime
    until: datetime
    rows: tuple[Duty, ...]
    breached: int


@reading
def forecast(desk: Desk, tx: Transaction, words: Sequence[str] = (), until: str = "") -> Forecast:
    """Return what will be breached by *until*, or else by the end of the next working day.

    Tickets are looked at as they will be then if nobody does anything: what is postponed comes
    back, and its clocks run again.

    Raises:
        UsageError: The words are no query.
        BadDate: *until* is no time to come.
    """
    from tix.domain.query import EVERYTHING_UNSETTLED, parse
    from tix.errors import BadDate
    from tix.ops.queries import context

    end = _until(desk, tx, until)
    if end <= tx.now:
        raise BadDate(f"{until[:60]!r} is past; a time to come is needed")
    query = parse(words, context(desk, tx)) if words else EVERYTHING_UNSETTLED
    duties = [
        Duty(row.ticket, row.contact, clock)
        for row in tx.find(query)
        for clock in tx.clocks(awake(row.ticket, end), end)
        if clock.is_open and clock.due_at and clock.due_at <= end
    ]
    coming = sorted((one for one in duties if one.due_at >= tx.now), key=in_order)
    return Forecast(tx.now, end, tuple(coming), len(duties) - len(coming))


def _until(desk: Desk, tx: Transaction, text: str) -> datetime:
    dates, calendar = desk.dates(tx.setup), desk.calendar(tx.setup)
    if text:
        return dates.moment(text, lean="future", end_of_day=True).at
    today = dates.now.astimezone(dates.zone).date()
    closing = calendar.closing(calendar.working_day(today, 1))
    if closing is None:
        raise AssertionError("a working day has an end")
    return closing
