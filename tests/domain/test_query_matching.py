"""What queries find: each field and state, the default, and what is looked at last."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.domain.asking import NOW, at, finds, query, ticket
from tix.domain.people import Contact
from tix.domain.query import STATES, Seen, defaulted, matches
from tix.domain.status import Status
from tix.domain.ticket import Link

ACME = Contact(42, "Ann Ämilia", "ann@acme.test", "Acme Ltd", "resellers", "gold", "business", True)
HOUR = timedelta(hours=1)


@pytest.mark.parametrize(
    ("line", "values", "other"),
    [
        ("id:5-9", {"number": 9}, {"number": 10}),
        ("status:new,open", {"status": Status.OPEN}, {"status": Status.CLOSED}),
        ("substatus:customer", {"substatus": "customer"}, {}),
        ("prio:high..", {"priority": "urgent"}, {"priority": "normal"}),
        ("tag:billing,vat", {"tags": ("a", "vat")}, {"tags": ("billings",)}),
        ("tag:os:", {"tags": ("os:mac",)}, {"tags": ("os",)}),
        ("tag:none", {}, {"tags": ("os",)}),
        ("assignee:ALICE", {"assignee": "alice"}, {"assignee": "al"}),
        ("assignee:none,bob", {}, {"assignee": "alice"}),
        ("assignee:@me", {"assignee": "alice"}, {"assignee": "bob"}),
        ("dept:sales", {"department": "Sales"}, {}),
        ("type:incident", {"type": "incident"}, {"type": "problem"}),
        ("category:billing", {"category": "Billing/VAT"}, {"category": "billings"}),
        ("category:a/b", {"category": "a/b"}, {"category": "a"}),
        ("channel:email", {"channel": "email"}, {"channel": "phone"}),
        ("subject:REF", {"subject": "a refund"}, {"subject": "a fund"}),
        ("created:2026-11-20", {"created_at": at("2026-11-20")}, {"created_at": at("2026-11-21")}),
        ("due:..eod", {"due_at": NOW}, {"due_at": NOW + 10 * HOUR}),
        ("due:none", {}, {"due_at": NOW}),
        ("snoozed:tomorrow", {"snoozed_until": at("2026-11-22", "09:00")}, {}),
        ("first_response:..now", {"first_response_at": NOW}, {}),
        ("resolved:today", {"resolved_at": NOW}, {"resolved_at": NOW - 24 * HOUR}),
        ("closed:today..", {"closed_at": NOW}, {}),
        ("age:..1h", {"created_at": NOW - HOUR}, {"created_at": NOW - HOUR * 1.01}),
        ("waiting:4h..", {"waiting_since": NOW - 4 * HOUR}, {"waiting_since": NOW - 3 * HOUR}),
        ("replies:2..3", {"replies": 3}, {"replies": 4}),
        ("messages:1", {"messages": 1}, {}),
        ("notes:0", {}, {"notes": 1}),
        ("reopened:1..", {"reopened": 2}, {}),
        ("tier:2..", {"tier": 2}, {}),
        ("reason:solved", {"reason": "solved"}, {"reason": "wontfix"}),
        ("merged:7", {"merged_into": 7}, {"merged_into": 8}),
        ("link:blocked-by", {"links": (Link("blocked-by", 7),)}, {"links": (Link("parent", 7),)}),
        ("link:7", {"links": (Link("parent", 7),)}, {"links": (Link("parent", 8),)}),
        ("outbound:yes", {"outbound": True}, {}),
        ("field.os:mac", {"fields": {"os": "Mac"}}, {"fields": {"os": "linux"}}),
        ("has:attachment", {"attachments": 1}, {}),
        ("has:tag", {"tags": ("a",)}, {}),
        ("no:due", {}, {"due_at": NOW}),
        ("no:assignee", {}, {"assignee": "bob"}),
        ("has:field.os", {"fields": {"os": "Mac"}}, {"fields": {"version": "1"}}),
    ],
)
def test_a_term_finds_what_it_says(line: str, values: dict[str, object], other: dict[str, object]):
    assert finds(line, ticket(**values))  # type: ignore[arg-type]
    assert not finds(line, ticket(**other))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "value",
    ["C-42", "c42", "ann@acme.test", "ANN@ACME.test", "@acme.test", "ann@", "ämil", "acme ltd"],
)
def test_a_customer_is_found_by_number_address_or_a_part_of_the_name(value: str):
    asked = Seen(ticket(requester=42), ACME, NOW)

    assert matches(query(f"customer:{value}"), asked)


@pytest.mark.parametrize("value", ["C-4", "nn@acme.test", "acme.test", "42", "none"])
def test_a_customer_is_not_found_by_less(value: str):
    assert not finds(f"customer:{value}", ticket(requester=42), ACME)


def test_a_ticket_without_requester_has_no_customer():
    assert finds("no:customer customer:none", ticket())


def test_a_requester_is_found_by_number_where_nothing_else_is_known():
    assert finds("customer:C-42 has:customer", ticket(requester=42))


@pytest.mark.parametrize(
    "line",
    ["organisation:acme", "group:Resellers", "plan:gold", "kind:business", "vip:yes", "is:vip"],
)
def test_what_is_known_of_the_customer_can_be_asked_for(line: str):
    assert finds(line, ticket(requester=42), ACME)
    assert not finds(line, ticket(requester=43), Contact(43))
    assert not finds(line, ticket())


def test_text_is_compared_without_case_or_spelling_of_accents():
    assert finds("subject:ÉTUDE", ticket(subject="e\N{COMBINING ACUTE ACCENT}tude"))
    assert finds("straße", ticket(), text="STRASSE 5")
    assert not finds("etude", ticket(), text="étude")


def test_a_word_is_found_in_the_subject_or_any_message():
    assert finds("refund", ticket(subject="Refund?"))
    assert finds("bank text:IBAN", ticket(), text="Refund\nmy bank says the iban is wrong")
    assert not finds("bank", ticket(), text="Refund")


def test_the_text_is_read_only_where_all_else_holds():
    def text() -> str:
        raise AssertionError("read in vain")

    assert not matches(query("refund", "is:closed"), Seen(ticket(), None, NOW, text))


@pytest.mark.parametrize("state", STATES)
def test_each_state_says_what_it_means(state: str):
    assert STATES[state].help


@pytest.mark.parametrize(
    ("status", "states"),
    [
        (Status.NEW, "open new unassigned"),
        (Status.OPEN, "open unassigned"),
        (Status.ANSWERED, "open waiting answered unassigned"),
        (Status.PENDING, "open waiting pending unassigned"),
        (Status.POSTPONED, "open snoozed unassigned"),
        (Status.RESOLVED, "resolved unassigned"),
        (Status.CLOSED, "closed settled unassigned"),
        (Status.MERGED, "merged settled unassigned"),
        (Status.SPAM, "spam settled unassigned"),
    ],
)
def test_a_ticket_is_what_its_status_says(status: Status, states: str):
    asked = ticket(status=status)

    assert {state for state in STATES if finds(f"is:{state}", asked)} == set(states.split())


@pytest.mark.parametrize(
    ("values", "state"),
    [
        ({"waiting_since": NOW}, "unanswered"),
        ({"due_at": NOW - HOUR}, "overdue"),
        ({"assignee": "Alice"}, "mine"),
        ({"trashed_at": NOW}, "trashed"),
        ({"trashed_at": NOW}, "settled"),
        ({"outbound": True}, "outbound"),
        ({"reopened": 1}, "reopened"),
    ],
)
def test_a_ticket_is_what_happened_to_it(values: dict[str, object], state: str):
    assert finds(f"is:{state}", ticket(**values))  # type: ignore[arg-type]
    assert not finds(f"is:{state}", ticket())


def test_a_ticket_is_overdue_only_after_its_due_date_and_while_it_is_open():
    assert not finds("is:overdue", ticket(due_at=NOW))
    assert not finds("is:overdue", ticket(due_at=NOW - HOUR, status=Status.RESOLVED))


def test_one_of_several_states_is_enough():
    assert finds("is:mine,unassigned", ticket())
    assert finds("is:mine,unassigned", ticket(assignee="alice"))
    assert not finds("is:mine,unassigned", ticket(assignee="bob"))


@pytest.mark.parametrize(
    ("line", "whole"),
    [
        ("refund", "is:open refund"),
        ("is:mine prio:high", "is:open is:mine priority:high"),
        ("is:closed", "is:closed is!=trashed"),
        ("status!=new", "status!=new is!=trashed"),
        ("resolved:today", "resolved:today is!=trashed"),
        ("is:trashed", "is:trashed"),
        ("is:closed,trashed", "is:closed,trashed"),
        ("is!=trashed tag:a", "is!=trashed tag:a"),
        ("id:12", "id:12"),
        ("id!=12", "is:open id!=12"),
        ("no:resolved", "is:open no:resolved"),
        ("trashed:-7d..", "trashed:-7d.."),
    ],
)
def test_open_tickets_are_meant_unless_a_status_is_told(line: str, whole: str):
    assert str(defaulted(query(*line.split()))) == whole


def test_everything_is_not_the_trash():
    assert str(defaulted(query(), everything=True)) == "is!=trashed"
    assert str(defaulted(query("is:settled"), everything=True)) == "is:settled"
