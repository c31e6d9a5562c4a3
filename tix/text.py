"""Customer text made safe for a terminal, a spreadsheet and Markdown; widths in columns.

Everything here takes time in proportion to the text, whoever wrote it. Patterns are kept as
text: ``re`` compiles one when it is first needed, which for clean ASCII is never.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_CONTROL = "\x00-\x1f\x7f-\x9f"
_BIDI = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
_SURROGATE = "[\ud800-\udfff]"

_SEQUENCE = (
    r"(?:\x1b\[|\x9b)[0-?]*+[ -/]*+[@-~]"
    rf"|(?:\x1b[PX\]^_]|[\x90\x98\x9d-\x9f])[^{_CONTROL}]*+(?:\x07|\x1b\\|\x9c)"
    r"|\x1b[ -/]*+[0-~]"
)
"""ECMA-48 and xterm: CSI; DCS, SOS, OSC, PM and APC with their text; all other escapes.

The text of a string ends at any control character, so that no part is read twice.
"""

_BREAK = "\r\n?|[\n\v\f\x85\u2028\u2029]"
_UNSAFE = rf"[\x00-\x08\x0b-\x1f\x7f-\x9f{_BIDI}]"

_NARROW = (
    " -~\xa1-\xac\xae-\u02ff\u0370-\u0377\u037a-\u037f\u0384-\u038a\u038e-\u03a1\u03a3-\u0482"
    "\u048a-\u052f\u2010-\u2027\u2030-\u205e\u20a0-\u20bf\u2190-\u2199\u2500-\u257f"
)
"""Latin, Greek, Cyrillic, punctuation, currencies, arrows, lines: one column each."""


def clean(text: str, *, keep_newlines: bool = False) -> str:
    r"""Return *text* without anything that could steer a terminal.

    Escape sequences, control characters and marks that turn the writing direction are gone,
    lone surrogates are U+FFFD. Tabs and line breaks become spaces or, with *keep_newlines*,
    stay (every kind of line break as ``\n``).
    """
    if text.isprintable():
        return text
    text = re.sub(_SEQUENCE, "", text)
    text = re.sub(_BREAK, "\n" if keep_newlines else " ", text)
    if not keep_newlines:
        text = text.replace("\t", " ")
    text = re.sub(_UNSAFE, "", text)
    return re.sub(_SURROGATE, "\ufffd", text)


def one_line(text: str) -> str:
    """Return *text* clean, with one space wherever there was white space."""
    return " ".join(clean(text).split())


def is_narrow(text: str) -> bool:
    """Return whether it is sure, without tables, that each character takes one column."""
    if text.isascii():
        return text.isprintable()
    return re.fullmatch(f"[{_NARROW}]*+", text) is not None


def width(text: str) -> int:
    """Return how many columns a clean line of *text* takes on a terminal.

    Measured character by character as a reader counts them, because ``wcswidth`` of a whole
    text takes quadratic time if it is full of flags.
    """
    if is_narrow(text):
        return len(text)
    from wcwidth import iter_graphemes, wcswidth

    return sum(map(wcswidth, iter_graphemes(text)))


def cut(text: str, columns: int) -> str:
    """Return a clean line of *text* in at most *columns* (1 or more), ending in … if it was cut."""
    if is_narrow(text):
        return text if len(text) <= columns else text[: columns - 1].rstrip() + "…"
    from wcwidth import iter_graphemes, wcswidth

    kept = used = 0
    for grapheme in iter_graphemes(text):
        used += wcswidth(grapheme)
        if used > columns:
            return text[:kept].rstrip() + "…"
        if used < columns:
            kept += len(grapheme)
    return text


def wrap(text: str, columns: int) -> Iterator[str]:
    """Yield the lines of clean *text*, broken at spaces where they are wider than *columns*.

    A word wider than that keeps a line for itself: an address stays whole, and a terminal
    breaks it at its edge. What follows on from a broken line is indented as it was.
    """
    for line in text.expandtabs().split("\n"):
        if width(line) <= columns:
            yield line
        else:
            yield from _fold(line, columns)


def _fold(line: str, columns: int) -> Iterator[str]:
    indent = line[: len(line) - len(line.lstrip())]
    indent = indent if len(indent) < columns // 2 else ""
    words: list[str] = []
    used = 0
    for word in line.split():
        size = width(word)
        if words and used + 1 + size > columns:
            yield indent + " ".join(words)
            words = []
        used = used + 1 + size if words else len(indent) + size
        words.append(word)
    yield indent + " ".join(words)


def escape_tsv(text: str) -> str:
    r"""Return *text* as one field of a line: ``\\ \t \n \r``, and ``\xHH`` or ``\uHHHH``.

    The last two are for characters that would steer a terminal; nothing is lost but lone
    surrogates, which no UTF-8 can hold.
    """
    if text.isprintable() and "\\" not in text:
        return text
    text = re.sub(_SURROGATE, "\ufffd", text.replace("\\", "\\\\"))
    for character in re.findall(f"[{_CONTROL}{_BIDI}\u2028\u2029]", "".join(set(text))):
        text = text.replace(character, _tsv_escape(character))
    return text


def _tsv_escape(character: str) -> str:
    named = {"\t": r"\t", "\n": r"\n", "\r": r"\r"}
    code = ord(character)
    return named.get(character) or (rf"\x{code:02x}" if code < 0x100 else rf"\u{code:04x}")


_FORMULA = "'*[-=+@\t\r\n\uff1d\uff0b\uff0d\uff20]"
"""Signs that begin a formula, their full-width forms too, after what made them safe."""


def safe_cell(text: str) -> str:
    """Return *text* with ``'`` before it if a spreadsheet would take it for a formula.

    Text that only looks as if it had been made safe gets one more, so that ``unsafe_cell``
    always gives back what was there.
    """
    return "'" + text if re.match(_FORMULA, text) else text


def unsafe_cell(text: str) -> str:
    """Return what ``safe_cell`` was given."""
    return text[1:] if text.startswith("'") and re.match(_FORMULA, text) else text


def escape_markdown(line: str) -> str:
    """Return a clean *line* as Markdown that shows just its characters.

    No emphasis, link, HTML, heading, list or table comes of it. A bare mail address may still
    be linked by a reader that links those; it shows where it leads.
    """
    for special in r"\`*_[]<>&|~$":
        if special in line:
            line = line.replace(special, "\\" + special)
    line = line.replace("://", r"\://")
    line = re.sub(r"(?<=\bwww)\.", r"\\.", line, flags=re.IGNORECASE)
    line = re.sub(r"^(\s*(?:\d{1,9}(?=[.)])|(?=[-+=#])))", r"\1\\", line)
    bare = line.rstrip("#")  # at the end of a heading they would not show
    return f"{bare}\\{line.removeprefix(bare)}" if bare.endswith(" ") else line
