"""Ratings from a file on their way to the tickets, all or none."""

from __future__ import annotations

from typing import TYPE_CHECKING, BinaryIO

from tix.domain.rating import ratings
from tix.domain.thread import heir
from tix.domain.verbs.working import dated
from tix.errors import BadData, TixError
from tix.ops.change import Change, Changed, Notice, secret_notices
from tix.ops.importing.problems import Problem
from tix.ops.importing.ratings import given_ratings
from tix.ops.reactions import record
from tix.ops.tickets.rating import customer_of, rated
from tix.ops.transactions import acting, repeated, writing

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date, datetime

    from tix.desk import Desk
    from tix.domain.ticket import Ticket
    from tix.ops.importing.ratings import Given
    from tix.store.base import Transaction

IMPORTED = "import:ratings"


def import_ratings(
    desk: Desk,
    file: BinaryIO,
    label: str,
    *,
    force: bool = False,
    tell: Callable[[str], None] = lambda line: None,
) -> Change:
    """Give tickets the scores in a file, as their customers, in one operation.

    *tell* gets a line for each that is bad; those that are there already are counted.

    Raises:
        BadData: A line is bad; nothing is changed.
        UsageError: It is no file with ratings.
    """
    with writing(desk, "rate") as tx:
        if repeated(desk, tx, "rate"):
            return Change("rate", dry_run=desk.intent.dry_run)
        work = _Import(desk, tx, force=force)
        work.take(file, label)
        if work.problems:
            raise _refusal(work, tell)
        op = tx.operation if work.changed else None
        if op and desk.intent.key:
            tx.claim("operation", desk.intent.key, op)
    notices = work.notices if work.count else (Notice("empty", f"{label} holds no rating"),)
    dry_run = desk.intent.dry_run
    changed = tuple(work.changed.values())
    return Change("rate", changed, (), None if dry_run else op, dry_run, notices)


class _Import:
    """The ratings of a file on their way to the tickets; what is wrong is kept."""

    def __init__(self, desk: Desk, tx: Transaction, *, force: bool) -> None:
        self.problems: list[Problem] = []
        self.changed: dict[int, Changed] = {}
        self.count = 0
        self._known = 0
        self._secrets: dict[Notice, None] = {}
        self._desk = desk
        self._tx = tx
        self._force = force

    @property
    def notices(self) -> tuple[Notice, ...]:
        """What is worth telling of ratings that were imported, or were there already."""
        if not self._known:
            return tuple(self._secrets)
        told = "1 rating was" if self._known == 1 else f"{self._known} ratings were"
        return (*self._secrets, Notice("known", f"{told} there already"))

    def take(self, file: BinaryIO, label: str) -> None:
        """Read the file, and rate what can be rated."""
        for given in given_ratings(file, label, self._desk.zone):
            self.count += 1
            if isinstance(given, Problem):
                self.problems.append(given)
                continue
            try:
                self._rate(given)
            except TixError as error:
                self.problems.append(Problem(given.place, "", error.message))

    def _rate(self, given: Given) -> None:
        tx = self._tx
        ticket = heir(tx.ticket, given.ticket_id)
        act = acting(self._desk, tx)._replace(by=customer_of(ticket), cause=IMPORTED)
        is_today = given.day and given.at and self._day(given.at) == self._day(act.at)
        at = act.at if is_today else given.at
        act = dated(act, at, "a rating", ticket, tx.ticket(given.ticket_id))
        events = rated(tx, ticket, given.score, act, given.comment, force=self._force)
        if not events or (given.day and self._is_known_that_day(ticket, given.score, act.at)):
            self._known += 1
            return
        self._secrets |= dict.fromkeys(secret_notices(events))
        first = self.changed.get(ticket.id, Changed(ticket, ticket))
        self.changed[ticket.id] = Changed(first.before, record(tx, ticket, events))

    def _is_known_that_day(self, ticket: Ticket, score: str, at: datetime) -> bool:
        """Return whether the ticket got this score on the day of *at*, at whatever time."""
        known = ratings(self._tx.history(ticket.id))
        return any((one.score, self._day(one.at)) == (score, self._day(at)) for one in known)

    def _day(self, at: datetime) -> date:
        return at.astimezone(self._desk.zone).date()


def _refusal(work: _Import, tell: Callable[[str], None]) -> BadData:
    """Return the error that refuses a file; of several bad lines *tell* gets each."""
    first, *more = map(str, work.problems)
    hint = "mend the file; --force rates also what nobody has answered"
    if not more:
        return BadData(f"{first}; nothing was imported", hint=hint)
    for line in (first, *more):
        tell(line)
    return BadData(
        f"{len(work.problems)} of {work.count} ratings cannot be imported, so nothing was: {first}",
        hint=hint,
    )
