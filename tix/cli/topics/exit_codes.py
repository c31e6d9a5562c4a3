"""``tix help exit-codes``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tix.cli.topics.layout import Code, Columns, Paragraph, Section, section
from tix.errors import ExitCode

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tix.cli.call import Call

EXAMPLES = """
tix list is:overdue --exit-status -q > /dev/null && echo 'Something is late.'
tix show 12 -o ids > /dev/null || echo "tix ended with $?"
"""


def sections(call: Call) -> Sequence[Section]:
    """Return the exit codes with what each means."""
    codes = [(str(code.value), code.describe()) for code in ExitCode]
    return (
        section("Exit codes", Columns(codes)),
        section(
            "Whether something was changed",
            Paragraph(
                "Where the command, the input or the desk is at fault nothing was changed. Where "
                "only the output failed (74, 141) or the command was stopped (130, 143), tix log "
                "--ops tells whether it was. A hook that fails changes no exit code."
            ),
        ),
        section(
            "In scripts",
            Code(EXAMPLES),
            Paragraph(
                "With --json the last line of stderr has the code as a word as well: tix schema "
                "error lists them. Try again after 75; after 4 look at the ticket first."
            ),
        ),
    )
