"""What is promised: levels with targets, and the rules that choose a level for a ticket."""

from __future__ import annotations

import re
from collections.abc import Mapping
from enum import StrEnum
from functools import cache
from typing import TYPE_CHECKING

from tix.domain.nearest import nearest
from tix.domain.span import parse_span, span_parts
from tix.errors import BadDate, ConfigInvalid
from tix.record import NamedTuple, Record

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Sequence

BUSINESS, CALENDAR = "business", "calendar"
FIRST_TIME, RESUME, TOTAL = "first", "resume", "total"
MODES = (FIRST_TIME, RESUME, TOTAL)
PAUSING = ("pending:customer", "pending:third-party", "postponed", "resolved")
ACTIONS = ("priority", "assign", "tier", "tag", "note", "notify", "hook")
ANY = "any"

_TEN_YEARS = 3_652


class Kind(StrEnum):
    """What a clock waits for."""

    FIRST = "first"
    NEXT = "next"
    UPDATE = "update"
    RESOLUTION = "resolution"


PAUSES: Mapping[Kind, tuple[str, ...]] = {
    Kind.FIRST: (),
    Kind.NEXT: (),
    Kind.UPDATE: ("resolved",),
    Kind.RESOLUTION: ("pending:customer", "resolved"),
}


class Goal(Record):
    """How soon one clock has to stop, by priority (``any``: every other one).

    *targets* are working time such as ``4h`` and ``3bd`` (working days), or with the base
    ``calendar`` real time such as ``2d``. *pause* names the states in which the clock
    stands, None those of ``PAUSES``; *mode* is for the resolution alone. A breach costs
    *penalty*, and *hourly_penalty* for each hour, in the same base, that it is late.
    """

    targets: Mapping[str, str]
    base: str = BUSINESS
    pause: tuple[str, ...] | None = None
    mode: str = RESUME
    penalty: float = 0.0
    hourly_penalty: float = 0.0


class Step(Record):
    """A step of the escalation ladder: *at* a mark, of some *clocks* (none: all), what to do."""

    at: str
    actions: tuple[str, ...]
    clocks: tuple[str, ...] = ()


class Level(Record):
    """A named promise; editing it makes the next version.

    *warnings* are the marks from which a clock is at risk, *priority* what a ticket gets
    along with the level.
    """

    name: str
    version: int = 1
    calendar: str = "standard"
    first: Goal | None = None
    next: Goal | None = None
    update: Goal | None = None
    resolution: Goal | None = None
    warnings: tuple[str, ...] = ("80%",)
    ladder: tuple[Step, ...] = ()
    priority: str | None = None

    def goal(self, kind: Kind) -> Goal | None:
        """Return what is promised for a clock, None if nothing is."""
        goal: Goal | None = getattr(self, kind)
        return goal


class LevelRule(Record):
    """Tickets that fit the query *when* get *level*."""

    when: str
    level: str


class Policy(Record):
    """Which level a ticket gets: that of the first rule that fits, else the default."""

    rules: tuple[LevelRule, ...] = ()
    default: str | None = "standard"
    version: int = 1


class Length(NamedTuple):
    """A target: so many seconds, or so many working days."""

    seconds: int = 0
    days: int = 0


class Mark(NamedTuple):
    """A point on the way of a clock: a share of its target, and so many seconds after it."""

    percent: int = 100
    seconds: int = 0


_RESPONSE = {"urgent": "15m", "high": "1h", "normal": "4h", "low": "8h"}
STANDARD = Level(
    "standard",
    first=Goal(_RESPONSE),
    next=Goal(_RESPONSE),
    resolution=Goal({"urgent": "4h", "high": "1bd", "normal": "3bd", "low": "5bd"}),
)


def chosen(policy: Policy, fits: Callable[[str], bool]) -> str | None:
    """Return the name of the level for a ticket; *fits* tells whether a query finds it."""
    return next((rule.level for rule in policy.rules if fits(rule.when)), policy.default)


