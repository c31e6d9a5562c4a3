"""``tix tags``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from tix.cli.options import SAFETY, Group, changing, listing, option, subcommand
from tix.cli.params import TAG, checked_text

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from tix.cli.call import Call
    from tix.cli.options import F
    from tix.ops.tickets.tags import Tag
    from tix.table import Table


@click.group(cls=Group)
def tags() -> None:
    """List the tags in use."""


def bulk(function: F) -> F:
    """Add the options of a change of all tickets that have a tag."""
    decorators: list[Callable[[F], F]] = [
        option(
            "--max",
            "max_",
            type=click.IntRange(0),
            default=50,
            section=SAFETY,
            help="At most so many (50).",
        ),
        option("-y", "--yes", is_flag=True, section=SAFETY, help="Do not ask."),
        changing,
    ]
    for decorator in reversed(decorators):
        function = decorator(function)
    return function


@subcommand(tags, "list", examples=("tix tags", "tix tags list --sort -open_count -L 10"))
@listing
def list_(call: Call, **how: Any) -> None:
    """List the tags in use with how many tickets have each, the open ones and all."""
    from tix.cli.lists import show_list
    from tix.ops.tickets.tags import tags as in_use

    show_list(call, _table(in_use(call.desk)), **how)


@subcommand(
    tags, "rename", examples=("tix tags rename web website", "tix tags rename os:mac os:macos -n")
)
@click.argument("name", type=TAG)
@click.argument("new", type=TAG)
@bulk
def rename(call: Call, name: str, new: str, **safety: Any) -> None:
    """Give a tag another name, on every ticket that has it."""
    _retag(call, "rename", "rename the tag on", [name], new, is_new=True, **safety)


@subcommand(
    tags,
    "merge",
    examples=(
        "tix tags merge invoices payment --into billing",
        "tix tags merge bilng --into billing --yes --why 'a slip of the pen'",
    ),
)
@click.argument("names", nargs=-1, required=True, type=TAG, metavar="TAG...")
@option("--into", required=True, type=TAG, metavar="TAG", help="The tag that stays.")
@bulk
def merge(call: Call, names: tuple[str, ...], into: str, **safety: Any) -> None:
    """Put one tag in the place of several, on every ticket that has one of them."""
    _retag(call, "merge", "merge the tags on", names, into, is_new=False, **safety)


@subcommand(tags, "rm", examples=("tix tags rm beta --dry-run", "tix tags rm beta web --yes"))
@click.argument("names", nargs=-1, required=True, type=TAG, metavar="TAG...")
@bulk
def rm(call: Call, names: tuple[str, ...], **safety: Any) -> None:
    """Take tags off every ticket that has one of them."""
    _retag(call, "rm", "take tags off", names, None, is_new=False, **safety)


def _retag(
    call: Call,
    command: str,
    verb: str,
    names: Sequence[str],
    new: str | None,
    *,
    is_new: bool,
    max_: int,
    yes: bool,
    **intent: Any,
) -> None:
    """Put the tag *new*, or none, in the place of *names*; *is_new*: nobody has it yet."""
    from tix.cli.changes import show_change
    from tix.cli.refs import agreed
    from tix.domain.verbs import checked_tags
    from tix.errors import UsageError
    from tix.ops.tickets import tags as ops

    desk = call.meant(**intent)
    gone = [name for text in names for name in checked_tags(checked_text(text))]
    into = checked_tags(checked_text(new)) if new is not None else ()
    if len(into) > 1:
        raise UsageError(f"one tag is needed, and {new!r} names {len(into)}")
    target = into[0] if into else None
    rows = ops.tagged(desk, gone, new=target if is_new else None)
    numbers = agreed(call, rows, max_, yes=yes, verb=verb)
    show_change(call, ops.retag(desk, f"tags {command}", numbers, gone, target))


def _table(rows: Sequence[Tag]) -> Table[Tag]:
    from tix.table import Column, Table

    return Table(
        name="tag_list",
        columns=[
            Column("name", lambda tag: tag.name, title="TAG"),
            Column("open_count", lambda tag: tag.open_count, title="OPEN", align="right"),
            Column("all_count", lambda tag: tag.all_count, title="ALL", align="right"),
        ],
        rows=rows,
        record=lambda tag: {"schema": "tix.tag/1", **tag._asdict()},
        ident=lambda tag: tag.name,
        items="tags",
        empty="no ticket has a tag",
    )
