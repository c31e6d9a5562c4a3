"""``tix resolve``."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from tests.cli.telling import error, told

if TYPE_CHECKING:
    from tests.commandline import Desk


def test_tickets_are_called_done(desk: Desk):
    assert desk("resolve 1") == "1\n"
    assert desk("resolve 2 3 --reason duplicate", tty=True) == (
        "resolved 2: status resolved, reason duplicate - Cannot log in\n"
        "resolved 3: status resolved, reason duplicate - Invoice 77\n"
    )
    assert desk("done 1") == desk("solve 1") == "1\n"


def test_a_last_word_can_be_said_and_the_ticket_closed(desk: Desk):
    desk("resolve 1 -m 'Fixed in 2.1.' --close")
    desk("resolve 2 -F -", input="See the manual.")

    first, second = json.loads(desk("show 1 2 --json"))["tickets"]
    assert (first["status"], first["messages"][1]["body"]) == ("closed", "Fixed in 2.1.")
    assert (second["status"], second["messages"][0]["body"]) == ("resolved", "See the manual.")
    assert len({event["op"] for event in first["events"][1:]}) == 1


def test_an_answer_opens_it_again(desk: Desk):
    desk("resolve 1")
    desk("reply 1 --inbound -m 'It broke again.'")

    assert desk("show 1 --fields status -o tsv") == "status\nopen\n"


@pytest.mark.parametrize(
    ("line", "code", "said"),
    [
        ("resolve", 2, told("no ticket given")),
        (
            "resolve 1 --reason duplicat",
            2,
            told(
                "invalid value for '--reason': 'duplicat' is not one of solved, answered, "
                "duplicate, wontfix, inactive",
                "Did you mean 'duplicate'?",
                "tix resolve [OPTIONS] ID...",
            ),
        ),
        ("resolve 1 -m ''", 2, told("the text is empty")),
        ("resolve 8 9", 3, told("no tickets 8, 9", "the last number is 3")),
        ("resolve 1 --if-rev 2", 4, told("ticket 1 is at revision 1, not 2", "tix show 1")),
    ],
)
def test_what_resolves_nothing(desk: Desk, line: str, code: int, said: str):
    assert error(desk, line, code) == said


def test_what_is_over_cannot_be_resolved(desk: Desk):
    desk("spam 1")

    assert error(desk, "resolve 1 2", 5) == told(
        "ticket 1 is spam; it cannot become resolved", "it can become open"
    )
