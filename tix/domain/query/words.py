"""The spelling of queries: a line into words, a word into field and values, and back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tix.errors import UsageError
from tix.record import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

QUOTE = '"'
ESCAPE = "\\"
_SIGNS = ("!=", ">=", "<=", "==", ":", "=", "<", ">")
_SHOWN = 60


class Lexeme(NamedTuple):
    """One value as written; only a *bare* one can be ``none`` or ``@me``."""

    text: str
    bare: bool = True


def shown(text: str) -> str:
    """Return *text* for an error: in quotes, on one line, not too long."""
    return repr(text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…")


def brief(text: str) -> str:
    """Return *text* for a hint: on one line, not too long."""
    return shown(text)[1:-1]


def split_line(line: str) -> tuple[str, ...]:
    """Return the words of a query that stands in one string, such as ``is:open "two words"``.

    Quotes and backslashes stay, for ``parse`` to read.

    Raises:
        UsageError: A quote is not closed.
    """
    words: list[str] = []
    word: list[str] = []
    for piece in [*_pieces(line), " "]:
        if not piece.isspace():
            word.append(piece)
        elif word:
            words.append("".join(word))
            word = []
    return tuple(words)


def joined_line(words: Iterable[str]) -> str:
    """Return the line that ``split_line`` takes apart into words that mean the same."""
    return " ".join(map(_spelled, words))


def split_word(word: str) -> tuple[str, str, str] | None:
    """Return field, sign and values of ``field:values``, None if *word* is free text.

    A field begins with a letter and has no blank in it; ``12:30``, ``http://x`` and
    ``"a:b"`` are text.
    """
    place = next((n for n, c in enumerate(word) if not (c.isalnum() or c in "._-")), 0)
    sign = next((sign for sign in _SIGNS if word.startswith(sign, place)), "")
    if not sign or not place or not word[0].isalpha() or word.startswith("://", place):
        return None
    return word[:place], sign, word[place + len(sign) :]


def lexemes(values: str) -> list[Lexeme]:
    r"""Return the values of ``a,"b c",d\,e``; blanks around a bare one do not count.

    Raises:
        UsageError: A quote is not closed.
    """
    found: list[Lexeme] = []
    parts: list[str] = []
    bare = True
    for piece in [*_pieces(values), ","]:
        if piece == ",":
            text = "".join(parts)
            found.append(Lexeme(text.strip() if bare else text, bare))
            parts, bare = [], True
        else:
            bare = bare and piece[0] != QUOTE
            parts.append(_plain(piece))
    return found


def unquoted(word: str) -> str | None:
    """Return what ``"a word in quotes"`` says, None if it is not one quoted text."""
    if not word.startswith(QUOTE):
        return None
    try:
        pieces = list(_pieces(word))
    except UsageError:
        return None
    return _plain(pieces[0]) if len(pieces) == 1 else None


def written(lexeme: Lexeme) -> str:
    """Return a spelling that ``split_line`` and ``lexemes`` read as *lexeme* again."""
    special = any(map(_is_special, lexeme.text))
    return quoted(lexeme.text) if special or not lexeme.bare else lexeme.text


def quoted(text: str) -> str:
    """Return *text* in quotes."""
    return QUOTE + text.replace(ESCAPE, ESCAPE * 2).replace(QUOTE, ESCAPE + QUOTE) + QUOTE


def _spelled(word: str) -> str:
    """Return *word* with quotes where a shell had taken them off."""
    field, sign, values = split_word(word) or ("", "", "")
    if sign in (":", "!="):
        is_whole = split_line(f"{word} {word}") == (word, word)
        return word if is_whole else f"{field}{sign}{','.join(map(written, lexemes(values)))}"
    is_plain = unquoted(word) is not None or not any(map(_is_special, word))
    return word if is_plain else quoted(word)


def _pieces(text: str) -> Iterator[str]:
    """Yield quoted parts, escaped characters and all other characters, as they stand."""
    start = 0
    while start < len(text):
        if text[start] == QUOTE:
            end = _after_quote(text, start)
        else:
            end = start + (2 if text[start] == ESCAPE else 1)
        yield text[start:end]
        start = end


def _after_quote(text: str, start: int) -> int:
    at = start + 1
    while at < len(text):
        if text[at] == QUOTE:
            return at + 1
        at += 2 if text[at] == ESCAPE else 1
    raise UsageError(
        f"a quote is not closed in {shown(text)}", hint=r"Write \" for the sign itself."
    )


def _plain(piece: str) -> str:
    if piece[0] == QUOTE:
        halves = piece[1:-1].split(ESCAPE * 2)
        return ESCAPE.join(half.replace(ESCAPE + QUOTE, QUOTE) for half in halves)
    if piece[0] == ESCAPE and _is_special(piece[1:]):
        return piece[1]
    return piece


def _is_special(character: str) -> bool:
    return character.isspace() or character in (",", QUOTE, ESCAPE)
