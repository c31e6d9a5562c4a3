"""``tix setup``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from tix.cli.options import FILTERS, SAFETY, Group, changing, option, subcommand
from tix.cli.params import Revision
from tix.errors import UsageError

if TYPE_CHECKING:
    from tix.cli.call import Call
    from tix.cli.drafts import Draft
    from tix.ops.change import Change
    from tix.ops.setup import SetupInvalid, Shown, Version
    from tix.table import Card, Table

_SCREEN_ROWS = 100
_INSTEAD = "Use tix setup show > FILE, then tix setup apply FILE."
_COLOURS = {"+": "green", "-": "red", "@": "cyan"}


@click.group(cls=Group)
def setup() -> None:
    """Read and change the desk's set-up as one document."""


@subcommand(
    setup,
    "show",
    examples=("tix setup show > desk.toml", "tix setup show --rev 3", "tix setup show --json"),
)
@option("--rev", "number", type=Revision(), metavar="N", help="As it was at a version.")
def show(call: Call, number: int | None) -> None:
    """Print the set-up as a TOML document that explains itself."""
    from tix.ops import setup as ops
    from tix.text import clean

    shown = ops.show(call.desk, number)
    text = clean(shown.text, keep_newlines=True) if call.is_terminal else shown.text
    _print(call, [text], "toml", shown.text, _card(shown))


@subcommand(setup, "edit", examples=("tix setup edit", "tix setup edit --why 'Carol joins us'"))
@option("--why", metavar="TEXT", default="", section=SAFETY, help="A reason, for the history.")
def edit(call: Call, why: str) -> None:
    """Change the set-up in the editor; what would not work is not saved."""
    from tix.ops import setup as ops

    if not call.may_ask:
        raise UsageError("no editor is opened with --no-input", hint=_INSTEAD)
    desk = call.meant(why=why)
    _show(call, _edited(call, ops.show(desk).text))


@subcommand(
    setup,
    "diff",
    examples=("tix setup diff desk.toml", "tix setup diff --rev 3"),
)
@click.argument("file", required=False, metavar="[FILE]")
@option("--rev", "number", type=Revision(), metavar="N", help="From a version, not from now.")
@option("--exit-status", is_flag=True, section=FILTERS, help="Exit 1 if something differs.")
def diff(call: Call, file: str | None, number: int | None, exit_status: bool) -> None:
    """Show what a document would change; without FILE, what was changed since a version."""
    from tix.cli.holidays import sources
    from tix.cli.texts import read_text
    from tix.ops import setup as ops

    if file is None and number is None:
        raise UsageError("FILE or --rev is missing", hint="tix setup diff desk.toml")
    text = None if file is None else read_text(call, file)
    try:
        found = ops.difference(call.desk, text, _name(file), number, sources=sources(call, file))
    except ops.SetupInvalid as error:
        _tell(error)
        raise
    _print(call, _lines(call, found), "diff", found, _diff_card(found))
    if exit_status and found:
        raise SystemExit(1)


@subcommand(
    setup,
    "apply",
    examples=(
        "tix setup apply desk.toml --why 'A fourth priority'",
        "tix setup apply desk.toml --dry-run",
        "tix setup show | sed 's/quiet_days = 14/quiet_days = 30/' | tix setup apply -",
    ),
)
@click.argument("file", metavar="FILE")
@option("--if-rev", type=Revision(), section=SAFETY, help="Only if it is at this version.")
@changing
def apply(call: Call, file: str, if_rev: int | None, dry_run: bool, why: str, key: str) -> None:
    """Make a document the set-up, all of it or nothing; - is stdin."""
    from tix.cli.holidays import sources
    from tix.cli.texts import read_text
    from tix.ops import setup as ops

    desk = call.meant(why=why, dry_run=dry_run, key=key, if_rev=if_rev)
    text = read_text(call, file)
    try:
        change = ops.apply(desk, text, _name(file), sources(call, file))
    except ops.SetupInvalid as error:
        _tell(error)
        raise
    _show(call, change)


@subcommand(setup, "log", examples=("tix setup log", "tix setup log -L 5 --json"))
@option("-L", "--limit", type=click.IntRange(0), section=FILTERS, help="The last so many; 0: all.")
@option("--exit-status", is_flag=True, section=FILTERS, help="Exit 1 if there is nothing.")
def log(call: Call, limit: int | None, exit_status: bool) -> None:
    """List the versions of the set-up: who made each, when and why, the newest first."""
    from tix.cli.lists import screen_limit, show_rows
    from tix.ops import setup as ops

    found = ops.versions(call.desk, screen_limit(call, limit, _SCREEN_ROWS))
    show_rows(call, _table(call, found.rows), found.total)
    if exit_status and not found.total:
        raise SystemExit(1)


