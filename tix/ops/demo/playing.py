"""Playing plots on a new desk: every step through its verb, in order of time, as it would be."""

from __future__ import annotations

from datetime import datetime, timedelta
from heapq import heappop, heappush
from random import Random
from typing import TYPE_CHECKING, cast

from tix.config import time_zone
from tix.domain import verbs
from tix.domain.people import Agent, Department
from tix.domain.status import Status
from tix.domain.verbs.rating import rate
from tix.domain.verbs.speaking import Call, Chat, speak
from tix.domain.verbs.working import work
from tix.ops.demo.plot import AGENTS, PLANS, Plot, plots
from tix.ops.demo.words import Writer
from tix.ops.people.finding import add_customer
from tix.ops.reactions import record
from tix.ops.reports.recomputing import recompute
from tix.ops.transactions import at_home, keep_up
from tix.record import NamedTuple
from tix.store import desk_folder

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from tix.desk import Desk
    from tix.domain.event import Event
    from tix.domain.ticket import Ticket
    from tix.ops.demo.plot import Step
    from tix.store.base import Transaction

    Watch = Callable[[Iterable[Plot], int], Iterable[Plot]]

A_COMMIT = 4_000
DAY = timedelta(days=1)
AWHILE = 3 * DAY


class Turn(NamedTuple):
    """The step of a ticket whose turn it is; turns are sorted by time, then by ticket."""

    at: datetime
    number: int
    step: int
    plot: Plot


def make(
    desk: Desk,
    count: int,
    seed: int,
    zone: str | None = None,
    watch: Watch = lambda plots, total: plots,
) -> None:
    """Make the desk with *count* tickets; the same for the same seed, instant and zone.

    *watch* goes along with the plots as they are played.

    Raises:
        CannotCreate: There is something at its place already.
    """
    desk.create(zone or str(time_zone(desk.config, None)))
    dice = Random(seed)  # noqa: S311 - nothing here is a secret
    folder = desk_folder(
        desk.location,
        now=desk.clock,
        salt=lambda: dice.randbytes(16).hex(),
        warn=desk.warn,
        lock_timeout_s=desk.config.lock_timeout,
    )
    calendar = desk.calendar(folder.read(lambda tx: tx.setup))
    turns = _in_turn(watch(plots(count, calendar, desk.clock(), seed), count))
    player = _Player(dice)
    left = True
    while left:
        with folder.write() as tx:
            left = player.play(at_home(desk, tx), turns)
    recompute(desk)


def _in_turn(plots: Iterable[Plot]) -> Iterator[Turn]:
    """Yield the steps of all tickets in the order in which they happen."""
    waiting: list[Turn] = []
    for number, plot in enumerate(plots, start=1):
        while waiting and waiting[0].at <= plot.opened_at:
            yield _taken(waiting)
        heappush(waiting, Turn(plot.opened_at, number, 0, plot))
    while waiting:
        yield _taken(waiting)


def _taken(waiting: list[Turn]) -> Turn:
    turn = heappop(waiting)
    following = turn.step + 1
    if following < len(turn.plot.steps):
        heappush(waiting, turn._replace(at=turn.plot.steps[following].at, step=following))
    return turn


