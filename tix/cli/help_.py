"""``tix help``."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import click

from tix.cli.options import command, option
from tix.cli.topics import TOPICS, page
from tix.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tix.cli.call import Call


@command(
    "help",
    examples=("tix help reply", "tix help query", "tix help customer merge", "tix help --all"),
)
@click.argument("words", nargs=-1, metavar="[COMMAND|TOPIC]")
@option("--all", "everything", is_flag=True, help="Every command, topic and synonym.")
def help_(call: Call, words: tuple[str, ...], everything: bool) -> None:
    """Explain a command or a topic."""
    if everything:
        text = "\n".join([*_all_commands(), *_on_path(), *_topics(), *_synonyms()]) + "\n"
    elif not words:
        text = "\n".join([_page_of(()), *_topics()]) + "\n"
    elif len(words) == 1 and words[0] in TOPICS:
        from tix.cli.topics.layout import as_text

        text = as_text(page(words[0], call))
    else:
        text = _page_of(words) + "\n"
    call.write([text], paged=True)


def _page_of(words: tuple[str, ...]) -> str:
    """Return the help page of tix, or of the command that *words* lead to.

    Raises:
        UsageError: There is no such command, nor a topic.
    """
    from tix.cli import cli

    found: click.Command = cli
    context = click.Context(cli, info_name="tix", **cli.context_settings)
    for word in words:
        below = found.get_command(context, word) if isinstance(found, click.Group) else None
        if below is None:
            raise UsageError(
                f"no command or topic {' '.join(words)!r}",
                hint=_instead_of(word, found, context),
            )
        found = below
        settings = found.context_settings
        context = click.Context(found, parent=context, info_name=found.name, **settings)
    return found.get_help(context)


def _instead_of(word: str, found: click.Command, context: click.Context) -> str:
    from tix.cli import SYNONYMS
    from tix.domain.nearest import nearest

    known = found.list_commands(context) if isinstance(found, click.Group) else []
    if context.parent is None:
        from tix.cli.external import find

        if find(word, os.environ):
            return f"it is a program of its own: tix {word} --help may explain it"
        known += [*SYNONYMS, *TOPICS]
    guess = nearest(word, known)
    return f"Did you mean {guess!r}?" if guess else "tix help --all lists commands and topics"


def _all_commands() -> Iterator[str]:
    """Yield a line for each command, those of groups as well, by section."""
    from tix.cli import COMMANDS, cli

    context = click.Context(cli, info_name="tix", **cli.context_settings)
    section = ""
    for name, entry in COMMANDS.items():
        if entry.section != section:
            section = entry.section
            yield f"\n{section}"
        found = cli.get_command(context, name)
        if isinstance(found, click.Group):
            for word, below in found.commands.items():
                yield _line(f"{name} {word}", below.get_short_help_str(60))
        else:
            yield _line(name, entry.summary)


def _on_path() -> Iterator[str]:
    """Yield the commands that are programs of their own, if there are any."""
    from tix.cli import COMMANDS, SYNONYMS
    from tix.cli.external import names

    found = [name for name in names(os.environ) if name not in {*COMMANDS, *SYNONYMS}]
    if found:
        yield "\nPrograms on PATH"
        yield from (_line(name, f"tix-{name}") for name in found)


def _topics() -> Iterator[str]:
    yield "\nTopics (tix help TOPIC)"
    yield from (_line(name, topic.summary) for name, topic in TOPICS.items())


def _synonyms() -> Iterator[str]:
    from tix.cli import SYNONYMS
    from tix.cli.topics.synonyms import by_name

    yield "\nSynonyms"
    yield from (_line(name, words) for name, words in by_name(SYNONYMS))


def _line(name: str, summary: str) -> str:
    return f"  {name:<16}  {summary}"
