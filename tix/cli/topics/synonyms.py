"""``tix help synonyms``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tix.cli.topics.layout import columns, page, paragraph, section
from tix.domain.query import SYNONYMS as FIELDS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tix.cli.call import Call


def text(call: Call) -> str:
    """Return the other words for commands and for the fields of a query."""
    from tix.cli import SYNONYMS

    return page(
        section("Commands", columns(by_name(SYNONYMS))),
        section("Fields of a query", columns(by_name(FIELDS))),
        paragraph("Words are never shortened: a word that is not known suggests the nearest."),
    )


def by_name(synonyms: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Yield each name with the other words for it."""
    for name in dict.fromkeys(synonyms.values()):
        yield name, ", ".join(word for word, known in synonyms.items() if known == name)
