"""Levels of service and calendars: as rows of lists and as pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tix.codec import encode_value
from tix.domain.hours import write_hours, write_week
from tix.domain.sla.policy import BUSINESS, PAUSES, RESUME, Goal, Kind
from tix.table import Block, Card, Column, Table

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from tix.domain.sla.offer import Offer, Opening

DEFAULT = "default"


def table(rows: Sequence[Offer]) -> Table[Offer]:
    """Return levels as a table."""
    return Table(
        name="level_list",
        columns=[
            Column("name", lambda row: row.level.name, title="LEVEL"),
            Column("version", lambda row: row.level.version, title="V", align="right"),
            Column("calendar", lambda row: row.level.calendar),
            *(Column(kind.value, _targets(kind)) for kind in Kind),
            Column("for", lambda row: tuple(map(_rule, row.rules)), flexible=True),
        ],
        rows=rows,
        record=record,
        ident=lambda row: row.level.name,
        items="levels",
        empty="no level is set up",
    )


def card(offer: Offer) -> Card:
    """Return a level on a page of its own."""
    level = offer.level
    pairs = [("Version", str(level.version)), ("Calendar", level.calendar)]
    pairs += [(kind.value.capitalize(), _goal(level.goal(kind), kind)) for kind in Kind]
    pairs += [
        ("Warnings", ", ".join(level.warnings)),
        ("Sets the priority", level.priority or ""),
        ("For", ", ".join(map(_rule, offer.rules)) or "what gets it by hand"),
    ]
    steps = [f"at {step.at}{_of(step.clocks)}: {', '.join(step.actions)}" for step in level.ladder]
    return Card(
        name="level",
        title=level.name,
        pairs=[pair for pair in pairs if pair[1]],
        fields=[(column.name, column.value(offer)) for column in table(()).columns],
        record=record(offer),
        ident=level.name,
        blocks=[Block("Escalation", "\n".join(steps))] if steps else [],
    )


def record(offer: Offer) -> dict[str, object]:
    """Return the ``tix.level/1`` object of a level."""
    level = offer.level
    return {
        "schema": "tix.level/1",
        "name": level.name,
        "version": level.version,
        "calendar": level.calendar,
        **{kind.value: _goal_record(level.goal(kind), kind) for kind in Kind},
        "warnings": list(level.warnings),
        "ladder": [
            {"at": step.at, "do": list(step.actions), "clocks": list(step.clocks or Kind)}
            for step in level.ladder
        ],
        "priority": level.priority,
        "rules": [rule for rule in offer.rules if rule],
        "default": "" in offer.rules,
    }


def calendar_card(opening: Opening) -> Card:
    """Return a calendar with the holidays of a year."""
    calendar, week = opening.calendar, write_week(opening.calendar.week)
    holidays = [{"date": day.isoformat(), "name": name} for day, name in opening.holidays.items()]
    special = {day: hours for day, hours in calendar.exceptions.items() if day.year == opening.year}
    exceptions = {day.isoformat(): write_hours(special[day]) for day in sorted(special)}
    lines = [f"{one['date']}  {one['name']}".rstrip() for one in holidays]
    told = [f"{day}  {hours}" for day, hours in exceptions.items()]
    blocks = [Block(f"Holidays of {opening.year}", "\n".join(lines))] if lines else []
    blocks += [Block(f"Other hours in {opening.year}", "\n".join(told))] if told else []
    return Card(
        name="calendar",
        title=calendar.name,
        pairs=[
            ("Version", str(calendar.version)),
            ("Zone", calendar.zone),
            *((days, hours) for days, hours in week.items()),
        ],
        fields=[
            ("name", calendar.name),
            ("version", calendar.version),
            ("zone", calendar.zone),
            ("hours", tuple(f"{days} {hours}" for days, hours in week.items())),
            ("year", opening.year),
            ("holidays", tuple(lines)),
            ("exceptions", tuple(told)),
        ],
        record={
            "schema": "tix.calendar/1",
            "name": calendar.name,
            "version": calendar.version,
            "zone": calendar.zone,
            "hours": week,
            "year": opening.year,
            "holidays": holidays,
            "exceptions": exceptions,
        },
        ident=calendar.name,
        blocks=blocks,
    )


def _targets(kind: Kind) -> Callable[[Offer], str | None]:
    def targets(offer: Offer) -> str | None:
        goal = offer.level.goal(kind)
        return None if goal is None else ", ".join(f"{p} {t}" for p, t in goal.targets.items())

    return targets


def _goal(goal: Goal | None, kind: Kind) -> str:
    if goal is None:
        return ""
    told = ", ".join(f"{priority} {target}" for priority, target in goal.targets.items())
    if goal.base != BUSINESS:
        told += f"; {goal.base} time"
    if kind is Kind.RESOLUTION and goal.mode != RESUME:
        told += f"; {goal.mode}"
    if goal.pause is not None:
        told += f"; stands in {', '.join(goal.pause) or 'no state'}"
    return told


def _goal_record(goal: Goal | None, kind: Kind) -> object:
    if goal is None:
        return None
    pause = PAUSES[kind] if goal.pause is None else goal.pause
    return {
        "targets": encode_value(goal.targets),
        "base": goal.base,
        "pause": list(pause),
        "mode": goal.mode if kind is Kind.RESOLUTION else None,
        "penalty": goal.penalty,
        "hourly_penalty": goal.hourly_penalty,
    }


def _rule(rule: str) -> str:
    return rule or DEFAULT


def _of(clocks: Sequence[str]) -> str:
    return f" of {', '.join(clocks)}" if clocks else ""
