"""A backtest on a page: what both sets of promises came to, what flips, and the worst cases."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tix.codec import encode_time
from tix.domain.sla.compliance import Share
from tix.domain.span import short_span
from tix.domain.when import local_text
from tix.table import Block, Card

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime, tzinfo

    from tix.domain.sla.backtest import Late, Outcome, Sums, Tested
    from tix.domain.sla.clock import Clock
    from tix.domain.sla.solve import Tightest
    from tix.table import Cell

_NAMED = 10
_GAP = "  "


def card(tested: Tested, name: str, percent: float | None, zone: tzinfo) -> Card:
    """Return what came of a backtest of the file *name*."""
    outcome = tested.outcome
    return Card(
        name="sla_backtest",
        title=f"Backtest of {name}",
        pairs=[*_pairs(tested, zone)],
        fields=_fields(outcome),
        record=_record(tested, name, percent),
        ident=name,
        blocks=[block for block in _blocks(tested, percent, zone) if block.text],
    )


def _pairs(tested: Tested, zone: tzinfo) -> Iterator[tuple[str, str]]:
    outcome = tested.outcome
    since, until = (local_text(at, zone) if at else "" for at in (tested.since, tested.until))
    yield "Tickets", f"{outcome.tickets}" + (f", {since}..{until}" if since or until else "")
    yield (
        "Kept",
        f"{_share(outcome.before.by_ticket)} before, {_share(outcome.after.by_ticket)} after",
    )
    yield "Would break", _ids(outcome.lost)
    yield "Would be kept", _ids(outcome.won)
    yield "In no figure", f"{_left_out(outcome.before)} before, {_left_out(outcome.after)} after"


def _blocks(tested: Tested, percent: float | None, zone: tzinfo) -> Iterator[Block]:
    outcome = tested.outcome
    yield Block("By clock and level", _columns("CLOCK LEVEL BEFORE AFTER", _by_clock(outcome)))
    worst = [_worst(late, zone) for late in outcome.worst]
    yield Block("The worst after", _columns("ID CLOCK LEVEL PRIO DUE LATE", worst))
    if percent is not None:
        found = [_tightest(one) for one in tested.tightest]
        heading = f"The tightest targets that {percent:g} % would have met"
        yield Block(heading, _columns("CLOCK LEVEL PRIO TARGET EXACTLY MET", found))


def _by_clock(outcome: Outcome) -> list[tuple[str, ...]]:
    before, after = outcome.before.by_clock, outcome.after.by_clock
    return [
        (*key, *(_share(side[key]) if key in side else "-" for side in (before, after)))
        for key in sorted({*before, *after})
    ]


def _worst(late: Late, zone: tzinfo) -> tuple[str, ...]:
    clock = late.clock
    over = short_span(clock.late) + (" and open" if clock.is_open else "")
    due = local_text(clock.due_at, zone) if clock.due_at else ""
    return str(late.ticket_id), clock.kind, clock.level, clock.priority, due, over


def _tightest(one: Tightest) -> tuple[str, ...]:
    hours, rest = divmod(one.seconds, 3600)
    exactly = f"{hours}:{rest // 60:02}:{rest % 60:02}"
    base = "" if one.group.base == "business" else f" {one.group.base}"
    return *one.group[:3], f"{one.target}{base}", exactly, f"{one.met} of {one.n}"


def _columns(titles: str, rows: Sequence[tuple[str, ...]]) -> str:
    """Return *rows* under their titles, in columns; nothing if there are none."""
    if not rows:
        return ""
    sheet = [tuple(titles.split()), *rows]
    widths = [max(map(len, cells)) for cells in zip(*sheet, strict=True)]
    lines = (
        _GAP.join(cell.ljust(width) for cell, width in zip(line, widths, strict=True))
        for line in sheet
    )
    return "\n".join(line.rstrip() for line in lines)


def _share(share: Share) -> str:
    """Return ``93.5 % of 1204``."""
    return "-" if share.rate is None else f"{100 * share.rate:.1f} % of {share.n}"


def _left_out(sums: Sums) -> str:
    told = [f"{sums.running} running"] if sums.running else []
    told += [f"{count} {ending}" for ending, count in sums.excluded.items()]
    return ", ".join(told) or "none"


def _ids(numbers: Sequence[int]) -> str:
    if not numbers:
        return "0"
    more = " ..." if len(numbers) > _NAMED else ""
    return f"{len(numbers)}: {' '.join(map(str, numbers[:_NAMED]))}{more}"


def _fields(outcome: Outcome) -> list[tuple[str, Cell]]:
    fields: list[tuple[str, Cell]] = [("tickets", outcome.tickets)]
    for name, sums in (("before", outcome.before), ("after", outcome.after)):
        share = sums.by_ticket
        fields += [(f"{name}_met", share.met), (f"{name}_breached", share.breached)]
        fields += [(f"{name}_rate", share.rate), (f"{name}_running", sums.running)]
    return [*fields, ("lost", len(outcome.lost)), ("won", len(outcome.won))]


def _record(tested: Tested, name: str, percent: float | None) -> dict[str, object]:
    outcome = tested.outcome
    before, after = outcome.before, outcome.after
    return {
        "schema": "tix.sla_backtest/1",
        "file": name,
        "as_of": encode_time(tested.now),
        "from": _time(tested.since),
        "to": _time(tested.until),
        "tickets": outcome.tickets,
        "by_ticket": {
            "before": _share_record(before.by_ticket),
            "after": _share_record(after.by_ticket),
        },
        "by_clock": [
            {
                "clock": key[0],
                "level": key[1],
                "before": _share_record(before.by_clock.get(key, Share())),
                "after": _share_record(after.by_clock.get(key, Share())),
            }
            for key in sorted({*before.by_clock, *after.by_clock})
        ],
        "running": {"before": before.running, "after": after.running},
        "excluded": {"before": dict(before.excluded), "after": dict(after.excluded)},
        "lost": list(outcome.lost),
        "won": list(outcome.won),
        "worst": [_late_record(late.ticket_id, late.clock) for late in outcome.worst],
        "percent": percent,
        "tightest": [_tightest_record(one) for one in tested.tightest],
    }


def _share_record(share: Share) -> dict[str, object]:
    interval = [*share.interval] if share.interval else None
    return {
        "met": share.met,
        "breached": share.breached,
        "rate": share.rate,
        "interval": interval,
    }


def _late_record(ticket_id: int, clock: Clock) -> dict[str, object]:
    return {
        "ticket_id": ticket_id,
        "clock": clock.kind,
        "level": clock.level,
        "priority": clock.priority,
        "due_at": _time(clock.due_at),
        "stopped_at": _time(clock.stopped_at),
        "late_s": int(clock.late.total_seconds()),
        "late_business_s": int(clock.late_business.total_seconds()),
    }


def _tightest_record(one: Tightest) -> dict[str, object]:
    return {
        "clock": one.group.kind,
        "level": one.group.level,
        "priority": one.group.priority,
        "base": one.group.base,
        "exact_s": one.seconds,
        "target": one.target,
        "met": one.met,
        "n": one.n,
    }


def _time(at: datetime | None) -> str | None:
    return encode_time(at) if at else None
