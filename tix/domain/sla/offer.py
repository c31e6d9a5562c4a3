"""What a desk offers: levels with the rules that choose them, and the hours they count in."""

from __future__ import annotations

from datetime import date

from tix.domain.calendar import Calendar
from tix.domain.sla.policy import Level
from tix.record import NamedTuple


class Offer(NamedTuple):
    """A level, and the rules that choose it; an empty one is the default."""

    level: Level
    rules: tuple[str, ...]


class Opening(NamedTuple):
    """A calendar, with the holidays of a year by date."""

    calendar: Calendar
    year: int
    holidays: dict[date, str]
