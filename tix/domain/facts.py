"""Facts: what is measured of tickets, as columns of whole numbers that reports count and sort.

Each table of ``TABLES`` has a row for each thing that happened: a ticket, an answer, a clock
that ran. Instants are seconds since 1970 UTC, 0 for what has not happened; lengths are
seconds, ``_cal`` of real and ``_biz`` of working time; text is a number in ``names``, 0 for
none; yes is 1. ``ticket`` is the number of the ticket that a row belongs to.

A fact is a function of the history, the promises and the instant of measuring, nothing else.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

VERSION = 2
"""Rises with every change of what a history is measured as: of a column, of its meaning, of an
event that counts. What was measured under another one is measured anew."""

TABLES: Mapping[str, tuple[str, ...]] = {
    # A row a ticket. `excluded` names why reports leave it out; `first_*` and `asked_at` are of
    # the first response clock, `waiting_since` of the turn that is open; `once_*` lasts to the
    # first resolution, `total_*` to the last one without the time resolved between (0 unless it
    # is resolved); `net` is without pauses. The status split sums up to `total_*`. `resolved_at`
    # is the last resolution, 0 unless it is resolved, `reopened_at` the first reopening.
    "tickets": (
        *("ticket", "log_high", "log_low", "last_at", "created_at", "excluded"),
        *("customer", "channel", "type", "category", "priority", "department", "agent"),
        *("status", "reason", "asked_at", "first_at", "first_cal", "first_biz", "first_ending"),
        *("first_agent", "first_department", "waiting_since", "answers", "resolved_at"),
        *("first_resolved_at", "reopened_at", "reopens", "once_cal", "once_biz", "once_net"),
        *("total_cal", "total_biz", "total_net", "work_cal", "work_biz", "customer_cal"),
        *("customer_biz", "third_cal", "third_biz", "postponed_cal", "postponed_biz"),
        *("one_contact", "transfers", "returned", "escalated_at", "worked"),
    ),
    "tags": ("ticket", "tag"),
    # What people wrote or said: `way` is mail, call or chat; answers exclude lines of chats.
    "answers": ("ticket", "at", "agent", "department", "way"),
    "asked": ("ticket", "at", "department", "way"),
    # From the oldest message that nobody has answered to the answer; the first one is no turn.
    # `closed_at` is 0 while it is open; an `ending` is answered, resolved, merged, spam or trashed.
    "turns": ("ticket", "opened_at", "closed_at", "cal", "biz", "ending", "agent", "department"),
    # From new, or from open, to answered: `before` tells which.
    "moves": ("ticket", "at", "before", "cal", "biz", "agent", "department"),
    # Created, resolved, reopened; merged, spam, trashed, and the ways back: unmerged, unspam,
    # restored. `cause` is the reason of a resolution, and of a reopening who did it: customer,
    # agent or rule; of the others it is the group (resolved, merged, spam, trashed) that the
    # ticket left or came back to, empty for the backlog. So the backlog grows by what has come
    # back to it, and shrinks by what has left it, each with an empty cause.
    "flow": ("ticket", "at", "kind", "cause", "agent", "department"),
    # Each stretch from creation or reopening to resolution.
    "cycles": ("ticket", "at", "cal", "biz", "net", "agent", "department"),
    # The status that a ticket had with one agent in one department, until any of them changed;
    # `until` is 0 for the one it has. In the trash it is `trash`.
    "stays": ("ticket", "status", "since", "until", "agent", "department"),
    "transfers": ("ticket", "at", "before", "department", "agent"),
    "escalations": ("ticket", "at", "kind", "agent", "department"),
    # `state` is that of tix.domain.sla.clock; `penalty` counts hundredths.
    "clocks": (
        *("ticket", "kind", "level", "version", "priority", "agent", "department"),
        *("started_at", "due_at", "stopped_at", "state", "late_cal", "late_biz", "penalty"),
    ),
    # Seconds `taken` are a correction of what was given before.
    "work": ("ticket", "at", "agent", "department", "source", "given", "taken"),
    "calls": ("ticket", "at", "agent", "department", "inbound", "answered", "seconds"),
    "chats": (
        *("ticket", "at", "agent", "department", "inbound", "answered", "lines"),
        *("pickup", "seconds"),
    ),
    "ratings": ("ticket", "at", "agent", "department", "score", "valid"),
}

NAMES = frozenset(
    (
        *("agent", "before", "category", "cause", "channel", "department", "ending", "excluded"),
        *("first_agent", "first_department", "first_ending", "kind", "level", "priority"),
        *("reason", "score", "source", "state", "status", "tag", "type", "way"),
    )
)
"""The columns whose numbers stand for texts."""

Rows = Mapping[str, Sequence[Sequence[int | str]]]
"""The rows of one ticket, by table, as they are measured: text where ``NAMES`` has a column."""

Columns = Mapping[str, Mapping[str, Sequence[int]]]


class Facts:
    """The facts of many tickets, in the order of their numbers."""

    def __init__(self, columns: Columns, names: Sequence[str]) -> None:
        self._columns = columns
        self.names = names
        self._numbers = {name: number for number, name in enumerate(names)}

    def column(self, table: str, column: str) -> Sequence[int]:
        """Return a column of a table, one number for each of its rows."""
        return self._columns[table][column]

    def rows(self, table: str, *columns: str) -> Iterator[tuple[int, ...]]:
        """Yield the rows of a table, of each the numbers of *columns*."""
        return zip(*(self.column(table, column) for column in columns), strict=True)

    def number(self, name: str) -> int:
        """Return the number that stands for *name*, -1 if no row has it."""
        return self._numbers.get(name, -1)


def gather(measured: Iterable[Rows]) -> Facts:
    """Return the facts of tickets from the rows of each."""
    columns: dict[str, dict[str, list[int]]] = {
        table: {column: [] for column in names} for table, names in TABLES.items()
    }
    numbers = {"": 0}
    for rows in measured:
        for table, found in rows.items():
            for column, values in zip(columns[table], zip(*found, strict=True), strict=False):
                columns[table][column] += (
                    [numbers.setdefault(str(value), len(numbers)) for value in values]
                    if column in NAMES
                    else values
                )
    return Facts(columns, tuple(numbers))
