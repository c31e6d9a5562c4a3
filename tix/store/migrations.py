"""From the schema a desk was written in to today's: one step a version.

A desk of an older schema is read through the steps, page by page; the first write saves
every page in the new form in one commit. A newer one is refused, for reading as well.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from tix.errors import DeskNewer
from tix.store.page import Tables, damaged

SCHEMA = 1

Step = Callable[[str, Tables], Tables]

STEPS: Mapping[int, Step] = {}


def upgrade(
    name: str,
    tables: Tables,
    schema: int,
    *,
    steps: Mapping[int, Step] = STEPS,
    target: int = SCHEMA,
) -> Tables:
    """Return the tables of the page *name*, written in *schema*, as *target* has them."""
    for version in range(schema, target):
        tables = steps[version](name, tables)
    return tables


def checked_schema(desk: Mapping[str, object]) -> int:
    """Return the schema that the root's table ``desk`` tells.

    Raises:
        DeskNewer: It was written by a later tix.
        DeskDamaged: It tells none.
    """
    schema = desk.get("schema")
    if not isinstance(schema, int) or schema < 1:
        raise damaged("tickets.json", "it tells no schema")
    if schema > SCHEMA:
        raise DeskNewer(
            f"this desk was written by tix {desk.get('app', '')} (schema {schema}, not {SCHEMA})",
            hint="use that tix, or a newer one",
        )
    return schema