class _Player:
    """Plays turns in commits of some thousand, and closes at night what has been quiet."""

    def __init__(self, dice: Random) -> None:
        self._writer = Writer(dice)
        self._dice = dice
        self._customers: dict[int, int] = {}
        self._tickets: dict[int, int] = {}
        self._asleep: set[int] = set()
        self._kept_up: datetime | None = None

    def play(self, tx: Transaction, turns: Iterator[Turn]) -> bool:
        """Play the next turns; return whether there may be more."""
        now = tx.now
        for played, turn in enumerate(turns, start=1):
            tx.now = turn.at
            self._keep_up(tx)
            step = turn.plot.steps[turn.step]
            if step.kind == "opened":
                self._open(tx, turn)
            else:
                self._go_on(tx, self._tickets[turn.number], step)
            if played == A_COMMIT:
                return True
        tx.now = now
        keep_up(tx)
        return False

    def _keep_up(self, tx: Transaction) -> None:
        if self._kept_up is None:
            self._staff(tx)
            self._kept_up = tx.now
        if tx.now - self._kept_up >= DAY:
            keep_up(tx)
            self._kept_up = tx.now

    def _staff(self, tx: Transaction) -> None:
        tx.begin("agent:alice", "agent add")
        for department, agents in AGENTS.items():
            tx.departments.put(Department(department, address=f"{department}@desk.example"))
            for name in agents:
                tx.agents.put(Agent(name, f"{name}@desk.example", departments=(department,)))

    def _open(self, tx: Transaction, turn: Turn) -> None:
        plot, first = turn.plot, turn.plot.steps[0]
        tx.begin("agent:alice", "new")
        if plot.customer not in self._customers:
            self._customers[plot.customer] = self._customer(tx, plot.customer)
        requester = self._customers[plot.customer]
        number = self._tickets[turn.number] = tx.next_number("ticket")
        events = verbs.open_ticket(
            number,
            plot.subject,
            verbs.Act(f"customer:C-{requester}", first.at),
            body=first.text,
            requester=requester,
            department=plot.department,
            tags=tuple(sorted(plot.tags)),
            **plot.values,  # type: ignore[arg-type]  # head fields, as the verb says
        )
        record(tx, None, events)

    def _customer(self, tx: Transaction, number: int) -> int:
        first, last = self._writer.word("first_names"), self._writer.word("last_names")
        company = self._writer.word("companies")
        customer = add_customer(
            tx,
            addresses=(f"{first}.{number}@{company}.example",),
            name=f"{first} {last}",
            organisation=company,
            plan=self._dice.choice(PLANS),
            vip=number % 50 == 0,
        )
        return customer.number

    def _go_on(self, tx: Transaction, number: int, step: Step) -> None:
        if number in self._asleep:
            keep_up(tx)  # its time may have come
        ticket = tx.ticket(number)
        if ticket.snoozed_until is None:
            self._asleep.discard(number)
        if step.kind == "postponed":
            self._asleep.add(number)
        if ticket.status is Status.CLOSED and step.kind != "rated":
            return  # it has been quiet for too long: the customer writes no more
        by = f"agent:{step.by}" if step.by else f"customer:C-{ticket.requester}"
        tx.begin(by, step.kind)
        record(tx, ticket, _events(tx, ticket, step, verbs.Act(by, step.at)))


def _events(tx: Transaction, ticket: Ticket, step: Step, act: verbs.Act) -> Iterable[Event]:
    """Return what *step* makes of a ticket."""
    if step.kind == "rated":
        history = tx.history(ticket.id)
        return rate(ticket, history, str(step.more["score"]), act, comment=step.text)
    return _VERBS[step.kind](ticket, step, act)


def _call(step: Step) -> Call:
    """Return the call that ended with *step*."""
    talked = cast("int", step.more["talked"])
    return Call(step.at - timedelta(seconds=talked), True, talked, step.text)


def _chat(step: Step) -> Chat:
    """Return the chat that ended with *step*."""
    waited, talked, lines = (cast("int", step.more[n]) for n in ("waited", "talked", "lines"))
    met_at = step.at - timedelta(seconds=talked)
    began_at = met_at - timedelta(seconds=waited)
    return Chat(began_at, step.at, True, met_at, lines, lines + 1, step.text)


_VERBS: Mapping[str, Callable[[Ticket, Step, verbs.Act], Iterable[Event]]] = {
    "asked": lambda ticket, step, act: verbs.receive(ticket, step.text, act),
    "answered": lambda ticket, step, act: verbs.reply(ticket, step.text, act),
    "noted": lambda ticket, step, act: verbs.note(ticket, step.text, act),
    "assigned": lambda ticket, step, act: verbs.assign(ticket, step.by, act),
    "transferred": lambda ticket, step, act: verbs.edit(ticket, act, **step.more),
    "escalated": lambda ticket, step, act: verbs.edit(ticket, act, tier=ticket.tier + 1),
    "waiting": lambda ticket, step, act: verbs.wait(ticket, act),
    "postponed": lambda ticket, step, act: verbs.postpone(ticket, act.at + AWHILE, act),
    "worked": lambda ticket, step, act: work(ticket, cast("int", step.more["seconds"]), act),
    "called": lambda ticket, step, act: speak(ticket, _call(step), act),
    "chatted": lambda ticket, step, act: speak(ticket, _chat(step), act),
    "resolved": lambda ticket, step, act: verbs.resolve(ticket, act, str(step.more["reason"])),
    "spam": lambda ticket, step, act: verbs.mark_spam(ticket, act),
}