@cache
def length(text: str, base: str) -> Length:
    """Return the length that a target means.

    Raises:
        BadDate: It cannot be read, is nothing, or does not fit the base.
    """
    parts = [part for word in text.split() for part in span_parts(word)]
    units = {unit for _, unit in parts}
    if base == BUSINESS and units == {"bd"}:
        found = Length(days=sum(count for count, _ in parts))
    elif base == BUSINESS and units & {"d", "w"}:
        raise BadDate(f"{text!r} is no working time", hint="Write it in h, m or bd (working days).")
    else:
        found = Length(int(parse_span(text).total_seconds()))
    if not any(found):
        raise BadDate(f"{text!r} is no time at all")
    if found.days > _TEN_YEARS or found.seconds > _TEN_YEARS * 86_400:
        raise BadDate(f"{text!r} is more than ten years")
    return found


@cache
def mark(text: str) -> Mark:
    """Return the mark of ``80%``, ``30m before`` (or ``30m``), ``breach`` or ``2h after``.

    Raises:
        BadDate: It is none of them.
    """
    words = text.split()
    if words == ["breach"]:
        return Mark()
    if share := re.fullmatch(r"([0-9]{1,3})%", text.strip()):
        return Mark(int(share[1]))
    sign = {"before": -1, "after": 1}.get(words[-1] if words else "", 0)
    span = length(" ".join(words[:-1] if sign else words), CALENDAR)
    return Mark(seconds=(sign or -1) * span.seconds)


def check_level(level: Level, calendars: Collection[str], scale: Sequence[str]) -> None:
    """Refuse a level that cannot work; for one that is about to be saved.

    Raises:
        ConfigInvalid: It is one; the message names the key.
    """
    where = f"level {level.name!r}"
    _one_of(level.calendar, calendars, f"{where}: calendar")
    if level.priority is not None:
        _one_of(level.priority, scale, f"{where}: priority")
    for kind in Kind:
        goal = level.goal(kind)
        if goal is not None:
            _check_goal(goal, f"{where}: {kind}", scale)
    for text in level.warnings:
        _check_mark(text, f"{where}: warnings")
    for place, step in enumerate(level.ladder, 1):
        _check_step(step, f"{where}: step {place}")


def check_policy(policy: Policy, levels: Iterable[str]) -> None:
    """Refuse rules that name a level which is not there; queries are the caller's to read.

    Raises:
        ConfigInvalid: One does.
    """
    names = tuple(levels)
    for place, rule in enumerate(policy.rules, 1):
        _one_of(rule.level, names, f"policy rule {place}: level")
    if policy.default is not None:
        _one_of(policy.default, names, "policy default")


def _check_goal(goal: Goal, where: str, scale: Sequence[str]) -> None:
    _one_of(goal.base, (BUSINESS, CALENDAR), f"{where}.base")
    _one_of(goal.mode, MODES, f"{where}.mode")
    if not goal.targets:
        raise ConfigInvalid(f"{where} has no target")
    for priority, text in goal.targets.items():
        _one_of(priority, (*scale, ANY), where)
        try:
            length(text, goal.base)
        except BadDate as refusal:
            told = f"{where}.{priority}: {refusal.message}"
            raise ConfigInvalid(told, hint=refusal.hint) from None
    for state in goal.pause or ():
        _one_of(state, PAUSING, f"{where}.pause")
    if min(goal.penalty, goal.hourly_penalty) < 0:
        raise ConfigInvalid(f"{where}: a penalty is no less than 0")


def _check_step(step: Step, where: str) -> None:
    _check_mark(step.at, f"{where}: at")
    for clock in step.clocks:
        _one_of(clock, tuple(Kind), f"{where}: clocks")
    if not step.actions:
        raise ConfigInvalid(f"{where} has no action")
    for action in step.actions:
        _one_of(action.partition(" ")[0], ACTIONS, f"{where}: actions")


def _check_mark(text: str, where: str) -> None:
    try:
        mark(text)
    except BadDate as refusal:
        hint = "Write it as 80%, 30m before, breach or 2h after."
        raise ConfigInvalid(f"{where}: {refusal.message}", hint=hint) from None


def _one_of(name: str, names: Collection[str], where: str) -> None:
    if name not in names:
        guess = nearest(name, names)
        raise ConfigInvalid(
            f"{where}: {name!r} is not among {', '.join(names)}",
            hint=f"Did you mean {guess!r}?" if guess else "",
        )
