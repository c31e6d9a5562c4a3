"""The completions of bash, zsh and fish, written from the commands as they are declared.

The shell code is in scripts/shells; the line ``# TABLE`` in it becomes a table of what may follow
each command.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from scripts.places import synonyms, tree
from scripts.words import words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from scripts.places import Entry

SHELLS = Path(__file__).resolve().parent / "shells"


def bash() -> str:
    """Return the script for bash."""

    def lines() -> Iterator[str]:
        everywhere, places = tree()
        yield f"__tix_globals={_single(' '.join(entry.spec for entry in everywhere))}"
        yield "\n# Sets commands, options and arguments: what may follow the words $1."
        yield "__tix_table() {\n    commands='' options='' arguments=''\n    case $1 in"
        for place in places:
            yield f"        {_single(place.path)})"
            parts = {
                "commands": [entry.word for entry in place.commands],
                "options": [entry.spec for entry in place.options],
                "arguments": place.arguments,
            }
            for name, found in parts.items():
                if found:
                    yield f"            {name}={_single(' '.join(found))}"
            yield "            ;;"
        yield "    esac\n}"
        yield "\n# Sets name to the command that $1 is another word for.\n__tix_name() {"
        yield "    case $1 in"
        yield from (f"        {'|'.join(others)}) name={name} ;;" for name, others in synonyms())
        yield "        *) name=$1 ;;\n    esac\n}"

    return _script("tix.bash", lines())


def zsh() -> str:
    """Return the function for zsh."""

    def lines() -> Iterator[str]:
        everywhere, places = tree()
        yield from _array("_tix_globals", everywhere, "")
        yield "\n# Sets below, opts and args: commands, options and arguments that may follow $1."
        yield "_tix_table() {\n    below=() opts=() args=()\n    case $1 in"
        for place in places:
            yield f"        ({_single(place.path)})"
            yield from _array("below", place.commands, " " * 12)
            yield from _array("opts", place.options, " " * 12)
            if place.arguments:
                yield f"            args=({' '.join(place.arguments)})"
            yield "            ;;"
        yield "    esac\n}"
        yield "\n# Sets name to the command that $1 is another word for.\n_tix_name() {"
        yield "    case $1 in"
        yield from (f"        ({'|'.join(others)}) name={name} ;;" for name, others in synonyms())
        yield "        (*) name=$1 ;;\n    esac\n}"

    return _script("_tix", lines())


def fish() -> str:
    """Return the script for fish."""

    def lines() -> Iterator[str]:
        everywhere, places = tree()
        yield "# Prints the options that every command takes."
        yield "function __tix_globals"
        yield from _printed(everywhere, "    ")
        yield "end\n"
        for which in ("commands", "options"):
            yield f"# Prints the {which} that may follow the words $argv[1]."
            yield f"function __tix_{which}\n    switch $argv[1]"
            for place in places:
                entries: list[Entry] = getattr(place, which)
                if entries:
                    yield f"        case {_fish_single(place.path)}"
                    yield from _printed(entries, " " * 12)
            yield "    end\nend\n"
        yield "# Prints the sources of the arguments that may follow the words $argv[1]."
        yield "function __tix_arguments\n    switch $argv[1]"
        for place in places:
            if place.arguments:
                yield f"        case {_fish_single(place.path)}"
                yield f"            printf '%s\\n' {' '.join(place.arguments)}"
        yield "    end\nend"
        yield "\n# Prints the command that $argv[1] is another word for."
        yield "function __tix_name\n    switch $argv[1]"
        for name, others in synonyms():
            yield f"        case {' '.join(others)}\n            echo {name}"
        yield "        case '*'\n            printf '%s\\n' $argv[1]\n    end\nend"

    return _script("tix.fish", lines())


def _script(name: str, table: Iterable[str]) -> str:
    text = (SHELLS / name).read_text("utf-8")
    before, _, after = text.partition("# TABLE\n")
    return before + "\n".join(table) + "\n" + after


def _array(name: str, entries: Iterable[Entry], indent: str) -> Iterator[str]:
    """Yield an array of zsh, an entry with what it means a line."""
    lines = [f"{indent}    {_single(_told(entry))}" for entry in entries]
    if lines:
        yield f"{indent}{name}=("
        yield from lines
        yield f"{indent})"


def _printed(entries: Iterable[Entry], indent: str) -> Iterator[str]:
    """Yield commands of fish that print an entry with what it means a line."""
    told = [_fish_single(_told(entry)) for entry in entries]
    yield f"{indent}printf '%s\\n' " + f" \\\n{indent}    ".join(told)


def _told(entry: Entry) -> str:
    return f"{entry.spec}|{entry.help.rstrip('.')}"


def _single(text: str) -> str:
    r"""Return *text* in quotes of bash and zsh: ``it's`` is ``'it'\''s'``."""
    return "'" + text.replace("'", r"'\''") + "'"


def _fish_single(text: str) -> str:
    r"""Return *text* in quotes of fish: ``it's`` is ``'it\'s'``."""
    return "'" + text.replace("\\", r"\\").replace("'", r"\'") + "'"


PAGES: Mapping[str, Callable[[], str]] = {
    "tix/completions/words.json": words,
    "completions/tix.bash": bash,
    "completions/_tix": zsh,
    "completions/tix.fish": fish,
}
