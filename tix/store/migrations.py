"""From the schema a desk was written in to today's: one step a version.

A desk of an older schema is read through the steps, page by page; the first write saves
every page in the new form in one commit. A newer one is refused, for reading as well.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from tix.errors import DeskNewer
from tix.record import NamedTuple
from tix.store.layout import ROOT
from tix.store.page import Tables, damaged

Step = Callable[[str, Tables], Tables]


class Migrations(NamedTuple):
    """The schema that is written, and for each older one the step to the next.

    A step takes the name of a page and its tables, and gives the tables as they are then.
    """

    schema: int
    steps: Mapping[int, Step]

    def schema_of(self, desk: Mapping[str, object]) -> int:
        """Return the schema that the root's table ``desk`` tells.

        Raises:
            DeskNewer: It was written by a later tix.
            DeskDamaged: It tells none.
        """
        schema = desk.get("schema")
        if not isinstance(schema, int) or schema < 1:
            raise damaged(ROOT, "it tells no schema")
        if schema > self.schema:
            raise DeskNewer(
                f"this desk was written by tix {desk.get('app', '')} "
                f"(schema {schema}, and this tix knows {self.schema})",
                hint="use that tix, or a newer one",
            )
        return schema

    def upgrade(self, name: str, tables: Tables, schema: int) -> Tables:
        """Return the tables of the page *name*, written in *schema*, as they are today."""
        for version in range(schema, self.schema):
            tables = self.steps[version](name, tables)
        return tables


CURRENT = Migrations(schema=1, steps={})
