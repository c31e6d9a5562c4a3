"""The manual pages, written from the commands as they are declared and from the topics of help.

``tix(1)`` is the program, ``tix-reply(1)`` a command, ``tix-customer(1)`` a group with all its
commands, ``tix-query(7)`` what ``tix help query`` says. They carry the version and no date, so that
the same program writes the same bytes on any day.
"""

from __future__ import annotations

from functools import partial
from inspect import cleandoc
from typing import TYPE_CHECKING, NamedTuple

import click

from scripts import roff
from tix import __version__
from tix.cli import COMMANDS, SYNONYMS, cli
from tix.cli.call import Call
from tix.cli.options import FILTERS, GLOBALS, OUTPUT, SAFETY
from tix.cli.topics import TOPICS
from tix.cli.topics import page as topic_page
from tix.cli.topics.environment import FOLDERS, OWN
from tix.cli.topics.layout import Paragraph
from tix.config import SETTINGS, load_config
from tix.desk import Desk, fixed_clock
from tix.errors import ExitCode

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from tix.cli.topics.layout import Section

NOW, ZONE = "2026-11-21T18:30:00Z", "Europe/Zagreb"
EXAMPLES = "Examples"
_EVERYWHERE = ("me", "timezone")
_COMMON = [code for code in ExitCode if code <= ExitCode.REFUSED]
_FILES = (
    ("~/.local/share/tix", "The desk, if neither --db nor TIX_DB names another folder."),
    ("~/.config/tix/config.toml", "Your preferences: tix config."),
    ("~/.config/tix/hooks", "Programs that are told what was done, once hooks are allowed."),
    ("~/.local/state/tix", "Drafts that were not sent yet, and what @last is."),
    ("~/.cache/tix", "What can be made again."),
)
_ABOUT = """
tix keeps the tickets of your customers in a folder of plain files, a desk, and works on them from
a shell, a script or cron. Alone it shows what needs an answer: it is then tix inbox.

A command that changes something prints the numbers of the tickets it changed; tix undo takes it
back. A command that lists takes a query, such as prio:high.. tag:billing, and prints a table on a
terminal and lines with tabs into a pipe; --json makes it an object with a schema.
"""


class Command(NamedTuple):
    """A command where it stands."""

    command: click.Command
    context: click.Context

    @property
    def path(self) -> str:
        """Its words: ``tix customer add``."""
        return self.context.command_path

    @property
    def text(self) -> str:
        """What its help says."""
        return cleandoc(self.command.help or "")

    @property
    def examples(self) -> tuple[str, ...]:
        """What its help shows."""
        found: tuple[str, ...] = getattr(self.command, "examples", ())
        return found

    def below(self) -> list[Command]:
        """Return the commands of a group, in the order of its help."""
        if not isinstance(self.command, click.Group):
            return []
        names = self.command.list_commands(self.context)
        found = [(name, self.command.get_command(self.context, name)) for name in names]
        return [
            Command(one, click.Context(one, self.context, name))
            for name, one in found
            if one is not None and not one.hidden
        ]


def program() -> str:
    """Return tix(1)."""
    root = _root()
    return _page(
        ("tix", 1, "the help desk in your shell"),
        roff.section("SYNOPSIS", roff.usage("tix [OPTIONS] [COMMAND] [ARGUMENTS]...")),
        roff.section("DESCRIPTION", *roff.paragraphs(_ABOUT.strip())),
        roff.section("COMMANDS", *_commands()),
        roff.section(
            "OPTIONS",
            *roff.paragraphs("Every command takes these, before or after its name."),
            *_options(root, GLOBALS),
        ),
        roff.section(EXAMPLES, *roff.code("\n".join(_first_examples()))),
        roff.section("EXIT STATUS", *_exit_codes(ExitCode)),
        roff.section(
            "ENVIRONMENT",
            *roff.columns([*OWN, *((one.env, one.help) for one in SETTINGS), *FOLDERS]),
            *roff.paragraphs("tix-environment(7) has the variables of others that tix heeds."),
        ),
        roff.section("FILES", *roff.columns(_FILES)),
        _see_also(_topics()),
    )


