"""Being away: dates taken out of the business hours, and put back.

Clocks that run keep the hours under which they started, so what was promised before still
counts. What is asked from now on, on old tickets as well, counts by the new ones.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from tix.domain.away import Away, absences, come_back, leave, own_hours
from tix.domain.course import Applied
from tix.domain.query import EVERYTHING_UNSETTLED
from tix.domain.verbs.levels import apply_level
from tix.domain.zone import day_start
from tix.errors import BadDate, NotFound, Refused
from tix.ops.change import Altered, Change, Notice, alter
from tix.ops.reactions import record
from tix.ops.setup.sheets import numbered
from tix.ops.setup.tables import CALENDARS
from tix.ops.transactions import acting, reading
from tix.record import replace

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import date

    from tix.desk import Desk
    from tix.domain.setup import BusinessHours
    from tix.domain.ticket import Ticket
    from tix.store.base import Transaction

_DAY = timedelta(days=1)


@reading
def away(desk: Desk, tx: Transaction, *, everything: bool = False) -> list[Away]:
    """Return the absences that are not over, in order; with *everything* the others too."""
    today = _today(desk, tx)
    return [one for one in absences(tx.setup.calendars) if everything or one.last >= today]


def add(desk: Desk, text: str, calendars: Sequence[str] = ()) -> Change:
    """Close the dates that *text* covers, in these calendars or in all.

    Raises:
        BadDate: It covers no whole days, or some that are past.
        NotFound: There is no such calendar.
        Refused: One of the dates is closed already.
    """
    notices: list[Notice] = []

    def work(tx: Transaction) -> Iterator[Altered]:
        first, last = _dates(desk, tx, text)
        if first < _today(desk, tx):
            raise BadDate(f"{first} is past; one can only be away from today on")
        chosen = _chosen(tx, calendars)
        notices.extend(_giving_way(chosen, first, last))
        notices.extend(_kept_clocks(desk, tx, first, last))
        yield from _put(desk, tx, {hours.name: leave(hours, first, last) for hours in chosen})

    return _told(alter(desk, "away", work), notices)


def cancel(desk: Desk, text: str = "") -> Change:
    """Open the dates that *text* covers again; without a text those of the only absence.

    Dates that have passed stay closed.

    Raises:
        BadDate: It covers no whole days.
        NotFound: None of the dates is closed.
        Refused: There are several absences.
    """

    def work(tx: Transaction) -> Iterator[Altered]:
        known = [one for one in absences(tx.setup.calendars) if one.last >= _today(desk, tx)]
        first, last = _dates(desk, tx, text) if text else _only(known)
        first = max(first, _today(desk, tx))
        met = [one for one in known if one.first <= last and first <= one.last]
        if not met:
            raise NotFound(f"nobody is away on {text[:60] or 'these dates'}", hint="tix away list")
        names = {name for one in met for name in one.calendars}
        yield from _put(
            desk, tx, {h.name: come_back(h, first, last) for h in _chosen(tx, sorted(names))}
        )

    return alter(desk, "away cancel", work)


def _only(known: Sequence[Away]) -> tuple[date, date]:
    if not known:
        raise NotFound("nobody is away", hint="tix away list --all")
    if len(known) > 1:
        raise Refused(
            f"there are {len(known)}: {', '.join(one.name for one in known)}",
            hint=f"tix away cancel {known[0].name}",
        )
    return known[0].first, known[0].last


def _dates(desk: Desk, tx: Transaction, text: str) -> tuple[date, date]:
    """Return the first and the last date that *text* covers, in the zone of the user.

    Raises:
        BadDate: It has no beginning or end, or does not cover whole days.
    """
    dates = desk.dates(tx.setup)
    since, until = dates.range(text)
    hint = "Such as 2026-08-03..2026-08-10, or fri."
    if since is None or until is None:
        raise BadDate(f"{text[:60]!r} has no {'end' if since else 'beginning'}", hint=hint)
    first = since.astimezone(dates.zone).date()
    last = (until - timedelta(seconds=1)).astimezone(dates.zone).date()
    bounds = day_start(first, dates.zone), day_start(last + _DAY, dates.zone)
    if bounds != (since, until):
        raise BadDate(f"{text[:60]!r} are no whole days", hint=hint)
    return first, last


def _today(desk: Desk, tx: Transaction) -> date:
    dates = desk.dates(tx.setup)
    return dates.now.astimezone(dates.zone).date()


def _chosen(tx: Transaction, names: Sequence[str]) -> list[BusinessHours]:
    known = {hours.name: hours for hours in tx.setup.calendars}
    wanted = [name.strip().casefold() for name in names] or [*known]
    for name in wanted:
        if name not in known:
            raise NotFound(
                f"no calendar {name[:60]!r}", hint=f"There are {', '.join(known)}.", ids=(name,)
            )
    return [known[name] for name in dict.fromkeys(wanted)]


def _put(desk: Desk, tx: Transaction, changed: Mapping[str, BusinessHours]) -> Iterator[Altered]:
    """Make *changed* the next versions of calendars, and yield each absence that differs.

    What is asked on old tickets from now on counts by them as well.
    """
    former = {hours.name: hours for hours in tx.setup.calendars}
    new = numbered(tx, CALENDARS, former, {**former, **changed})
    setup = replace(tx.setup, version=tx.setup.version + 1, calendars=tuple(new.values()))
    yield from _differences(absences(former.values()), absences(new.values()))
    tx.put_setup(setup)
    act = acting(desk, tx)
    for ticket in _promised(tx):
        name = _calendar_name(tx, ticket)
        if ticket.sla and name in changed:
            sla = Applied(ticket.sla.level, ticket.sla.version, new[name].version)
            record(tx, ticket, apply_level(ticket, sla, act))


def _differences(before: Sequence[Away], after: Sequence[Away]) -> Iterator[Altered]:
    was, is_ = ({one.name: one for one in side} for side in (before, after))
    for name in sorted({*was, *is_}):
        if was.get(name) != is_.get(name):
            yield Altered("away", name, was.get(name), is_.get(name))


def _promised(tx: Transaction) -> list[Ticket]:
    found = (row.ticket for row in tx.find(EVERYTHING_UNSETTLED))
    return [ticket for ticket in found if ticket.sla and ticket.trashed_at is None]


def _calendar_name(tx: Transaction, ticket: Ticket) -> str:
    promise = tx.promises(ticket.sla) if ticket.sla else None
    return promise[1].name if promise else ""


def _kept_clocks(desk: Desk, tx: Transaction, first: date, last: date) -> Iterator[Notice]:
    """Yield a notice if clocks that run are due on these dates."""
    since, until = day_start(first, desk.zone), day_start(last + _DAY, desk.zone)
    clocks = [clock for ticket in _promised(tx) for clock in tx.clocks(ticket, tx.now)]
    due = [c for c in clocks if c.is_open and c.due_at and since <= c.due_at < until]
    if due:
        several = len(due) > 1
        yield Notice(
            "promised_before",
            f"{len(due)} clock{'s that run are' if several else ' that runs is'} due on these "
            f"dates: what was promised before still counts (tix sla forecast --until {last})",
        )


def _giving_way(chosen: Iterable[BusinessHours], first: date, last: date) -> Iterator[Notice]:
    for hours in chosen:
        for day in own_hours(hours, first, last):
            yield Notice(
                "hours_replaced",
                f"calendar {hours.name!r} had hours of its own on {day}; "
                "tix undo brings them back, tix away cancel does not",
            )


def _told(change: Change, notices: Sequence[Notice]) -> Change:
    return change._replace(notices=(*change.notices, *notices))
