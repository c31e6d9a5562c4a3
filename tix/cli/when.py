"""``tix when``."""

from __future__ import annotations

from datetime import datetime, tzinfo
from typing import TYPE_CHECKING

import click

from tix.cli.options import command, option
from tix.cli.params import DATE, checked_text, joined
from tix.errors import BadDate
from tix.record import NamedTuple

if TYPE_CHECKING:
    from tix.cli.call import Call
    from tix.domain.when import Dates, Moment
    from tix.table import Table


class _Meant(NamedTuple):
    text: str
    at: datetime
    notes: tuple[str, ...]


@command(
    "when",
    examples=("tix when eow +2bd", "tix when tomorrow fri 2026-12-24", "tix when fri --due"),
)
@click.argument("words", nargs=-1, required=True, type=DATE, metavar="DATE...")
@option("--due", is_flag=True, help="As --due reads it: a day ends with its business hours.")
def when(call: Call, words: tuple[str, ...], due: bool) -> None:
    """Show what a date means."""
    from tix.ops.queries import dates

    reader = dates(call.desk)
    found = _read(reader, words, due=due)
    for one in found:
        for note in one.notes:
            call.say(f"note: {one.text}: {note}" if len(found) > 1 else f"note: {note}")
    call.show(_table(found, reader.now, call.desk.zone))


def _read(reader: Dates, words: tuple[str, ...], *, due: bool) -> list[_Meant]:
    """Return what *words* mean: one date if they are one, else a date each."""
    line = joined(words)
    try:
        return [_meant(line, _moment(reader, line, due=due))]
    except BadDate:
        if len(words) == 1:
            raise
    return [_meant(word, _moment(reader, checked_text(word), due=due)) for word in words]


def _moment(reader: Dates, text: str, *, due: bool) -> Moment:
    return reader.moment(text, "future" if due else None, end_of_day=due)


def _meant(text: str, moment: Moment) -> _Meant:
    return _Meant(text, moment.at, moment.notes)


def _table(rows: list[_Meant], now: datetime, zone: tzinfo) -> Table[_Meant]:
    from tix.codec import encode_time
    from tix.domain.when import describe
    from tix.table import Column, Table

    return Table(
        name="date_list",
        columns=[
            Column("input", lambda row: row.text),
            Column("at", lambda row: row.at, human=lambda row: encode_time(row.at)),
            Column("human", lambda row: describe(row.at, now, zone), title="MEANS"),
        ],
        rows=rows,
        record=lambda row: {
            "schema": "tix.date/1",
            "input": row.text,
            "at": encode_time(row.at),
            "human": describe(row.at, now, zone),
            "notes": list(row.notes),
        },
        ident=lambda row: encode_time(row.at),
        items="dates",
    )
