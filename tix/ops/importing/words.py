"""Words of a map that stand for cells: a whole text, a beginning with ``*``, or all others."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

OTHERS = "*"


def translation(table: Mapping[str, str]) -> Callable[[str], str]:
    """Return what gives a text its value in *table*, and itself if the table has none.

    A whole text stands above its folded form, this above the longest beginning, and that
    above ``*``, which no empty text is.
    """
    folded = {text.casefold(): value for text, value in table.items()}
    begins = sorted((text[:-1] for text in folded if _is_beginning(text)), key=len, reverse=True)

    def value(text: str) -> str:
        if text in table:
            return table[text]
        known = text.casefold()
        if known in folded or not text:
            return folded.get(known, "")
        begin = next(filter(known.startswith, begins), "")
        return folded.get(begin + OTHERS, text)

    return value


def member(words: Iterable[str]) -> Callable[[str], bool]:
    """Return what tells whether a text is one of *words*."""
    known = translation(dict.fromkeys(words, ""))

    return lambda text: not known(text) if text else "" in words


def _is_beginning(text: str) -> bool:
    return text.endswith(OTHERS) and text != OTHERS
