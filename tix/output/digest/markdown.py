"""A digest as Markdown: a table under each heading that has tickets."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tix.domain.digest import Heading
from tix.output import markdown as tables
from tix.output.digest.rows import SHOWN, headline, table, title

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tix.domain.digest import Digest
    from tix.output import View


def markdown(digest: Digest, view: View) -> Iterator[str]:
    """Yield the headline, then each heading with its table."""
    yield f"# {headline(digest)}\n"
    for heading in Heading:
        if items := digest.under(heading):
            yield f"\n## {title(digest, heading)}\n\n"
            yield from tables.markdown(table(digest, items).select(SHOWN), view)
