"""What the SLA checker prints: a line for each late ticket, or what a monitor reads.

Every format is a function of a check, made whole before anything is written.
"""

from __future__ import annotations

from datetime import tzinfo
from typing import TYPE_CHECKING

from tix.codec import encode_time
from tix.domain.alert import Check, Item, Order
from tix.domain.sla.clock import State
from tix.domain.span import short_span
from tix.record import Record, members
from tix.text import escape_tsv, one_line

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import timedelta

    from tix.domain.ticket import Ticket

_WORDS = {State.BREACHED: "BREACHED", State.AT_RISK: "AT-RISK"}
_LEVELS = {State.BREACHED: ("critical", 2), State.AT_RISK: ("warning", 1)}
_COLUMNS = (
    "state",
    "id",
    "priority",
    "clock",
    "due_at",
    "remaining_s",
    "over_s",
    "assignee",
    "customer",
    "new",
    "subject",
)


class Report(Record):
    """A check with all that its looks depend on: *shown* are the items that are asked for."""

    check: Check
    shown: tuple[Item, ...]
    zone: tzinfo
    tool: str

    @property
    def level(self) -> str:
        """``ok``, ``warning`` or ``critical``."""
        return _LEVELS.get(self.check.state, ("ok", 0))[0]

    @property
    def exit(self) -> int:
        """The exit code that tells it: 0, 1 or 2."""
        return _LEVELS.get(self.check.state, ("ok", 0))[1]


def render(report: Report, fmt: str) -> str:
    """Return *report* in one of ``FORMATS``."""
    return FORMATS[fmt](report)


def line(item: Item, zone: tzinfo) -> str:
    """Return an item as one line that grep can use: the state comes first, the subject last."""
    ticket, contact, clock = item.ticket, item.contact, item.clock
    due = ""
    if clock.due_at is not None:
        due = f" (due {clock.due_at.astimezone(zone).isoformat(timespec='minutes')})"
    again = " (may have been told)" if item.is_repeated else ""
    who = f"{ticket.assignee or '-'} {contact.display if contact else '-'}"
    words = f"{_WORDS.get(clock.state, 'RUNNING')} {ticket.id} {ticket.priority} {clock.kind}"
    return one_line(f"{words} {_distance(item)}{due}{again} {who}: {ticket.subject}")


def order_line(order: Order, zone: tzinfo) -> str:
    """Return what is told to somebody of a ticket that was escalated."""
    message = f" - {order.owed.text}" if order.owed.text else ""
    return one_line(f"ESCALATED {line(order.item, zone)}{message}")


def item_record(item: Item) -> dict[str, object]:
    """Return an item as a member of ``items``; with its schema it is ``tix.sla_item/1``."""
    ticket, contact, clock = item.ticket, item.contact, item.clock
    return {
        "id": ticket.id,
        "state": clock.state.value,
        "clock": clock.kind.value,
        "clocks": [late.kind.value for late in item.late],
        "level": clock.level,
        "priority": ticket.priority,
        "status": ticket.status.value,
        "due_at": encode_time(clock.due_at) if clock.due_at else None,
        "remaining_s": _seconds(clock.remaining),
        "over_s": _seconds(clock.late),
        "assignee": ticket.assignee,
        "department": ticket.department,
        "customer": contact.display if contact else None,
        "subject": ticket.subject,
        "new": item.is_new,
        "acknowledged": item.is_acked,
        "repeated": item.is_repeated,
    }


def alert_record(item: Item, message: str = "") -> dict[str, object]:
    """Return an item as it is sent, with what a step of a ladder says: ``tix.sla_item/1``."""
    return {"schema": "tix.sla_item/1", **item_record(item), "message": message or None}


def _text(report: Report) -> str:
    return _lines([*_upkeep(report), *(line(item, report.zone) for item in report.shown)])


