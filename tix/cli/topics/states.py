"""``tix help states``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tix.cli.topics.layout import columns, page, paragraph, section
from tix.domain.setup import Setup
from tix.domain.status import MEANING, NEXT, REASONS, SETTLED, SUBSTATUSES, Status

if TYPE_CHECKING:
    from tix.cli.call import Call

_ELSE = {Status.MERGED: "what it was before"}


def text(call: Call) -> str:
    """Return the statuses with their meaning, and the table of moves."""
    moves = [(status.value, _next(status)) for status in NEXT]
    settled = ", ".join(status.value for status in Status if status in SETTLED)
    return page(
        section("Statuses", columns((s.value, meaning) for s, meaning in MEANING.items())),
        section("Moves: a ticket that is ... can become ...", columns(moves)),
        paragraph(
            f"From anywhere a ticket can go to the trash, and come back as it was. Settled is "
            f"one that is {settled} or in the trash."
        ),
        paragraph(
            "A reply makes a ticket answered unless told otherwise; a message of the customer "
            "opens it; notes, tags and an assignment change no status. Pending is for "
            f"{' or '.join(SUBSTATUSES)}; resolved has a reason: {', '.join(REASONS)}. A "
            "postponed ticket is what it was again when its time comes, and a resolved one is "
            f"closed after {Setup().quiet_days} quiet days."
        ),
    )


def _next(status: Status) -> str:
    return ", ".join(after.value for after in NEXT[status]) or _ELSE[status]
