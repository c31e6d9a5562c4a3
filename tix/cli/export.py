"""``tix export``."""

from __future__ import annotations

from io import TextIOWrapper
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

import click

from tix.cli.newfile import new_file
from tix.cli.options import FILTERS, SAFETY, command, option
from tix.cli.params import Choice, checked_text
from tix.cli.reveal import revealing, tell_masked
from tix.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tix.cli.call import Call
    from tix.desk import Desk
    from tix.ops.exporting.chosen import Wanted

CSV, JSONL = "csv", "jsonl"
_CHUNK = 65_536
_LOST = ", and stay so where it is imported"


@command(
    examples=(
        "tix export --to desk.jsonl",
        "tix export tag:billing --all --format csv --to billing.csv",
        "tix --db old export | tix --db new import -",
    )
)
@click.argument("query", nargs=-1)
@option("--to", metavar="FILE", help="Write a file, which is there whole or not at all.")
@option("--format", "kind", type=Choice([JSONL, CSV]), help="jsonl (all there is), or csv.")
@option("--all", "everything", is_flag=True, section=FILTERS, help="Settled ones as well.")
@option("--events", is_flag=True, help="In CSV, a row for each event instead of each ticket.")
@option("--raw", is_flag=True, help="In CSV, leave cells that could be formulas as they are.")
@option("--no-files", is_flag=True, help="In JSONL, leave out what is in attachments.")
@revealing
@option("--force", is_flag=True, section=SAFETY, help="Replace the file if it is there.")
def export(
    call: Call,
    query: tuple[str, ...],
    to: str | None,
    kind: str | None,
    everything: bool,
    events: bool,
    raw: bool,
    no_files: bool,
    force: bool,
) -> None:
    """Write tickets as JSONL or CSV."""
    from tix.ops.exporting.chosen import Wanted

    kind = kind or _asked(call) or JSONL
    write = _writer(kind, events=events, raw=raw, files=not no_files)
    wanted = Wanted(tuple(map(checked_text, query)), everything)
    if to is None or to == "-":
        _to_stdout(call, lambda out: write(call.desk, out, wanted))
        tell_masked(call, _LOST)
        return
    with new_file(Path(checked_text(to)), force=force) as out:
        count = write(call.desk, out, wanted)
    call.say(f"exported {count} ticket{'s' * (count != 1)} to {to}")
    tell_masked(call, _LOST)


def _asked(call: Call) -> str | None:
    """Return the format that ``-o`` asks for.

    Raises:
        UsageError: It is none of an export.
    """
    asked = "json" if call.given.get("json") else call.given.get("output")
    if asked in (None, CSV, JSONL):
        return asked
    raise UsageError(f"an export is {JSONL} or {CSV}, not {asked}")


def _writer(
    kind: str, *, events: bool, raw: bool, files: bool
) -> Callable[[Desk, BinaryIO, Wanted], int]:
    """Return what writes an export of this kind.

    Raises:
        UsageError: An option is for the other kind.
    """
    if kind == JSONL:
        from tix.ops.exporting.jsonl import export_jsonl

        if events or raw:
            raise UsageError("--events and --raw are for CSV; JSONL has all events as they are")
        return lambda desk, out, wanted: export_jsonl(desk, out, wanted, files=files)
    from tix.ops.exporting.sheet import export_csv, export_events

    if not files:
        raise UsageError("--no-files is for JSONL; CSV has no attachments")
    export = export_events if events else export_csv
    return lambda desk, out, wanted: export(desk, out, wanted, raw=raw)


def _to_stdout(call: Call, write: Callable[[BinaryIO], int]) -> None:
    """Print what *write* writes, once all of it is known to be one state of the desk."""
    from tempfile import TemporaryFile

    with TemporaryFile() as out:
        write(out)
        out.seek(0)
        call.write(_chunks(out))


def _chunks(file: BinaryIO) -> Iterator[str]:
    text = TextIOWrapper(file, "utf-8", newline="")
    while chunk := text.read(_CHUNK):
        yield chunk
    text.detach()