def _name(file: str | None) -> str:
    """Return what messages call a file."""
    return "stdin" if file == "-" else file or "the desk"


def _edited(call: Call, text: str, former: Draft | None = None) -> Change:
    """Let the user change *text* until it can be applied, or they have had enough of it.

    What they wrote last is kept unless it was applied; it takes the place of a *former* draft.
    """
    from tix.cli.ask import confirm
    from tix.cli.editor import edit as edit_text
    from tix.cli.holidays import sources
    from tix.ops import setup as ops

    with edit_text(text, call.config, name="setup", suffix=".toml", instead=_INSTEAD) as draft:
        if former:
            former.discard()
        try:
            return ops.apply(call.desk, draft.text, str(draft.path), sources(call, None))
        except ops.SetupInvalid as error:
            _tell(error, always=True)
        confirm("Nothing was changed. Edit it again?", yes=False, may_ask=call.may_ask)
        return _edited(call, draft.text, draft)


def _show(call: Call, change: Change) -> None:
    from tix.cli.changes import show_change

    if not change.records and not change.unchanged:
        call.say("nothing to change, the desk is set up like that")
    show_change(call, change)


def _tell(error: SetupInvalid, *, always: bool = False) -> None:
    """Tell each problem on a line of its own, where the error itself would run them together."""
    from tix.cli.failure import say
    from tix.text import one_line

    if always or len(error.problems) > 1:
        for problem in error.problems:
            say(one_line(str(problem)))


def _lines(call: Call, found: str) -> list[str]:
    """Return the lines of a diff, safe and in colours for a person."""
    if not call.is_terminal and not call.view.color:
        return [found]
    from tix.output.text import paint
    from tix.text import clean

    colours = _COLOURS if call.view.color else {}
    return [f"{paint(clean(line), colours.get(line[:1]))}\n" for line in found.split("\n")[:-1]]


def _print(call: Call, lines: list[str], language: str, text: str, card: Card) -> None:
    """Print *lines* for a person or a plain pipe, *text* as code, the card in any other format."""
    asked = call.format if call.given.get("fields") is None else ""
    if asked in ("table", "plain"):
        call.write(lines, paged=True)
    elif asked == "md":
        # None of its lines can be taken for the end of the block.
        call.write([f"~~~~ {language}\n{text}~~~~\n"])
    else:
        call.show(card)


def _card(shown: Shown) -> Card:
    from tix.table import Card

    return Card(
        name="setup",
        title="Set-up",
        pairs=[],
        fields=[("version", shown.version), ("text", shown.text)],
        record={"schema": "tix.setup/1", "version": shown.version, **shown.tables},
        ident=str(shown.version),
    )


def _diff_card(found: str) -> Card:
    from tix.table import Card

    return Card(
        name="setup_diff",
        title="Set-up",
        pairs=[],
        fields=[("differs", bool(found)), ("diff", found)],
        record={"schema": "tix.setup_diff/1", "differs": bool(found), "diff": found},
        ident="",
    )


def _table(call: Call, rows: Any) -> Table[Version]:
    from tix.domain.when import local_text
    from tix.table import Column, Table

    zone = call.desk.zone
    return Table(
        name="setup_version_list",
        columns=[
            Column("number", lambda v: v.number, title="VERSION", align="right"),
            Column("at", lambda v: v.at, human=lambda v: local_text(v.at, zone)),
            Column("by", lambda v: v.by),
            Column("command", lambda v: v.command),
            Column("op", lambda v: v.op, align="right"),
            Column("changed", lambda v: v.changed, flexible=True),
            Column("why", lambda v: v.why or None),
        ],
        rows=rows,
        record=_record,
        ident=lambda v: str(v.number),
        items="versions",
        empty="nobody has changed the set-up yet",
    )


def _record(version: Version) -> dict[str, object]:
    from tix.codec import encode_time

    return {
        "schema": "tix.setup_version/1",
        **version._asdict(),
        "at": encode_time(version.at),
        "why": version.why or None,
        "changed": list(version.changed),
    }
