"""``tix import``."""

from __future__ import annotations

import os
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, NamedTuple

import click

from tix.cli.options import SAFETY, changing, command, option
from tix.cli.params import Choice, checked_text
from tix.errors import BadData, UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from tix.cli.call import Call
    from tix.desk import Desk
    from tix.ops.importing.maps import Map
    from tix.ops.importing.run import Imported

CSV, JSONL, ZENDESK = "csv", "jsonl", "zendesk"
_MAP_LIMIT_BYTES = 1_000_000
_CHUNK_BYTES = 1 << 20


class Input(NamedTuple):
    """What is to be imported: a folder, or an open file; *label* is what errors call it."""

    label: str
    path: str
    file: BinaryIO | None


@command(
    "import",
    examples=(
        "tix import --guess complaints.csv > complaints.toml",
        "tix import complaints.csv --map complaints.toml --dry-run",
        "tix import --from zendesk ~/zendesk-export",
        "tix --db old export | tix --db new import -",
    ),
)
@click.argument("file", metavar="FILE")
@option("--from", "kind", type=Choice([CSV, JSONL, ZENDESK]), help="What it is; else it tells.")
@option("--map", "map_file", metavar="MAP.toml", help="Which column is which field; see --guess.")
@option("--name", help="What the source is called; an id counts once for each name.")
@option("--guess", is_flag=True, help="Print a first map of a CSV file, and import nothing.")
@option("--keep-going", is_flag=True, section=SAFETY, help="Leave out bad rows, and exit with 1.")
@changing
def import_(
    call: Call,
    file: str,
    kind: str | None,
    map_file: str | None,
    name: str | None,
    guess: bool,
    keep_going: bool,
    dry_run: bool,
    why: str,
    key: str,
) -> None:
    """Bring in tickets from CSV, JSONL or Zendesk."""
    desk = call.meant(why=why, dry_run=dry_run, key=key)
    with opened(call, checked_text(file)) as given:
        found = kind or _kind(given)
        if (given.file is None) != (found == ZENDESK):
            raise UsageError(f"{given.label} is {'a folder' if given.file is None else 'a file'}")
        if map_file and found != CSV:
            raise UsageError(f"--map is for CSV, and {given.label} is {found}")
        if guess:
            _guess(call, given, found)
            return
        work = {CSV: _csv, JSONL: _jsonl, ZENDESK: _zendesk}[found]
        options = {"keep_going": keep_going, "tell": call.say, "watch": _progress(call)}
        imported = work(desk, given, checked_text(name or ""), map_file, options)
    show_imported(call, imported)
    if imported.rejected:
        raise SystemExit(1)


@contextmanager
def opened(call: Call, path: str) -> Iterator[Input]:
    """Return what *path* means: a folder, a file, or for ``-`` all of stdin.

    Raises:
        UsageError: There is nothing of that name, or it cannot be read.
    """
    if path == "-":
        with _spooled(call) as file:
            yield Input("stdin", "", file)
    elif os.path.isdir(path):
        yield Input(os.path.basename(os.path.abspath(path)), path, None)
    else:
        if not os.path.isfile(path):
            raise UsageError(f"{path} is no file")
        try:
            stream = open(path, "rb")
        except OSError as error:
            raise UsageError(f"{path} cannot be read: {error.strerror}") from None
        with stream:
            yield Input(os.path.basename(path), path, stream)
