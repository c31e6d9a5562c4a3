"""The desk's own set-up: its words for priorities, types, tags and fields, its quiet time."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

from tix.domain.field import Field
from tix.domain.holidays import Holiday
from tix.domain.nearest import nearest
from tix.domain.sla.policy import STANDARD, Level, Policy
from tix.errors import UsageError
from tix.record import NOTHING, NamedTuple, Record

Hours = tuple[tuple[int, int], ...]

COLOURS = ("bold", "dim", "red", "green", "yellow", "blue", "magenta", "cyan")


class Priority(NamedTuple):
    """A step of the scale; ``criteria`` say in words when it is due."""

    name: str
    weight: int
    colour: str = ""
    criteria: str = ""


SCALE = (
    Priority("low", 1, "dim", "a wish, a small blemish, a general question"),
    Priority("normal", 2, "", "somebody is held up, and there is a way around"),
    Priority("high", 3, "yellow", "somebody cannot work, or money is at stake"),
    Priority("urgent", 4, "red", "an outage, a breach of security, many are hit"),
)
TYPES = ("question", "incident", "problem", "task")


class SavedQuery(NamedTuple):
    """A query that the desk keeps under a name."""

    name: str
    words: tuple[str, ...]
    sort: str = ""


class SavedReport(NamedTuple):
    """A report that the desk keeps under a name; what is empty is left to who asks for it."""

    name: str
    report: str
    words: tuple[str, ...] = ()
    since: str = ""
    until: str = ""
    by: str = ""
    group: str = ""


class SavedAlert(NamedTuple):
    """A threshold that the desk keeps, ``frt.p90 > 4h over 7d``, on the tickets of a query."""

    name: str
    when: str
    words: tuple[str, ...] = ()


class KnownTag(NamedTuple):
    """A tag that the desk has agreed on, and what it is for."""

    name: str
    description: str = ""


class BusinessHours(Record):
    """A calendar as it is kept; without a *zone* it is in that of the desk."""

    name: str
    version: int = 1
    zone: str | None = None
    week: tuple[Hours, ...] = (((9 * 3600, 17 * 3600),),) * 5 + ((),) * 2
    holidays: tuple[Holiday, ...] = ()
    exceptions: Mapping[date, Hours] = NOTHING


class Setup(Record):
    """One version of the desk's set-up; editing makes the next one."""

    version: int = 1
    zone: str | None = None
    priorities: tuple[Priority, ...] = SCALE
    default_priority: str = "normal"
    types: tuple[str, ...] = TYPES
    quiet_days: int = 14
    fields: tuple[Field, ...] = ()
    tags: tuple[KnownTag, ...] = ()
    categories: tuple[str, ...] = ()
    calendars: tuple[BusinessHours, ...] = (BusinessHours("standard"),)
    levels: tuple[Level, ...] = (STANDARD,)
    policy: Policy = Policy()
    reports: tuple[SavedReport, ...] = ()
    alerts: tuple[SavedAlert, ...] = ()

    @property
    def scale(self) -> tuple[str, ...]:
        """The names of the priorities, the least first."""
        return tuple(p.name for p in sorted(self.priorities, key=lambda p: p.weight))

    @property
    def hours(self) -> BusinessHours:
        """The business hours of the desk itself: those called ``standard``, else the first."""
        named = (hours for hours in self.calendars if hours.name == "standard")
        return next(named, self.calendars[0])

    @property
    def quiet(self) -> timedelta:
        """How long a resolved ticket stays before it is closed."""
        return timedelta(days=self.quiet_days)

    def priority(self, text: str) -> str:
        """Return the priority that *text* names.

        Raises:
            UsageError: The scale has none of that name.
        """
        return _one_of(text, self.scale, "priority")

    def type(self, text: str) -> str:
        """Return the type that *text* names.

        Raises:
            UsageError: The desk has none of that name.
        """
        return _one_of(text, self.types, "type")

    def step(self, priority: str, by: int) -> str:
        """Return the priority *by* steps above *priority*, or the end of the scale."""
        scale = self.scale
        place = scale.index(priority) if priority in scale else 0
        return scale[max(0, min(len(scale) - 1, place + by))]


def _one_of(text: str, names: tuple[str, ...], what: str) -> str:
    name = text.strip().casefold()
    if name in names:
        return name
    guess = nearest(name, names)
    raise UsageError(
        f"{text!r} is no {what}; there are {', '.join(names)}",
        hint=f"Did you mean {guess!r}?" if guess else "",
    )
