"""``tix inbox``, which is ``tix`` alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.cli.telling import error
from tests.commandline import Desk, in_a_process

if TYPE_CHECKING:
    from pathlib import Path

ROWS = """\
1\tnew\thigh\t\tjo@example.com\t\trunning:first:3600\t\
2026-11-21T18:30:00Z\tvip,web\tRefund not received
2\tnew\tnormal\t\t\t\trunning:first:14400\t2026-11-21T18:30:00Z\tweb\tCannot log in
3\tnew\tlow\talice\t\t\trunning:first:28800\t2026-11-21T18:30:00Z\t\tInvoice 77
"""
DASHBOARD = """\
1 overdue · 3 unanswered · 1 mine · 2 unassigned    2026-11-21 19:30 CET
    ID  PRIO    WAITS      SLA  DUE      AGENT  CUSTOMER        SUBJECT
!!   2  normal     0s  4h left  1d over  -      -               Cannot log in
     1  high       0s  1h left           -      jo@example.com  Refund not received
     3  low        0s  8h left           alice  -               Invoice 77
next: tix show 2
"""


def test_tix_alone_is_the_inbox(desk: Desk):
    assert desk("") == desk("inbox") == ROWS


def test_a_person_sees_figures_marks_and_what_comes_next(desk: Desk):
    desk("edit 2 --due -1d -q")

    assert desk("", tty=True, env={"NO_COLOR": "1"}) == DASHBOARD


def test_a_pile_is_cut_to_a_screen_and_the_rest_is_told(desk: Desk):
    shown = desk("inbox -L 1", tty=True, env={"NO_COLOR": "1"})

    assert shown.splitlines()[-1] == "... 2 more: tix list        next: tix show 1"


@pytest.mark.parametrize(
    ("line", "found"),
    [("", "1 2"), ("--mine", ""), ("--all", "1 2 3"), ("tag:vip", "1"), ("--sort -id", "2 1")],
)
def test_answered_tickets_are_not_in_the_inbox_but_for_all(desk: Desk, line: str, found: str):
    desk("reply 3 -m Done.")

    assert desk(f"inbox {line} -o ids").split() == found.split()


def test_an_empty_inbox_is_no_failure_unless_it_is_asked(desk: Desk):
    assert desk.run("inbox tag:nope").stderr == "no tickets match\n"
    assert desk("inbox tag:nope --exit-status", code=1) == ""


def test_an_empty_inbox_is_worth_a_word_on_a_terminal(run: Desk):
    assert run("inbox", tty=True) == (
        "0 overdue · 0 unanswered · 0 mine · 0 unassigned    2026-11-21 19:30 CET\nInbox zero.\n"
    )


@pytest.mark.parametrize("line", ["", "inbox"])
def test_without_a_desk_it_welcomes_and_makes_nothing(tmp_path: Path, line: str):
    tix = Desk(tmp_path, in_a_process)
    result = tix.run(line, env={"TIX_DB": ""})

    assert (result.stdout, result.code) == ("", 0)
    assert result.stderr.splitlines()[:3] == [
        "Welcome to tix, the help desk in your shell.",
        "There is no desk yet; the first ticket makes one at",
        f"  {tmp_path}/.local/share/tix",
    ]
    assert list(tmp_path.iterdir()) == []


def test_a_named_desk_must_be_there(desk: Desk):
    assert error(desk, "--db nowhere", 73) == (
        f"there is no desk at {desk.home}/nowhere\nhint: 'tix init' makes one\n"
    )


def test_what_is_no_query_is_refused(desk: Desk):
    assert error(desk, "inbox stauts:new", 2).splitlines()[0] == (
        "unknown field 'stauts' in 'stauts:new'"
    )
