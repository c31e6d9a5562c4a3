"""``tix help exit-codes``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tix.cli.topics.layout import columns, page, paragraph, section
from tix.errors import ExitCode

if TYPE_CHECKING:
    from tix.cli.call import Call


def text(call: Call) -> str:
    """Return the exit codes with what each means."""
    codes = [(str(code.value), code.describe()) for code in ExitCode]
    return page(
        section("Exit codes", columns(codes)),
        paragraph(
            "Where the command, the input or the desk is at fault nothing was changed. Where only "
            "the output failed (74, 141) or the command was stopped (130, 143), tix log --ops "
            "tells whether it was."
        ),
    )
