"""``tix tag`` and ``tix untag``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.cli.telling import error, told

if TYPE_CHECKING:
    from tests.commandline import Desk

MISSING = told("a tag is missing", "tix tag ID... TAG,TAG")


def tags(desk: Desk, number: int) -> str:
    return desk(f"show {number} --fields tags -o tsv").splitlines()[1]


def test_tags_are_added(desk: Desk):
    assert desk("tag 2 3 web,vip") == "2\n3\n"
    assert desk("tag 2 1 Web,late", tty=True) == (
        "tix: warning: new tag 'late'\n"
        "2: tags web,vip,late - Cannot log in\n"
        "1: tags vip,web,late - Refund not received\n"
    )
    assert desk("tag 2 web", tty=True) == "2 is unchanged\n"


def test_tags_are_replaced_and_taken_off(desk: Desk):
    assert desk("tag 1 --set web,vip", tty=True) == "1: tags web,vip - Refund not received\n"
    assert desk("untag 1 2 web", tty=True) == (
        "1: tags vip - Refund not received\n2: tags none - Cannot log in\n"
    )
    assert desk("untag 1 nope") == "1\n"
    assert (tags(desk, 1), tags(desk, 2)) == ("vip", "")


def test_a_tag_that_nobody_uses_is_told_with_the_nearest(desk: Desk):
    result = desk.run("tag 3 wbe")

    assert (result.stdout, result.stderr) == (
        "3\n",
        "tix: warning: new tag 'wbe' (did you mean 'web'?)\n",
    )


@pytest.mark.parametrize("name", ["2fa", "t1", "3d-print", "#urgent", "os:mac", "žurno"])
def test_a_tag_may_look_almost_like_a_ticket(desk: Desk, name: str):
    desk(f"tag 3 {name} -q")

    assert tags(desk, 3) == name


def test_a_tag_for_a_query_may_be_any_word(desk: Desk):
    desk("tag --where tag:vip 2026 --yes -q")

    assert tags(desk, 1) == "vip,web,2026"


@pytest.mark.parametrize(
    ("line", "code", "said"),
    [
        ("tag", 2, MISSING),
        ("tag 1", 2, MISSING),
        ("tag 1 2,3", 2, MISSING),
        ("tag 1 T2", 2, MISSING),
        ("untag 1", 2, told("a tag is missing", "tix untag ID... TAG,TAG")),
        ("tag vip", 2, told("no ticket given")),
        ("tag 1 ,", 2, told("no tag given")),
        ("tag 1 'a b'", 2, told("'a b' cannot be a tag: one word, at most 100 characters")),
        ("tag 9 vip", 3, told("no ticket 9", "the last number is 3")),
        ("tag 1 vip --if-rev 2", 4, told("ticket 1 is at revision 1, not 2", "tix show 1")),
    ],
)
def test_what_tags_nothing(desk: Desk, line: str, code: int, said: str):
    assert error(desk, line, code) == said


@pytest.mark.parametrize("command", ["tag", "untag"])
def test_the_trash_takes_no_tags(desk: Desk, command: str):
    desk("delete 1")

    assert error(desk, f"{command} 1 vip", 5) == told("ticket 1 is in the trash", "tix restore 1")