def _nagios(report: Report) -> str:
    counts = report.check.counts
    told = (
        f"TIX SLA {report.level.upper()} - {counts.breached} breached, {counts.at_risk} at risk, "
        f"{counts.open} open"
    )
    figures = (
        f"breached={counts.breached};;0;0 at_risk={counts.at_risk};0;;0 open={counts.open};;;0 "
        f"oldest_over={_seconds(report.check.over)}s;;0;0"
    )
    # What stands behind a bar is taken for figures.
    more = (one.replace("|", "/") for one in _text(report).splitlines())
    return _lines([f"{told} | {figures}", *more])


def _json(report: Report) -> str:
    from tix.output.as_json import encode

    check = report.check
    document = {
        "schema": "tix.sla_check/1",
        "tool": report.tool,
        "as_of": encode_time(check.as_of),
        "tz": str(report.zone),
        "state": report.level,
        "exit": report.exit,
        "counts": {name: getattr(check.counts, name) for name in members(type(check.counts))},
        "oldest_over_s": _seconds(check.over),
        "escalated": [order.item.ticket.id for order in check.orders],
        "woken": [ticket.id for ticket in check.woken],
        "closed": [ticket.id for ticket in check.closed],
        "items": [item_record(item) for item in report.shown],
    }
    return encode(document) + "\n"


def _jsonl(report: Report) -> str:
    from tix.output.as_json import encode

    return _lines([encode(alert_record(item)) for item in report.shown])


def _tsv(report: Report) -> str:
    rows = ["\t".join(_COLUMNS)]
    for item in report.shown:
        record = item_record(item)
        rows.append("\t".join(_cell(record[name]) for name in _COLUMNS))
    return _lines(rows)


def _ids(report: Report) -> str:
    return _lines([str(item.ticket.id) for item in report.shown])


def _prometheus(report: Report) -> str:
    check = report.check
    counts = check.counts
    states = {"ok": counts.ok, "at_risk": counts.at_risk, "breached": counts.breached}
    gauges = (
        (
            "tix_sla_tickets",
            "Open tickets, by how their worst clock stands.",
            [(f'{{state="{state}"}}', count) for state, count in states.items()],
        ),
        ("tix_sla_paused", "Open tickets whose clocks are paused.", [("", counts.paused)]),
        (
            "tix_sla_oldest_over_seconds",
            "How long the oldest broken promise is over.",
            [("", _seconds(check.over))],
        ),
        (
            "tix_sla_last_check_timestamp_seconds",
            "When the promises were last checked.",
            [("", int(check.as_of.timestamp()))],
        ),
    )
    rows = []
    for name, meaning, samples in gauges:
        rows += [f"# HELP {name} {meaning}", f"# TYPE {name} gauge"]
        rows += [f"{name}{labels} {value}" for labels, value in samples]
    return _lines(rows)


FORMATS: dict[str, Callable[[Report], str]] = {
    "text": _text,
    "nagios": _nagios,
    "json": _json,
    "jsonl": _jsonl,
    "tsv": _tsv,
    "ids": _ids,
    "prometheus": _prometheus,
}


def _upkeep(report: Report) -> list[str]:
    """Return a line for each ticket that was escalated, and each whose time came."""

    def told(word: str, ticket: Ticket) -> str:
        who = ticket.assignee or "-"
        return one_line(f"{word} {ticket.id} {ticket.priority} {who}: {ticket.subject}")

    check = report.check
    orders = (order for order in check.orders if order.owed.verb == "notify")
    return [
        *(order_line(order, report.zone) for order in orders),
        *(told("WOKEN", ticket) for ticket in check.woken),
        *(told("CLOSED", ticket) for ticket in check.closed),
    ]


def _distance(item: Item) -> str:
    """Return how late, in real time, or how much is left, in the time of the promise."""
    clock = item.clock
    if clock.state is State.BREACHED:
        return f"{short_span(clock.late)} over"
    return f"{short_span(clock.remaining)} left"


def _seconds(span: timedelta) -> int:
    return int(span.total_seconds())


def _cell(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return "" if value is None else escape_tsv(str(value))


def _lines(rows: Sequence[str]) -> str:
    return "".join(f"{row}\n" for row in rows)
