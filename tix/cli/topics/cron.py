"""``tix help cron``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tix.cli.topics.layout import code, page, paragraph, section

if TYPE_CHECKING:
    from tix.cli.call import Call

_CRONTAB = """
MAILTO=me@example.test
TIX_DB=/home/me/support/desk
# what waits, on the morning of each working day
0 8 * * 1-5  /usr/local/bin/tix inbox -o md
# mail only if something has waited for more than a day
0 * * * *    /usr/local/bin/tix list waiting:1d.. -q
# mail only if the desk is not whole
30 3 * * *   /usr/local/bin/tix doctor -q > /dev/null || echo run tix doctor
"""


def text(call: Call) -> str:
    """Return what is different where nobody sits at a terminal."""
    return page(
        section("In a crontab", code(_CRONTAB)),
        paragraph(
            "The path is short there: name tix by its whole path. HOME is set and XDG variables "
            "are not: name the desk by TIX_DB or --db. A percent sign needs a backslash."
        ),
        paragraph(
            "tix never asks where there is nobody to answer: a change that needs a yes ends with "
            "5 and says that --yes is missing. It reads stdin only for - , starts no pager and "
            "no editor, and prints no colours. An empty list prints nothing and ends with 0; "
            "with --exit-status it ends with 1."
        ),
        paragraph(
            "No job is needed to keep the desk in order: postponed tickets come back and quiet "
            "ones are closed by the next change, whoever makes it. Commands may run at the same "
            "time; a change waits up to 10 seconds for another one and then ends with 75."
        ),
        paragraph("tix help exit-codes says what the ends mean."),
    )
