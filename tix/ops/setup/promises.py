"""Calendars, levels and rules as a document writes them, to what is kept, and back."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Any

from tix.domain.holidays import Holiday
from tix.domain.hours import read_hours, read_week, write_hours, write_week
from tix.domain.nearest import nearest
from tix.domain.sla.policy import BUSINESS, RESUME, Goal, LevelRule, Step
from tix.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tix.domain.calendar import Hours

_DAY = r"[0-9]{4}-[0-9]{2}-[0-9]{2}"
_DATES = re.compile(rf"({_DAY})(?:\.\.({_DAY}))?(?:\s+(.*))?")
_RULE = re.compile(r"(easter(?:[+-][0-9]{1,3})?|FREQ=\S+)(?:\s+(.*))?", re.IGNORECASE)
_HOLIDAY = "Such as 2026-12-25 Christmas, easter+1 Easter Monday or FREQ=YEARLY;BYMONTH=5;BYDAY=1MO"
_OPTIONS: Mapping[str, tuple[tuple[type, ...], str]] = {
    "base": ((str,), "a text in quotes"),
    "mode": ((str,), "a text in quotes"),
    "pause": ((list,), 'a list of texts such as ["postponed"]'),
    "penalty": ((int, float), "a number"),
    "hourly_penalty": ((int, float), "a number"),
}
_GOAL = Goal({"any": "1h"})


def week(table: Mapping[str, Any]) -> tuple[Hours, ...]:
    """Return the hours of each weekday of a table such as ``{mon-fri = "09:00-17:00"}``."""
    return read_week(_texts(table), "the week")


def week_table(hours: tuple[Hours, ...]) -> dict[str, str]:
    """Return the table that says *hours*."""
    return write_week(hours)


def exceptions(table: Mapping[str, Any]) -> dict[date, Hours]:
    """Return the hours of single dates."""
    return {_date(day): read_hours(text, day) for day, text in _texts(table).items()}


def exceptions_table(hours: Mapping[date, Hours]) -> dict[str, str]:
    """Return the table that says *hours*, by date."""
    return {day.isoformat(): write_hours(hours[day]) for day in sorted(hours)}


def holidays(entries: Sequence[Any]) -> tuple[Holiday, ...]:
    """Return holidays that are texts, such as ``2026-12-25 Christmas``, or tables."""
    return tuple(holiday(entry) for entry in entries)


def holiday(entry: Any) -> Holiday:
    """Return the holiday that a text or a table says.

    Raises:
        UsageError: It says none.
    """
    if isinstance(entry, dict):
        return _holiday_of(entry)
    if found := _DATES.fullmatch(entry.strip()):
        first, last = _date(found[1]), _date(found[2] or found[1])
        return Holiday(first, found[3] or "", days=(last - first).days + 1)
    if found := _RULE.fullmatch(entry.strip()):
        return Holiday(None, found[2] or "", found[1])
    raise UsageError(f"{entry[:60]!r} is no holiday", hint=_HOLIDAY)


def holiday_entry(one: Holiday) -> Any:
    """Return the text, or if that cannot say it the table, of a holiday."""
    is_plain = bool(one.rule) is (one.on is None) and (one.days == 1 or not one.rule)
    if is_plain and not one.skip:
        if one.rule:
            return f"{one.rule} {one.name}".rstrip()
        last = date.fromordinal(one.on.toordinal() + one.days - 1) if one.on else None
        dates = f"{one.on}" if one.days == 1 else f"{one.on}..{last}"
        return f"{dates} {one.name}".rstrip()
    table: dict[str, Any] = {
        "on": one.on and one.on.isoformat(),
        "name": one.name,
        "rule": one.rule,
    }
    table |= {"days": one.days if one.days > 1 else 0, "skip": [d.isoformat() for d in one.skip]}
    return {name: value for name, value in table.items() if value}


def holiday_entries(found: Sequence[Holiday]) -> list[Any]:
    """Return *found* as a document lists them."""
    return [holiday_entry(one) for one in found]


def goal(table: Mapping[str, Any]) -> Goal:
    """Return the promise of a table: targets by priority, and what else holds for the clock."""
    options = {name: value for name, value in table.items() if name in _OPTIONS}
    for name, value in options.items():
        kinds, told = _OPTIONS[name]
        if type(value) not in kinds:
            raise UsageError(f"{name} must be {told}")
    targets = _texts({name: value for name, value in table.items() if name not in _OPTIONS})
    pause = options.get("pause")
    return Goal(
        targets,
        options.get("base", BUSINESS),
        None if pause is None else tuple(map(str, pause)),
        options.get("mode", RESUME),
        float(options.get("penalty", 0)),
        float(options.get("hourly_penalty", 0)),
    )


def goal_table(one: Goal | None) -> dict[str, Any] | None:
    """Return the table that says a promise, without what it is by default."""
    if one is None:
        return None
    table: dict[str, Any] = dict(one.targets)
    for name in _OPTIONS:
        value = getattr(one, name)
        if value != getattr(_GOAL, name):
            table[name] = list(value) if isinstance(value, tuple) else value
    return table


def ladder(entries: Sequence[Any]) -> tuple[Step, ...]:
    """Return the steps of an escalation ladder."""
    return tuple(_step(_members(entry, ("at", "do"), ("clocks",))) for entry in entries)


def ladder_entries(steps: Sequence[Step]) -> list[Any]:
    """Return *steps* as a document lists them."""
    entries = []
    for step in steps:
        entry: dict[str, Any] = {"at": step.at, "do": list(step.actions)}
        entries.append({**entry, "clocks": list(step.clocks)} if step.clocks else entry)
    return entries


def rules(entries: Sequence[Any]) -> tuple[LevelRule, ...]:
    """Return the rules that choose a level."""
    told = [_members(entry, ("when", "level"), ()) for entry in entries]
    return tuple(LevelRule(str(entry["when"]), str(entry["level"])) for entry in told)


def rule_entries(found: Sequence[LevelRule]) -> list[Any]:
    """Return *found* as a document lists them."""
    return [{"when": rule.when, "level": rule.level} for rule in found]


def level_name(text: str) -> str | None:
    """Return the name of the level by default, None for ``none``."""
    return None if text.casefold() == "none" else text.casefold()


def _step(entry: Mapping[str, Any]) -> Step:
    lists = {name: entry.get(name, []) for name in ("do", "clocks")}
    for name, values in lists.items():
        if not isinstance(values, list) or not all(type(value) is str for value in values):
            raise UsageError(f"{name} must be a list of texts")
    return Step(str(entry["at"]), tuple(lists["do"]), tuple(lists["clocks"]))


def _holiday_of(entry: Mapping[str, Any]) -> Holiday:
    table = _members(entry, (), ("on", "name", "rule", "days", "skip"))
    days, skip = table.get("days", 1), table.get("skip", [])
    if type(days) is not int or not isinstance(skip, list):
        raise UsageError("days must be a whole number, skip a list of dates", hint=_HOLIDAY)
    return Holiday(
        _date(table["on"]) if "on" in table else None,
        str(table.get("name", "")),
        str(table.get("rule", "")),
        days,
        tuple(map(_date, skip)),
    )


def _members(
    entry: Mapping[str, Any], needed: Sequence[str], others: Sequence[str]
) -> Mapping[str, Any]:
    """Return the table *entry*, which has what is *needed* and at most *others* besides."""
    known = (*needed, *others)
    for name in needed:
        if name not in entry:
            raise UsageError(f"{name} is missing")
    for name in entry:
        if name not in known:
            guess = nearest(name, known)
            hint = f"Did you mean {guess!r}?" if guess else f"There are {', '.join(known)}."
            raise UsageError(f"there is no {name[:60]!r} in it", hint=hint)
    return entry


def _texts(table: Mapping[str, Any]) -> dict[str, str]:
    for name, value in table.items():
        if type(value) is not str:
            raise UsageError(f"{name} must be a text in quotes")
    return dict(table)


def _date(text: Any) -> date:
    try:
        return date.fromisoformat(str(text))
    except ValueError:
        hint = "Dates are written like 2026-12-25."
        raise UsageError(f"{str(text)[:60]!r} is no date", hint=hint) from None
