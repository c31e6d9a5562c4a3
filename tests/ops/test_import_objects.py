"""Plain JSONL: an object a ticket."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from io import BytesIO
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.ops.desks import Clock, history, make_desk
from tests.ops.imports import UTC as ZONE
from tests.ops.imports import customers, objects, refused, tickets
from tix.domain.status import Status
from tix.domain.thread import thread
from tix.errors import BadData
from tix.ops.importing.objects import LINE_LIMIT_BYTES, Objects, lines

if TYPE_CHECKING:
    from tix.desk import Desk


def dumped(**members: Any) -> str:
    return json.dumps({"subject": "Broken", **members})


def at(day: int, hour: int = 0) -> datetime:
    return datetime(2026, 11, day, hour, tzinfo=UTC)


def test_a_subject_is_enough(desk: Desk):
    objects(desk, dumped())

    (made,) = tickets(desk)
    assert (made.subject, made.status, made.created_at) == ("Broken", Status.NEW, desk.clock())


def test_every_member_finds_its_place(desk: Desk):
    objects(
        desk,
        dumped(
            id=7,
            body="It does not start.",
            customer={
                "email": "Jo@x.com",
                "name": "Jo",
                "phone": "+385123",
                "organisation": "Acme",
            },
            status="pending",
            substatus="third-party",
            priority="high",
            type="task",
            category="a/b",
            channel="web",
            department="IT",
            assignee="Bob",
            tags=["x", "y"],
            fields={"order": 77, "empty": None},
            created="2026-11-01",
            updated=1793664000,
            due="2026-12-01",
        ),
    )

    (made,) = tickets(desk)
    assert (made.status, made.substatus, made.priority) == (Status.PENDING, "third-party", "high")
    assert (made.type, made.category, made.channel) == ("task", "a/b", "web")
    assert (made.department, made.assignee, made.tags) == ("it", "bob", ("x", "y"))
    assert (made.fields, made.created_at, made.updated_at) == ({"order": "77"}, at(1), at(3))
    assert made.due_at == datetime(2026, 12, 1, 23, 59, 59, tzinfo=UTC)
    (who,) = customers(desk)
    assert (who.name, who.addresses, who.phones, who.organisation) == (
        "Jo",
        ("jo@x.com",),
        ("+385123",),
        "Acme",
    )


def test_messages_are_told_at_their_times_by_those_who_wrote_them(desk: Desk):
    objects(
        desk,
        dumped(
            customer="jo@x.com",
            messages=[
                {"kind": "note", "at": "2026-11-03", "body": "Third one.", "author": "bob"},
                {"at": "2026-11-01", "body": "It broke."},
                {"kind": "reply", "at": "2026-11-04", "body": "Here.", "author": "bob@x.com"},
                {"kind": "customer", "at": "2026-11-05", "body": "And?", "author": "al@x.com"},
                {"kind": "reply", "at": "2026-11-06", "body": "So."},
                {"at": "2026-11-07", "body": "Thanks."},
            ],
        ),
    )

    said = [(m.kind, m.author, m.at, m.body) for m in thread(history(desk, 1))]
    assert said == [
        ("customer", "customer:C-1", at(1), "It broke."),
        ("note", "agent:bob", at(3), "Third one."),
        ("reply", "agent:bob", at(4), "Here."),
        ("customer", "customer:C-2", at(5), "And?"),
        ("reply", "import:old", at(6), "So."),
        ("customer", "customer:C-1", at(7), "Thanks."),
    ]
    (made,) = tickets(desk)
    assert (made.created_at, made.first_response_at, made.waiting_since) == (at(1), at(4), at(7))
    assert made.status is Status.OPEN


@pytest.mark.parametrize(
    ("members", "opened", "body"),
    [
        ({"body": "B", "messages": [{"at": "2026-11-02", "body": "M"}]}, at(2), "B"),
        ({"created": "2026-11-01", "messages": [{"at": "2026-11-02", "body": "M"}]}, at(1), None),
        ({"created": "2026-11-03", "messages": [{"at": "2026-11-02", "body": "M"}]}, at(2), "M"),
        ({"messages": [{"kind": "note", "at": "2026-11-02", "body": "M"}]}, at(2), None),
        ({"messages": [{"at": "2026-11-02", "body": "M", "author": "al@x.com"}]}, at(2), None),
    ],
)
def test_a_first_message_of_the_customer_is_the_body(
    desk: Desk, members: dict[str, Any], opened: datetime, body: str | None
):
    objects(desk, dumped(customer="jo@x.com", **members))

    first = history(desk, 1)[0]
    assert (first.at, first.body) == (opened, body)


def test_a_conversation_ends_in_the_status_of_its_ticket(desk: Desk):
    talk = [
        {"at": "2026-11-01", "body": "a"},
        {"kind": "reply", "at": "2026-11-02", "body": "b"},
        {"at": "2026-11-03", "body": "c"},
    ]
    for status in ("new", "open", "answered", "pending", "resolved", "closed", "spam"):
        objects(desk, dumped(subject=status, messages=talk, status=status, closed="2026-11-10"))

    assert [(t.subject, t.status.value) for t in tickets(desk)] == [
        ("new", "open"),
        ("open", "open"),
        ("answered", "answered"),
        ("pending", "pending"),
        ("resolved", "resolved"),
        ("closed", "closed"),
        ("spam", "spam"),
    ]
    assert tickets(desk)[5].closed_at == at(10)


def test_a_second_run_changes_nothing_with_or_without_ids(desk: Desk):
    given = (dumped(id="A-7"), dumped(), dumped())
    assert objects(desk, *given).total == 3

    assert (objects(desk, *given).total, objects(desk, *given).known) == (0, 3)


def test_blank_lines_and_a_mark_of_byte_order_are_no_tickets(desk: Desk):
    assert objects(desk, "\ufeff" + dumped(), " ", "", dumped()).total == 2


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("[1]", "it is no JSON object"),
        ("nonsense", "it is no JSON: expecting value at character 1"),
        ('{"subject": NaN}', "NaN is no JSON value"),
        ('{"subject": ' + "1" * 5000 + "}", "a number in it has too many digits"),
        ('{"subject": "\\ud800"}', "an escape in it is half a character"),
        (b'{"subject": "\xff"}', "byte 14 is not UTF-8"),
        ("[" * 100_000, "it is nested too deeply"),
        (dumped(subjct="x"), "subjct: it means nothing here (did you mean 'subject'?)"),
        (dumped(qqq="x"), "qqq: it means nothing here (there are id, subject, body, "),
        (dumped(subject=True), "subject: it must be a text"),
        (dumped(subject=["x"]), "subject: it must be a text"),
        (dumped(subject=None), "subject: a ticket needs a subject"),
        (dumped(fields=1), "fields: it must be an object"),
        (dumped(fields={"x": []}), "fields.x: it must be a text"),
        (dumped(tags=[1, True]), "tags: it must be a text"),
        (dumped(created="soon"), "created: 'soon' is not a time such as 2026-11-24 17:00 or"),
        (dumped(customer=[]), "customer: it must be a text"),
        (dumped(customer={"mail": "x"}), "customer.mail: it means nothing here (did you mean"),
        (dumped(customer={"email": 1.5}), "customer.email: '1.5' is not a mail address"),
        (dumped(messages={}), "messages: it must be a list of objects"),
        (dumped(messages=["x"]), "messages[1]: it is no JSON object"),
        (dumped(messages=[{"body": "x"}]), "messages[1].at: it is missing"),
        (dumped(messages=[{"at": "2026-11-01"}]), "messages[1].body: it is missing"),
        (
            dumped(messages=[{"at": "2026-11-01", "body": "x", "kind": "mail"}]),
            "messages[1].kind: 'mail' is none of customer, reply, note",
        ),
        (
            dumped(created=0, messages=[{"at": "2027-11-01", "body": "x"}]),
            "messages: 2027-11-01 00:00 UTC lies in the future",
        ),
        (dumped(body="x" * 33_600_000), "body: a text has at most 32 MB"),
    ],
)
def test_a_line_that_is_no_ticket_is_named(desk: Desk, line: str | bytes, message: str):
    assert refused(objects, desk, line).startswith(f"old.jsonl line 1: {message}")


def test_a_line_without_end_is_refused():
    class Endless(BytesIO):
        def readline(self, size: int | None = -1) -> bytes:
            return b"x" * (size or 0)

    with pytest.raises(BadData, match=r"old line 1 is longer than 256 MB"):
        next(lines(Endless(), "old"))
    assert LINE_LIMIT_BYTES == 256 << 20


def test_it_has_no_oddities_and_knows_nobody_apart_from_its_tickets(desk: Desk):
    source = Objects(BytesIO(), "old", "old", ZONE)

    assert list(source.oddities()) == []
    assert source.creates == {"agents", "departments"}


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=6,
)
MEMBERS = ["subject", "body", "customer", "tags", "fields", "messages", "created", "status"]


@given(st.lists(st.dictionaries(st.sampled_from(MEMBERS), json_values, max_size=4), max_size=3))
def test_any_objects_come_in_or_are_named(given: list[dict[str, Any]]):
    desk = make_desk(Clock())

    imported = objects(desk, *map(json.dumps, given), keep_going=True)

    assert imported.total + imported.rejected == len(given)
    assert len(tickets(desk)) == imported.total
