"""``tix help synonyms``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tix.cli.topics.layout import Columns, Paragraph, Section, section
from tix.domain.query import SYNONYMS as FIELDS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from tix.cli.call import Call


def sections(call: Call) -> Sequence[Section]:
    """Return the other words for commands and for the fields of a query."""
    from tix.cli import SYNONYMS

    return (
        section("Commands", Columns([*by_name(SYNONYMS)])),
        section(
            "Fields of a query",
            Columns([*by_name(FIELDS)]),
            Paragraph("Words are never shortened: a word not known suggests the nearest."),
        ),
    )


def by_name(synonyms: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Yield each name with the other words for it."""
    for name in dict.fromkeys(synonyms.values()):
        yield name, ", ".join(word for word, known in synonyms.items() if known == name)
