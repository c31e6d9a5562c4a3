"""What is measured: each command as it is typed, its goal, and the same work in taskwarrior."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from benchmarks.warrior import uuid_of

LARGE = 100_000
MESSAGE = "I have looked into it: the fix is in review and comes with the next version."


class Numbers(NamedTuple):
    """The tickets of one round: two that are there, and the one that it makes."""

    open: int
    closed: int
    made: int = 0
    made_task: str = ""


Words = Callable[[Numbers], list[str]]


class Work(NamedTuple):
    """One thing to do; *goal* is how many times an idle Python it may take.

    On desks of 100,000 tickets and more *large* stands in for it, where there is one.
    """

    name: str
    tix: Words
    goal: float | None = None
    task: Words | None = None
    on_terminal: bool = False
    after: str = ""
    large: float | None = None

    def goal_at(self, tickets: int) -> float | None:
        """Return the goal on a desk of so many tickets."""
        return self.large if self.large and tickets >= LARGE else self.goal


WORKS = (
    Work("--version", lambda n: ["--version"], 2, lambda n: ["--version"]),
    Work("--help", lambda n: ["--help"], 5),
    Work("__complete ticket", lambda n: ["__complete", "ticket"], 2.5),
    Work(
        "new",
        lambda n: ["new", "Export stops half-way", "-m", MESSAGE, "-c", "jo@acme.example"],
        7.5,
        lambda n: ["add", "Export stops half-way", "project:support", "pri:H"],
    ),
    Work(
        "show, open",
        lambda n: ["show", str(n.open)],
        7.5,
        lambda n: [uuid_of(n.open), "information"],
    ),
    Work(
        "show, closed",
        lambda n: ["show", str(n.closed)],
        7.5,
        lambda n: [uuid_of(n.closed), "information"],
    ),
    Work("list -o plain", lambda n: ["list", "-o", "plain"], 7.5, lambda n: ["list"]),
    Work(
        "list, a table on a terminal",
        lambda n: ["list", "--no-pager"],
        12,
        lambda n: ["rc.defaultwidth=120", "list"],
        on_terminal=True,
    ),
    Work("list --json", lambda n: ["list", "--json"], None, lambda n: ["status:pending", "export"]),
    Work(
        "list --count", lambda n: ["list", "--count"], None, lambda n: ["status:pending", "count"]
    ),
    Work(
        "note",
        lambda n: ["note", str(n.open), "-m", MESSAGE],
        7.5,
        lambda n: [uuid_of(n.open), "annotate", MESSAGE],
    ),
    Work(
        "resolve",
        lambda n: ["resolve", str(n.made)],
        None,
        lambda n: [n.made_task, "done"],
        after="new",
    ),
    Work("close", lambda n: ["close", str(n.made)], after="resolve"),
    Work(
        "search",
        lambda n: ["search", "-L", "20", "scanner", "update"],
        8,
        lambda n: ["/scanner/", "/update/", "all"],
    ),
    Work("report kpi", lambda n: ["report", "kpi"], 20, large=60),
    Work(
        "report kpi, of all tickets",
        lambda n: ["report", "kpi", "--from", "2010-01-01"],
        20,
        large=60,
    ),
    Work("export", lambda n: ["export"], None, lambda n: ["export"]),
)
