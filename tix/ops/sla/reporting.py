"""How far promises were kept in a period: for each clock, for all of them, and by ticket."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tix.domain.sla.compliance import ALL, TICKETS, Compliance, Report, Row, compliance
from tix.domain.sla.policy import Kind
from tix.ops.transactions import reading

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from tix.desk import Desk
    from tix.domain.sla.clock import Clock
    from tix.store.base import Transaction


@reading
def report(
    desk: Desk,
    tx: Transaction,
    since: datetime | None = None,
    until: datetime | None = None,
    *,
    by: str = "due",
) -> Report:
    """Return the compliance of all tickets; *by* tells which instant of a clock has to lie there.

    Spam, merged tickets and those in the trash have their clocks cancelled, and are counted so.
    """
    from tix.domain.sla.reading import all_clocks
    from tix.domain.sla.run import heads

    tickets = [all_clocks(heads(history), tx.promises, tx.now) for _, history in tx.scan()]
    rows = [_row(kind.value, _only(tickets, kind), since, until, by) for kind in Kind]
    whole = compliance(tickets, since, until, by=by)
    rows += [Row(ALL, whole.by_clock, whole), Row(TICKETS, whole.by_ticket, Compliance())]
    return Report(since, until, tx.now, by, tuple(rows))


def _row(
    name: str,
    tickets: Sequence[Sequence[Clock]],
    since: datetime | None,
    until: datetime | None,
    by: str,
) -> Row:
    found = compliance(tickets, since, until, by=by)
    return Row(name, found.by_clock, found)


def _only(tickets: Sequence[Sequence[Clock]], kind: Kind) -> list[list[Clock]]:
    return [[clock for clock in clocks if clock.kind is kind] for clocks in tickets]
