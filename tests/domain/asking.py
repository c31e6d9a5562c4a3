"""What the tests of queries share: a moment, its context, and tickets to ask for."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from tix.domain.calendar import standard
from tix.domain.query import Context, Seen, TicketQuery, matches, parse
from tix.domain.ticket import Ticket
from tix.domain.when import Dates
from tix.domain.zone import zone_named
from tix.errors import NotFound, UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tix.domain.people import Contact

NOW = datetime(2026, 11, 21, 18, 30, tzinfo=UTC)
SCALE = ("low", "normal", "high", "urgent")
DATES = Dates(NOW, zone_named("Europe/Zagreb"), standard("Europe/Zagreb"))
SAVED = {
    "vips": ("is:vip", "prio:high.."),
    "mornings": ("query:vips", "created:today"),
    "me": ("query:again",),
    "again": ("query:me",),
}


def load(name: str) -> Sequence[str]:
    if name not in SAVED:
        raise NotFound(f"there is no saved query {name!r}")
    return SAVED[name]


CONTEXT = Context(DATES, SCALE, "alice", load)


def query(*words: str) -> TicketQuery:
    return parse(words, CONTEXT)


def refused(*words: str, context: Context = CONTEXT) -> tuple[str, str]:
    with pytest.raises(UsageError) as error:
        parse(words, context)
    return error.value.message, error.value.hint


def at(day: str, clock: str = "00:00") -> datetime:
    return datetime.fromisoformat(f"{day}T{clock}+01:00").astimezone(UTC)


def ticket(number: int = 1, **values: object) -> Ticket:
    day = timedelta(days=1)
    parts = {"subject": "Refund", "created_at": NOW - day, "updated_at": NOW - day, **values}
    return Ticket(number, **parts)  # type: ignore[arg-type]


def finds(
    line: str, asked: Ticket, contact: Contact | None = None, text: str | None = None
) -> bool:
    """Return whether the words of *line*, separated by single blanks, find the ticket."""
    seen = Seen(asked, contact, NOW, None if text is None else lambda: text)
    return matches(query(*line.split(" ")), seen)
