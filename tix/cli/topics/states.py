"""``tix help states``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tix.cli.topics.layout import Columns, Paragraph, Section, section
from tix.domain.setup import Setup
from tix.domain.status import MEANING, NEXT, REASONS, SETTLED, SUBSTATUSES, Status

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tix.cli.call import Call

_ELSE = {Status.MERGED: "what it was before"}


def sections(call: Call) -> Sequence[Section]:
    """Return the statuses with their meaning, and the table of moves."""
    settled = ", ".join(status.value for status in Status if status in SETTLED)
    return (
        section("Statuses", Columns([(s.value, meaning) for s, meaning in MEANING.items()])),
        section(
            "Moves: a ticket that is ... can become ...",
            Columns([(status.value, _next(status)) for status in NEXT]),
            Paragraph(
                "From anywhere a ticket can go to the trash, and come back as it was. Settled is "
                f"one that is {settled} or in the trash."
            ),
        ),
        section(
            "What moves it",
            Paragraph(
                "A reply makes a ticket answered unless told otherwise; a message of the "
                "customer opens it; notes, tags and an assignment change no status. Pending is "
                f"for {' or '.join(SUBSTATUSES)}; resolved has a reason: {', '.join(REASONS)}. "
                "What is said on a merged ticket lands on the one it goes on in."
            ),
            Paragraph(
                "A postponed ticket is what it was again when its time comes, and a resolved one "
                f"is closed after {Setup().quiet_days} quiet days, unless the desk's set-up says "
                "otherwise (tix setup show)."
            ),
        ),
    )


def _next(status: Status) -> str:
    return ", ".join(after.value for after in NEXT[status]) or _ELSE[status]
