"""Searching: what is found is told as the tickets stand now."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.ops.desks import Clock, opened
from tix.config import load_config
from tix.desk import Desk
from tix.domain.query import Term, TicketQuery
from tix.errors import UsageError
from tix.ops.search import Findings, Wanted, findings, search
from tix.ops.tickets.moves import close, mark_spam, resolve, snooze, trash
from tix.store.fulltext import search_desk
from tix.store.index import phrase

if TYPE_CHECKING:
    from pathlib import Path

    from tix.store.index import Index
    from tix.store.transaction import DeskTransaction


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def desk(tmp_path: Path, clock: Clock) -> Desk:
    """An empty desk in a folder."""
    environ = {"TIX_USER": "alice", "TIX_TZ": "UTC", "HOME": str(tmp_path)}
    made = Desk(str(tmp_path / "desk"), load_config(environ, None), clock=clock, warn=print)
    made.create()
    return made


def ids(desk: Desk, *words: str, everything: bool = False) -> list[int]:
    return [hit.ticket_id for hit in search(desk, words, everything=everything).rows]


def test_the_best_come_first_and_all_are_counted(desk: Desk) -> None:
    opened(desk, "Hello", body="About a refund.")
    opened(desk, "Refund")

    found = search(desk, ["refund"], limit=1)

    assert ([hit.ticket_id for hit in found.rows], found.total) == ([2], 2)
    assert str(found.query) == "refund"


def test_terms_are_told_apart_from_words(desk: Desk) -> None:
    opened(desk, "Refund", tags=("vip",))
    opened(desk, "Refund", body="secret")

    assert ids(desk, "refund", "tag:vip") == [1]
    assert ids(desk, "refund", "text!=secret") == [1]
    assert ids(desk, "refund", "is:open", "tag!=vip") == [2]
    assert ids(desk, "text:secret,nothing") == [2]


def test_many_matches_are_compared_at_once(desk: Desk) -> None:
    for number in range(1, 206):
        opened(desk, "Refund", tags=("even",) if number % 2 == 0 else ())

    assert sorted(ids(desk, "refund", "tag:even", "id:1..10")) == [2, 4, 6, 8, 10]


def test_spam_and_the_trash_must_be_asked_for(desk: Desk) -> None:
    for _ in range(3):
        opened(desk, "Refund")
    mark_spam(desk, [1])
    trash(desk, [2])

    assert ids(desk, "refund") == [3]
    assert sorted(ids(desk, "refund", everything=True)) == [1, 2, 3]
    assert sorted(ids(desk, "refund", "is:settled")) == [1, 2]
    assert ids(desk, "refund", "id:1") == [1]
    assert ids(desk, "refund", "status:new") == [3]


def test_a_ticket_that_woke_is_told_as_awake(desk: Desk, clock: Clock) -> None:
    opened(desk, "Refund")
    snooze(desk, [1], clock().replace(year=2027))
    before = search(desk, ["refund"]).rows[0].status
    clock.move(days=400)

    assert (before, search(desk, ["refund"]).rows[0].status) == ("postponed", "new")


def test_a_settled_ticket_is_told_as_it_is(desk: Desk) -> None:
    opened(desk, "Refund")
    resolve(desk, [1])
    close(desk, [1])

    assert search(desk, ["refund"]).rows[0].status == "closed"


def test_what_another_search_teaches_the_index_meanwhile_is_no_error(
    desk: Desk, tmp_path: Path
) -> None:
    opened(desk, "Refund")

    def meanwhile(*terms: Term) -> list[list[int]]:
        """Return what is found when a ticket comes, and another search, in the midst of it."""
        wanted = Wanted(phrase("refund", is_last=True), TicketQuery(terms), 0, everything=True)
        seen: list[Findings] = []

        def work(index: Index, tx: DeskTransaction) -> Findings:
            if not seen:
                opened(desk, "Refund")
                ids(desk, "refund")
            seen.append(findings(tx, index, wanted))
            return seen[-1]

        search_desk(desk.folder, tmp_path / ".cache/tix", work, timeout_s=1)
        return [sorted(hit.ticket_id for hit in one.rows) for one in seen]

    assert ids(desk, "refund") == [1]
    assert meanwhile() == [[1, 2], [1, 2]]
    assert meanwhile(Term("priority", "priority:normal", ("normal",))) == [[1, 2], [1, 2, 3]]


def test_a_desk_that_is_not_made_yet_has_nothing_to_find(tmp_path: Path, clock: Clock) -> None:
    config = load_config({"TIX_USER": "alice", "TIX_TZ": "UTC"}, None)
    desk = Desk(str(tmp_path / "no"), config, clock=clock, warn=print, is_default=True)

    assert search(desk, ["refund"]).total == 0
    with pytest.raises(UsageError):
        search(desk, ["is:open"])


@pytest.mark.parametrize("words", [(), ("is:open",), ("has:text",), ("text!=x",), ("!?",)])
def test_without_a_word_there_is_nothing_to_look_for(desk: Desk, words: tuple[str, ...]) -> None:
    with pytest.raises(UsageError):
        search(desk, words)
