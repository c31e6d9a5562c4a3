"""A year on a desk: a thousand commands as they come, some of them refused, and all is well."""

from __future__ import annotations

import random
from collections import Counter
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, NamedTuple

import pytest

from tests.cli.faults import SCALE
from tests.commandline import Desk, in_this_process
from tests.store.plain_desk import memory_folder
from tix.domain.event import first_broken
from tix.domain.ticket import fold
from tix.store import desk_folder

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tix.store.base import Transaction
    from tix.store.jsondesk import JsonDesk

pytestmark = [pytest.mark.faults, pytest.mark.timeout(600)]

COUNT = 1000 * SCALE
START = datetime(2026, 1, 5, 9, tzinfo=UTC)
YEAR = timedelta(days=366)

MANY = [
    "new Subject -c WHO -m TEXT -p LEVEL -t TAG",
    "new Subject -c WHO --due DATE --dept DEPT --type question --channel phone",
    "new Subject -m LONG --attach note.txt",
    "next --take",
    "reply ID -m TEXT",
    "reply ID -m TEXT --inbound",
    "assign ID ID AGENT",
    "resolve ID",
    "snooze ID DATE",
]
"""What is done all day."""

SOME = [
    "new Subject --key KEY -a AGENT",
    "new Subject --outbound -c WHO -m TEXT",
    "note ID ID -m TEXT --pin",
    "note ID -m LONG",
    "reply ID -m TEXT --resolve --reason answered",
    "reply ID -m TEXT --pending",
    "assign ID --me",
    "assign ID --none",
    "assign ID --auto",
    "assign --where tag:TAG --yes AGENT",
    "prio ID ID LEVEL",
    "prio ID up",
    "tag ID ID TAG",
    "tag ID --set TAG,TAG",
    "untag ID TAG",
    "edit ID --subject Other --category a/b --field order=4711",
    "edit ID -c WHO --dept DEPT --tier 2 --due DATE",
    "edit ID --due none --category none --cc WHO",
    "wait ID --until DATE",
    "wait ID --on third-party",
    "resolve ID ID --reason duplicate -m TEXT",
    "resolve ID --close",
    "resolve --where status:answered --yes --max 5",
    "close ID",
    "reopen ID",
    "spam ID",
    "delete ID --yes",
    "restore ID",
    "undo",
    "undo OP",
    "undo OP --force",
    "undo",
    "redo",
    "customer add Jo --email WHO",
    "customer edit WHO --plan gold --vip --phone '+385 1 234 567'",
    "customer merge WHO --into WHO",
    "agent add AGENT --dept DEPT",
    "agent edit AGENT --skills TAG --tier 2",
    "agent retire AGENT",
    "dept add DEPT --title Title",
    "dept edit DEPT --signature TEXT",
    "dept members DEPT --add AGENT",
    "query save mine assignee:AGENT prio:LEVEL",
    "query rm mine",
    "tags rename TAG TAG --yes",
    "tags merge TAG TAG --into TAG --yes",
    "tags rm TAG --yes",
    "import rows.jsonl",
    "list tag:TAG status:open --all",
    "inbox",
    "search word",
    "show ID",
    "export",
    "new Subject --dry-run",
    "resolve ID --dry-run",
    "prio ID LEVEL --if-rev 2",
    "prio 99999 LEVEL",
    "new ''",
    "snooze ID 31.02.",
    "reply 99999 -m TEXT",
]
"""What is done now and then, with mistakes. Words in capitals are drawn."""

EVERYDAY = {line.split()[0] for line in (*MANY, *SOME)}


class Done(NamedTuple):
    words: str
    code: int
    stdout: str
    stderr: str


