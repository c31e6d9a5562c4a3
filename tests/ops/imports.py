"""Sources for tests of imports: texts as files, maps as texts, what came of them."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tix.domain.zone import zone_named
from tix.errors import BadData
from tix.ops.exporting.jsonl import export_jsonl
from tix.ops.importing.exported import Exported
from tix.ops.importing.mapped import MappedSheet
from tix.ops.importing.maps import read_map
from tix.ops.importing.objects import Objects
from tix.ops.importing.restore import restore
from tix.ops.importing.rows import Sheet
from tix.ops.importing.run import Imported, bring_in

if TYPE_CHECKING:
    from tix.desk import Desk
    from tix.domain.people import Customer
    from tix.domain.ticket import Ticket
    from tix.ops.exporting.chosen import Wanted

UTC = zone_named("UTC")
PLAIN = 'name = "old"\nid = "id"\n[ticket]\nsubject = "subject"\n'


def sheet(text: str | bytes, **how: Any) -> Sheet:
    content = text.encode() if isinstance(text, str) else text
    return Sheet(BytesIO(content), "old.csv", **how)


def by_map(desk: Desk, text: str | bytes, toml: str = PLAIN, **ways: Any) -> Imported:
    """Import CSV by a map."""
    how = read_map(toml, Path("old.toml"))
    rows = sheet(text, encoding=how.encoding, delimiter=how.delimiter)
    zone = zone_named(how.zone) if how.zone else UTC
    return bring_in(desk, MappedSheet(rows, how, zone), **ways)


def one(desk: Desk, header: str, row: str, toml: str) -> Ticket:
    """Import one row and return the ticket that it became."""
    imported = by_map(desk, f"{header}\n{row}\n", toml)
    ((first, last),) = imported.tickets
    assert first == last
    return tickets(desk)[-1]


def objects(desk: Desk, *lines: str | bytes, **ways: Any) -> Imported:
    """Import plain JSONL."""
    content = b"\n".join(line.encode() if isinstance(line, str) else line for line in lines)
    return bring_in(desk, Objects(BytesIO(content), "old.jsonl", "old", UTC), **ways)


def refused(work: Any, *arguments: Any, **named: Any) -> str:
    """Return what a refusal to import says, and see that it changed nothing."""
    desk = arguments[0]
    before = exported(desk)
    with pytest.raises(BadData) as error:
        work(*arguments, **named)
    assert exported(desk) == before
    return error.value.message


def exported(desk: Desk, wanted: Wanted | None = None, **how: Any) -> bytes:
    out = BytesIO()
    export_jsonl(desk, out, *([wanted] if wanted else []), **how)
    return out.getvalue()


def taken_in(desk: Desk, content: bytes, **ways: Any) -> Imported:
    """Import what ``exported`` gave."""
    return restore(desk, Exported(BytesIO(content), "old.jsonl"), "tix", **ways)


def tickets(desk: Desk) -> list[Ticket]:
    return desk.store.read(lambda tx: [ticket for ticket, _ in tx.scan()])


def customers(desk: Desk) -> list[Customer]:
    return desk.store.read(lambda tx: list(tx.customers.all()))
