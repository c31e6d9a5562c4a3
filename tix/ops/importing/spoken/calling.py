"""Calls as telephone systems tell of them: a line of JSONL each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tix.domain.spoken import ANSWERED, MISSED
from tix.domain.verbs.speaking import Call
from tix.ops.importing.identity import Ids
from tix.ops.importing.problems import Unusable
from tix.ops.importing.spoken.lines import Line, every, needed, one_of, party
from tix.ops.importing.spoken.together import log_all
from tix.ops.tickets.speaking import LOG_CALL, Talk

if TYPE_CHECKING:
    from collections.abc import Callable

    from tix.desk import Desk
    from tix.ops.change import Change
    from tix.ops.importing.times import Times

NAMES = {
    "id": "what the call is called there; it is logged once",
    "at": "when it began, such as 2026-11-24T17:00:00Z",
    "from": "the customer who called: a phone, an address or a number such as C-3",
    "to": "the customer who was called",
    "direction": "in or out, if neither from nor to tells",
    "outcome": "answered, as it is if not said, or missed",
    "seconds": "how long it was talked",
    "ticket": "the number of its ticket; without one it opens one",
    "agent": "who of ours was there",
    "subject": "that of the ticket which it opens",
    "note": "what was said",
}
"""The members of a line, with what each tells."""


def log_calls(
    desk: Desk, content: bytes, label: str, *, tell: Callable[[str], None] = lambda line: None
) -> Change:
    """Log the calls of a file, each id once.

    Raises:
        BadData: A line cannot be logged; nothing is changed, and *tell* gets what is wrong.
    """
    ids = Ids()

    def read(place: str, value: object, times: Times) -> Talk:
        return _talk(place, Line(value, NAMES, times), ids)

    return log_all(
        desk, LOG_CALL, label, lambda tx: every(content, label, desk.zone, read), tell=tell
    )


def _talk(place: str, line: Line, ids: Ids) -> Talk:
    known = line.text("id")
    inbound, customer = party(line)
    return Talk(
        Call(
            needed("at", line.moment("at")),
            inbound is not False,
            _seconds(line),
            line.text("note"),
        ),
        ticket=line.count("ticket", 1),
        customer=customer,
        agent=line.text("agent"),
        subject=line.text("subject"),
        id=ids.given(known, place) if known else "",
        place=place,
    )


def _seconds(line: Line) -> int | None:
    """Return how long it was talked, None if nobody was reached.

    Raises:
        Unusable: It is missing, or a missed call has some.
    """
    seconds = line.count("seconds")
    if one_of(line, "outcome", (ANSWERED, MISSED)) != MISSED:
        return needed("seconds", seconds)
    if seconds:
        raise Unusable("seconds", "nobody talked in a missed call")
    return None
