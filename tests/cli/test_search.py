"""``tix search`` finds words, best first, with the line they are in."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from tests.commandline import environment

if TYPE_CHECKING:
    from pathlib import Path

    from tests.commandline import Desk


@pytest.fixture
def desk(run: Desk) -> Desk:
    """A desk with three tickets on it."""
    run(["new", "Refund not received", "-c", "jo@x.com", "-m", "Dear all,\nI wait for my money."])
    run(["new", "Login fails", "-m", "The refund page asks for a password.", "-t", "bug"])
    run(["new", "Invoice", "-m", "Wrong address."])
    run("resolve 2")
    run("close 2")
    return run


def test_each_ticket_comes_with_the_line_it_was_found_by(desk: Desk) -> None:
    assert desk("search refund") == (
        "1\tnew\tRefund not received\tRefund not received\n"
        "2\tclosed\tLogin fails\tThe refund page asks for a password.\n"
    )


def test_all_words_must_be_there(desk: Desk) -> None:
    assert desk("search refund money -o ids") == "1\n"


def test_words_in_one_argument_must_follow_each_other(desk: Desk) -> None:
    assert desk(["search", "my money", "-o", "ids"]) == "1\n"
    assert desk(["search", "money my", "-o", "ids"]) == ""


def test_one_of_several_words_is_enough_with_a_comma(desk: Desk) -> None:
    assert desk("search text:money,address -o ids --fields id").split() == ["3", "1"]


def test_terms_of_a_query_narrow_the_search(desk: Desk) -> None:
    assert desk("search refund is:open -o ids") == "1\n"
    assert desk("search refund status:closed -o ids") == "2\n"
    assert desk("search refund tag:bug text!=login -o ids") == ""


def test_spam_and_the_trash_are_left_out_unless_asked_for(desk: Desk) -> None:
    desk("spam 1")
    desk("delete 2 --yes")

    found = [
        desk(f"search refund {more} -o ids").split()
        for more in ("", "--all", "is:trashed", "status:spam", "status:spam,closed")
    ]

    assert found == [[], ["1", "2"], ["2"], ["1"], ["1"]]


def test_json_has_an_envelope(desk: Desk) -> None:
    printed = json.loads(desk("search refund -L 1 --json"))

    assert printed.pop("tool").startswith("tix ")
    assert printed == {
        "schema": "tix.hit_list/1",
        "query": "refund",
        "total": 2,
        "count": 1,
        "truncated": True,
        "hits": [
            {
                "schema": "tix.hit/1",
                "id": 1,
                "status": "new",
                "subject": "Refund not received",
                "line": "Refund not received",
            }
        ],
    }


def test_what_is_beyond_the_limit_is_told(desk: Desk) -> None:
    assert desk.run("search refund -L 1").stderr == "1 of 2 - -L 0 for all\n"


def test_nothing_found_is_no_error_unless_asked(desk: Desk) -> None:
    result = desk.run("search nowhere")

    assert (result.stdout, result.stderr, result.code) == ("", "nothing found\n", 0)
    assert desk.run("search nowhere --exit-status").code == 1


@pytest.mark.parametrize(
    "words", ['foo"', "(refund", "-- -x", "a*b", "AND*", "''\"x", "NEAR(a", "^a"]
)
def test_no_sign_is_taken_for_a_language(desk: Desk, words: str) -> None:
    assert desk.run(["search", *words.split()]).code == 0


def test_a_word_without_letters_is_refused(desk: Desk) -> None:
    result = desk.run(["search", "???"])

    assert result.code == 2
    assert result.stderr == (
        'tix: error: "???" has no letter or digit to look for\n'
        'hint: tix list --all text:"???" finds any sign\n'
    )


def test_terms_alone_are_refused(desk: Desk) -> None:
    assert desk.run("search is:open").code == 2
    assert desk.run("search").code == 2
    assert desk.run("search stauts:open x").code == 2


def test_what_waits_for_its_time_is_shown_as_it_counts_now(desk: Desk) -> None:
    desk("snooze 1 +1h")

    later = {"TIX_NOW": "2026-11-22T18:30:00Z"}
    assert [desk("search money", env=env).split("\t")[1] for env in ({}, later)] == [
        "postponed",
        "new",
    ]


def test_customer_text_cannot_steer_the_terminal(desk: Desk) -> None:
    desk(["new", "Odd", "-m", "\x1b]0;owned\x07zebra \x1b[31mred\x9b2J"])

    shown = desk.run("search zebra -o table").stdout

    assert "zebra" in shown
    assert "\x1b" not in shown.replace("\x1b[1m", "").replace("\x1b[0m", "")
    assert "\x9b" not in shown


def test_without_a_desk_there_is_nothing_to_find(desk: Desk, tmp_path: Path) -> None:
    elsewhere = {"HOME": str(tmp_path / "nobody"), "TIX_DB": ""}

    assert desk.run("search refund", env=elsewhere).code == 0
    assert not (tmp_path / "nobody").exists()
    assert desk.run("search refund", env={"TIX_DB": str(tmp_path / "none")}).code == 73


def test_without_a_home_the_answers_are_the_same(desk: Desk) -> None:
    assert desk("search refund -o ids", env={"HOME": ""}) == "1\n2\n"


def test_find_is_another_word_for_it(desk: Desk) -> None:
    assert desk("find refund -o ids") == "1\n2\n"


def test_searches_at_the_same_time_do_not_hinder_each_other(desk: Desk, home: Path) -> None:
    words = [sys.executable, "-m", "tix", "search", "refund", "-o", "ids"]
    running = [
        subprocess.Popen(words, env=environment(home), stdout=subprocess.PIPE, text=True)
        for _ in range(4)
    ]

    assert [child.communicate()[0] for child in running] == ["1\n2\n"] * 4
    assert [file.name for file in (home / ".cache").rglob("*") if file.is_file()] == [
        "index.sqlite"
    ]
