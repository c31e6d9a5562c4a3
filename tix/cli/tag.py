"""``tix tag`` and ``tix untag``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from tix.cli.options import changing_tickets, command, option
from tix.cli.params import TAG
from tix.cli.words import split_value

if TYPE_CHECKING:
    from tix.cli.call import Call


@command(examples=("tix tag 12 13 billing,vip", "tix tag 12 --set billing"))
@click.argument("words", nargs=-1, type=TAG, metavar="ID... TAGS")
@option("--set", "replace", is_flag=True, help="Replace all tags.")
@changing_tickets
def tag(call: Call, words: tuple[str, ...], replace: bool, **safety: object) -> None:
    """Add tags to tickets."""
    from tix.cli.changes import show_change
    from tix.cli.safety import meant
    from tix.domain.verbs import checked_tags
    from tix.ops.tickets import filing

    ids, names = split_value(words, "a tag", "tix tag ID... TAG,TAG", where=safety["where"])
    tags = checked_tags(names)
    desk, numbers = meant(call, ids, "tag", **safety)
    show_change(call, filing.tag(desk, numbers, tags, replace=replace))


@command(examples=("tix untag 12 vip", "tix untag --where tag:beta beta --yes"))
@click.argument("words", nargs=-1, type=TAG, metavar="ID... TAGS")
@changing_tickets
def untag(call: Call, words: tuple[str, ...], **safety: object) -> None:
    """Take tags off tickets."""
    from tix.cli.changes import show_change
    from tix.cli.safety import meant
    from tix.domain.verbs import checked_tags
    from tix.ops.tickets import filing

    ids, names = split_value(words, "a tag", "tix untag ID... TAG,TAG", where=safety["where"])
    tags = checked_tags(names)
    desk, numbers = meant(call, ids, "untag", **safety)
    show_change(call, filing.untag(desk, numbers, tags))
