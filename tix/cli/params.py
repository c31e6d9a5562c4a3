"""Types of parameters: choices that suggest, dates by the desk's grammar, revisions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from tix.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from click.shell_completion import CompletionItem


class Choice(click.Choice[str]):
    """One of a few words; a wrong one suggests the nearest."""

    def __init__(self, choices: Sequence[str]) -> None:
        super().__init__(choices, case_sensitive=False)

    def get_invalid_choice_message(self, value: Any, ctx: click.Context | None) -> str:
        """Return what is wrong with *value*, and which word it may have meant."""
        from tix.domain.nearest import nearest

        words = [str(choice) for choice in self.choices]
        guess = nearest(str(value), words)
        message = f"{value!r} is not one of {', '.join(words)}"
        return f"{message}. Did you mean {guess!r}?" if guess else message


class Revision(click.ParamType[int]):
    """The revision of a ticket, as ``tix show`` gives it."""

    name = "revision"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        """Return the number."""
        text = str(value)
        if not (text.isdecimal() and text.isascii() and len(text) < 19):
            self.fail(f"{value!r} is not a revision", param, ctx)
        return int(text)


class Named(click.ParamType[str]):
    """Free text whose kind completion knows, such as ``ticket``, ``tag`` or ``agent``.

    The scripts in ``completions/`` go by the name; ``shell_complete`` is for Click's own.
    """

    def __init__(self, name: str) -> None:
        self.name = name

    def shell_complete(
        self, ctx: click.Context, param: click.Parameter, incomplete: str
    ) -> list[CompletionItem]:
        """Return what ``tix __complete`` offers, of the desk that the line names."""
        from click.shell_completion import CompletionItem

        from tix.complete import offers

        desk = ctx.params.get("db") or ctx.find_root().params.get("db") or ""
        return [
            CompletionItem(value, help=text) for value, text in offers(self.name, incomplete, desk)
        ]


TICKET = Named("ticket")
TAG = Named("tag")
AGENT = Named("agent")
CUSTOMER = Named("customer")
DEPARTMENT = Named("dept")
QUERY = Named("query")
DATE = Named("date")
REPORT = Named("report")
METRIC = Named("metric")
FORMAT = Choice(["table", "plain", "tsv", "csv", "json", "jsonl", "ids", "md"])


def joined(words: Sequence[str]) -> str:
    """Return *words* as one text, as they were typed.

    Raises:
        UsageError: They hold bytes that are no UTF-8.
    """
    return checked_text(" ".join(words))


def filled(text: str, what: str, hint: str = "") -> str:
    """Return *text* if it says something.

    Raises:
        UsageError: It is blank, or holds bytes that are no UTF-8.
    """
    if not checked_text(text).strip():
        raise UsageError(f"{what} is empty", hint=hint)
    return text


def checked_text(text: str) -> str:
    """Return *text* if it can be stored.

    Raises:
        UsageError: It holds bytes that are no UTF-8.
    """
    try:
        text.encode()
    except UnicodeEncodeError:
        raise UsageError("the arguments hold bytes that are not UTF-8") from None
    return text
