"""``tix import``."""

from __future__ import annotations

import sys
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

import click

from tix.cli.imported import show_imported
from tix.cli.options import SAFETY, changing, command, option
from tix.cli.params import Choice, checked_text
from tix.errors import UsageError
from tix.record import NamedTuple
from tix.text import one_line

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from tix.cli.call import Call
    from tix.desk import Desk
    from tix.ops.importing.maps import Map
    from tix.ops.importing.run import Imported

CSV, JSONL, ZENDESK = "csv", "jsonl", "zendesk"
_CSV_NAMES = (".csv", ".tsv", ".txt")
_JSONL_NAMES = (".jsonl", ".ndjson", ".json")
_MAP_LIMIT_BYTES = 1_000_000


class Input(NamedTuple):
    """What is to be imported: an open file, or a folder if *file* is None."""

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
@option("--name", default="", help="What the source is called in the history.")
@option("--guess", is_flag=True, help="Print a first map of a CSV file, and import nothing.")
@option("--keep-going", is_flag=True, section=SAFETY, help="Leave out bad rows, and exit with 1.")
@changing
def import_(
    call: Call,
    file: str,
    kind: str | None,
    map_file: str | None,
    name: str,
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
        _check(given, found, map_file, guess=guess)
        if guess:
            call.write([_guessed(given)])
            return
        source = _SOURCES[found]
        ways = {"keep_going": keep_going, "tell": _teller(call), "watch": _progress(call)}
        imported = source(desk, given, checked_text(name), map_file, ways)
    show_imported(call, imported)
    if imported.rejected:
        raise SystemExit(1)


@contextmanager
def opened(call: Call, path: str) -> Iterator[Input]:
    """Return what *path* means: a folder, a file, or for ``-`` all of stdin.

    Raises:
        UsageError: There is nothing of that name, or it cannot be read.
    """
    place = Path(path)
    if path == "-":
        with _spooled(_stdin(call)) as file:
            yield Input("stdin", path, file)
    elif place.is_dir():
        yield Input(place.resolve().name, path, None)
    elif not (place.is_file() or place.is_fifo()):
        raise UsageError(f"{path} is no file")
    else:
        try:
            stream = place.open("rb")
        except OSError as error:
            raise UsageError(f"{path} cannot be read: {error.strerror}") from None
        with stream, _spooled(stream) if place.is_fifo() else nullcontext(stream) as file:
            yield Input(place.name, path, file)


def _stdin(call: Call) -> BinaryIO:
    if call.stdin_is_taken or sys.stdin is None:
        raise UsageError("- needs stdin, and it is closed")
    call.stdin_is_taken = True
    return sys.stdin.buffer


@contextmanager
def _spooled(stream: BinaryIO) -> Iterator[BinaryIO]:
    """Return all of *stream* as a file that can be read twice."""
    from shutil import copyfileobj
    from tempfile import TemporaryFile

    with TemporaryFile() as file:
        copyfileobj(stream, file)
        yield file


def _kind(given: Input) -> str:
    """Return what *given* is, by its name, else by how it begins."""
    if given.file is None:
        return ZENDESK
    suffix = Path(given.path).suffix.casefold()
    if suffix in _CSV_NAMES:
        return CSV
    if suffix in _JSONL_NAMES:
        return JSONL
    given.file.seek(0)
    begins = given.file.read(4096).removeprefix(b"\xef\xbb\xbf").lstrip()
    return JSONL if begins.startswith(b"{") else CSV


def _check(given: Input, kind: str, map_file: str | None, *, guess: bool) -> None:
    """Refuse what does not fit together.

    Raises:
        UsageError: A folder is needed and it is a file, or the other way round, or the options
            do not fit what it is.
    """
    if (given.file is None) != (kind == ZENDESK):
        what = "a folder" if given.file is None else "a file"
        needed = "the folder of the export" if kind == ZENDESK else "a file"
        raise UsageError(f"{given.label} is {what}; {kind} needs {needed}")
    if kind != CSV and (map_file or guess):
        raise UsageError(f"--map and --guess are for CSV, and {given.label} is {kind}")


def _guessed(given: Input) -> str:
    from tix.ops.importing.guess import guess
    from tix.ops.importing.rows import Sheet

    return guess(Sheet(_file(given), given.label), Path(given.label).stem)


def _from_csv(
    desk: Desk, given: Input, name: str, map_file: str | None, ways: Mapping[str, Any]
) -> Imported:
    from tix.domain.zone import zone_named
    from tix.ops.importing.mapped import MappedSheet
    from tix.ops.importing.maps import plain_map
    from tix.ops.importing.rows import Sheet
    from tix.ops.importing.run import bring_in

    how = _map(map_file) if map_file else None
    sheet = Sheet(
        _file(given),
        given.label,
        encoding=how.encoding if how else "utf-8",
        delimiter=how.delimiter if how else "",
    )
    how = how or plain_map(sheet.header, _name(given))
    if how is None:
        raise UsageError(
            f"{given.label} needs a map that says which column is which field",
            hint=f"tix import --guess {given.path} > map.toml; then --map map.toml",
        )
    zone = zone_named(how.zone) if how.zone else desk.zone
    how = how._replace(name=_checked(name) or how.name)
    return bring_in(desk, MappedSheet(sheet, how, zone), **ways)


def _from_jsonl(
    desk: Desk, given: Input, name: str, map_file: str | None, ways: Mapping[str, Any]
) -> Imported:
    from tix.ops.importing.exported import Exported, is_export
    from tix.ops.importing.objects import Objects
    from tix.ops.importing.restore import restore
    from tix.ops.importing.run import bring_in

    file = _file(given)
    file.seek(0)
    if is_export(file.readline(4096)):
        return restore(desk, Exported(file, given.label), _checked(name) or "tix", **ways)
    name = _checked(name) or _name(given)
    return bring_in(desk, Objects(file, given.label, name, desk.zone), **ways)


def _from_zendesk(
    desk: Desk, given: Input, name: str, map_file: str | None, ways: Mapping[str, Any]
) -> Imported:
    from tix.ops.importing.run import bring_in
    from tix.ops.importing.zendesk.source import Zendesk

    return bring_in(desk, Zendesk(given.path, _checked(name) or "zendesk"), **ways)


_SOURCES: dict[str, Callable[..., Imported]] = {
    CSV: _from_csv,
    JSONL: _from_jsonl,
    ZENDESK: _from_zendesk,
}


def _map(path: str) -> Map:
    from tix.cli.texts import read_file
    from tix.ops.importing.maps import read_map

    content = read_file(checked_text(path))
    if len(content) > _MAP_LIMIT_BYTES:
        raise UsageError(f"{path} is too large for a map")
    try:
        return read_map(content.decode("utf-8-sig"), Path(path))
    except UnicodeDecodeError as error:
        raise UsageError(f"{path} is not UTF-8 (byte {error.start})") from None


def _name(given: Input) -> str:
    """Return what a source without a name of its own is called: as its file."""
    from tix.ops.importing.people import slug

    return slug(Path(given.label).stem) or "import"


def _checked(name: str) -> str:
    from tix.ops.importing.maps import checked_name

    return checked_name(name) if name else ""


def _file(given: Input) -> BinaryIO:
    if given.file is None:
        raise AssertionError
    return given.file


def _teller(call: Call) -> Callable[[str], None]:
    """Return what tells a bad row: its cells are a stranger's."""
    return lambda line: call.say(one_line(line))


def _progress(call: Call) -> Callable[[Iterable[Any], int], Iterable[Any]]:
    from tix.cli.terminal import progress

    quiet = bool(call.given.get("quiet"))
    return lambda items, total: progress(items, total, "importing", quiet=quiet)
