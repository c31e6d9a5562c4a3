"""``tix link`` and ``tix unlink``."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from tests.cli.telling import error, told

if TYPE_CHECKING:
    from tests.commandline import Desk


def links(desk: Desk, number: int) -> list[tuple[str, int]]:
    record = json.loads(desk(f"show {number} --json"))
    return [(tie["as"], tie["id"]) for tie in record["links"]]


def lines(desk: Desk, number: int) -> list[str]:
    """Return what the page of a ticket tells of its links."""
    header = desk(f"show {number} --headers").splitlines()
    place = next(n for n, line in enumerate(header) if line.startswith("Waiting since"))
    return [" ".join(line.split()) for line in header[place + 1 :]]


@pytest.mark.parametrize(
    ("option", "kind", "reverse"),
    [
        ("", "related", "related"),
        ("--as related", "related", "related"),
        ("--as duplicate-of", "duplicate-of", "duplicated-by"),
        ("--as blocked-by", "blocked-by", "blocks"),
        ("--as PARENT", "parent", "child"),
        ("--as blocks", "blocks", "blocked-by"),
        ("--as child", "child", "parent"),
        ("--as duplicated-by", "duplicated-by", "duplicate-of"),
    ],
)
def test_both_ends_show_the_tie(desk: Desk, option: str, kind: str, reverse: str):
    assert desk(f"link 1 2 3 {option}") == "1\n2\n3\n"

    assert (links(desk, 1), links(desk, 2), links(desk, 3)) == (
        [(kind, 2), (kind, 3)],
        [(reverse, 1)],
        [(reverse, 1)],
    )
    assert desk("show 1 --fields links -o tsv") == f"links\n{kind} 2,{kind} 3\n"
    assert desk(f"list link:{kind} link:2 -o ids") == "1\n"
    assert desk(f"list link:{reverse} link:1 -o ids --sort id") == "2\n3\n"


def test_the_page_names_the_tickets_and_tells_whether_a_blocker_is_still_open(desk: Desk):
    desk("link 1 2 3 --as blocked-by")
    desk("link 1 3")
    desk("resolve 2")

    assert lines(desk, 1) == [
        "Blocked by 2 (resolved) Cannot log in",
        "3 (still new) Invoice 77",
        "Related 3 (new) Invoice 77",
    ]
    assert "Blocks" in desk("show 3")
    desk("reopen 2")
    desk("merge 3 --into 2")
    assert "3, merged into 2 (still open) Cannot log in" in desk("show 1")
    desk("delete 2")
    assert "3, merged into 2 (in the trash) Cannot log in" in desk("show 1")


def test_links_are_told_on_a_terminal_and_in_the_history(desk: Desk):
    assert desk("link 1 2 --as parent", tty=True) == (
        "1: links parent 2 - Refund not received\n2: links child 1 - Cannot log in\n"
    )
    assert desk("link 2 1 --as child", tty=True) == "2 is unchanged\n"
    assert desk("unlink 2 1", tty=True) == (
        "2: links none - Cannot log in\n1: links none - Refund not received\n"
    )
    assert desk("unlink 2 1", tty=True) == "2 is unchanged\n"
    assert "linked: links parent 2\n" in desk("show 1 --log")


def test_all_that_match_are_linked_but_the_ticket_itself(desk: Desk):
    assert desk("link 1 --where is:open --as child --yes") == "1\n2\n3\n"
    assert desk("unlink 1 --where link:parent --yes -q") == "1\n2\n3\n"
    assert links(desk, 1) == []


@pytest.mark.parametrize("kind", ["blocked-by", "parent", "child"])
def test_undo_takes_both_ends_back(desk: Desk, kind: str):
    desk("link 1 2")
    desk(f"link 1 2 3 --as {kind}")
    desk("undo")

    assert [links(desk, number) for number in (1, 2, 3)] == [[("related", 2)], [("related", 1)], []]


@pytest.mark.parametrize(
    ("line", "code", "said"),
    [
        ("link 1", 2, told("no ticket given")),
        ("unlink 1", 2, told("no ticket given")),
        ("link 1,2 3", 2, told("one ticket is needed, and '1,2' names 2")),
        ("link 1 7-9", 3, told("no tickets 7, 8, 9", "the last number is 3")),
        ("unlink 1 9", 3, told("no ticket 9", "the last number is 3")),
        ("link 1 2 --if-rev 9", 4, told("ticket 1 is at revision 2, not 9", "tix show 1")),
        ("link 1 1", 5, told("ticket 1 cannot be linked to itself")),
        (
            "link 3 1 --as blocked-by",
            5,
            told(
                "that would lead in a circle: 3 blocked-by 1 blocked-by 2 blocked-by 3",
                "tix unlink 2 3",
            ),
        ),
        (
            "link 1 3 --as blocks",
            5,
            told("that would lead in a circle: 1 blocks 3 blocks 2 blocks 1", "tix unlink 2 1"),
        ),
    ],
)
def test_what_cannot_be_linked(desk: Desk, line: str, code: int, said: str):
    desk("link 1 2 --as blocked-by")
    desk("link 2 3 --as blocked-by")

    assert error(desk, line, code) == said


def test_a_kind_of_link_that_there_is_not_suggests_the_nearest(desk: Desk):
    assert "Did you mean 'blocked-by'?" in error(desk, "link 1 2 --as blocked", 2)


def test_the_trash_is_not_linked(desk: Desk):
    desk("delete 2")

    for line in ("link 1 2", "link 2 1"):
        assert error(desk, line, 5) == told("ticket 2 is in the trash", "tix restore 2")
