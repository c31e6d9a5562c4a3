"""Looking back: what ``--as-of`` means, and telling that it is the past that is shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tix.cli.options import FILTERS, option
from tix.cli.params import checked_text

if TYPE_CHECKING:
    from datetime import datetime

    from tix.cli.call import Call

as_of_option = option("--as-of", metavar="DATE", section=FILTERS, help="As it was then.")
"""The option of commands that can look back."""


def then(call: Call, text: str | None) -> datetime | None:
    """Return the instant that ``--as-of`` names, None without it; doubts are told.

    Raises:
        BadDate: It cannot be read, or has not come yet.
    """
    if text is None:
        return None
    from tix.ops.past import instant

    moment = instant(call.desk, checked_text(text))
    for note in moment.notes:
        call.say(f"note: {note}")
    return moment.at


def tell_then(call: Call, at: datetime | None) -> None:
    """Tell that what was shown is how it was at *at*, if it was."""
    if at is not None:
        from tix.domain.when import describe

        told = describe(at, call.desk.clock(), call.desk.zone)
        call.say(f"what was known up to {told}; people and set-up are today's")