def command(name: str) -> str:
    """Return the page of the command *name*; that of a group has all its commands."""
    found = next(one for one in _root().below() if one.context.info_name == name)
    below = found.below()
    return _page(
        (f"tix-{name}", 1, _as_name(COMMANDS[name].summary)),
        roff.section("SYNOPSIS", *_synopses([found, *below])),
        roff.section("DESCRIPTION", *roff.paragraphs(found.text), *_synonyms(name)),
        roff.section("COMMANDS", *(line for one in below for line in _one_of_group(one))),
        roff.section("OPTIONS", *([] if below else _own_options(found))),
        roff.section(EXAMPLES, *_examples([found, *below])),
        roff.section(
            "EXIT STATUS",
            *_exit_codes(_COMMON),
            *roff.paragraphs("tix-exit-codes(7) has those for when something is broken."),
        ),
        roff.section(
            "ENVIRONMENT",
            *roff.columns(
                [*OWN[:1], *((s.env, s.help) for s in SETTINGS if s.name in _EVERYWHERE)]
            ),
            *roff.paragraphs("tix-environment(7) has all of them."),
        ),
        roff.section("FILES", *roff.columns(_FILES[:2])),
        _see_also([("tix", 1), *_related([found, *below])]),
    )


def topic(name: str) -> str:
    """Return the page of the topic *name*."""
    found = topic_page(name, _standing_still())
    examples = (part for section in found if section.title == EXAMPLES for part in section.parts)
    return _page(
        (f"tix-{name}", 7, _as_name(TOPICS[name].summary)),
        roff.section("DESCRIPTION", *_described(_as_of(found) if name == "dates" else found)),
        roff.section(EXAMPLES, *(line for part in examples for line in roff.part(part))),
        _see_also([("tix", 1), *((page, 7) for page, _ in _topics() if page != f"tix-{name}")]),
    )


def _described(found: Iterable[Section]) -> Iterator[str]:
    """Yield a topic but for its examples, each section under its title."""
    for section in found:
        if section.title == EXAMPLES:
            continue
        if section.title:
            yield f".SS {roff.escaped(section.title)}"
        for number, part in enumerate(section.parts):
            lines = [*roff.part(part)]
            yield from lines[1:] if not number and lines[0] == ".PP" else lines


def _page(name: tuple[str, int, str], *sections: Iterable[str]) -> str:
    """Return the page with this name, section of the manual and purpose."""
    title, number, purpose = name
    lines = [
        r".\" written by scripts/docs",
        f'.TH "{roff.escaped(title.upper())}" {number} "" "tix {__version__}" "tix manual"',
        ".nh",
        ".ad l",
        *roff.section("NAME", rf"{roff.escaped(title)} \- {roff.escaped(purpose)}"),
        *(line for section in sections for line in section),
    ]
    return "\n".join(lines) + "\n"


def _root() -> Command:
    return Command(cli, click.Context(cli, info_name="tix", **cli.context_settings))


def _standing_still() -> Call:
    """Return a call in which it is always the same time."""
    call = Call()
    call.config = load_config({"TIX_TZ": ZONE}, None)
    call.desk = Desk("", call.config, clock=fixed_clock(NOW), warn=call.warn, is_default=True)
    return call


def _as_of(found: Sequence[Section]) -> Sequence[Section]:
    """Return the page of dates that says when it was now."""
    note = (
        f"On this page now is Saturday, {NOW[:10]}, 19:30 in {ZONE}; tix help dates tells the same "
        "as of the moment you ask."
    )
    return [found[0]._replace(parts=(*found[0].parts, Paragraph(note))), *found[1:]]


def _as_name(summary: str) -> str:
    """Return a sentence as the line under NAME has it."""
    return summary[:1].lower() + summary[1:].rstrip(".")


