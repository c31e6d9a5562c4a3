"""Escalating: tickets climb the ladder of their level, each step once for each clock."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tix.domain import verbs
from tix.domain.alert import Owed, name_of
from tix.domain.escalation import filed, reached
from tix.domain.event import CHANGES, Event
from tix.domain.sla.clock import Own
from tix.domain.ticket import Ticket, changes
from tix.errors import TixError
from tix.ops.people import find_agent
from tix.ops.queries import open_by
from tix.ops.reactions import record
from tix.ops.sla.checking import clocks_on, numbers_with
from tix.ops.sla.flagging import facts
from tix.ops.sla.ledger import alerts_of
from tix.ops.transactions import reading, writing
from tix.record import Record, replace

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from tix.desk import Desk
    from tix.domain.alert import Alerts
    from tix.domain.escalation import Rung
    from tix.domain.sla.clock import Clock
    from tix.domain.sla.policy import Level
    from tix.store.base import Transaction

ESCALATED = "escalated"
_OUTSIDE = ("notify", "hook")


class Escalation(Record):
    """Which tickets climbed, and what could not be done."""

    tickets: tuple[int, ...] = ()
    problems: tuple[str, ...] = ()


def escalate(desk: Desk, words: Sequence[str], kinds: Collection[str]) -> Escalation:
    """Take the steps of the ladder that clocks of tickets which match *words* have reached.

    Each step is an event, all are one operation, and if there is none nothing is locked. What
    is to be done outside the desk is owed from then on. An action that means nothing on this
    desk is left out and told.

    Raises:
        UsageError: The words are no query.
    """
    numbers = _climbing(desk, words, kinds)
    if not numbers:
        return Escalation()
    climbed: list[int] = []
    problems: list[str] = []
    with writing(desk, "tix-sla") as tx:
        tx.begin("system", "tix-sla")
        for number in numbers:
            climb = _Climb(desk, tx, tx.ticket(number))
            climb.all_steps(kinds)
            climbed += [number] if climb.rungs else []
            problems += climb.problems
    return Escalation(tuple(climbed), tuple(problems))


@reading
def _climbing(
    desk: Desk, tx: Transaction, words: Sequence[str], kinds: Collection[str]
) -> tuple[int, ...]:
    """Return the tickets of which a clock has reached a step that was not taken."""

    def climbs(ticket: Ticket, alerts: Alerts, clocks: Sequence[Clock]) -> bool:
        return any(_steps(tx, ticket, alerts, clock, kinds) for clock in clocks)

    return numbers_with(desk, tx, words, climbs)


def _steps(
    tx: Transaction, ticket: Ticket, alerts: Alerts, clock: Clock, kinds: Collection[str]
) -> tuple[Rung, ...]:
    """Return the steps that a clock has reached and that were not taken for it."""
    if not (clock.reached and clock.is_open and clock.kind in kinds):
        return ()
    if clock.kind is Own.PROMISE:
        return ()  # it has no level, whatever it is called
    climbed = alerts.of(clock).climbed
    rungs = (rung for level in _levels(tx, ticket, clock) for rung in reached(level, clock))
    return tuple(dict.fromkeys(rung for rung in rungs if rung.name not in climbed))


def _levels(tx: Transaction, ticket: Ticket, clock: Clock) -> Iterator[Level]:
    """Yield the level that a clock was promised by, once for each time that it was applied."""
    for term in ticket.course.terms:
        if term.sla and (term.sla.level, term.sla.version) == (clock.level, clock.version):
            yield from (tx.promises(term.sla) or ())[:1]


class _Climb:
    """One ticket on its way up: which steps it takes, and what cannot be done."""

    def __init__(self, desk: Desk, tx: Transaction, ticket: Ticket) -> None:
        self._desk = desk
        self._tx = tx
        self._ticket = ticket
        self.rungs: list[str] = []
        self._owed: list[Owed] = []
        self.problems: list[str] = []

    def all_steps(self, kinds: Collection[str]) -> None:
        """Take every step that was reached, and note that it was."""
        alerts = alerts_of(self._tx, self._ticket.id)
        for clock in clocks_on(self._tx, self._ticket):
            for rung in _steps(self._tx, self._ticket, alerts, clock, kinds):
                told = alerts.of(clock)
                alerts = alerts.with_told(replace(told, climbed=(*told.climbed, rung.name)))
                self._step(clock, rung)
                self.rungs.append(rung.name)
        owed = tuple(dict.fromkeys((*alerts.owed, *self._owed)))
        self._tx.alerts.put(replace(alerts, owed=owed))

    def _step(self, clock: Clock, rung: Rung) -> None:
        act = verbs.Act("system", self._tx.now, f"sla {clock.level}: {clock.kind} {rung.step.at}")
        before, after = self._ticket, self._ticket
        notes: list[str] = []
        for action in rung.step.actions:
            verb, _, text = action.partition(" ")
            if verb == "note":
                notes.append(text)
            elif verb in _OUTSIDE:
                owed = Owed(verb, text.strip(), name_of(clock), clock.started_at)
                self._owed.append(owed)
            else:
                after = self._filed(after, verb, text.strip())
        data = {CHANGES: _between(before, after), "sla": {**facts(clock), "step": rung.step.at}}
        event = Event(ESCALATED, before.id, max(act.at, before.updated_at), act.by, act.cause, data)
        self._ticket = record(self._tx, before, [event])
        for text in notes:
            noted = verbs.note(self._ticket, verbs.checked_body(text or act.cause), act)
            self._ticket = record(self._tx, self._ticket, noted)

    def _filed(self, ticket: Ticket, verb: str, text: str) -> Ticket:
        """Return *ticket* after an action; one that cannot be done is told."""
        try:
            return replace(ticket, **self._values(ticket, verb, text))
        except TixError as error:
            self.problems.append(f"ticket {ticket.id}: {verb} {text}: {error.message}")
            return ticket

    def _values(self, ticket: Ticket, verb: str, text: str) -> dict[str, Any]:
        if verb != "assign":
            return filed(ticket, verb, text, self._tx.setup)
        if text in ("nobody", "none"):
            return {"assignee": None}
        if text != "evenly":
            return {"assignee": find_agent(self._tx, self._desk, text)}
        from tix.domain.routing import least_loaded

        load = {str(name): count for name, count in open_by(self._tx, "assignee").items()}
        return {"assignee": least_loaded(self._tx.agents.all(), load, ticket.department)}


def _between(before: Ticket, after: Ticket) -> dict[str, list[object]]:
    """Return what *after* has other than *before*."""
    names = ("priority", "tier", "assignee", "tags")
    return changes(before, {name: getattr(after, name) for name in names})
