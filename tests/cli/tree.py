"""The commands as they are declared."""

from __future__ import annotations

import click

from tix.cli import COMMANDS
from tix.lazy import load


def leaves(name: str) -> dict[str, click.Command]:
    """Return the command called *name*, or those of its group, by all of their words."""
    command = load(COMMANDS[name].target)
    if not isinstance(command, click.Group):
        return {name: command}
    return {f"{name} {below}": one for below, one in command.commands.items()}
