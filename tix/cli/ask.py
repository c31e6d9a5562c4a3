"""Answers from the person at the terminal: a yes, a choice, a line.

Click's own ``confirm`` asks on stdout, reads stdin even if data comes from there, and makes
Ctrl-C and the end of input the same.
"""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

import click

from tix.cli.terminal import is_terminal
from tix.errors import ConfirmationRequired, Refused
from tix.text import clean

if TYPE_CHECKING:
    from collections.abc import Sequence

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
    while (answer := _ANSWERS.get(_answer(f"{question} [y/N] ").casefold())) is None:
        click.echo("Please answer y or n.", err=True)
    if not answer:
        raise Refused("declined, nothing was changed")


def choose(question: str, answers: Sequence[str]) -> str:
    """Return which of *answers*, known by their first letters, the person at the terminal chose.

    Raises:
        Refused: There is no answer.
    """
    letters = "/".join(answer[0] for answer in answers)
    while True:
        given = _answer(f"{question} [{letters}] ").casefold()
        for answer in answers:
            if given and answer.startswith(given):
                return answer
        click.echo(f"Please answer {', '.join(answers[:-1])} or {answers[-1]}.", err=True)


def ask_line(question: str) -> str | None:
    """Return the line that answers *question*, without blanks around it; None at the end of input.

    Ctrl-C goes on to the caller, on a line of its own.
    """
    try:
        click.echo(clean(question, keep_newlines=True), nl=False, err=True)
        line = _line()
    except KeyboardInterrupt:
        click.echo(err=True)
        raise
    if not line:
        click.echo(err=True)
        return None
    return line.decode("utf-8", "replace").strip()


def _line() -> bytes:
    """Return what is typed up to Return; what was typed ahead stays for the next question."""
    line = b""
    while not line.endswith(b"\n") and (byte := os.read(sys.stdin.fileno(), 1)):
        line += byte
    return line


def _answer(question: str) -> str:
    answer = ask_line(question)
    if answer is None:
        raise Refused("no answer, nothing was changed")
    return answer
