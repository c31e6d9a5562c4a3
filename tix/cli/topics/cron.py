"""``tix help cron``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tix.cli.topics.layout import Code, Paragraph, Section, section

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tix.cli.call import Call

CRONTAB = """
MAILTO=me@example.test
TIX_DB=/home/me/support/desk
# mail only what is late since the last time; TIX_DB has to be a desk
*/5 * * * *  /usr/local/bin/tix-sla --new --every 5m --exit-zero
# what waits, on the morning of each working day
0 8 * * 1-5  /usr/local/bin/tix inbox -o md
# mail only if something has waited for more than a day
0 * * * *    /usr/local/bin/tix list waiting:1d.. -q
# mail only if the desk is not whole
30 3 * * *   /usr/local/bin/tix doctor -q > /dev/null || echo run tix doctor
# what was said since yesterday, for those who like to read
0 7 * * *    /usr/local/bin/tix list updated:-1d.. --all -o md
# a copy outside the desk, one file a day
45 3 * * *   /usr/local/bin/tix backup /mnt/desk-$(date +\\%F).zip -q
"""


def sections(call: Call) -> Sequence[Section]:
    """Return what is different where nobody sits at a terminal."""
    return (
        section(
            "In a crontab",
            Code(CRONTAB),
            Paragraph(
                "The path is short there: name tix by its whole path. HOME is set and XDG "
                "variables are not: name the desk by TIX_DB or --db. Who acts is TIX_USER or "
                "--actor, else the user whose crontab it is. A percent sign needs a backslash."
            ),
        ),
        section(
            "Nobody is asked",
            Paragraph(
                "tix never asks where there is nobody to answer: a change that needs a yes ends "
                "with 5 and says that --yes is missing. It reads stdin only for - , starts no "
                "pager and no editor, and prints no colours. --no-input keeps it "
                "from asking on a terminal too."
            ),
            Paragraph(
                "An empty list prints nothing on stdout and ends with 0; with --exit-status it "
                "ends with 1. -q leaves only errors on stderr, so that cron mails nothing but "
                "those and what was asked for."
            ),
        ),
        section(
            "What needs no job",
            Paragraph(
                "No job is needed to keep the desk in order: postponed tickets come back and "
                "quiet ones are closed by the next change, whoever makes it, and the first "
                "change of a day keeps a copy of the desk (tix backup list)."
            ),
            Paragraph(
                "Commands may run at the same time; a change waits up to --lock-timeout, 10 "
                "seconds if not told otherwise, for another one and then ends with 75: try "
                "again. With --key a change that is tried again is done once. tix help "
                "exit-codes says what the ends mean."
            ),
        ),
    )
