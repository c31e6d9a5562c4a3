"""Talking: opening, answering, noting, and what the customer says."""

from __future__ import annotations

from datetime import timedelta
from hashlib import sha256
from typing import TYPE_CHECKING

import pytest

from tests.ops.desks import START, history, meaning, opened, staffed, ticket
from tix.domain.course import Applied, Course, Term
from tix.domain.people import Agent
from tix.domain.status import Status
from tix.domain.ticket import Ticket
from tix.errors import NotFound, TransitionRefused, UsageError
from tix.ops.change import Change, Changed, Notice
from tix.ops.tickets import moves, talking
from tix.ops.tickets.talking import Draft, open_ticket

if TYPE_CHECKING:
    from tests.ops.desks import Clock
    from tix.desk import Desk

FILE = ("reports/bill.pdf", b"%PDF")
KEPT = {
    "name": "bill.pdf",
    "sha256": sha256(b"%PDF").hexdigest(),
    "size_bytes": 4,
    "type": "application/pdf",
}


STANDARD = Applied("standard")


def test_a_draft_becomes_a_ticket(desk: Desk) -> None:
    staffed(desk, Agent("bob"), departments=("billing",))
    draft = Draft(
        " Refund ",
        body="Where is it?",
        customer="Jo@Example.com",
        priority="HIGH",
        assignee="Bob",
        tags=("vip",),
        type="Incident",
        category="billing/refund",
        department="Billing",
        channel="email",
        due_at=START + timedelta(days=1),
        attachments=(FILE,),
    )
    change = open_ticket(desk, draft)

    made = ticket(desk, 1)
    assert change == Change("new", (Changed(None, made),), op=2)
    assert made == Ticket(
        1,
        "Refund",
        START,
        START,
        requester=1,
        priority="high",
        assignee="bob",
        tags=("vip",),
        type="incident",
        category="billing/refund",
        department="billing",
        channel="email",
        due_at=START + timedelta(days=1),
        waiting_since=START,
        messages=1,
        attachments=1,
        sla=STANDARD,
        course=Course(START, START, terms=(Term(START, "high", STANDARD),)),
        rev=1,
        hash=made.hash,
    )
    (event,) = history(desk, 1)
    assert (event.body, event.data["attachments"]) == ("Where is it?", [KEPT])
    assert desk.store.read(lambda tx: tx.attachment(str(KEPT["sha256"]))) == b"%PDF"


def test_an_outbound_ticket_waits_for_the_customer(desk: Desk) -> None:
    opened(desk, outbound=True, body="Your invoice is due.")

    assert ticket(desk, 1).status is Status.ANSWERED


def test_a_known_customer_is_not_made_again(desk: Desk) -> None:
    for text in ("jo@example.com", " JO@example.com", "C-1"):
        opened(desk, customer=text)

    assert [ticket(desk, n).requester for n in (1, 2, 3)] == [1, 1, 1]


@pytest.mark.parametrize(
    ("values", "kind"),
    [
        ({"subject": " "}, UsageError),
        ({"subject": "x", "customer": "C-9"}, NotFound),
        ({"subject": "x", "customer": "nobody"}, UsageError),
        ({"subject": "x", "priority": "hihg"}, UsageError),
        ({"subject": "x", "type": "wish"}, UsageError),
        ({"subject": "x", "assignee": "bob"}, NotFound),
        ({"subject": "x", "department": "billing"}, NotFound),
    ],
)
def test_a_draft_that_means_nothing_makes_nothing(
    desk: Desk, values: dict[str, str], kind: type[Exception]
) -> None:
    with pytest.raises(kind):
        open_ticket(desk, Draft(**values))  # type: ignore[arg-type]

    assert desk.store.read(lambda tx: tx.last_number("ticket")) == 0


def test_a_key_opens_one_ticket(desk: Desk) -> None:
    meaning(desk, key="mail-4711")

    assert opened(desk) == 1
    assert open_ticket(desk, Draft("Other")) == Change("new", unchanged=(1,))
    assert desk.store.read(lambda tx: tx.last_number("ticket")) == 1


def test_a_ticket_that_is_only_tried_is_told_and_not_made(desk: Desk) -> None:
    change = open_ticket(meaning(desk, dry_run=True, key="k"), Draft("Refund"))

    assert (change.ids, change.op, change.dry_run) == ((1,), None, True)
    assert desk.store.read(lambda tx: (tx.last_number("ticket"), tx.key("new", "k"))) == (0, None)


