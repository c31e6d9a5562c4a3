"""``tix wait`` and ``tix snooze``: until somebody answers, or a time comes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.cli.telling import error, told

if TYPE_CHECKING:
    from tests.commandline import Desk

LATER = {"TIX_NOW": "2026-11-24T18:30:00Z"}


def statuses(desk: Desk, **how: object) -> str:
    """Return the statuses of tickets 1, 2 and 3."""
    rows = desk("show 1-3 --fields status -o tsv", **how)  # type: ignore[arg-type]
    return ",".join(rows.splitlines()[1:])


def test_waiting_is_for_the_customer_or_a_third_party(desk: Desk):
    assert desk("wait 1") == "1\n"
    assert desk("wait 2 --on third-party --until +3d", tty=True) == (
        "2: status pending, substatus third-party, "
        "until Tue 2026-11-24 19:30 CET (in 3 d) - Cannot log in\n"
    )
    assert statuses(desk) == "pending,pending,new"


def test_a_wait_with_an_end_opens_the_ticket_again(desk: Desk):
    desk("wait 1 2 --until +3d")

    assert statuses(desk, env=LATER) == "open,open,new"


def test_snoozed_tickets_are_out_of_sight_until_their_time(desk: Desk):
    assert desk("snooze 1 'mon 9:00'") == "1\n"
    assert desk("snooze 1 2 2d", tty=True) == (
        "1: until Mon 2026-11-23 19:30 CET (in 2 d) - Refund not received\n"
        "2: status postponed, until Mon 2026-11-23 19:30 CET (in 2 d) - Cannot log in\n"
    )
    assert desk("inbox -o ids") == "3\n"
    assert desk("inbox -o ids", env=LATER) == "1\n2\n3\n"
    assert statuses(desk, env=LATER) == "new,new,new"
    assert desk("postpone 3 2w") == "3\n"


@pytest.mark.parametrize(
    ("line", "code", "said"),
    [
        ("wait", 2, told("no ticket given")),
        ("wait 1 --until soon", 2, told("'soon' is not a date", "See 'tix help dates'.")),
        (
            "wait 1 --until -1h",
            2,
            told("2026-11-21 17:30 UTC is past; a time to come is needed"),
        ),
        (
            "wait 1 --on thrid-party",
            2,
            told(
                "invalid value for '--on': 'thrid-party' is not one of customer, third-party",
                "Did you mean 'third-party'?",
                "tix wait [OPTIONS] ID...",
            ),
        ),
        ("wait 9", 3, told("no ticket 9", "the last number is 3")),
        ("wait 1 --if-rev 2", 4, told("ticket 1 is at revision 1, not 2", "tix show 1")),
        ("snooze", 2, told("a date is missing", "tix snooze ID... DATE")),
        ("snooze 1", 2, told("a date is missing", "tix snooze ID... DATE")),
        ("snooze 1 soon", 2, told("'soon' is not a date", "See 'tix help dates'.")),
        (
            "snooze 1 2",
            2,
            told("'2' can be read in several ways; write a date as 2026-11-21"),
        ),
        ("snooze 1 -- -1h", 2, told("2026-11-21 17:30 UTC is past; a time to come is needed")),
        ("snooze 9 2d", 3, told("no ticket 9", "the last number is 3")),
        ("snooze 1 2d --if-rev 2", 4, told("ticket 1 is at revision 1, not 2", "tix show 1")),
    ],
)
def test_what_waits_for_nothing(desk: Desk, line: str, code: int, said: str):
    assert error(desk, line, code) == said


@pytest.mark.parametrize(("line", "to"), [("wait 1", "pending"), ("snooze 1 2d", "postponed")])
def test_what_is_resolved_waits_for_nothing(desk: Desk, line: str, to: str):
    desk("resolve 1")

    assert error(desk, line, 5) == told(
        f"ticket 1 is resolved; it cannot become {to}", "it can become open, closed, merged"
    )
