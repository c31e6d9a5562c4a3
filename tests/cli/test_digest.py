"""``tix digest``: text, Markdown, a page and a mail."""

from __future__ import annotations

import json
from email import message_from_string, policy
from typing import TYPE_CHECKING

import pytest

from tests.cli.telling import error, told

if TYPE_CHECKING:
    from tests.commandline import Desk

HOSTILE = "<script>alert(1)</script>\x1b[31m | evil"


@pytest.fixture
def desk(run: Desk) -> Desk:
    """A desk with a late ticket, one due today, and one that nobody has."""
    run("new Late -c jo@example.com -a alice --due 2026-11-21T19:00")
    run("new Today -a alice --due 2026-11-21T23:00")
    run("new Nobody")
    return run


LATER = {"TIX_NOW": "2026-11-21T19:30:00Z"}


def test_it_is_text_with_headings_in_a_pipe_too(desk: Desk):
    assert desk("digest", env=LATER).splitlines() == [
        "3 tickets need attention on 2026-11-21 20:30 Europe/Zagreb",
        "ID  WHEN         ABOUT     PRIO    AGENT  CUSTOMER        SUBJECT",
        "",
        "Overdue (1)",
        " 1  1h 30m over  due date  normal  alice  jo@example.com  Late",
        "",
        "Due today (1)",
        " 2  in 2h 30m    due date  normal  alice  -               Today",
        "",
        "Unassigned (1)",
        " 3  1h                     normal  -      -               Nobody",
    ]


def test_a_query_narrows_it(desk: Desk):
    assert desk("digest no:assignee -o ids", env=LATER) == "3\n"


def test_machines_get_seconds_and_counts(desk: Desk):
    found = json.loads(desk("digest --json", env=LATER))

    assert found["counts"]["overdue"] == 1
    assert [(i["id"], i["heading"], i["seconds"]) for i in found["items"]] == [
        (1, "overdue", 5400),
        (2, "due today", -9000),
        (3, "unassigned", 3600),
    ]


def test_markdown_has_a_table_under_each_heading(desk: Desk):
    lines = desk("digest -o md", env=LATER).splitlines()

    assert lines[:3] == [
        "# 3 tickets need attention on 2026-11-21 20:30 Europe/Zagreb",
        "",
        "## Overdue (1)",
    ]
    assert "| 1 | 1h 30m over | due date | normal | alice | jo@example.com | Late |" in lines


def test_a_page_asks_for_nothing_and_shows_customers_text_as_it_is(run: Desk):
    run(["new", HOSTILE])
    page = run("digest --html")

    assert "default-src 'none'" in page
    assert "<script>" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt; | evil" in page
    assert "\x1b" not in page


def test_a_mail_is_ready_for_sendmail(desk: Desk):
    printed = desk("digest --email-ready --to me@example.com", env=LATER)
    mail = message_from_string(printed, policy=policy.default)
    text, page = mail.iter_parts()

    assert mail["To"] == "me@example.com"
    assert mail["Subject"] == "3 tickets need attention on 2026-11-21 20:30 Europe/Zagreb"
    assert mail["Auto-Submitted"] == "auto-generated"
    assert "Overdue (1)" in text.get_content()
    assert "<h2" in page.get_content()
    assert printed == desk("digest --email-ready --to me@example.com", env=LATER)


def test_nothing_to_tell_is_told(run: Desk):
    assert run("digest") == "No tickets need attention on 2026-11-21 19:30 Europe/Zagreb\n"
    mail = message_from_string(run("digest --email-ready"), policy=policy.default)
    assert "Nothing needs attention." in next(mail.iter_parts()).get_content()


@pytest.mark.parametrize("way", ["--html", "--email-ready"])
def test_a_page_or_mail_has_no_other_format(run: Desk, way: str):
    assert error(run, f"digest {way} -o md", 2) == told(f"{way} and -o md exclude each other")


def test_an_address_without_a_mail_is_refused(run: Desk):
    assert error(run, "digest --to me@example.com", 2) == told(
        "--to names who gets the mail", "add --email-ready"
    )
    assert error(run, "digest --email-ready --to nobody", 2)
    assert error(run, "digest --email-ready --to ''", 2) == told("'' is not a mail address")
