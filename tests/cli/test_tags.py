from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.commandline import Desk


@pytest.fixture
def desk(run: Desk) -> Desk:
    """A desk with tags on an open, a closed and a trashed ticket."""
    run("new First -t money,vip")
    run("new Second -t money")
    run("new Third -t money,web")
    run("resolve 2 --close")
    run("delete 3 --yes")
    return run


def tags_of(desk: Desk) -> dict[int, list[str]]:
    """Return the tags of each ticket."""
    shown = json.loads(desk("show 1-3 --json"))["tickets"]
    return {ticket["id"]: ticket["tags"] for ticket in shown}


def test_tags_are_counted_open_and_all_but_the_trash(desk: Desk):
    assert desk("tags") == "money\t1\t2\nvip\t1\t1\n"
    assert desk("tags list --sort -name -o ids") == "vip\nmoney\n"
    assert desk("tags -o table") == "TAG    OPEN  ALL\nmoney     1    2\nvip       1    1\n"


def test_a_tag_is_renamed_wherever_it_is(desk: Desk):
    assert desk("tags rename money billing --yes") == "1\n2\n3\n"

    assert tags_of(desk) == {1: ["billing", "vip"], 2: ["billing"], 3: ["billing", "web"]}


def test_tags_are_merged_into_one(desk: Desk):
    desk("tags merge vip,web --into money --yes")

    assert tags_of(desk) == {1: ["money"], 2: ["money"], 3: ["money"]}


def test_a_tag_goes_and_comes_back(desk: Desk):
    before = tags_of(desk)
    desk("tags rm money vip --yes")
    assert tags_of(desk) == {1: [], 2: [], 3: ["web"]}

    desk("undo")

    assert tags_of(desk) == before


def test_a_dry_run_asks_nothing_and_changes_nothing(desk: Desk):
    assert desk("tags rename money billing -n") == "1\n2\n3\n"
    assert desk("tags -o ids") == "money\nvip\n"


@pytest.mark.parametrize(
    ("line", "code", "message"),
    [
        ("tags rename money", 2, "missing argument 'NEW'"),
        ("tags rename money 'two words' --yes", 2, None),
        ("tags rename money a,b --yes", 2, "one tag is needed, and 'a,b' names 2"),
        ("tags rm mony --yes", 3, "no ticket has the tag 'mony'"),
        ("tags merge money mony --into vip --yes", 3, "no ticket has the tag 'mony'"),
        ("tags rename money vip --yes", 5, "there is a tag 'vip' already"),
        ("tags rename money billing --max 2 --yes", 5, "3 tickets match, more than 2"),
    ],
)
def test_what_cannot_be_is_told(desk: Desk, line: str, code: int, message: str | None):
    result = desk.run(line)

    assert (result.code, result.stdout) == (code, "")
    assert message in (None, result.stderr.splitlines()[0].removeprefix("tix: error: "))


def test_without_a_yes_nothing_is_changed(desk: Desk):
    result = desk.run("tags rm money")

    assert (result.code, result.stdout) == (5, "")
    assert result.stderr == (
        "  1  First\n  2  Second\n  3  Third\n"
        "tix: error: nobody is there to answer: take tags off 3 tickets?\n"
        "hint: Add --yes to say yes.\n"
    )
