"""The versions of a set-up: each is what an operation made of the one before.

They are told by the operations, which have every record before and after; nothing is kept twice.
Version 0 is the desk as it was before tix counted.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from tix.codec import decode, encode
from tix.domain.operation import SETUP
from tix.domain.setup import Setup
from tix.errors import NotFound
from tix.ops.history import latest
from tix.ops.setup.sheets import Sheets, altered_setup, sheets_in
from tix.ops.setup.tables import TABLES
from tix.ops.transactions import reading
from tix.record import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tix.desk import Desk
    from tix.domain.operation import Operation, RecordChange
    from tix.store.base import Transaction

COUNTER = "setup"
"""What numbers the versions."""


class Version(NamedTuple):
    """One version: who made it, when, by which command and operation, why, and what it changed."""

    number: int
    at: datetime
    by: str
    command: str
    why: str
    op: int
    changed: tuple[str, ...]


class Versions(NamedTuple):
    """The last versions, the newest first; ``total`` counts those beyond the limit as well."""

    rows: tuple[Version, ...]
    total: int


@reading
def versions(desk: Desk, tx: Transaction, limit: int = 0) -> Versions:
    """Return the versions of the set-up, the newest first; *limit* 0 is no limit."""
    total = tx.last_number(COUNTER)
    until = max(0, total - limit) if limit else 0
    return Versions(tuple(map(_version, _since(tx, until))), total)


def sheets_at(tx: Transaction, version: int) -> Sheets:
    """Return the set-up as it was at *version*.

    Raises:
        NotFound: There was no such version.
    """
    last = tx.last_number(COUNTER)
    if not 0 <= version <= last:
        raise NotFound(f"the set-up has no version {version}", hint=f"the last one is {last}")
    kinds: dict[str, type[Any]] = {t.name: t.kind for t in TABLES if not t.in_setup}
    kept = {name: {r.name: encode(r) for r in getattr(tx, name).all()} for name in kinds}
    setup: Any = encode(tx.setup)
    for operation in _since(tx, version):
        for change in reversed(operation.records):
            if change.kind == "setup":
                setup = change.before
            elif change.kind in kept:
                kept[change.kind].pop(change.key, None)
                if change.before is not None:
                    kept[change.kind][change.key] = dict(change.before)
    records = {
        name: {key: decode(kinds[name], document) for key, document in rows.items()}
        for name, rows in kept.items()
    }
    return {**sheets_in(decode(Setup, setup)), **records}


def _since(tx: Transaction, version: int) -> Iterator[Operation]:
    """Yield the operations that made the versions after *version*, the newest first."""
    if tx.last_number(COUNTER) == version:
        return
    for operation in latest(tx):  # pragma: no branch - one of them is the next version
        # On a desk that was restored from a backup, the last numbers lead nowhere.
        if operation.setup is not None and operation.setup > version:
            yield operation
        if operation.setup is not None and operation.setup <= version + 1:
            return


def _version(operation: Operation) -> Version:
    changed = [name for change in operation.records for name in _names(change)]
    return Version(
        operation.setup or 0,
        operation.at,
        operation.by,
        operation.command,
        operation.why,
        operation.number,
        tuple(dict.fromkeys(changed)),
    )


def _names(change: RecordChange) -> Iterator[str]:
    """Yield what a change is about, as the document calls it: ``agents.alice``, ``desk``."""
    if change.kind != "setup":
        if change.kind in SETUP:
            yield f"{change.kind}.{change.key}"
        return
    before, after = (decode(Setup, side or {}) for side in (change.before, change.after))
    tables = {table.noun: table.name for table in TABLES if not table.single}
    for one in altered_setup(before, after):
        yield f"{tables[one.kind]}.{one.id}" if one.kind in tables else one.kind
