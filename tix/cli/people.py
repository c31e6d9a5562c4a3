"""What the commands for customers, agents and departments have in common."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tix.cli.params import checked_text
from tix.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


def emptied(given: Mapping[str, str | None]) -> dict[str, str | None]:
    """Return the texts that were given; ``none`` and empty text empty a member."""
    texts = {name: checked_text(text).strip() for name, text in given.items() if text is not None}
    return {name: None if text in ("", "none") else text for name, text in texts.items()}


def listed(given: Mapping[str, str | None]) -> dict[str, tuple[str, ...]]:
    """Return the lists ``a,b`` that were given; ``none`` is an empty one."""
    from tix.domain.people import normal_words

    return {
        name: () if text.strip() == "none" else normal_words(checked_text(text))
        for name, text in given.items()
        if text is not None
    }


def paired(option: str, pairs: Iterable[str]) -> dict[str, str]:
    """Return what ``NAME=VALUE`` texts say; an empty value is kept, to empty a member.

    Raises:
        UsageError: One is no such pair.
    """
    found = {}
    for pair in pairs:
        name, equals, value = checked_text(pair).partition("=")
        if not equals or not name.isidentifier():
            hint = f"{option} language=de; language= empties it"
            raise UsageError(f"{pair[:60]!r} is no NAME=VALUE", hint=hint)
        found[name.casefold()] = value.strip()
    return found
