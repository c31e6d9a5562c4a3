"""Reports: the facts of one state of the desk, and the figures they make."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from tix.config.places import cache_dir
from tix.ops.reports.asked import asked_kind, check_periods, range_of
from tix.ops.transactions import at_home
from tix.reports import REPORTS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from tix.desk import Desk
    from tix.domain.facts import Facts
    from tix.domain.people import Customer
    from tix.ops.reports.asked import Asked
    from tix.reports import ReportKind
    from tix.reports.figures import Report
    from tix.reports.scope import Scope
    from tix.reports.view import Desk as Known
    from tix.reports.view import View
    from tix.store.base import Transaction

Watch = Callable[[Iterable[Any], int], Iterable[Any]]

OVER = frozenset({"resolved", "closed", "merged", "spam", "trash"})
"""The statuses of tickets that a report needs no more once they lie behind its range."""

AS_TODAY = "people and set-up are today's"
UNFINISHED = "the range is not over yet"

_DAY = timedelta(days=1)
_WORD = r"[^\W\d_]{3,}"


def unwatched(items: Iterable[Any], total: int) -> Iterable[Any]:
    """Return *items*: nobody watches the progress."""
    return items


def show(desk: Desk, asked: Asked, watch: Watch = unwatched) -> Report:
    """Return the report that is asked for, of one state of the desk.

    Raises:
        UsageError: There is no such report, or the words are no query.
        BadDate: The range cannot be read, or is empty.
    """
    return desk.store.read(lambda tx: _report(desk, at_home(desk, tx), asked, watch))


def _report(desk: Desk, tx: Transaction, asked: Asked, watch: Watch) -> Report:
    from tix.reports.figures import Report
    from tix.reports.view import View

    if asked.name not in REPORTS:
        from tix.ops.reports.saving import expanded

        asked = expanded(tx, asked)
    kind = asked_kind(asked)
    scope = _scope(desk, tx, asked, kind)
    since = scope.before.since if kind.looks_back else scope.whole.since
    cache = cache_dir(desk.config.environ)
    reach = min(since, _needed(scope, kind))
    facts = tx.facts(datetime.fromtimestamp(reach, UTC), asked.as_of, cache, watch)
    view = View(facts, scope, _known(desk, tx, scope, kind))
    places = _resting(view, since)
    reasons = (view.left_out.get(number) for number in _column(facts, "ticket", places))
    excluded = Counter(reason for reason in reasons if reason)
    return Report(
        name=asked.name,
        title=kind.title,
        since=scope.since,
        until=scope.until,
        as_of=scope.as_of,
        zone=str(scope.zone),
        sections=kind.sections(view),
        n=len(places) - excluded.total(),
        by=scope.by,
        group=scope.group,
        query=scope.query,
        excluded=dict(sorted(excluded.items())),
        versions=_versions(desk, tx, view, since),
        log=_hash(facts, places),
        notes=tuple(_notes(asked, scope)),
    )


def _notes(asked: Asked, scope: Scope) -> Iterator[str]:
    if scope.as_of < scope.until - _DAY:
        yield UNFINISHED
    if asked.as_of:
        yield AS_TODAY


def _needed(scope: Scope, kind: ReportKind) -> int:
    """Return since when the report needs facts for what it tells of the last days."""
    from tix.reports.scope import DAY

    first_end = scope.periods[0].until if scope.periods else scope.whole.until
    return min(first_end, int(scope.as_of.timestamp())) - kind.days * DAY


def _scope(desk: Desk, tx: Transaction, asked: Asked, kind: ReportKind) -> Scope:
    from tix.reports.scope import Scope

    as_of = asked.as_of or tx.now
    dates = desk.dates(tx.setup)._replace(now=as_of)
    since, until = range_of(asked, dates)
    query, tickets = "", None
    if asked.words:
        from tix.domain.query import joined_line, parse
        from tix.ops.queries import context, found_at

        query = joined_line(asked.words)
        found = found_at(tx, parse(asked.words, context(desk, tx, asked.as_of)), asked.as_of)
        tickets = frozenset(row.ticket.id for row in found)
    scope = Scope(
        since,
        until,
        as_of,
        dates.zone,
        by=asked.by,
        group=asked.group or kind.group,
        query=query,
        tickets=tickets,
        survival=asked.survival,
    )
    check_periods(scope)
    return scope


def _known(desk: Desk, tx: Transaction, scope: Scope, kind: ReportKind) -> Known:
    """Return what the report needs of the desk beside the facts."""
    from tix.reports.view import Desk as Known

    needs_people = scope.group in ("customer", "plan")
    customers = {one.number: one for one in tx.customers.all()} if needs_people else {}
    heirs = {number: _heir(customers, number) for number in customers}
    return Known(
        desk.calendar(tx.setup),
        _names(heirs) if scope.group == "customer" else {},
        {number: one.plan or "" for number, one in heirs.items()},
        _terms(desk, tx, scope) if kind.reads_subjects else {},
    )


def _heir(customers: Mapping[int, Customer], number: int) -> Customer:
    """Return the customer with this number, of a merged one who they went on as."""
    found = customers[number]
    while (following := customers.get(found.merged_into or 0)) is not None:
        found = following
    return found


def _names(customers: Mapping[int, Customer]) -> dict[int, str]:
    """Return what customers are called; those who share a name have their number with it."""
    shown = {number: one.contact.display for number, one in customers.items()}
    who = {number: one.number for number, one in customers.items()}
    shared = Counter(name for name, _ in {(shown[number], who[number]) for number in shown})
    return {
        number: name if shared[name] == 1 else f"{name} ({customers[number].id})"
        for number, name in shown.items()
    }


def _terms(desk: Desk, tx: Transaction, scope: Scope) -> dict[int, tuple[str, ...]]:
    """Return the words of the subjects, each once, without secrets."""
    from re import findall

    from tix.domain.query import TicketQuery
    from tix.ops.masking import reader
    from tix.ops.queries import found_at

    at = None if scope.as_of == tx.now else scope.as_of
    found = found_at(reader(desk, tx), TicketQuery(()), at)
    return {
        row.ticket.id: tuple(dict.fromkeys(findall(_WORD, row.ticket.subject.casefold())))
        for row in found
    }


def _resting(view: View, since: int) -> list[int]:
    """Return the places of the tickets that a report rests on: what had begun and was not over.

    Which others the store has at hand depends on how it keeps them.
    """
    facts, asked = view.facts, view.scope.tickets
    until = view.scope.whole.until
    over = {facts.number(name) for name in OVER}
    rows = facts.rows("tickets", "ticket", "created_at", "last_at", "status")
    return [
        place
        for place, (ticket, created, last, status) in enumerate(rows)
        if created < until
        and (last >= since or status not in over)
        and (asked is None or ticket in asked)
    ]


def _column(facts: Facts, name: str, places: Sequence[int]) -> list[int]:
    column = facts.column("tickets", name)
    return [column[place] for place in places]


def _hash(facts: Facts, places: Sequence[int]) -> str:
    """Return a hash over the histories of tickets: their numbers and the hashes of their last."""
    from tix.digest import sha256

    columns = (_column(facts, name, places) for name in ("ticket", "log_high", "log_low"))
    return sha256(repr([*columns]).encode()).hexdigest()


def _versions(desk: Desk, tx: Transaction, view: View, since: int) -> tuple[str, ...]:
    """Return the levels by their versions under which clocks ran, and the calendar of the desk."""
    hours = tx.setup.hours
    names, until = view.facts.names, view.scope.whole.until
    clocks = view.facts.rows("clocks", "ticket", "level", "version", "started_at", "due_at")
    seen = view.seen
    ran = {
        (names[level], version)
        for ticket, level, version, started, due in clocks
        if started < until and due >= since and ticket in seen
    }
    levels = (f"{level} {version}" for level, version in sorted(ran))
    return (*levels, f"calendar {hours.name} {hours.version}")
