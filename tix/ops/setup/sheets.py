"""All records of a set-up, table by table, and how they are read from and written to a desk."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from tix.codec import encode_value
from tix.ops.change import Altered
from tix.ops.setup.tables import CALENDARS, DESK, LEVELS, POLICY, TABLES, Basics
from tix.record import replace

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tix.domain.setup import Setup
    from tix.ops.setup.table import Table
    from tix.store.base import Transaction

Sheets = Mapping[str, Mapping[str, Any]]
"""Records by their names, by the names of their tables."""

VERSIONED = (CALENDARS, LEVELS, POLICY)
"""The tables of which every version of a record is kept."""

_SINGLE = Basics._fields[1:]


def sheets_of(tx: Transaction) -> Sheets:
    """Return the set-up of a desk as it is."""
    kept = {table.name: getattr(tx, table.name).all() for table in TABLES if not table.in_setup}
    return {**sheets_in(tx.setup), **{name: _by_name(kept[name]) for name in kept}}


def sheets_in(setup: Setup) -> Sheets:
    """Return the tables that are members of *setup*."""
    basics = Basics("", *(getattr(setup, member) for member in _SINGLE))
    lists = {table.name: getattr(setup, table.name) for table in TABLES if _is_list(table)}
    rows = {name: _by_name(records) for name, records in lists.items()}
    return {DESK: {"": basics}, POLICY: {"": setup.policy}, **rows}


def put_sheets(tx: Transaction, after: Sheets) -> Iterator[Altered]:
    """Make *after* the set-up of a desk, and yield each record that differs."""
    before = sheets_of(tx)
    setup = _setup_of(tx.setup, after)
    if setup != tx.setup:
        tx.put_setup(replace(setup, version=setup.version + 1))
    for table in TABLES:
        for change in altered(table, before[table.name], after[table.name]):
            yield change
            if not table.in_setup:
                _put(getattr(tx, table.name), change)


def numbered(
    tx: Transaction, name: str, before: Mapping[str, Any], after: Mapping[str, Any]
) -> dict[str, Any]:
    """Return the records of a versioned table: what is new or differs is the next version.

    Versions that the desk once had do not come back, so that a clock finds what it started with.
    """
    changed = {key: record for key, record in after.items() if record != before.get(key)}
    former = [sheets_in(setup)[name] for setup in tx.setups()] if changed else []
    last = {key: max((s[key].version for s in former if key in s), default=0) for key in changed}
    return {**after, **{key: replace(one, version=last[key] + 1) for key, one in changed.items()}}


def altered(table: Table, before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[Altered]:
    """Yield each record of *table* that differs, by name."""
    for name in sorted({*before, *after}):
        if before.get(name) != after.get(name):
            known = name or ("set-up" if table.name == DESK else "of levels")
            yield Altered(table.noun, known, before.get(name), after.get(name))


def altered_setup(before: Setup, after: Setup) -> Iterator[Altered]:
    """Yield each record that differs between the tables that are members of ``Setup``."""
    sides = sheets_in(before), sheets_in(after)
    for table in TABLES:
        if table.in_setup:
            yield from altered(table, *(side[table.name] for side in sides))


def ordered(records: Mapping[str, Any]) -> list[Any]:
    """Return the records of a table as they are shown: by weight if they have one, then by name."""
    return sorted(records.values(), key=lambda one: (getattr(one, "weight", 0), one.name))


def row(table: Table, record: Any) -> dict[str, Any]:
    """Return what the keys of *table* hold in *record*, as JSON and TOML have it."""
    return {key.name: encode_value(key.shown(getattr(record, key.attribute))) for key in table.keys}


def _setup_of(setup: Setup, after: Sheets) -> Setup:
    """Return *setup* with what *after* has in its tables; their order means nothing."""
    members: dict[str, Any] = {name: getattr(after[DESK][""], name) for name in _SINGLE}
    members[POLICY] = after[POLICY][""]
    for table in filter(_is_list, TABLES):
        if _by_name(getattr(setup, table.name)) != after[table.name]:
            members[table.name] = tuple(ordered(after[table.name]))
    return replace(setup, **members)


def _put(records: Any, change: Altered) -> None:
    if change.after is None:
        records.drop(change.id)
    else:
        records.put(change.after)


def _is_list(table: Table) -> bool:
    return table.in_setup and not table.single


def _by_name(records: Any) -> dict[str, Any]:
    return {record.name: record for record in records}
