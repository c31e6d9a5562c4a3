"""The desk's set-up as one document: shown, compared, applied, and every version of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tix.ops.setup.applying import apply, planned
from tix.ops.setup.problems import Problem, SetupInvalid
from tix.ops.setup.reading import NOWHERE, Sources, read
from tix.ops.setup.sheets import Sheets, ordered, row, sheets_of
from tix.ops.setup.tables import TABLES
from tix.ops.setup.versions import COUNTER, Version, Versions, sheets_at, versions
from tix.ops.setup.writing import written
from tix.ops.transactions import reading
from tix.record import NamedTuple

if TYPE_CHECKING:
    from tix.desk import Desk
    from tix.store.base import Transaction

__all__ = [
    "Problem",
    "SetupInvalid",
    "Shown",
    "Sources",
    "Version",
    "Versions",
    "apply",
    "difference",
    "show",
    "versions",
]


class Shown(NamedTuple):
    """A set-up: its version, the document, and its tables as JSON has them."""

    version: int
    text: str
    tables: dict[str, Any]


@reading
def show(desk: Desk, tx: Transaction, version: int | None = None) -> Shown:
    """Return the set-up as it is, or as it was at *version*.

    Raises:
        NotFound: There was no such version.
    """
    sheets = sheets_of(tx) if version is None else sheets_at(tx, version)
    number = tx.last_number(COUNTER) if version is None else version
    return Shown(number, written(sheets, number), _tables(sheets))


@reading
def difference(
    desk: Desk,
    tx: Transaction,
    text: str | None,
    name: str,
    version: int | None = None,
    *,
    sources: Sources = NOWHERE,
) -> str:
    """Return what leads from the set-up, as it is or was at *version*, to a document.

    It is a unified diff of canonical documents, empty if they say the same; *name* is what it
    calls the second one. Without a *text* it leads to the set-up as it is.

    Raises:
        SetupInvalid: The document *text* cannot be used.
        NotFound: There was no such version.
    """
    from difflib import unified_diff

    before = sheets_of(tx) if version is None else sheets_at(tx, version)
    after = sheets_of(tx) if text is None else planned(desk, tx, read(text, name, sources)).after
    here = "the desk" if version is None else f"version {version}"
    old, new = (written(side).split("\n")[:-1] for side in (before, after))
    found = unified_diff(old, new, here, name, lineterm="")
    return "".join(f"{line}\n" for line in found)


def _tables(sheets: Sheets) -> dict[str, Any]:
    tables: dict[str, Any] = {}
    for table in TABLES:
        records = sheets[table.name]
        if table.single:
            tables[table.name] = row(table, records[""])
        else:
            rows = [{"name": one.name, **row(table, one)} for one in ordered(records)]
            tables[table.name] = rows
    return tables
