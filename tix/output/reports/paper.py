"""A report with what its looks depend on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta, tzinfo
from typing import TYPE_CHECKING

from tix.errors import UnknownField, UsageError
from tix.record import NamedTuple, replace
from tix.reports.figures import Metric, Report, Row, Section

if TYPE_CHECKING:
    from datetime import datetime

HASH = 12
"""So many digits of the log's hash are enough for a person to compare."""


class Paper(NamedTuple):
    """A report, what its metrics mean, and the time zone of who reads it."""

    report: Report
    metrics: Mapping[str, Metric]
    zone: tzinfo

    def only(self, sections: Sequence[Section]) -> Paper:
        """Return the paper with just these sections."""
        return self._replace(report=replace(self.report, sections=tuple(sections)))


def with_section(paper: Paper, name: str) -> Paper:
    """Return *paper* with the section of that name alone.

    Raises:
        UsageError: There is none.
    """
    known = {section.name: section for section in paper.report.sections}
    if name not in known:
        from tix.domain.nearest import nearest

        guess = nearest(name, known)
        hint = f"Did you mean {guess!r}?" if guess else f"There are {', '.join(known)}."
        raise UsageError(f"the report {paper.report.name} has no section {name!r}", hint=hint)
    return paper.only([known[name]])


def with_metrics(paper: Paper, names: Sequence[str]) -> Paper:
    """Return *paper* with only the named metrics, in that order, where a section has them.

    Raises:
        UnknownField: No section has one of them.
    """
    sections = paper.report.sections
    _check(names, [metric for section in sections for metric in section.metrics], "metric")
    chosen = (
        section._replace(metrics=tuple(name for name in names if name in section.metrics))
        for section in sections
    )
    return paper.only([section for section in chosen if section.metrics])


def with_order(paper: Paper, keys: Sequence[str]) -> Paper:
    """Return *paper* with its rows in the order of *keys*: metrics, or what rows are told apart by.

    A minus begins with the greatest. What is blank comes last, and a section without any of
    them stays as it is.

    Raises:
        UnknownField: No section has one of them.
    """
    sections = paper.report.sections
    names = [key.removeprefix("-") for key in keys]
    _check(names, [name for one in sections for name in (*one.keys, *one.metrics)], "column")
    return paper.only([_ordered(section, keys) for section in sections])


def _ordered(section: Section, keys: Sequence[str]) -> Section:
    rows = [*section.rows]
    for key in reversed(keys):
        name, is_falling = key.removeprefix("-"), key.startswith("-")
        if name in (*section.keys, *section.metrics) and not section.tall:
            with_value = [row for row in rows if _value(row, section, name) is not None]
            blank = [row for row in rows if _value(row, section, name) is None]
            with_value.sort(key=lambda row: _rank(_value(row, section, name)), reverse=is_falling)
            rows = with_value + blank
    return section._replace(rows=tuple(rows))


def _rank(value: float | str | None) -> tuple[str, float]:
    return (value.casefold(), 0) if isinstance(value, str) else ("", value or 0)


def _value(row: Row, section: Section, name: str) -> float | str | None:
    if name in section.keys:
        return row.keys[section.keys.index(name)]
    return row.figures[name].value if name in row.figures else None


def with_limit(paper: Paper, limit: int) -> Paper:
    """Return *paper* with at most so many rows in a section; those that were cut off are told."""
    long = [one for one in paper.report.sections if len(one.rows) > limit and not one.tall]
    sections = tuple(
        section._replace(rows=section.rows[:limit]) if section in long else section
        for section in paper.report.sections
    )
    cut = (f"{one.title}: {limit} of {len(one.rows)} rows, -L 0 for all" for one in long)
    notes = (*paper.report.notes, *cut)
    return paper._replace(report=replace(paper.report, sections=sections, notes=notes))


def _check(names: Sequence[str], known: Sequence[str], what: str) -> None:
    for name in names:
        if name not in known:
            from tix.domain.nearest import nearest

            all_ = dict.fromkeys(known)
            guess = nearest(name, all_)
            hint = f"Did you mean {guess!r}?" if guess else f"There are {', '.join(all_)}."
            raise UnknownField(f"the report has no {what} {name!r}", hint=hint)


def range_text(paper: Paper) -> str:
    """Return the range for a person, by its first and last date if it is whole days."""
    since, until = (at.astimezone(paper.zone) for at in (paper.report.since, paper.report.until))
    last = until - timedelta(seconds=1)
    days = [f"{at:%Y-%m-%d}" for at in (since, last)]
    if any(_inside(at, paper.zone) for at in (since, until)):
        return f"{since:%Y-%m-%d %H:%M} to {until:%Y-%m-%d %H:%M}"
    return days[0] if days[0] == days[1] else " to ".join(days)


def _inside(at: datetime, zone: tzinfo) -> bool:
    """Return whether the local time *at* lies within its day."""
    from tix.domain.zone import day_start

    return day_start(at.date(), zone) != at


def footer(paper: Paper) -> list[str]:
    """Return what makes the figures the same again, and what is not in them, in lines."""
    report = paper.report
    as_of = f"{report.as_of.astimezone(paper.zone):%Y-%m-%d %H:%M}"
    tickets = f"{report.n} ticket{'s' * (report.n != 1)}"
    first = [f"{range_text(paper)}, {report.zone}", f"as of {as_of}", tickets]
    if report.query:
        first.append(f"of {report.query}")
    gone = ", ".join(f"{reason} {count}" for reason, count in report.excluded.items())
    if gone:
        first.append(f"excluded: {gone}")
    second = [f"promises: {', '.join(report.versions)}"] if report.versions else []
    second.append(f"log {report.log[:HASH]}" if report.log else "no log")
    return [" · ".join(first), " · ".join(second), *report.notes]
