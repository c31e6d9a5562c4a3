"""What makes tickets as important as they are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tix.output.tickets.clocks import sla_cell, sla_word
from tix.table import Column, Table

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from tix.domain.found import Found
    from tix.domain.importance import Ranking

TERMS = ("priority", "slack", "wait", "customer", "escalated")


def importance_table(rows: Sequence[Found], ranking: Ranking) -> Table[Found]:
    """Return tickets with each term of their importance, as it is added."""

    def term(name: str) -> Callable[[Found], float]:
        return lambda row: round(getattr(ranking.terms(row.ticket, row.contact), name), 2)

    def total(row: Found) -> int:
        return ranking.terms(row.ticket, row.contact).total

    return Table(
        name="importance_list",
        columns=[
            Column("id", lambda row: row.ticket.id, align="right"),
            Column("importance", total, align="right"),
            *(Column(name, term(name), align="right") for name in TERMS),
            Column(
                "sla",
                lambda row: sla_cell(ranking.clock_of(row.ticket)),
                human=lambda row: sla_word(ranking.clock_of(row.ticket)),
            ),
            Column("subject", lambda row: row.ticket.subject, flexible=True),
        ],
        rows=rows,
        record=lambda row: {
            "schema": "tix.importance/1",
            "id": row.ticket.id,
            "importance": total(row),
            **{name: term(name)(row) for name in TERMS},
        },
        ident=lambda row: str(row.ticket.id),
        items="tickets",
    )
