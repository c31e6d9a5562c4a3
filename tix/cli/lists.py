"""Lists of records other than tickets: sorted by any column, cut, and counted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tix.cli.params import checked_text
from tix.errors import UnknownField

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from tix.cli.call import Call
    from tix.table import Column, R, Table

SCREEN_ROWS = 500


def show_list(
    call: Call,
    table: Table[R],
    *,
    more: Iterable[Column[R]] = (),
    sort: str = "",
    limit: int | None = None,
    exit_status: bool = False,
) -> None:
    """Print *table*, sorted by the columns that *sort* names and cut to *limit* rows.

    *more* are columns that only ``--fields`` and *sort* know. The footer and the envelope of
    JSON tell what was cut off.
    """
    rows, more = table.rows, tuple(more)
    if sort:
        rows = _sorted(rows, checked_text(sort), [*table.columns, *more])
    total, limit = len(rows), screen_limit(call, limit)
    show_rows(call, table._replace(rows=rows[:limit] if limit else rows), total, more=more)
    if exit_status and not total:
        raise SystemExit(1)


def show_rows(call: Call, table: Table[R], total: int, *, more: Iterable[Column[R]] = ()) -> None:
    """Print the rows of *table*, which are some of *total*."""
    count = len(table.rows)
    counts = {"total": total, "count": count, "truncated": count < total}
    footer = f"{count} of {total} - -L 0 for all" if count < total else table.footer
    call.show(table._replace(envelope={**counts, **table.envelope}, footer=footer), more=more)


def screen_limit(call: Call, limit: int | None, rows: int = SCREEN_ROWS) -> int:
    """Return how many rows to show: as asked, else a few on a terminal and all elsewhere."""
    if limit is not None:
        return limit
    return rows if call.is_terminal and call.format == "table" else 0


def _sorted(rows: Sequence[R], keys: str, columns: Iterable[Column[R]]) -> list[R]:
    known = {column.name: column for column in columns}
    found = list(rows)
    for key in reversed(keys.split(",")):
        name = key.strip().removeprefix("-")
        if name not in known:
            raise UnknownField(f"unknown field {name!r}", hint=f"There are {', '.join(known)}.")
        found.sort(key=_rank(known[name]), reverse=key.strip().startswith("-"))
    return found


def _rank(column: Column[R]) -> Callable[[R], tuple[bool, object]]:
    """Return what gives the place of a row: nothing comes last, and case does not count."""

    def rank(row: R) -> tuple[bool, object]:
        value = column.value(row)
        if value is None or value == "":
            return True, ""
        return False, value.casefold() if isinstance(value, str) else value

    return rank
