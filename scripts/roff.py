"""Text as roff for man(7): escaped, so that it prints as it is, and put into its macros.

Every character that groff or mandoc would take for something else is written by its name; the
pages are ASCII, and read by both.
"""

from __future__ import annotations

import re
from textwrap import wrap
from typing import TYPE_CHECKING

from tix.cli.topics.layout import Code, Columns

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from tix.cli.topics.layout import Part

_NAMES = {
    "\\": r"\e",
    "-": r"\-",
    "'": r"\(aq",
    "`": r"\(ga",
    "^": r"\(ha",
    "~": r"\(ti",
    '"': r"\(dq",
}
_WIDTH = 72
_LONGEST = 22  # words beside what they mean; longer ones stand above it
_PIECES = re.compile(
    r"(?P<name>[A-Z][A-Z0-9-]*\b(?!\w))|(?P<word>(?<!\w)-{1,2}\w[\w-]*|[a-z][a-z-]*)|."
)


def escaped(text: str) -> str:
    """Return one line of *text* that prints as it stands, whatever is in it."""
    written = _written(text)
    return rf"\&{written}" if written.startswith(".") else written


def _written(text: str) -> str:
    return "".join(_NAMES.get(c) or (c if c.isascii() else f"\\[u{ord(c):04X}]") for c in text)


def bold(text: str) -> str:
    """Return *text* in bold."""
    return rf"\fB{escaped(text)}\fR"


def usage(text: str) -> str:
    """Return a usage line: what is typed in bold, and what stands for something in italics."""

    def styled(piece: re.Match[str]) -> str:
        if piece["name"]:
            return rf"\fI{escaped(piece[0])}\fR"
        return bold(piece[0]) if piece["word"] else _written(piece[0])

    return _PIECES.sub(styled, text)


def prose(text: str) -> Iterator[str]:
    """Yield the lines of a paragraph, wherever its own were broken."""
    for line in wrap(text, _WIDTH, break_on_hyphens=False, break_long_words=False):
        yield escaped(line)


def paragraphs(text: str) -> Iterator[str]:
    """Yield the lines of paragraphs that empty lines part."""
    for paragraph in text.split("\n\n"):
        yield ".PP"
        yield from prose(paragraph)


def tagged(rows: Iterable[tuple[str, str]]) -> Iterator[str]:
    """Yield a list of words, which are roff already, each with what it means."""
    for word, meaning in rows:
        yield from (".TP", word, *prose(meaning))


def columns(rows: Sequence[tuple[str, str]]) -> Iterator[str]:
    """Yield words in bold, each beside what it means, without empty lines between."""
    indent = min(max(len(word) for word, _ in rows), _LONGEST) + 2
    for number, (word, meaning) in enumerate(rows):
        if number == 1:
            yield ".PD 0"
        yield from (f".TP {indent}", bold(word), *prose(meaning))
    yield ".PD"


def code(text: str) -> Iterator[str]:
    """Yield lines that stay as they are, indented."""
    yield from (".PP", ".RS 4", ".EX")
    yield from (escaped(line) for line in text.strip("\n").splitlines())
    yield from (".EE", ".RE")


def part(found: Part) -> Iterator[str]:
    """Yield the lines of a part of a topic."""
    if isinstance(found, Code):
        yield from code(found.text)
    elif isinstance(found, Columns):
        yield from columns(found.rows)
    else:
        yield from paragraphs(found.text)


def section(title: str, *lines: str) -> Iterator[str]:
    """Yield a section, or nothing if there are no *lines*; a first .PP adds nothing to .SH."""
    if lines:
        yield f".SH {escaped(title.upper())}"
        yield from lines[1:] if lines[0] == ".PP" else lines