def _commands() -> Iterator[str]:
    """Yield all commands by the sections of help."""
    for heading in dict.fromkeys(entry.section for entry in COMMANDS.values()):
        yield f".SS {heading}"
        yield from roff.columns(
            [
                (f"tix {n}", entry.summary)
                for n, entry in COMMANDS.items()
                if entry.section == heading
            ]
        )
    yield from roff.paragraphs(
        "Each has a page of its own, such as tix-reply(1). A program tix-NAME on PATH is called as "
        "tix NAME."
    )


def _synopses(found: list[Command]) -> Iterator[str]:
    """Yield the usage lines of commands, or of a group's commands."""
    for number, one in enumerate(found):
        if number:
            yield ".br"
        rest = " ".join(one.command.collect_usage_pieces(one.context))
        yield f"{roff.bold(one.path)} {roff.usage(rest)}"


def _one_of_group(one: Command) -> Iterator[str]:
    yield f".SS {roff.escaped(one.path)}"
    yield from [*roff.paragraphs(one.text)][1:]
    yield from _options(one, one.command.params)


def _own_options(found: Command) -> Iterator[str]:
    yield from _options(found, found.command.params)
    yield from roff.paragraphs(
        "Every command takes the options of tix(1) as well: --output, --json, --db and others."
    )


def _options(one: Command, params: Iterable[click.Parameter]) -> Iterator[str]:
    """Yield the options and explained arguments under their headings, if there are several."""
    groups: dict[str, list[tuple[str, str]]] = {}
    for param in params:
        record = param.get_help_record(one.context)
        if record is not None and record[1]:
            heading = getattr(param, "section", "Options")
            groups.setdefault(heading, []).append((roff.usage(record[0]), record[1]))
    for heading in ("Arguments", "Options", FILTERS, SAFETY, OUTPUT):
        if heading in groups:
            if heading in (FILTERS, SAFETY) and len(groups) > 1:
                yield from (".PP", f"{heading}:")
            yield from roff.tagged(groups[heading])


def _examples(found: Iterable[Command]) -> list[str]:
    return [*roff.code("\n".join(line for one in found for line in one.examples))]


def _first_examples() -> Iterator[str]:
    from tix.cli import EXAMPLES as FIRST

    yield from (line.strip() for line in FIRST.splitlines() if line.startswith("  "))


def _exit_codes(codes: Iterable[ExitCode]) -> Iterator[str]:
    yield from roff.columns([(str(code.value), code.describe()) for code in codes])


def _synonyms(name: str) -> Iterator[str]:
    words = [f"tix {word}" for word, known in SYNONYMS.items() if known == name]
    if words:
        yield from roff.paragraphs(f"The same as {' and '.join(words)}.")


def _related(found: Iterable[Command]) -> Iterator[tuple[str, int]]:
    """Yield the topics that explain what the commands take, as their parameters tell."""
    params = [param for one in found for param in one.command.params]
    takes = {param.human_readable_name.strip("[].").upper() for param in params}
    takes |= {(param.metavar or "").strip("[].").partition(".")[0] for param in params}
    for name, words in {
        "query": {"QUERY", "WHERE"},
        "dates": {"DATE", "RANGE", "WHEN"},
        "pipes": {"ID", "IDS"},
        "states": {"STATUS", "REASON", "WHERE"},
    }.items():
        if words & takes:
            yield f"tix-{name}", 7
    yield from (("tix-output", 7), ("tix-exit-codes", 7), ("tix-environment", 7))


def _topics() -> list[tuple[str, int]]:
    return [(f"tix-{name}", 7) for name in TOPICS]


def _see_also(pages: Iterable[tuple[str, int]]) -> Iterator[str]:
    told = [f"{roff.bold(name)}({number})" for name, number in pages]
    yield from roff.section("SEE ALSO", *(f"{one}," for one in told[:-1]), told[-1])


PAGES: Mapping[str, Callable[[], str]] = {
    "man/tix.1": program,
    **{f"man/tix-{name}.1": partial(command, name) for name in COMMANDS},
    **{f"man/tix-{name}.7": partial(topic, name) for name in TOPICS},
}
