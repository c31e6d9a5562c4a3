"""A yes from the person at the terminal.

Click's own ``confirm`` asks on stdout, reads stdin even if data comes from there, and makes
Ctrl-C and the end of input the same.
"""

from __future__ import annotations

import sys

import click

from tix.cli.terminal import is_terminal
from tix.errors import ConfirmationRequired, Refused
from tix.text import clean

_ANSWERS = {"y": True, "yes": True, "n": False, "no": False, "": False}


def confirm(question: str, *, yes: bool, may_ask: bool = True) -> None:
    """Ask *question*, unless *yes* has answered it, and return only if the answer is yes.

    *may_ask* is false with ``--no-input``, and if stdin was read as data.

    Raises:
        ConfirmationRequired: There is nobody to ask.
        Refused: The answer is no, or there is none.
    """
    if yes:
        return
    if not (may_ask and is_terminal(sys.stdin) and is_terminal(sys.stderr)):
        raise ConfirmationRequired(
            f"nobody is there to answer: {question}", hint="Add --yes to say yes."
        )
    while (answer := _ANSWERS.get(_ask(question))) is None:
        click.echo("Please answer y or n.", err=True)
    if not answer:
        raise Refused("declined, nothing was changed")


def _ask(question: str) -> str:
    """Return the answer in small letters."""
    try:
        click.echo(f"{clean(question, keep_newlines=True)} [y/N] ", nl=False, err=True)
        line = sys.stdin.buffer.readline()
    except KeyboardInterrupt:
        click.echo(err=True)
        raise
    if not line:
        click.echo(err=True)
        raise Refused("no answer, nothing was changed")
    return line.decode("utf-8", "replace").strip().casefold()
