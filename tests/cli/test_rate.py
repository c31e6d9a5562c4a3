"""``tix rate``: what customers think of tickets, one by one and from a survey."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from tests.cli.telling import error, told

if TYPE_CHECKING:
    from tests.commandline import Desk

LATER = {"TIX_NOW": "2026-11-23T09:00:00Z"}


@pytest.fixture
def desk(run: Desk) -> Desk:
    """A desk with a ticket that was answered, and one that was not."""
    run("new Refund not received -c jo@example.com -m 'Where is it?'")
    run("new Login")
    run("reply 1 -m 'On its way.' --actor bob")
    return run


def test_a_rating_is_told_shown_and_found(desk: Desk):
    assert desk("rate 1 2 --comment 'Too slow.' --customer -o table") == (
        "1: rating bad - Refund not received\n"
    )

    assert "Rating    bad" in desk("show 1 --headers").splitlines()
    assert desk("show 1 --log").splitlines()[-1] == (
        "  2026-11-21 19:30  customer:C-1  rated: rating bad, 'Too slow.'"
    )
    assert json.loads(desk("show 1 --json"))["rating"] == "bad"
    assert desk("list rating:bad -o ids") == desk("list has:rating -o ids") == "1\n"
    assert desk("list no:rating --fields id,rating") == "2\t\n"
    assert desk("list --sort rating --fields id,rating") == "1\tbad\n2\t\n"
    data = json.loads(desk("log 1 -L 1 --json"))["events"][0]["data"]
    del data["salt"]
    assert data == {
        "changes": {"rating": [None, "bad"]},
        "score": "bad",
        "comment": "Too slow.",
        "agent": "bob",
        "department": "",
    }


def test_the_same_rating_again_changes_nothing(desk: Desk):
    desk("rate 1 good")

    assert desk("rate 1 5 -o table") == "1 is unchanged\n"


def test_what_nobody_answered_is_rated_by_force(desk: Desk):
    assert error(desk, "rate 2 bad", 5) == told(
        "nobody had answered ticket 2 by then, so there is nothing to rate",
        "--force rates it all the same",
    )
    assert desk("rate 2 bad --force") == "2\n"


def test_a_rating_that_is_withdrawn_stays_in_the_history(desk: Desk):
    desk("rate 1 good")
    desk("rate 1 bad", env=LATER)

    assert desk("rate 1 --withdraw --why Mistaken. -o table", env=LATER) == (
        "1: rating good - Refund not received\n"
    )
    assert desk("show 1 --log").splitlines()[-2:] == [
        "  2026-11-23 10:00  agent:alice  rated: rating good -> bad",
        "  2026-11-23 10:00  agent:alice  rating withdrawn: rating bad -> good (Mistaken.)",
    ]
    desk("rate 1 --withdraw")
    assert error(desk, "rate 1 --withdraw", 3) == told("ticket 1 has no rating", "tix rate 1 good")
    desk("undo")
    assert desk("list rating:good -o ids") == "1\n"


def test_an_earlier_rating_is_told_and_does_not_count(desk: Desk):
    desk("rate 1 bad", env=LATER)
    desk("rate 1 good --at 2026-11-22", env=LATER)

    assert desk("list rating:bad -o ids") == "1\n"
    assert desk("log 1 -L 1 -o table").splitlines()[1].endswith("  rated: good")


def test_a_survey_is_brought_in_once(desk: Desk):
    (desk.home / "survey.csv").write_text(
        "Ticket,Score,Comment,Rated at\n1,5,Great,2026-11-22 10:00\n1,bad,,2026-11-22 11:00\n"
    )
    tried = desk.run("rate --from survey.csv --dry-run -o table", env=LATER)
    assert tried.stdout == "would: 1: rating bad - Refund not received\n"

    assert desk("rate --from survey.csv", env=LATER) == "1\n"
    again = desk.run("rate --from survey.csv", env=LATER)
    assert (again.stdout, again.stderr) == ("", "tix: warning: 2 ratings were there already\n")
    assert desk("log 1 --fields kind,by -L 2") == "rated\tcustomer:C-1\n" * 2
    desk("undo")
    assert desk("list has:rating") == ""


def test_a_survey_may_come_through_a_pipe(desk: Desk):
    assert desk("rate --from -", input='{"ticket": 1, "rating": 4}\n') == "1\n"


def test_a_survey_with_bad_lines_changes_nothing(desk: Desk):
    (desk.home / "s.csv").write_text("ticket,score\n1,5\n7,5\n2,good\n")

    result = desk.run("rate --from s.csv")

    assert (result.stdout, result.code) == ("", 65)
    assert result.stderr == (
        "s.csv line 3: no ticket 7\n"
        "s.csv line 4: nobody had answered ticket 2 by then, so there is nothing to rate\n"
        "tix: error: 2 of 3 ratings cannot be imported, so nothing was: s.csv line 3: no ticket 7\n"
        "hint: mend the file; --force rates also what nobody has answered\n"
    )
    assert desk("list has:rating") == ""


def test_a_dry_run_is_a_line_for_apply(desk: Desk):
    (desk.home / "survey.csv").write_text("ticket,score,at\n1,bad,2026-11-21 19:30\n")
    lines = [
        desk("rate 1 4 --comment Thanks --customer --at now -n -o jsonl"),
        desk("rate --from survey.csv -n -o jsonl"),
    ]

    assert json.loads(lines[0]) == {
        "schema": "tix.command/1",
        "command": "rate",
        "ticket": 1,
        "score": "4",
        "comment": "Thanks",
        "customer": True,
        "at": "2026-11-21T18:30:00Z",
    }
    assert json.loads(lines[1])["from"]["name"] == "survey.csv"
    desk("apply -", input="".join(lines) + '{"command": "rate", "ticket": 1, "withdraw": true}')
    assert desk("list rating:good -o ids") == "1\n"


def test_a_desk_that_is_exported_keeps_its_ratings(desk: Desk):
    desk("rate 1 good")
    desk("rate 1 bad", env=LATER)
    desk("rate 1 --withdraw", env=LATER)
    exported = desk("export")

    desk("init --db copy")
    desk("import - --db copy", input=exported)
    assert desk("export --db copy") == exported
    desk("rate 1 --withdraw --db copy")
    assert desk("list has:rating --db copy") == ""


def test_a_comment_is_forgotten_with_what_was_written_and_the_score_stays(desk: Desk):
    desk("rate 1 bad --comment 'You lost my card 4111 1111 1111 1111' --customer")
    assert "4111" not in desk("log 1 --json")
    desk("delete 1 --purge --yes")

    (event,) = json.loads(desk("log 1 --json"))["events"][2:3]
    assert (event["kind"], event["data"]["score"], event["data"]["agent"]) == (
        "rated",
        "bad",
        "bob",
    )
    assert "comment" not in event["data"]
    assert desk.run("doctor").code == 0


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("rate", "no ticket given\nhint: tix rate ID good\n"),
        ("rate 1", "a score is missing\nhint: tix rate 1 good, neutral or bad\n"),
        ("rate 1 great", "'great' is no score; there are good, neutral, bad, and 1 to 5\n"),
        ("rate 1 good --withdraw", "--withdraw takes nothing but the ticket\n"),
        ("rate 1 --withdraw --comment x", "--withdraw takes nothing but the ticket\n"),
        ("rate 1 good --from x.csv", "--from takes everything from the file\n"),
        ("rate --from x.csv --customer", "--from takes everything from the file\n"),
        ("rate --from nowhere.csv", "nowhere.csv is no file\n"),
        ("rate --from desk", "desk is no file\n"),
        ("rate 1 good --at tomorrow", "a rating cannot come from the future\n"),
        ("rate 1 good --at 2020-01-01", "a rating at 2019-12-31 23:00 UTC is before ticket 1 was"),
        ("rate 99 good", "no ticket 99\n"),
    ],
)
def test_what_is_no_rating_is_told(desk: Desk, line: str, said: str):
    assert error(desk, line, 3 if "99" in line else 2).startswith(said)