class Year:
    """Draws the commands of a year, and does them."""

    def __init__(self, run: Desk, seed: str) -> None:
        self.run = run
        self.at = START
        self.done: list[Done] = []
        self.numbers: list[int] = []
        self._chance = random.Random(seed)

    def pass_(self, count: int) -> None:
        """Do so many commands, at uneven distances."""
        for nth in range(count):
            self.at = START + YEAR * ((nth + self._chance.random()) / count)
            line = self._drawn(self._template())
            result = self.run.run(line, env={"TIX_NOW": self.at.isoformat()})
            self.done.append(Done(line, result.code, result.stdout, result.stderr))
            if makes_tickets(line):
                self.numbers += map(int, result.stdout.split())

    def _template(self) -> str:
        # Only what was just taken back can be done again.
        if self.done and self.done[-1].words == "undo" and self._chance.random() < 0.5:
            return "redo"
        return self._chance.choice([*MANY * 4, *SOME])

    def _drawn(self, template: str) -> str:
        for word in ("WHO", "TEXT", "LONG", "LEVEL", "TAG", "DATE", "DEPT", "KEY", "AGENT"):
            while word in template:
                template = template.replace(word, self._word(word), 1)
        while "ID" in template:
            template = template.replace("ID", self._number(), 1)
        return template.replace("OP", str(self._chance.randint(1, len(self.done) + 1)))

    def _number(self) -> str:
        # Mostly one of the latest: that is where the work is.
        back = min(len(self.numbers), 1 + int(self._chance.expovariate(0.1)))
        return str(self.numbers[-back]) if back else "1"

    def _word(self, word: str) -> str:
        chance = self._chance
        return {
            "WHO": f"c{chance.randint(1, 40)}@example.com",
            "TEXT": f"'A word {chance.random()}'",
            "LONG": f"'{'A long word. ' * 1500}'",
            "LEVEL": chance.choice(["low", "normal", "high", "urgent"]),
            "TAG": chance.choice(["vip", "web", "late", "refund"]),
            "DATE": chance.choice(["tomorrow", "+2h", "+3d", "fri"]),
            "DEPT": chance.choice(["billing", "sales"]),
            "KEY": f"key-{chance.randint(1, 30)}",
            "AGENT": chance.choice(["alice", "bob", "eve"]),
        }[word]


def makes_tickets(line: str) -> bool:
    """Return whether what *line* prints are numbers of new tickets."""
    is_new = line.startswith(("new", "import"))
    return is_new and "--key" not in line and "--dry-run" not in line


@pytest.fixture(scope="module")
def year() -> Iterator[Year]:
    with memory_folder() as home:
        run = Desk(home, in_this_process)
        (home / "note.txt").write_text("note")
        rows = (f'{{"id": "A{n}", "subject": "Row {n}", "status": "closed"}}\n' for n in range(50))
        (home / "rows.jsonl").write_text("".join(rows))
        for line in ("init", "agent add alice", "dept add billing --channels email"):
            run(line, env={"TIX_NOW": START.isoformat()})
        year = Year(run, "a year")
        year.pass_(COUNT)
        yield year


def test_every_command_is_done_or_refused_for_a_reason(year: Year):
    assert {done.code for done in year.done} == {0, 2, 3, 4, 5}
    assert [done for done in year.done if done.code and "tix: error: " not in done.stderr] == []
    assert [done for done in year.done if "a bug in tix" in done.stderr] == []


def test_every_command_of_the_day_was_done_and_some_were_refused(year: Year):
    done = Counter(done.words.split()[0] for done in year.done if done.code == 0)

    assert EVERYDAY - done.keys() == set()
    assert 0.6 * COUNT < done.total() < 0.9 * COUNT


def test_no_number_comes_twice_and_they_rise(year: Year):
    assert len(year.numbers) > 150
    assert year.numbers == sorted(set(year.numbers))


def test_the_desk_is_healthy_after_a_year(year: Year):
    year.run("doctor", env={"TIX_NOW": year.at.isoformat()})


def test_every_head_is_the_fold_of_an_unbroken_history(year: Year):
    def look(tx: Transaction) -> list[tuple[int, bool, bool]]:
        return [
            (head.id, fold(history) == head, first_broken(history) is None)
            for head, history in tx.scan()
        ]

    found = store(year).read(look)

    assert {(is_fold, is_whole) for _, is_fold, is_whole in found} == {(True, True)}
    assert {number for number, _, _ in found} >= set(year.numbers)


def test_time_has_done_its_part(year: Year):
    rows = [line.split("\t") for line in year.run("log -L 0").splitlines()]

    by_time = Counter(row[4] for row in rows if row[3] == "system")
    assert by_time["closed"] > 10
    assert by_time["woken"] > 5


def store(year: Year) -> JsonDesk:
    return desk_folder(
        str(year.run.home / "desk"),
        now=lambda: year.at,
        salt=str,
        warn=pytest.fail,
        lock_timeout_s=1,
    )
