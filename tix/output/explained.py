"""Clocks and their ways: why they are due, what would be, and how many were kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tix.codec import encode_time
from tix.domain.sla.explain import Explained, Segment
from tix.domain.span import short_span
from tix.domain.when import local_text
from tix.output.tickets.clocks import left_s, sla_word
from tix.record import NamedTuple
from tix.table import Column, Table

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import timedelta, tzinfo

    from tix.domain.sla.clock import Clock
    from tix.domain.sla.compliance import Report, Row
    from tix.domain.ticket import Ticket


class Step(NamedTuple):
    """A stretch of time on the way of the clock with the number *place*."""

    place: int
    explained: Explained
    segment: Segment


def explanation(ticket: Ticket, found: Sequence[Explained], zone: tzinfo) -> Table[Step]:
    """Return each stretch of time between the start of each clock and its due instant."""
    rows = [Step(n, one, segment) for n, one in enumerate(found, 1) for segment in one.segments]
    return Table(
        name="sla_explanation",
        columns=[
            Column("clock", lambda row: row.explained.clock.kind.value),
            Column("start", lambda row: row.segment.start, human=_local("start", zone)),
            Column("end", lambda row: row.segment.end, human=_local("end", zone)),
            Column("counting", lambda row: row.segment.counting.value, style=_colour),
            Column(
                "length_s",
                lambda row: _seconds(row.segment.length),
                human=lambda row: short_span(row.segment.length),
                title="LENGTH",
                align="right",
            ),
            Column("reason", lambda row: row.segment.reason or None, flexible=True),
        ],
        rows=rows,
        record=_step_record,
        ident=lambda row: f"{row.place}",
        items="segments",
        envelope={"ticket_id": ticket.id, "clocks": [_clock_record(one) for one in found]},
        empty=f"nothing was promised for ticket {ticket.id}",
        group=lambda row: _heading(row.explained, zone),
    )


def clock_table(ticket: Ticket, clocks: Sequence[Clock], zone: tzinfo) -> Table[Clock]:
    """Return the clocks that would run for a ticket."""
    level = ticket.sla.level if ticket.sla else None
    return Table(
        name="sla_simulation",
        columns=[
            Column("clock", lambda clock: clock.kind.value),
            Column("level", lambda clock: clock.level),
            Column("priority", lambda clock: clock.priority),
            Column(
                "target_s",
                lambda clock: _seconds(clock.target),
                human=lambda clock: short_span(clock.target),
                title="TARGET",
                align="right",
            ),
            Column(
                "due_at",
                lambda clock: clock.due_at,
                human=lambda clock: local_text(clock.due_at, zone) if clock.due_at else "paused",
            ),
        ],
        rows=clocks,
        record=lambda clock: {"schema": "tix.clock/1", **_facts(clock)},
        ident=lambda clock: clock.kind.value,
        items="clocks",
        envelope={"level": level, "priority": ticket.priority},
        empty=f"nothing would be promised: {'no level' if level is None else f'level {level}'}",
    )


def report_table(report: Report) -> Table[Row]:
    """Return how far promises were kept."""
    return Table(
        name="sla_report",
        columns=[
            Column("clock", lambda row: row.clock),
            Column("n", lambda row: row.share.n, align="right"),
            Column("met", lambda row: row.share.met, align="right"),
            Column("breached", lambda row: row.share.breached, align="right"),
            Column(
                "rate",
                lambda row: _rounded(row.share.rate),
                human=lambda row: _percent(row.share.rate),
                align="right",
            ),
            Column(
                "interval",
                lambda row: tuple(str(_rounded(end)) for end in row.share.interval or ()),
                human=lambda row: "-".join(map(_percent, row.share.interval or ())),
                title="95%",
                align="right",
            ),
            Column(
                "open_breaches", lambda row: row.whole.open_breaches, title="OPEN", align="right"
            ),
            Column("running", lambda row: row.whole.running, align="right"),
            *(_late(name, title) for name, title in _LATE),
            Column("penalty", lambda row: row.whole.penalty, align="right"),
        ],
        rows=report.rows,
        record=_row_record,
        ident=lambda row: row.clock,
        items="rows",
        envelope={
            "as_of": encode_time(report.now),
            "from": encode_time(report.since) if report.since else None,
            "to": encode_time(report.until) if report.until else None,
            "by": report.by,
            "excluded": dict(report.rows[-2].whole.excluded),
        },
        footer=_excluded(report),
    )


_LATE = (("median_late_s", "MEDIAN LATE"), ("longest_late_s", "LONGEST"))


def _late(name: str, title: str) -> Column[Row]:
    def length(row: Row) -> timedelta:
        late = row.whole.late
        return late.median if name.startswith("median") else late.longest

    return Column(
        name,
        lambda row: _seconds(length(row)),
        human=lambda row: short_span(length(row)) if row.whole.by_clock.breached else "",
        title=title,
        align="right",
    )


def _row_record(row: Row) -> dict[str, object]:
    whole = row.whole
    return {
        "schema": "tix.sla_compliance/1",
        "clock": row.clock,
        "n": row.share.n,
        "met": row.share.met,
        "breached": row.share.breached,
        "rate": _rounded(row.share.rate),
        "interval": [_rounded(end) for end in row.share.interval] if row.share.interval else None,
        "open_breaches": whole.open_breaches,
        "running": whole.running,
        "median_late_s": _seconds(whole.late.median),
        "longest_late_s": _seconds(whole.late.longest),
        "median_late_business_s": _seconds(whole.late_business.median),
        "longest_late_business_s": _seconds(whole.late_business.longest),
        "penalty": whole.penalty,
    }


def _excluded(report: Report) -> str:
    gone = report.rows[-2].whole.excluded
    told = ", ".join(f"{ending} {count}" for ending, count in gone.items())
    return f"excluded: {told}" if told else ""


def _step_record(row: Step) -> dict[str, object]:
    return {
        "schema": "tix.sla_segment/1",
        "clock": row.explained.clock.kind.value,
        "start": encode_time(row.segment.start),
        "end": encode_time(row.segment.end),
        "counting": row.segment.counting.value,
        "length_s": _seconds(row.segment.length),
        "reason": row.segment.reason or None,
    }


def _clock_record(one: Explained) -> dict[str, object]:
    calendar = {"calendar": one.calendar.name, "calendar_version": one.calendar.version}
    return {**_facts(one.clock), **calendar}


def _facts(clock: Clock) -> dict[str, object]:
    return {
        "clock": clock.kind.value,
        "state": clock.state.value,
        "level": clock.level,
        "version": clock.version,
        "priority": clock.priority,
        "base": clock.base,
        "target_s": _seconds(clock.target),
        "started_at": encode_time(clock.started_at),
        "stopped_at": encode_time(clock.stopped_at) if clock.stopped_at else None,
        "due_at": encode_time(clock.due_at) if clock.due_at else None,
        "remaining_s": left_s(clock),
        "ending": clock.ending or None,
        "late_s": _seconds(clock.late),
    }


def _heading(one: Explained, zone: tzinfo) -> str:
    clock = one.clock
    due = f"due {local_text(clock.due_at, zone)}" if clock.due_at else "paused"
    state = clock.state.value.replace("_", " ")
    left = f" ({sla_word(clock)})" if clock.is_open and clock.due_at else ""
    return (
        f"{clock.kind.value}: {short_span(clock.target)} of {clock.base} time, {clock.level} "
        f"{clock.version} for {clock.priority}, calendar {one.calendar.name} "
        f"{one.calendar.version}: {due}, {state}{left}"
    )


def _local(name: str, zone: tzinfo) -> Callable[[Step], str]:
    return lambda row: local_text(getattr(row.segment, name), zone)


def _colour(row: Step) -> str | None:
    return {"paused": "dim", "closed": "dim"}.get(row.segment.counting.value)


def _seconds(span: timedelta) -> int:
    return int(span.total_seconds())


def _rounded(rate: float | None) -> float | None:
    return None if rate is None else round(rate, 4)


def _percent(rate: float | None) -> str:
    return "" if rate is None else f"{100 * rate:.1f}%"
