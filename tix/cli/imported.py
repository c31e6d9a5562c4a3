"""Telling what an import did: a sentence for a person, numbers for a pipe, JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tix.cli.failure import telling
from tix.cli.last import remember_last
from tix.text import one_line

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tix.cli.call import Call
    from tix.ops.importing.run import Imported


def show_imported(call: Call, imported: Imported) -> None:
    """Print what was imported, and tell what is odd about it."""
    for oddity in imported.oddities:
        call.warn(oddity)
    if imported.op is None:
        _print(call, imported)
        return
    remember_last(call, imported.tickets[-1][1])
    call.tell(f"operation {imported.op} on {call.desk.location}; tix undo takes it back")
    with telling("the tickets are saved", hint=f"it is operation {imported.op}"):
        _print(call, imported)


def _print(call: Call, imported: Imported) -> None:
    fmt = call.format
    if fmt in ("json", "jsonl"):
        call.write([_as_json(call, imported)])
    elif fmt == "table":
        call.write([one_line(_sentence(imported)) + "\n"])
    else:
        call.say(one_line(_sentence(imported)))
        call.write(_numbers(imported))


def _sentence(imported: Imported) -> str:
    from tix.ops.importing.problems import counted

    parts = [f"imported {counted(imported.total, 'ticket')} from {imported.name}"]
    if imported.dry_run:
        parts = [f"would import {counted(imported.total, 'ticket')} from {imported.name}"]
    if imported.tickets:
        parts[0] += ": " + ", ".join(_range(*pair) for pair in imported.tickets)
    if imported.known:
        parts.append(f"{imported.known} here already, unchanged")
    if imported.rejected:
        parts.append(f"{counted(imported.rejected, 'bad row')} left out")
    return "; ".join(parts)


def _range(first: int, last: int) -> str:
    return str(first) if first == last else f"{first}-{last}"


def _numbers(imported: Imported) -> Iterator[str]:
    """Return the numbers of the new tickets a line each, a range at a time."""
    for first, last in imported.tickets:
        yield "".join(f"{number}\n" for number in range(first, last + 1))


def _as_json(call: Call, imported: Imported) -> str:
    from tix.output.as_json import encode

    document = {
        "schema": "tix.import/1",
        "source": imported.name,
        "op": imported.op,
        "dry_run": imported.dry_run,
        "imported": imported.total,
        "tickets": [list(pair) for pair in imported.tickets],
        "known": imported.known,
        "rejected": imported.rejected,
        "problems": [problem._asdict() for problem in imported.problems],
        "warnings": [{"code": "odd_source", "message": oddity} for oddity in imported.oddities],
    }
    indent = 2 if call.is_terminal and call.format == "json" else None
    return encode(document, indent=indent) + "\n"
