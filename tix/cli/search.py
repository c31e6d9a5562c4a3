"""``tix search``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from tix.cli.options import FILTERS, command, option
from tix.cli.params import checked_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from tix.cli.call import Call
    from tix.ops.search import Findings
    from tix.store.index import Hit
    from tix.table import Table

SCREEN_ROWS = 20


@command(
    examples=(
        "tix search refund",
        'tix search "not received" status:closed created:-30d..',
        "tix search refund -o ids | tix tag - money",
    )
)
@click.argument("words", nargs=-1, required=True)
@option("--all", "everything", is_flag=True, section=FILTERS, help="Spam and the trash as well.")
@option("-L", "--limit", type=click.IntRange(0), section=FILTERS, help="0 is no limit.")
@option("--exit-status", is_flag=True, section=FILTERS, help="Exit 1 if nothing is found.")
def search(
    call: Call,
    words: tuple[str, ...],
    everything: bool,
    limit: int | None,
    exit_status: bool,
) -> None:
    """Find words in subjects, messages and notes."""
    from tix.cli.lists import screen_limit, show_rows
    from tix.ops.search import search as find

    found = find(
        call.desk,
        [*map(checked_text, words)],
        limit=screen_limit(call, limit, SCREEN_ROWS),
        everything=everything,
        watch=lambda pieces: _watched(call, pieces),
    )
    show_rows(call, _table(found), found.total)
    if exit_status and not found.total:
        raise SystemExit(1)


def _watched(call: Call, pieces: Sequence[range]) -> Iterable[range]:
    from tix.cli.terminal import progress

    quiet = bool(call.given.get("quiet"))
    return progress(pieces, len(pieces), "reading all tickets", quiet=quiet)


def _table(found: Findings) -> Table[Hit]:
    from tix.table import Column, Table

    return Table(
        name="hit_list",
        columns=[
            Column("id", lambda hit: hit.ticket_id, align="right"),
            Column("status", lambda hit: hit.status),
            Column("subject", lambda hit: hit.subject, flexible=True),
            Column("line", lambda hit: hit.line, flexible=True),
        ],
        rows=found.rows,
        record=_record,
        ident=lambda hit: str(hit.ticket_id),
        items="hits",
        envelope={"query": str(found.query)},
        empty="nothing found",
    )


def _record(hit: Hit) -> dict[str, object]:
    return {
        "schema": "tix.hit/1",
        "id": hit.ticket_id,
        "status": hit.status,
        "subject": hit.subject,
        "line": hit.line,
    }
