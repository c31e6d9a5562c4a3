"""``tix schema``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from tix.cli.options import command
from tix.cli.params import Named
from tix.errors import NotFound
from tix.record import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tix.cli.call import Call
    from tix.table import Table

FOLDER = Path(__file__).resolve().parent.parent / "schemas"
_REFERENCE = "urn:tix:"


class _Listed(NamedTuple):
    name: str
    title: str


@command("schema", examples=("tix schema", "tix schema ticket_list", "tix schema tix.change/1"))
@click.argument("name", required=False, type=Named("schema"))
def schema(call: Call, name: str | None) -> None:
    """Print the JSON Schema of an output."""
    import json

    if name is None:
        call.show(_table([_Listed(one, str(_read(one)["title"])) for one in names()]))
        return
    call.write([json.dumps(bundled(_known(name)), indent=2, ensure_ascii=False), "\n"])


def names() -> list[str]:
    """Return the names of all schemas."""
    return sorted(file.stem for file in FOLDER.glob("*.json"))


def bundled(name: str) -> dict[str, Any]:
    """Return a schema with those it refers to inside it, so that it stands by itself."""
    whole = _read(name)
    parts: dict[str, Any] = {}
    waiting = [*_references(whole)]
    while waiting:
        reference = waiting.pop()
        if reference not in (name, *parts):
            parts[reference] = _read(reference)
            waiting += _references(parts[reference])
    return {**whole, "$defs": parts} if parts else whole


def _references(value: object) -> Iterator[str]:
    """Yield the names of the schemas that *value* refers to."""
    if isinstance(value, dict):
        reference = value.get("$ref")
        if isinstance(reference, str):
            yield reference.removeprefix(_REFERENCE).partition(":")[0]
        for member in value.values():
            yield from _references(member)
    elif isinstance(value, list):
        for item in value:
            yield from _references(item)


def _read(name: str) -> dict[str, Any]:
    import json

    document: dict[str, Any] = json.loads((FOLDER / f"{name}.json").read_text("utf-8"))
    return document


def _known(text: str) -> str:
    """Return the name of the schema that *text* means: ``ticket`` or ``tix.ticket/1``."""
    from tix.domain.nearest import nearest

    name = text.removeprefix("tix.").removesuffix("/1").casefold()
    known = names()
    if name in known:
        return name
    guess = nearest(name, known)
    hint = f"Did you mean {guess!r}?" if guess else "tix schema lists them"
    raise NotFound(f"no schema {text[:60]!r}", hint=hint, ids=(text,))


def _table(rows: list[_Listed]) -> Table[_Listed]:
    from tix.table import Column, Table

    return Table(
        name="schema_list",
        columns=[
            Column("name", lambda row: row.name),
            Column("title", lambda row: row.title, flexible=True),
        ],
        rows=rows,
        record=lambda row: {"schema": "tix.schema/1", **row._asdict()},
        ident=lambda row: row.name,
        items="schemas",
    )
