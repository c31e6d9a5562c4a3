"""What may follow each command, as the commands are declared: the ground of all completions.

What an option or argument takes is told by a *source*: ``-`` for nothing known, ``:a,b`` for one
of a few words, ``file``, ``folder``, or a kind that ``tix __complete`` knows; ``kind+file`` stands
for files where nothing of the kind fits, ``kind+kind`` for either.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from scripts.words import fixed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    import click

NOTHING = "-"

# The kind of what is expected, by the word that stands for it in the usage line …
EXPECTED = {
    "AGENT": "agent",
    "DATE": "date",
    "DIR": "folder",
    "FIELD": "heading",
    "FILE": "file",
    "FILE | list | restore FILE|NAME": "backup+file",
    "KEYS": "order",
    "MAP.toml": "file",
    "OP": "operation",
    "QUERY": "term",
    "RANGE": "date",
    "ZONE": "zone",
}
# … or by the name of the option.
NAMED = {
    "category": "category",
    "channel": "channel",
    "dept": "dept",
    "group": "group",
    "org": "organisation",
    "plan": "plan",
    "priority": "level",
    "status": "status",
    "type": "type",
}


class Entry(NamedTuple):
    """A word with what it means; an option that takes a value has the *source* of it."""

    word: str
    help: str
    source: str = ""

    @property
    def spec(self) -> str:
        """The word as the tables of the shells have it."""
        return f"{self.word}={self.source}" if self.source else self.word


class Place(NamedTuple):
    """What may follow the words *path*; a last argument with dots may be repeated."""

    path: str
    commands: list[Entry]
    options: list[Entry]
    arguments: list[str]


def tree() -> tuple[list[Entry], list[Place]]:
    """Return the options that every command takes, and the places from the root down."""
    from click import Context

    from tix.cli import cli

    root = Context(cli, info_name="tix", **cli.context_settings)
    everywhere = _options(cli.get_params(root))
    places = {p.path: p for p in _places(cli, root, "", {entry.word for entry in everywhere})}
    for place in [*_of_help(places.values())]:
        own = places.get(place.path, place)
        places[place.path] = place._replace(options=own.options)
    return everywhere, [*places.values()]


def _places(
    command: click.Command, context: click.Context, path: str, known: set[str]
) -> Iterator[Place]:
    """Yield what may follow *path* and the paths below it; *known* options are everybody's.

    The words of the first command of a shorthand follow without its name as well.
    """
    from click import Argument, Context, Group

    from tix.cli.groups import Shorthand

    params = command.get_params(context)
    options = [entry for entry in _options(params) if entry.word not in known]
    arguments = [s for p in params if isinstance(p, Argument) for s in _arguments(p)]
    if "term..." not in arguments:  # a list of something else, with columns of its own
        options = [e._replace(source=NOTHING) if e.source == "order" else e for e in options]
    below: dict[str, click.Command] = {}
    if isinstance(command, Group):
        names = command.list_commands(context)
        found = ((name, command.get_command(context, name)) for name in names)
        below = {name: one for name, one in found if one is not None and not one.hidden}
    commands = [Entry(name, one.get_short_help_str(80)) for name, one in below.items()]
    if isinstance(command, Shorthand):
        first = next(iter(command.commands.values()))
        (unnamed, *_) = _places(first, Context(first, context, first.name), path, known)
        options, arguments = unnamed.options, unnamed.arguments
    yield Place(path, commands, options, arguments)
    for name, one in below.items():
        yield from _places(one, Context(one, context, name), f"{path} {name}".strip(), known)


def _of_help(places: Iterable[Place]) -> Iterator[Place]:
    """Yield what may follow ``help``: the words of commands, and topics."""
    from tix.cli.topics import TOPICS

    topics = [Entry(name, topic.summary) for name, topic in TOPICS.items()]
    for place in places:
        if place.commands:
            more = [] if place.path else topics
            known = {entry.word for entry in place.commands}
            commands = [*place.commands, *(entry for entry in more if entry.word not in known)]
            yield Place(f"help {place.path}".strip(), commands, [], [])


def _options(params: Iterable[click.Parameter]) -> list[Entry]:
    """Return the options among *params*, each by every one of its names."""
    from click import Option

    found = []
    for param in params:
        if isinstance(param, Option) and not param.hidden:
            source = "" if param.is_flag or param.count else _source(param)
            meaning = (param.help or "").partition("\n")[0]
            names = sorted([*param.opts, *param.secondary_opts], key=len, reverse=True)
            found += [Entry(name, meaning, source) for name in names]
    return found


def _arguments(param: click.Argument) -> list[str]:
    """Return the sources of an argument, one for each word; the last may be repeated."""
    source = _source(param)
    if (param.metavar or "").startswith("ID... "):  # and then a value, which click calls one
        return [f"ticket+{source}", f"{source}+ticket..."]
    return [f"{source}..." if param.nargs == -1 else source]


def _source(param: click.Parameter) -> str:
    """Return where the values of *param* come from."""
    from click import Argument, Choice, Path

    if isinstance(param.type, Choice):
        return ":" + ",".join(map(str, param.type.choices))
    if isinstance(param.type, Path):
        return "folder" if not param.type.file_okay else "file"
    kind = _kind(param)
    if kind in ("schema", "setting"):  # there are few, and no desk has others
        return ":" + ",".join(fixed()[kind])
    if kind == "customer" and getattr(param, "section", "") == "Filters":
        return "customer+name"
    return "line" if kind == "term" and not isinstance(param, Argument) else kind


def _kind(param: click.Parameter) -> str:
    from tix.cli.params import Named

    if isinstance(param.type, Named):
        return param.type.name
    expected = (param.metavar or (param.name or "").upper()).replace("...", "").strip("[]")
    longest = max(param.opts, key=len).removeprefix("--")
    return EXPECTED.get(expected) or NAMED.get(longest, NOTHING)


def synonyms() -> list[tuple[str, list[str]]]:
    """Return each command that has other words, with them."""
    from tix.cli import SYNONYMS

    names = dict.fromkeys(SYNONYMS.values())
    return [(name, [word for word, n in SYNONYMS.items() if n == name]) for name in names]
