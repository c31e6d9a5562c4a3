"""What the values of a set-up document must be; each check returns the form that is kept."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tix.domain.field import KINDS
from tix.domain.nearest import nearest
from tix.domain.people import NAME_LIMIT, normal_name, normal_words
from tix.domain.setup import COLOURS
from tix.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

_MOVES = ("up", "down")


def between(low: int, high: int) -> Callable[[int], int]:
    """Return the check that a number is one of *low* to *high*."""

    def check(number: int) -> int:
        if not low <= number <= high:
            raise UsageError(f"must be from {low} to {high}")
        return number

    return check


def zone(name: str) -> str:
    """Return the name of a time zone; ConfigInvalid tells that there is none."""
    from tix.domain.zone import zone_named

    zone_named(name)
    return name


def colour(text: str) -> str:
    """Return words that the terminal can show."""
    for word in text.split():
        _one_of(word, COLOURS, "colour")
    return " ".join(text.split())


def field_kind(text: str) -> str:
    """Return what a field can hold."""
    return _one_of(text, KINDS, "kind of field")


def word(text: str) -> str:
    """Return the name of a priority or type: one that queries and ``tix prio`` understand."""
    name = normal_name(text, "a priority or type")
    if ".." in name or name in _MOVES:
        raise UsageError(f"{text[:60]!r} cannot be the name of a priority or type")
    return name


def words(texts: Sequence[str]) -> tuple[str, ...]:
    """Return several such names, each once and at least one."""
    if not texts:
        raise UsageError("must name at least one")
    return _each_once(map(word, texts))


def listed(texts: Sequence[str]) -> tuple[str, ...]:
    """Return the words of a list, as commands take them: ``a,b``."""
    return _each_once(one for text in texts for one in normal_words(text))


def choices(texts: Sequence[str]) -> tuple[str, ...]:
    """Return what can be chosen, each once in any case."""
    found = [_line(text, "a choice") for text in texts]
    if len({text.casefold() for text in found}) < len(found):
        raise UsageError("a choice is there twice")
    return tuple(found)


def categories(texts: Sequence[str]) -> tuple[str, ...]:
    """Return paths such as ``billing/refund``, without blanks around their parts."""
    return _each_once(
        "/".join(_line(part, "a part of a category") for part in text.split("/")) for text in texts
    )


def field_name(text: str) -> str:
    """Return the name of a field, as ``--field NAME=VALUE`` takes it."""
    if not text.isidentifier() or len(text) > NAME_LIMIT:
        raise UsageError(f"{text[:60]!r} cannot be the name of a field: letters, digits and _")
    return text.casefold()


def tag_name(text: str) -> str:
    """Return the name of a tag."""
    from tix.domain.verbs import checked_tags

    tags = checked_tags(text)
    if len(tags) > 1:
        raise UsageError(f"{text[:60]!r} cannot be a tag: one word without a comma")
    return tags[0]


def query_words(line: str) -> tuple[str, ...]:
    """Return the words of a query that stands in one line."""
    from tix.domain.query import split_line

    found = split_line(line)
    if not found:
        raise UsageError("must have a word", hint="Such as is:open.")
    return found


def _line(text: str, what: str) -> str:
    text = text.strip()
    if not text or not text.isprintable() or len(text) > NAME_LIMIT:
        raise UsageError(f"{text[:60]!r} cannot be {what}")
    return text


def _one_of(text: str, known: Iterable[str], what: str) -> str:
    known = tuple(known)
    if text in known:
        return text
    guess = nearest(text, known)
    hint = f"Did you mean {guess!r}?" if guess else ""
    raise UsageError(f"{text[:60]!r} is no {what}; there are {', '.join(known)}", hint=hint)


def _each_once(items: Iterable[Any]) -> tuple[Any, ...]:
    return tuple(dict.fromkeys(items))
