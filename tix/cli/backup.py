"""``tix backup``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from tix.cli.options import SAFETY, command, option
from tix.cli.params import checked_text
from tix.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tix.cli.call import Call
    from tix.store.backups import Generation
    from tix.table import Cell

_USAGE = "tix backup [FILE], tix backup list, or tix backup restore FILE|NAME"


@command(
    examples=(
        "tix backup ~/desk.zip",
        "tix backup list",
        "tix backup restore ~/desk.zip --dry-run",
        "tix backup restore $(tix backup list -o ids | tail -1) --yes",
    )
)
@click.argument("words", nargs=-1, metavar="[FILE | list | restore FILE|NAME]")
@option("-n", "--dry-run", is_flag=True, section=SAFETY, help="Only check what restore would do.")
@option("-y", "--yes", is_flag=True, section=SAFETY, help="Do not ask.")
def backup(call: Call, words: tuple[str, ...], dry_run: bool, yes: bool) -> None:
    """Save the desk, list what is saved, go back."""
    first, *rest = map(checked_text, words or ("",))
    if first == "list" and not rest:
        _list(call)
    elif first == "restore" and len(rest) == 1:
        _restore(call, rest[0], dry_run=dry_run, yes=yes)
    elif first != "restore" and not rest:
        _save(call, first)
    else:
        raise UsageError("these words are not understood", hint=_USAGE)


def _save(call: Call, file: str) -> None:
    from tix.ops.backups import save

    name = file or f"tix-desk-{call.desk.clock():%Y%m%d-%H%M%S}.zip"
    count = save(call.desk, name)
    _print(call, name, "backup_file", {"file": name, "count": count})
    call.say(f"saved the desk with its {count} files")


def _restore(call: Call, name: str, *, dry_run: bool, yes: bool) -> None:
    from tix.cli.ask import confirm
    from tix.ops.backups import restore, source

    desk = call.meant(dry_run=dry_run)
    wanted = source(desk, name)
    if not dry_run and desk.exists:
        confirm(f"bring {desk.location} back to {name}?", yes=yes, may_ask=call.may_ask)
    done = restore(desk, wanted)
    for warning in done.warnings:
        call.warn(warning)
    record = {"from": name, "kept": done.kept or None, "dry_run": dry_run}
    _print(call, done.kept, "backup_restored", record)
    if dry_run:
        call.say(f"would: bring {desk.location} back to {name}, which is whole")
    elif done.kept:
        call.say(f"brought back {name}; the state before is kept: tix backup restore {done.kept}")
    else:
        call.say(f"brought back {name} to {desk.location}")


def _print(call: Call, name: str, kind: str, record: Mapping[str, Cell]) -> None:
    """Print the name of a backup, if there is one, or what there is to tell as a record."""
    from tix.table import Card

    if call.format not in ("table", "plain", "ids"):
        pairs = [(key, str(value)) for key, value in record.items()]
        call.show(Card(kind, name, pairs, [*record.items()], record, name))
    elif name:
        call.write([f"{name}\n"])


def _list(call: Call) -> None:
    from tix.cli.lists import show_list
    from tix.codec import encode_time
    from tix.config import time_zone
    from tix.domain.when import local_text
    from tix.ops.backups import generations
    from tix.table import Column, Table

    # Not the desk's own zone: the desk may be damaged.
    zone = time_zone(call.config, None)
    columns: list[Column[Generation]] = [
        Column("name", lambda one: one.which),
        Column("at", lambda one: one.at, lambda one: local_text(one.at, zone)),
        Column("generation", lambda one: one.generation, align="right"),
        Column(
            "complete", lambda one: one.is_complete, lambda one: "yes" if one.is_complete else "no"
        ),
    ]
    show_list(
        call,
        Table(
            name="backup_list",
            columns=columns,
            rows=generations(call.desk),
            record=lambda one: {
                "schema": "tix.backup/1",
                "name": one.which,
                "at": encode_time(one.at),
                "generation": one.generation,
                "complete": one.is_complete,
            },
            ident=lambda one: one.which,
            items="backups",
            empty="no backup is kept yet",
        ),
    )
