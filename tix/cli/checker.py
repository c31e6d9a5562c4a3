"""``tix-sla`` as a Click command, for the manual and the completions; it is run elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from tix.cli.options import Option
from tix.cli.params import Choice
from tix.sla import page
from tix.sla.options import OPTIONS

if TYPE_CHECKING:
    from collections.abc import Iterator


def command() -> click.Command:
    """Return ``tix-sla`` with its argument and all its options, as its own table has them."""
    query = click.Argument(["query"], nargs=-1, metavar="[QUERY...]")
    made = click.Command(
        "tix-sla", params=[query, *_options()], help=page.SUMMARY, add_help_option=False
    )
    made.examples = page.EXAMPLES  # type: ignore[attr-defined]  # as commands of tix have it
    return made


def _options() -> Iterator[click.Parameter]:
    for option in OPTIONS:
        is_one = option.choices and "," not in option.metavar
        yield Option(
            list(option.names),
            is_flag=not option.metavar,
            metavar=option.metavar or None,
            type=Choice(option.choices) if is_one else None,
            multiple=option.is_repeatable,
            section=option.section,
            help=option.help,
        )
