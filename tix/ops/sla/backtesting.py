"""The desk's own history under another policy or calendar.

Both the set-up of today and the other one are laid over the whole history, as if each had
always been in force: what differs is due to the document alone. Nothing is written.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

from tix.domain.sla.backtest import Backtest, Tested
from tix.domain.sla.reading import Reader
from tix.domain.sla.replay import terms_under
from tix.domain.sla.run import heads, runs_of
from tix.domain.sla.solve import Durations
from tix.ops.levels import is_colleague, meaning
from tix.ops.setup.applying import planned
from tix.ops.setup.reading import NOWHERE, read
from tix.ops.setup.sheets import ordered
from tix.ops.setup.tables import CALENDARS, LEVELS, POLICY
from tix.ops.transactions import at_home
from tix.record import replace

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tix.desk import Desk
    from tix.domain.calendar import Calendar
    from tix.domain.course import Applied, Course
    from tix.domain.event import Event
    from tix.domain.people import Contact
    from tix.domain.sla.clock import Clock
    from tix.domain.sla.policy import Level
    from tix.domain.sla.run import Run
    from tix.domain.ticket import Ticket
    from tix.ops.setup.reading import Document, Sources
    from tix.ops.setup.sheets import Sheets
    from tix.store.base import Transaction

Watch = Callable[[Iterable[Any], int], Iterable[Any]]


def unwatched(items: Iterable[Any], total: int) -> Iterable[Any]:
    """Return *items*: nobody watches the progress."""
    return items


def backtest(
    desk: Desk,
    text: str,
    name: str,
    period: str = "",
    *,
    percent: float | None = None,
    sources: Sources = NOWHERE,
    watch: Watch = unwatched,
) -> Tested:
    """Return what the document *text*, from the file *name*, would have made of the history.

    Clocks count that started in *period*, a range of dates; none is all time. With *percent*
    the tightest targets are found that so many in a hundred would have met.

    Raises:
        SetupInvalid: The document cannot be used; all that is wrong is told.
        BadDate: *period* is no range.
    """
    document = read(text, name, sources)

    def work(tx: Transaction) -> Tested:
        # Texts are not shown, so that nobody has to look for secrets in them.
        return _tested(desk, at_home(desk, tx), document, period, percent=percent, watch=watch)

    return desk.store.read(work)


def _tested(
    desk: Desk,
    tx: Transaction,
    document: Document,
    period: str,
    *,
    percent: float | None,
    watch: Watch,
) -> Tested:
    since, until = desk.dates(tx.setup).range(period) if period else (None, None)
    plan = planned(desk, tx, document)
    people = _People(tx)
    old, new = (_Promises(tx, sheets, people) for sheets in (plan.before, plan.after))
    found = Backtest(since, until)
    durations = Durations(new.calendar_of, tx.now)
    for ticket, history in watch(tx.scan(), tx.last_number("ticket")):
        steps = tuple(heads(history))
        runs, course = runs_of(steps)
        before = old.clocks(steps, runs, course)
        after = new.clocks(steps, runs, course)
        found.add(ticket.id, before, after)
        if percent is not None:
            durations.add(found.in_period(after))
    tightest = () if percent is None else durations.tightest(percent)
    return Tested(found.outcome(), tightest, tx.now, since, until)


class _People:
    """Remembers who asks: their contact, and whether they are a colleague."""

    def __init__(self, tx: Transaction) -> None:
        self._tx = tx
        self._known: dict[int | None, tuple[Contact | None, bool]] = {}

    def of(self, ticket: Ticket) -> tuple[Contact | None, bool]:
        number = ticket.requester
        if number not in self._known:
            contact = self._tx.contact(ticket) if number in self._tx.customers else None
            self._known[number] = contact, is_colleague(self._tx, ticket)
        return self._known[number]


class _Promises:
    """What a set-up promises, as if it had always been in force."""

    def __init__(self, tx: Transaction, sheets: Sheets, people: _People) -> None:
        from tix.domain.kept import calendar_of
        from tix.domain.query import Seen, matcher, parse, split_line

        self._seen = Seen
        self._now = tx.now
        self._reader = Reader(self._promise)
        self._people = people
        self._levels: dict[str, Level] = dict(sheets[LEVELS])
        self._calendars = {
            name: calendar_of(hours, tx.promises.zone) for name, hours in sheets[CALENDARS].items()
        }
        scale = tuple(one.name for one in ordered(sheets["priorities"]))
        meant = meaning(tx)._replace(scale=scale)
        policy = sheets[POLICY][""]
        self._default = self._levels[policy.default] if policy.default else None
        self._rules = [
            (matcher(parse(split_line(rule.when), meant)), self._levels[rule.level])
            for rule in policy.rules
        ]

    def clocks(
        self, steps: Sequence[tuple[Event, Ticket]], runs: Iterable[Run], course: Course
    ) -> tuple[Clock, ...]:
        """Return every clock that the ticket of *steps* would have had."""

        def level_of(event: Event, ticket: Ticket) -> Level | None:
            return self._chosen(steps, event, ticket)

        under = replace(course, terms=terms_under(steps, level_of))
        return self._reader.ever(runs, under, steps[-1][1], self._now)

    def calendar_of(self, level: str) -> Calendar:
        """Return the calendar of a level."""
        return self._calendars[self._levels[level].calendar]

    def _promise(self, applied: Applied) -> tuple[Level, Calendar]:
        return self._levels[applied.level], self.calendar_of(applied.level)

    def _chosen(
        self, steps: Sequence[tuple[Event, Ticket]], event: Event, ticket: Ticket
    ) -> Level | None:
        contact, is_colleague = self._people.of(ticket)
        if is_colleague:
            return None
        if not self._rules:
            return self._default

        def text() -> str:
            bodies = (one.body for one, _ in steps[: ticket.rev])
            return "\n".join([ticket.subject, *(body for body in bodies if body)])

        seen = self._seen(ticket, contact, event.at, text)
        return next((level for test, level in self._rules if test(seen)), self._default)
