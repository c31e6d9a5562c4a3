"""What every part of one repair works with: sources, pages, numbers, and what is lost."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tix import __version__
from tix.codec import encode
from tix.domain.event import Event
from tix.domain.operation import Operation, RecordChange, ranges
from tix.domain.people import Customer
from tix.domain.ticket import Ticket
from tix.store import layout
from tix.store.doctor.bench import Bench, Sources
from tix.store.doctor.forms import DeskRecord
from tix.store.jsondesk import FORMAT
from tix.store.migrations import CURRENT
from tix.store.pages import DESK
from tix.store.roster import roster_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import datetime

    from tix.store.doctor.facts import Facts
    from tix.store.doctor.problems import Report
    from tix.store.doctor.salvage import Earlier
    from tix.store.doctor.view import View


class Workshop:
    """One repair while it goes on."""

    def __init__(self, view: View, facts: Facts, earlier: Earlier, by: str, at: datetime) -> None:
        self.view = view
        self.facts = facts
        self.at = at
        view.misnamed = [*places_of(view.report, "damaged_attachment"), *sorted(view.report.pages)]
        self.sources = Sources(view, earlier)
        self.bench = Bench(view)
        self.lost: list[str] = []
        self._by = by
        self._changes: list[RecordChange] = []
        self._desk = self._known_desk()
        self._generation = max(self._desk.generation, earlier.generation)
        self._counters = self._known_counters()
        self.operation = self.next_number("operation")

    @property
    def broken(self) -> frozenset[str]:
        """The pages that are made anew."""
        return self.sources.broken

    def next_number(self, counter: str) -> int:
        """Return the next number of *counter*."""
        self._counters[counter] = self._counters.get(counter, 0) + 1
        return self._counters[counter]

    def last_number(self, counter: str) -> int:
        """Return the last number of *counter* that was given, as far as is known."""
        return self._counters.get(counter, 0)

    def put_record(self, page: str, table: str, key: str, record: Any) -> None:
        """Put a record that no operation tells of; this one does from now on."""
        self.bench.put(page, table, key, record)
        self._changes.append(RecordChange(table, key, None, encode(record)))

    def find(self, page: str, table: str, key: str) -> Any:
        """Return a record from the newest backup that has it, None if there is none."""
        records = (f.record for f in self.sources.before(page) if f[:2] == (table, key))
        return next(records, None)

    def doubt(self, what: str, keys: Iterable[str]) -> None:
        """Tell that nothing proves the records *keys* to be what they were."""
        named = sorted(keys, key=lambda key: (len(key), key))
        if named:
            some = ", ".join(key[:12] for key in named[:10]) + (", …" if len(named) > 10 else "")
            self.lost.append(f"{what} {some}: read from a damaged file, and nothing proves it")

    def finish(self, tickets: list[int]) -> None:
        """Remember the operation, and let the desk be of the next generation."""
        operation = Operation(
            self.operation,
            self.at,
            self._by,
            "doctor",
            tickets=ranges(tickets),
            records=tuple(self._changes),
        )
        page = layout.operations(self.operation)
        self.bench.put(page, "operations", str(self.operation), operation)
        desk = self._desk._replace(
            schema=CURRENT.schema,
            generation=self._generation + 1,
            counters=self._counters,
            pages=roster_of(self.bench.pages_after()),
        )
        self.bench.put(layout.ROOT, DESK, "1", desk)

    def _known_desk(self) -> DeskRecord:
        found = [one for _, known in self.sources.of_page(layout.ROOT, DESK) for one in known]
        if found:
            # Beside the numbers that rise, what it tells never changes.
            proven = next((one.record for one in found if one.is_proven), found[0].record)
            newest: DeskRecord = found[0].record
            return newest._replace(id=proven.id, created_at=proven.created_at)
        from uuid import uuid4

        self.lost.append("the number of the desk")
        return DeskRecord(FORMAT, CURRENT.schema, str(uuid4()), self.at, __version__, 0, {})

    def _known_counters(self) -> dict[str, int]:
        for found in self.sources.rest:
            for counter, number in _numbers(found.record):
                self.facts.count(counter, number)
        known: tuple[Mapping[str, int], ...] = (self._desk.counters, self.facts.highest)
        names = {name for counters in known for name in counters}
        return {name: max(counters.get(name, 0) for counters in known) for name in sorted(names)}


def places_of(report: Report, *codes: str) -> list[str]:
    """Return the places of all problems of some kinds."""
    return [problem.place for problem in report.problems if problem.code in codes]


def _numbers(record: Any) -> Iterator[tuple[str, int]]:
    """Yield the numbers that were given before there was *record*."""
    if isinstance(record, Event):
        yield "event", record.seq
        yield "operation", record.op
    elif isinstance(record, Ticket):
        yield "ticket", record.id
    elif isinstance(record, Customer):
        yield "customer", record.number
    elif isinstance(record, Operation):
        yield "operation", record.number
