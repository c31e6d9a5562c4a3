"""A set-up as the one TOML document that stands for it, with comments that explain each table."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tix.ops.setup.sheets import ordered, row
from tix.ops.setup.tables import TABLES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tix.ops.setup.sheets import Sheets
    from tix.ops.setup.table import Key, Table

_HEAD = """\
# The set-up of a desk. `tix setup edit` changes it, and so does `tix setup apply FILE`;
# `tix setup diff FILE` shows beforehand what would change.
#
# A table that a file does not have stays as it is. One that it has is the whole truth: what is
# left out is gone. What stands behind a # is an example, or explains.
"""
_WIDTH = 80
_VERSION = """\
# What this file was made from: if the desk was set up anew since then, the file is refused.
# Without this line it applies to any version.
version = {}
"""


def written(sheets: Sheets, version: int | None = None) -> str:
    """Return the canonical document: equal set-ups give equal bytes.

    With a *version* it can be applied to that one only.
    """
    parts = [_HEAD] if version is None else [_HEAD, _VERSION.format(version)]
    parts += ["\n".join(_lines(table, sheets)) + "\n" for table in TABLES]
    return "\n".join(parts)


def _lines(table: Table, sheets: Sheets) -> Iterator[str]:
    yield from (f"# {line}" for line in table.about.split("\n"))
    records = sheets[table.name]
    if table.single:
        yield f"[{table.name}]"
        yield from _single_lines(table, row(table, records[""]))
        return
    yield "#"
    yield f"#   [{table.name}.{table.example}]"
    examples = [f"{key.name} = {key.example}" for key in table.keys]
    margin = max(map(len, examples))
    for key, example in zip(table.keys, examples, strict=True):
        yield f"#   {example:<{margin}}  # {key.about}"
    yield f"[{table.name}]"
    for record in ordered(records):
        yield ""
        yield f"[{table.name}.{_name(record.name)}]"
        yield from _row_lines(table, record)


def _single_lines(table: Table, values: dict[str, Any]) -> Iterator[str]:
    """Yield every key: one that holds nothing as an example."""
    for key in table.keys:
        value = values[key.name]
        yield f"# {key.about}"
        is_empty = value is None or value == []
        yield f"# {key.name} = {key.example}" if is_empty else _pair(key, value)


def _row_lines(table: Table, record: Any) -> Iterator[str]:
    """Yield the keys that do not hold what they hold by default."""
    values = row(table, record)
    defaults: dict[str, Any] = row(table, table.kind(**_least(table, record)))
    for key in table.keys:
        if key.is_needed or values[key.name] != defaults[key.name]:
            yield _pair(key, values[key.name])


def _least(table: Table, record: Any) -> dict[str, Any]:
    """Return what a record like *record* cannot be without."""
    needed = {key.attribute: getattr(record, key.attribute) for key in table.keys if key.is_needed}
    return {"name": record.name, **needed}


def _pair(key: Key, value: Any) -> str:
    return f"{key.name} = {_toml(value, is_top=True)}"


def _toml(value: Any, *, is_top: bool = False) -> str:
    """Return *value* in one line; a list that has tables in it, or is long, one item a line."""
    from tomlkit import item

    if isinstance(value, dict):
        pairs = (f"{_name(name)} = {_toml(member)}" for name, member in value.items())
        return f"{{ {', '.join(pairs)} }}" if value else "{}"
    if not isinstance(value, list):
        return str(item(value).as_string())
    items = [_toml(member) for member in value]
    if is_top and (sum(map(len, items)) > _WIDTH or any(isinstance(one, dict) for one in value)):
        return "".join(["[\n", *(f"    {one},\n" for one in items), "]"])
    return f"[{', '.join(items)}]"


def _name(name: str) -> str:
    from tomlkit import key

    return key(name).as_string()
