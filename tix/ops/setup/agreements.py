"""What must hold for calendars, levels and the rules that choose one."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tix.domain.setup import SCALE
from tix.domain.sla.policy import STANDARD, Kind, check_level, check_policy
from tix.errors import TixError
from tix.ops.setup.problems import Problem
from tix.ops.setup.sheets import ordered
from tix.ops.setup.tables import CALENDARS, LEVELS, POLICY

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tix.domain.query import Context
    from tix.ops.setup.sheets import Sheets

_CLOCKS = frozenset(("atrisk", "breached", "paused"))


def of_calendars(sheets: Sheets, zone: Callable[[], str]) -> Iterator[Problem]:
    """Yield what is wrong with calendars; *zone* is that of those which name none."""
    from tix.domain.kept import calendar_of

    if not sheets[CALENDARS]:
        yield Problem((CALENDARS,), "there must be one at least")
    for hours in sheets[CALENDARS].values():
        try:
            calendar_of(hours, zone).check()
        except TixError as error:
            told = error.message.removeprefix(f"calendar {hours.name!r}: ")
            path = (CALENDARS, hours.name, *(("holidays",) if told.startswith("holiday ") else ()))
            yield Problem(path, told, error.hint)


def of_levels(sheets: Sheets) -> Iterator[Problem]:
    """Yield what is wrong with levels."""
    scale = tuple(one.name for one in ordered(sheets["priorities"]))
    for level in sheets[LEVELS].values():
        # The level that tix ships has targets for the priorities that it ships.
        names = (*scale, *(one.name for one in SCALE)) if level == STANDARD else scale
        try:
            check_level(level, tuple(sheets[CALENDARS]), names)
        except TixError as error:
            where, told = _split(error.message.removeprefix(f"level {level.name!r}: "))
            yield Problem((LEVELS, level.name, *where), told, error.hint)
        if not any(level.goal(kind) for kind in Kind):
            yield Problem((LEVELS, level.name), "it promises nothing", "Such as first.any = '4h'")


def of_policy(sheets: Sheets, meant: Context) -> Iterator[Problem]:
    """Yield what is wrong with the rules: each query is read as it will be."""
    from tix.domain.query import parse, split_line

    policy = sheets[POLICY][""]
    try:
        check_policy(policy, tuple(sheets[LEVELS]))
    except TixError as error:
        where, told = _split(error.message.removeprefix("policy "))
        yield Problem((POLICY, *where), told, error.hint)
    for place, rule in enumerate(policy.rules, 1):
        path = (POLICY, "rules")
        try:
            query = parse(split_line(rule.when), meant._replace(me=None))
        except TixError as error:
            yield Problem(path, f"rule {place}: {error.message}", error.hint)
            continue
        if not query.terms:
            yield Problem(path, f"rule {place} has no word", "Such as is:vip.")
        if any(term.field == "sla" or not _CLOCKS.isdisjoint(term.values) for term in query.terms):
            yield Problem(path, f"rule {place} asks for the clocks that it starts")


def _split(message: str) -> tuple[tuple[str, ...], str]:
    """Return the key that stands in front of a message, if one does, and the rest."""
    key, colon, rest = message.partition(": ")
    if not colon or not re.fullmatch(r"[a-z_]+(\.\S+)?", key):
        return (), message
    return tuple(key.split(".", 1)), rest
