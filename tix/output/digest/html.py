"""A digest as a page, and as a mail: mail programs know no style sheets, so styles stand inline."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tix.domain.digest import Heading
from tix.markup import page
from tix.output.cells import human
from tix.output.digest.rows import SHOWN, headline, table, title

if TYPE_CHECKING:
    from tix.domain.digest import Digest


def html(digest: Digest) -> str:
    """Return the digest as a page that asks for nothing from anywhere."""
    columns = table(digest).select(SHOWN).columns
    shown = [human(column) for column in columns]
    sections = [
        {
            "title": title(digest, heading),
            "rows": [[text(item) for text in shown] for item in items],
        }
        for heading in Heading
        if (items := digest.under(heading))
    ]
    values = {
        "headline": headline(digest),
        "names": [column.heading for column in columns],
        "sections": sections,
    }
    return page("output/digest", "digest.html", values)
