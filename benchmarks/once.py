"""What is measured once: imports, the first change of a day, and a year of resolving."""

from __future__ import annotations

import csv
import json
from datetime import timedelta
from itertools import count
from typing import TYPE_CHECKING, NamedTuple

from benchmarks.measured import Pair, Ratio, Run, Weighed, ratio, run, weighed
from benchmarks.stories import stories
from benchmarks.works import MESSAGE
from tix.domain import verbs
from tix.ops.people import customer_for
from tix.ops.reactions import record
from tix.ops.transactions import keep_up
from tix.store.jsondesk import JsonDesk

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from benchmarks.installed import Installed
    from benchmarks.stories import Story

DAYS = 365
A_DAY = 4
ROUNDS = 5
LOOKED_AT = (0, 30, 91, 182, 273, 364)
_COLUMNS = {
    "subject": "subject",
    "body": "text",
    "customer.email": "customer",
    "created": "opened",
    "closed": "closed",
    "status": "status",
    "priority": "priority",
    "category": "category",
    "channel": "channel",
    "tags": "tags",
}


class Month(NamedTuple):
    """What ``resolve`` took after so many days, and what stood in the root by then."""

    day: int
    resolve: Ratio
    root_kb: float
    unsettled: int


def imported(installed: Installed, place: Path, rows: int, now: datetime) -> Weighed:
    """Return what it takes to bring *rows* rows of CSV into an empty desk."""
    place.mkdir(parents=True)
    with (place / "rows.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, ["id", *_COLUMNS.values()])
        writer.writeheader()
        writer.writerows(_row(story) for story in stories(rows, now, seed=2))
    columns = "".join(f'{field} = "{column}"\n' for field, column in _COLUMNS.items())
    (place / "map.toml").write_text(f'name = "rows"\nid = "id"\n[ticket]\n{columns}')
    environ = {**installed.environ, "TIX_DB": str(place / "desk")}
    run([installed.tix, "init"], environ)
    words = ["import", str(place / "rows.csv"), "--map", str(place / "map.toml")]
    return weighed([installed.tix, *words], environ)


def _row(story: Story) -> dict[str, str]:
    is_closed = story.end == "closed"
    return {
        "id": f"x{story.number}",
        "subject": story.subject,
        "text": story.said[0].text,
        "customer": f"jo.{story.customer}@acme.example",
        "opened": story.opened_at.isoformat(),
        "closed": story.ended_at.isoformat() if is_closed else "",
        "status": "closed" if is_closed else "open",
        "priority": story.priority,
        "category": story.category,
        "channel": story.channel,
        "tags": ",".join(story.tags),
    }


def first_of_day(installed: Installed, desk: Path, number: int, now: datetime) -> tuple[Run, Run]:
    """Return what a note takes that is a day's first change, and the one after it."""
    tomorrow = (now + timedelta(days=1)).isoformat()
    environ = {**installed.environ, "TIX_DB": str(desk), "TIX_NOW": tomorrow}
    words = [installed.tix, "note", str(number), "-m", MESSAGE]
    return run(words, environ), run(words, environ)


def year(installed: Installed, desk: Path, now: datetime) -> list[Month]:
    """Return what ``resolve`` takes in the course of a year in which nobody runs a cron job.

    Every day some tickets come and as many are resolved; nothing else closes them.
    """
    store = _Year(desk, now)
    found = []
    for day in range(DAYS):
        store.day(day)
        if day in LOOKED_AT:
            resolved = store.opened(ROUNDS + 1)
            pairs = [_resolve(installed, desk, number, store.now) for number in resolved]
            root = desk / "tickets.json"
            unsettled = len(json.loads(root.read_bytes())["tickets"])
            found.append(Month(day, ratio(pairs[1:]), root.stat().st_size / 1024, unsettled))
    return found


def _resolve(installed: Installed, desk: Path, number: int, now: datetime) -> Pair:
    environ = {**installed.environ, "TIX_DB": str(desk), "TIX_NOW": now.isoformat()}
    idle = run([installed.python, "-c", "pass"], installed.environ)
    return Pair(idle, run([installed.tix, "resolve", str(number)], environ))


class _Year:
    """A desk whose days pass quickly."""

    def __init__(self, desk: Path, now: datetime) -> None:
        self._start = self.now = now
        salts = count()
        self._store = JsonDesk(
            desk, now=lambda: self.now, salt=lambda: f"{next(salts):032x}", warn=print
        )

    def day(self, number: int) -> None:
        """Let a day pass: tickets come in the morning, and are resolved in the evening."""
        self.now = self._start + timedelta(days=number)
        numbers = self.opened(A_DAY)
        self.now += timedelta(hours=8)
        with self._store.write() as tx:
            keep_up(tx)
            tx.begin("agent:alice", "resolve")
            act = verbs.Act("agent:alice", tx.now)
            for ticket in map(tx.ticket, numbers):
                record(tx, ticket, verbs.resolve(ticket, act))

    def opened(self, how_many: int) -> list[int]:
        """Make tickets and return their numbers."""
        numbers = []
        with self._store.write() as tx:
            keep_up(tx)
            tx.begin("agent:alice", "new")
            requester = customer_for(tx, "jo@acme.example").number
            act = verbs.Act(f"customer:C-{requester}", tx.now)
            for _ in range(how_many):
                numbers.append(tx.next_number("ticket"))
                opened = verbs.open_ticket(
                    numbers[-1], "Export stops half-way", act, body=MESSAGE, requester=requester
                )
                record(tx, None, opened)
        return numbers