def test_a_new_tag_is_told(desk: Desk) -> None:
    opened(desk, tags=("billing",))

    assert open_ticket(desk, Draft("x", tags=("biling",))).notices == (
        Notice("new_tag", "new tag 'biling' (did you mean 'billing'?)"),
    )


def test_a_reply_goes_to_the_customer_with_its_files(desk: Desk) -> None:
    opened(desk, body="Where is it?")
    talking.reply(desk, 1, " On its way. ", attachments=[FILE])

    answered = ticket(desk, 1)
    assert (answered.status, answered.replies, answered.attachments) == (Status.ANSWERED, 1, 1)
    event = history(desk, 1)[-1]
    assert (event.kind, event.body, event.data["attachments"]) == (
        "replied",
        "On its way.",
        [KEPT],
    )


@pytest.mark.parametrize("status", [Status.OPEN, Status.PENDING])
def test_a_reply_can_leave_another_status(desk: Desk, status: Status) -> None:
    opened(desk)
    talking.reply(desk, 1, "Which order?", status=status)

    assert ticket(desk, 1).status is status


def test_a_reply_can_resolve(desk: Desk) -> None:
    opened(desk)
    change = talking.reply(desk, 1, "Done.", resolve="answered")

    (changed,) = change.changed
    assert (changed.after.status, changed.after.reason) == (Status.RESOLVED, "answered")
    assert [event.kind for event in history(desk, 1)] == ["opened", "replied", "resolved"]


def test_a_message_can_have_come_earlier(desk: Desk, clock: Clock) -> None:
    opened(desk)
    clock.move(hours=2)
    earlier = START + timedelta(hours=1)
    talking.reply(desk, 1, "By phone.", at=earlier)
    talking.receive(desk, 1, "Thanks.", at=earlier)

    assert [(e.at, e.recorded_at) for e in history(desk, 1)[1:]] == [(earlier, clock())] * 2
    assert ticket(desk, 1).answered_at == earlier


def test_a_message_cannot_come_from_the_future(desk: Desk) -> None:
    opened(desk)

    for say in (talking.reply, talking.receive):
        with pytest.raises(UsageError, match="from the future"):
            say(desk, 1, "Soon.", at=START + timedelta(seconds=1))


@pytest.mark.parametrize(
    ("customer", "by"), [("jo@example.com", "customer:C-1"), (None, "customer")]
)
def test_what_the_customer_says_is_told_as_theirs(
    desk: Desk, customer: str | None, by: str
) -> None:
    opened(desk, customer=customer)
    talking.reply(desk, 1, "On its way.")
    talking.receive(desk, 1, "Still nothing.", attachments=[FILE])

    event = history(desk, 1)[-1]
    assert (event.kind, event.by, event.body) == ("received", by, "Still nothing.")
    assert ticket(desk, 1).status is Status.OPEN


def test_a_note_is_written_on_all_its_tickets(desk: Desk) -> None:
    opened(desk)
    opened(desk)
    talking.note(desk, [1, 2], "Same outage.", pinned=True, attachments=[("a.xyzzy", b"")])

    for number in (1, 2):
        event = history(desk, number)[-1]
        assert (event.body, event.data["pinned"]) == ("Same outage.", True)
        assert event.data["attachments"] == [
            {"name": "a.xyzzy", "sha256": sha256(b"").hexdigest(), "size_bytes": 0}
        ]


@pytest.mark.parametrize("body", ["", " \n"])
def test_nothing_is_no_message(desk: Desk, body: str) -> None:
    opened(desk)

    for say in (
        lambda: talking.reply(desk, 1, body),
        lambda: talking.receive(desk, 1, body),
        lambda: talking.note(desk, [1], body),
    ):
        with pytest.raises(UsageError, match="the text is empty"):
            say()


def test_nobody_writes_on_a_closed_ticket(desk: Desk) -> None:
    opened(desk)
    moves.resolve(desk, [1], close=True)

    for say in (talking.reply, talking.receive):
        with pytest.raises(TransitionRefused, match="ticket 1 is closed"):
            say(desk, 1, "Hello?")
