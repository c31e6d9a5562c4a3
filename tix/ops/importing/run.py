"""The import itself: every row is checked, then all are written, in one transaction."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from tix.domain.operation import ranges
from tix.domain.ticket import Link
from tix.ops.importing.events import Life
from tix.ops.importing.identity import brought
from tix.ops.importing.intake import Intake
from tix.ops.importing.people import People
from tix.ops.importing.problems import Problem, Problems, Unusable, counted, named
from tix.ops.importing.ready import Checker
from tix.ops.reactions import record
from tix.ops.transactions import keep_up, repeated, writing
from tix.record import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from tix.desk import Desk
    from tix.ops.importing.drafts import Draft
    from tix.store.base import Transaction


class Source(Protocol):
    """Where drafts come from; *creates* says which of agents and departments it may make."""

    name: str
    creates: frozenset[str]

    def drafts(self) -> Iterator[Draft | Problem]:
        """Return every ticket or what is wrong with it; each time it is asked, the same."""

    def column(self, field: str) -> str:
        """Return what the source calls a field of a draft."""

    def introduce(self, people: People) -> None:
        """Make the people whom the source knows apart from its tickets."""

    def oddities(self) -> Iterable[str]:
        """Return what was left out or taken otherwise than it stands, a sentence each."""


class Imported(NamedTuple):
    """What an import did: *tickets* are ranges of new numbers, first to last.

    *known* counts those that an earlier import brought; *rejected* the bad rows that were
    left out, of which *problems* are the first; *oddities* are sentences. *op* is None if
    nothing was written.
    """

    name: str
    tickets: tuple[tuple[int, int], ...] = ()
    known: int = 0
    rejected: int = 0
    problems: tuple[Problem, ...] = ()
    oddities: tuple[str, ...] = ()
    op: int | None = None
    dry_run: bool = False

    @property
    def total(self) -> int:
        """How many tickets are new."""
        return sum(last - first + 1 for first, last in self.tickets)


def unwatched(drafts: Iterable[Draft], total: int) -> Iterable[Draft]:
    """Return *drafts*: nobody watches the progress."""
    return drafts


def bring_in(
    desk: Desk,
    source: Source,
    *,
    keep_going: bool = False,
    tell: Callable[[str], None] = lambda line: None,
    watch: Callable[[Iterable[Draft], int], Iterable[Draft]] = unwatched,
) -> Imported:
    """Import every ticket of *source* that was not imported before.

    *tell* gets a line for each bad row, *watch* lets somebody see how far it is.

    Raises:
        BadData: A row cannot be imported, and not *keep_going*; nothing is changed.
    """
    dry_run = desk.intent.dry_run
    with writing(desk, "import", creates=True) as tx:
        if repeated(desk, tx, "import"):
            return Imported(source.name, dry_run=dry_run)
        check = _Check(desk, tx, source)
        for line in check.problems.lines():
            tell(line)
        if check.problems.count and not keep_going:
            raise check.problems.refusal(check.rows)
        write = _Write(desk, tx, source, check)
        numbers = [write.ticket(draft) for draft in watch(write.drafts(), len(check.numbers))]
        op = tx.operation if numbers else None
        if op and desk.intent.key:
            tx.claim("operation", desk.intent.key, op)
        # What has been quiet for long by now is closed at once, so that a second run of the
        # same source finds nothing to do.
        keep_up(tx)
    return Imported(
        source.name,
        ranges(numbers),
        check.known,
        check.problems.count,
        tuple(check.problems.first),
        (*check.oddities(), *source.oddities(), *write.oddities(), *write.intake.oddities()),
        None if dry_run else op,
        dry_run,
    )


class _Check:
    """The first reading of a source: which rows are bad, known, or to be written.

    *numbers* holds the numbers that the new ones will get, by their ids in the source.
    """

    def __init__(self, desk: Desk, tx: Transaction, source: Source) -> None:
        people = People(
            tx, source.name, creates=source.creates, me=desk.user.casefold(), writes=False
        )
        self._checker = Checker(tx.setup, people, tx.now)
        self._source = source
        self._backwards: list[str] = []
        self.problems = Problems()
        self.numbers: dict[str, int] = {}
        self.known = 0
        self.rows = 0
        self._next = tx.last_number("ticket") + 1
        for draft in source.drafts():
            self.rows += 1
            if isinstance(draft, Problem):
                self.problems.add(draft)
            elif brought(tx, source.name, draft.id) is not None:
                self.known += 1
            else:
                self._look_at(draft)

    def oddities(self) -> Iterator[str]:
        """Return what is odd about rows that can be imported all the same."""
        if self._backwards:
            tickets = counted(len(self._backwards), "ticket")
            yield (
                f"{tickets} ended before beginning, and now end on beginning: "
                f"{named(self._backwards)}"
            )

    def _look_at(self, draft: Draft) -> None:
        try:
            ready = self._checker.ready(draft)
        except Unusable as problem:
            column = self._source.column(problem.field)
            self.problems.add(Problem(draft.place, column, problem.why))
            return
        if ready.backwards:
            self._backwards.append(draft.place)
        self.numbers[draft.id] = self._next + len(self.numbers)


class _Write:
    """The second reading of a source: what was found good and new is written."""

    def __init__(self, desk: Desk, tx: Transaction, source: Source, check: _Check) -> None:
        self._tx = tx
        self._source = source
        self._check = check
        self._people = People(tx, source.name, creates=source.creates, me=desk.user.casefold())
        self._checker = Checker(tx.setup, self._people, tx.now)
        self._life = Life(source.name, self._people, tx.now)
        self._loose: list[str] = []
        self.intake = Intake(tx)
        source.introduce(self._people)

    def drafts(self) -> Iterator[Draft]:
        """Return the drafts that are good and new."""
        for draft in self._source.drafts():
            if not isinstance(draft, Problem) and draft.id in self._check.numbers:
                yield draft

    def ticket(self, draft: Draft) -> int:
        """Write a ticket and return its number."""
        number = self._tx.next_number("ticket")
        links = [
            Link(kind, other)
            for kind, known in draft.links
            if (other := self._number(draft, known)) is not None
        ]
        ready = self._checker.ready(draft)
        events = self._life.events(number, draft, ready, links)
        self.intake.look_at(record(self._tx, None, events))
        self._tx.claim(f"import:{self._source.name}", draft.id, number)
        return number

    def oddities(self) -> Iterator[str]:
        """Return what became of ties and addresses that could not be kept as they stand."""
        if self._loose:
            ties = counted(len(self._loose), "tie")
            yield f"{ties} to tickets that are not there left out: {named(self._loose)}"
        shared = self._people.shared
        if shared:
            keys = counted(len(shared), "address or phone")
            yield f"{keys} of several customers, leading to the first of them: {named(shared)}"

    def _number(self, draft: Draft, known: str) -> int | None:
        number = self._check.numbers.get(known) or brought(self._tx, self._source.name, known)
        if number is None or known == draft.id:
            self._loose.append(known)
            return None
        return number
