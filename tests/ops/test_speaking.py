"""Calls and chats: logged on tickets, opening them, and brought from other programs."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from tests.ops.desks import START, history, meaning, opened, staffed, ticket
from tix.domain.people import Agent, Customer
from tix.domain.status import Status
from tix.domain.transcript import Said
from tix.domain.verbs.speaking import Call, Chat
from tix.errors import BadData, Conflict, NotFound, TicketNotFound, UsageError
from tix.ops.change import Change, Changed, Notice
from tix.ops.erasing import purge
from tix.ops.importing.spoken.calling import log_calls
from tix.ops.importing.spoken.chatting import log_chats, log_transcript, read_transcript
from tix.ops.people import forgetting
from tix.ops.tickets import joining, moves, talking
from tix.ops.tickets.speaking import LOG_CALL, Talk, log
from tix.ops.undo import undo

if TYPE_CHECKING:
    from tests.ops.desks import Clock
    from tix.desk import Desk

MINUTE = timedelta(minutes=1)
PHONE = "+385911234567"
TALKED = Call(START - 2 * MINUTE, True, 120)
RANG = Call(START - 2 * MINUTE)
TRIED = Call(START - 2 * MINUTE, inbound=False)


def logged(desk: Desk, talk: Talk) -> Change:
    return log(desk, LOG_CALL, talk.ticket, lambda tx: talk)


def opened_before(desk: Desk, clock: Clock) -> int:
    """Open a ticket two days ago, and return its number."""
    clock.move(days=-2)
    number = opened(desk)
    clock.move(days=2)
    return number


def last(desk: Desk, number: int, kind: str = "called") -> Any:
    """Return the last event of a kind, that is what was told of it."""
    return [event for event in history(desk, number) if event.kind == kind][-1]


def as_jsonl(*lines: object) -> bytes:
    return "".join(f"{json.dumps(line)}\n" for line in lines).encode()


def customers(desk: Desk) -> list[Customer]:
    return desk.store.read(lambda tx: list(tx.customers.all()))


def test_a_call_is_logged_on_the_ticket_that_is_named(desk: Desk):
    number = opened(desk, body="Where?")
    before = ticket(desk, number)
    change = logged(desk, Talk(TALKED, number, status=Status.PENDING))

    assert change == Change(LOG_CALL, (Changed(before, ticket(desk, number)),), op=2)
    assert (change.changed[0].after.status, change.changed[0].after.worked) == ("pending", 120)
    assert last(desk, number).by == "agent:alice"


def test_a_call_opens_a_ticket_of_the_customer_who_called(desk: Desk):
    change = logged(desk, Talk(TALKED, customer="+385 91 123 4567"))

    (made,) = (changed.after for changed in change.changed)
    assert (made.subject, made.channel, made.requester) == (f"Call from {PHONE}", "phone", 1)
    assert (made.status, made.created_at) == (Status.ANSWERED, START - 2 * MINUTE)
    assert made.first_response_at == START - 2 * MINUTE
    assert [one.phones for one in customers(desk)] == [(PHONE,)]
    assert [event.kind for event in history(desk, 1)] == ["opened", "called", "worked"]
    assert history(desk, 1)[0].data["session"] == "call"


@pytest.mark.parametrize(
    ("talk", "subject", "status", "waits"),
    [
        (Talk(RANG, customer="jo@example.com"), "Missed call from jo@example.com", "new", True),
        (Talk(TRIED, customer=PHONE), f"Missed call to {PHONE}", "open", False),
        (
            Talk(TALKED._replace(inbound=False), customer=PHONE),
            f"Call to {PHONE}",
            "answered",
            False,
        ),
        (Talk(TALKED, subject="Refund"), "Refund", "answered", False),
        (Talk(TALKED, customer=PHONE, reason="solved"), f"Call from {PHONE}", "resolved", False),
        (Talk(Chat(START, START), customer=PHONE), f"Missed chat from {PHONE}", "new", True),
    ],
)
def test_a_ticket_is_called_by_what_opened_it(
    desk: Desk, talk: Talk, subject: str, status: str, waits: bool
):
    (changed,) = logged(desk, talk).changed

    made = changed.after
    assert (made.subject, made.status, made.waiting_since is not None) == (subject, status, waits)
    assert made.outbound is not talk.session.inbound


def test_what_opens_a_ticket_says_what_it_is_about(desk: Desk):
    with pytest.raises(UsageError, match="neither a ticket is named, nor who it was with"):
        logged(desk, Talk(TALKED))


def test_a_missed_call_is_of_the_customer(desk: Desk, clock: Clock):
    number = opened(desk, customer="jo@example.com")
    nobody = opened(desk)
    clock.move(minutes=1)
    rang = Call(START + MINUTE)
    for talk in (Talk(rang, number), Talk(rang, number, customer=PHONE), Talk(rang, nobody)):
        logged(desk, talk)

    assert last(desk, number).by == "customer:C-2"
    assert [event.by for event in history(desk, number)][1] == "customer:C-1"
    assert last(desk, nobody).by == "customer"


def test_who_was_on_the_phone_is_told_if_it_was_not_the_requester(desk: Desk):
    number = opened(desk, customer="jo@example.com")
    logged(desk, Talk(TALKED, number, customer="jo@example.com"))
    assert "customer" not in last(desk, number).data

    logged(desk, Talk(TALKED, number, customer=PHONE))
    assert last(desk, number).data["customer"] == "C-2"


def test_an_agent_who_has_left_has_spoken_all_the_same(desk: Desk):
    staffed(desk, Agent("bob", retired=True))
    number = opened(desk)
    logged(desk, Talk(TALKED, number, agent=" Bob "))

    assert last(desk, number).by == "agent:bob"
    with pytest.raises(NotFound, match="no agent 'eve'"):
        logged(desk, Talk(TALKED, number, agent="eve"))


def test_a_call_for_a_merged_ticket_is_for_the_one_it_goes_on_in(desk: Desk):
    gone, target = opened(desk), opened(desk)
    joining.merge(desk, [gone], target)
    change = logged(desk, Talk(TALKED, gone))

    assert [changed.after.id for changed in change.changed] == [target]
    assert change.notices == (Notice("merged", "ticket 1 was merged; this is for 2"),)


def test_a_ticket_that_is_not_there_or_has_changed_is_refused(desk: Desk):
    number = opened(desk)
    with pytest.raises(TicketNotFound):
        logged(desk, Talk(TALKED, 9))
    with pytest.raises(Conflict):
        logged(meaning(desk, if_rev=7), Talk(TALKED, number))


def test_a_key_logs_a_call_once(desk: Desk):
    first = logged(meaning(desk, key="k"), Talk(TALKED, customer=PHONE))
    again = logged(meaning(desk, key="k"), Talk(TALKED, customer=PHONE))

    assert (first.ids, first.op) == ((1,), 1)
    assert again == Change(LOG_CALL, unchanged=(1,))


def test_a_dry_run_logs_nothing(desk: Desk):
    change = logged(meaning(desk, dry_run=True), Talk(TALKED, customer=PHONE))

    assert (change.ids, change.op, change.dry_run) == ((1,), None, True)
    assert customers(desk) == []


def test_a_secret_in_a_note_is_told(desk: Desk):
    number = opened(desk)
    talk = Talk(TALKED._replace(note="The card is 4111 1111 1111 1111."), number)

    assert [notice.code for notice in logged(desk, talk).notices] == ["secret"]
    assert ticket(desk, number).secrets == ("card",)


def test_what_was_said_is_erased_with_the_ticket_and_with_the_customer(desk: Desk):
    for erase in (lambda: purge(desk, [1]), lambda: forgetting.forget(desk, "kim@example.com")):
        name = "jo@example.com" if not customers(desk) else "kim@example.com"
        number = opened(desk, customer=name)
        logged(desk, Talk(TALKED._replace(note="She is ill."), number))
        erase()

        assert "body" not in last(desk, number).data
        assert "body_hash" in last(desk, number).data


def test_what_somebody_else_said_on_the_phone_is_erased_with_them(desk: Desk):
    number = opened(desk, customer="jo@example.com", body="Where is it?")
    talk = Talk(TALKED._replace(note="Kim is ill."), number, customer="kim@example.com")
    logged(desk, talk)
    forgetting.forget(desk, "kim@example.com")

    assert last(desk, number).body is None
    assert history(desk, number)[0].body == "Where is it?"


CALLS = (
    {"id": "b", "at": "2026-11-20T10:00:00Z", "to": PHONE, "outcome": "missed", "ticket": 1},
    {
        "id": "a",
        "at": "2026-11-20T09:00:00Z",
        "from": PHONE,
        "outcome": "answered",
        "seconds": 90,
        "agent": "bob",
        "subject": "Parcel",
        "note": "Lost.",
    },
    {"id": 7, "at": 1795255200, "direction": "in", "seconds": 5, "ticket": 1},
)


def test_calls_come_from_a_file_each_once(desk: Desk, clock: Clock):
    staffed(desk, Agent("bob"))
    opened_before(desk, clock)
    change = log_calls(desk, as_jsonl(*CALLS), "calls.jsonl")

    assert (change.ids, change.op) == ((2, 1), 3)
    told = [event for number in (1, 2) for event in history(desk, number) if event.kind == "called"]
    assert [(event.data["id"], event.data["outcome"], event.by) for event in told] == [
        ("b", "missed", "agent:alice"),
        ("7", "answered", "agent:alice"),
        ("a", "answered", "agent:bob"),
    ]
    assert (ticket(desk, 2).subject, told[-1].body) == ("Parcel", "Lost.")
    again = log_calls(desk, as_jsonl(*CALLS), "calls.jsonl")
    assert again == Change(LOG_CALL, unchanged=(2, 1))


def test_a_call_that_is_told_in_the_evening_leaves_the_question_of_the_afternoon(
    desk: Desk, clock: Clock
):
    number = opened(desk, body="Where is it?")
    clock.move(hours=6)
    talking.receive(desk, number, "And my invoice?")
    clock.move(hours=3)
    logged(desk, Talk(Call(START + 30 * MINUTE, True, 60), number))

    after = ticket(desk, number)
    assert (after.status, after.waiting_since) == (Status.OPEN, START + 360 * MINUTE)
    assert after.first_response_at == START + 30 * MINUTE


def test_of_a_ticket_with_known_and_new_calls_only_the_new_ones_are_logged(
    desk: Desk, clock: Clock
):
    opened_before(desk, clock)
    log_calls(desk, as_jsonl(CALLS[0]), "calls.jsonl")
    change = log_calls(desk, as_jsonl(CALLS[0], {**CALLS[0], "id": "c"}), "calls.jsonl")

    assert (change.ids, len(history(desk, 1))) == ((1,), 3)


def test_undo_takes_back_all_of_an_import_and_its_ids_stay_known(desk: Desk, clock: Clock):
    opened_before(desk, clock)
    log_calls(desk, as_jsonl(CALLS[0], CALLS[2]), "calls.jsonl")
    undo(desk)

    assert (ticket(desk, 1).worked, ticket(desk, 1).replies) == (0, 0)
    assert log_calls(desk, as_jsonl(CALLS[0]), "calls.jsonl").op is None


def test_a_key_brings_a_file_once_and_a_dry_run_never(desk: Desk):
    line = as_jsonl({"at": "2026-11-20T09:00:00Z", "from": PHONE, "seconds": 1})
    tried = log_calls(meaning(desk, dry_run=True), line, "calls.jsonl")
    for _ in range(2):
        change = log_calls(meaning(desk, key="k"), line, "calls.jsonl")

    assert (tried.ids, tried.op) == ((1,), None)
    assert change == Change(LOG_CALL, unchanged=(1,))
    assert len(customers(desk)) == 1


BAD_CALLS = {
    "{": "it is no JSON: expecting property name enclosed in double quotes at character 2",
    "[]": "it is no JSON object",
    '{"at": "2026-11-20T09:00:00Z"}': "seconds: it is missing",
    '{"seconds": 5}': "at: it is missing",
    '{"at": "today", "seconds": 5}': (
        "at: 'today' is not a time such as 2026-11-24 17:00 or 2026-11-24T17:00:00Z or 1795539600"
    ),
    '{"at": 1795255200, "seconds": -5}': "seconds: it must be a whole number, 0 or more",
    '{"at": 1795255200, "seconds": "5"}': "seconds: it must be a whole number, 0 or more",
    '{"at": 1795255200, "seconds": 5, "ticket": 0}': (
        "ticket: it must be a whole number, 1 or more"
    ),
    '{"at": true, "seconds": 5}': "at: it must be a text",
    '{"at": 1795255200, "seconds": 5, "outcome": "missed"}': (
        "seconds: nobody talked in a missed call"
    ),
    '{"at": 1795255200, "outcome": "busy"}': "outcome: 'busy' is none of answered, missed",
    '{"at": 1795255200, "from": "a@b.c", "to": "a@b.c", "seconds": 5}': (
        "to: it is from a customer or to one, not both"
    ),
    '{"at": 1795255200, "from": "a@b.c", "direction": "out", "seconds": 5}': (
        "direction: what comes from a customer is in, and what goes to one is out"
    ),
    '{"at": 1795255200, "form": "a@b.c", "seconds": 5}': (
        "form: it means nothing here (did you mean 'from'?)"
    ),
    '{"at": 1795255200, "seconds": 5}': (
        "neither a ticket is named, nor who it was with, nor a subject"
    ),
    '{"at": 1795255200, "seconds": 5, "ticket": 9}': "no ticket 9",
    '{"at": 4000000000, "seconds": 5, "from": "a@b.c"}': "the call is not over yet",
}


@pytest.mark.parametrize("line", BAD_CALLS)
def test_a_bad_call_is_named_and_nothing_is_logged(desk: Desk, line: str):
    with pytest.raises(BadData) as refusal:
        log_calls(
            desk,
            f'{{"at": 1795255200, "outcome": "missed", "from": "x@y.z"}}\n{line}'.encode(),
            "c",
        )

    assert refusal.value.message == f"c line 2: {BAD_CALLS[line]}; nothing was logged"
    assert customers(desk) == []


def test_every_bad_line_is_named_in_their_order(desk: Desk, clock: Clock):
    number = opened_before(desk, clock)
    moves.resolve(desk, [number], "solved", close=True)
    said: list[str] = []
    good = {"at": "2026-11-20T09:00:00Z", "from": PHONE, "seconds": 1}
    lines = as_jsonl(
        {**good, "ticket": 9},
        {"at": "soon"},
        good,
        {**good, "ticket": 1, "id": "x"},
        {**good, "id": "x"},
    )
    with pytest.raises(BadData) as refusal:
        log_calls(desk, lines, "c", tell=said.append)

    assert [line.partition(" such as")[0] for line in said] == [
        "c line 1: no ticket 9",
        "c line 2: at: 'soon' is not a time",
        "c line 4: ticket 1 is closed",
        "c line 5: id: 'x' is the id of c line 4 as well",
    ]
    assert refusal.value.message == (
        "4 of 5 lines cannot be logged, so nothing was: c line 1: no ticket 9"
    )


LINES = [
    {"at": "2026-11-20T09:30:00Z", "from": "Jo", "text": "Hello?"},
    {"at": "2026-11-20T09:30:40Z", "from": "Bob", "text": "Yes."},
    {"at": "2026-11-20T09:34:40Z", "from": "Jo", "text": "Bye."},
]
COUNTED = {
    "started_at": "2026-11-20T09:00:00Z",
    "picked_up_at": "2026-11-20T09:01:00Z",
    "ended_at": "2026-11-20T09:06:00Z",
    "agent_lines": 4,
    "customer_lines": 2,
}


def test_sessions_come_from_a_file_with_transcripts_or_counts(desk: Desk):
    staffed(desk, Agent("bob"))
    log_chats(
        desk,
        as_jsonl(
            {"id": "1", "from": "jo@example.com", "lines": LINES},
            {"id": "2", "to": "jo@example.com", **COUNTED, "agent": "bob"},
            {"from": PHONE, **COUNTED, "picked_up_at": None, "agent_lines": 0},
            {"from": PHONE, **COUNTED, "agent_lines": None},
        ),
        "s.jsonl",
    )

    told = [last(desk, number, "chatted") for number in (1, 2, 3, 4)]
    assert [event.data["direction"] for event in told] == ["out", "in", "in", "in"]
    assert [event.data["agent_lines"] for event in told] == [4, 0, None, 1]
    assert [event.data["seconds"] for event in told] == [300, 0, 300, 240]
    assert [event.by for event in told] == [
        *("agent:bob", "customer:C-2", "agent:alice", "agent:bob"),
    ]
    assert told[3].body == "00:00 Jo: Hello?\n00:40 Bob: Yes.\n04:40 Jo: Bye."
    assert ticket(desk, 4).first_response_at == START.replace(day=20, hour=9, minute=30, second=40)


BAD_CHATS: dict[str, tuple[dict[str, Any], str]] = {
    "lines that are none": ({"lines": []}, "lines: it must be a list of objects"),
    "a line that is none": ({"lines": [5]}, "lines[1]: it is no JSON object"),
    "a line without a text": (
        {"lines": [LINES[0], {**LINES[1], "text": " "}]},
        "lines[2].text: it is missing",
    ),
    "lines and counts": (
        {"lines": LINES, "agent_lines": 4},
        "agent_lines: the lines tell it already",
    ),
    "nothing": ({}, "started_at: it is missing"),
    "an end before its beginning": (
        {**COUNTED, "ended_at": "2026-11-20T08:00:00Z", "picked_up_at": None, "agent_lines": None},
        "ended_at: it is out of order",
    ),
    "a pick-up after its end": (
        {**COUNTED, "picked_up_at": "2026-11-20T10:00:00Z"},
        "picked_up_at: it is out of order",
    ),
    "lines that nobody wrote": (
        {**COUNTED, "picked_up_at": None},
        "agent_lines: agents wrote if it was picked up, and only then",
    ),
}


@pytest.mark.parametrize("name", BAD_CHATS)
def test_a_bad_session_is_named(desk: Desk, name: str):
    members, why = BAD_CHATS[name]
    with pytest.raises(BadData) as refusal:
        log_chats(desk, as_jsonl({"from": PHONE, **members}), "s")

    assert refusal.value.message == f"s line 1: {why}; nothing was logged"


def test_a_transcript_is_logged_on_a_ticket(desk: Desk, clock: Clock):
    staffed(desk, Agent("bob"))
    number = opened_before(desk, clock)
    said = read_transcript(desk, as_jsonl(*LINES), "chat.jsonl")
    change = log_transcript(desk, lambda chat, agent: Talk(chat, number, agent=agent), said, number)

    assert said[0] == Said(START.replace(day=20, hour=9, minute=30, second=0), "Jo", "Hello?")
    assert (change.operation, change.ids) == ("log-chat", (number,))
    assert last(desk, number, "chatted").by == "agent:bob"


def test_a_bad_transcript_names_its_lines(desk: Desk):
    said: list[str] = []
    with pytest.raises(BadData) as one:
        read_transcript(desk, as_jsonl(LINES[0], {"at": "x"}), "t", tell=said.append)
    assert one.value.message.startswith("t line 2: at: 'x' is not a time")
    assert said == []

    with pytest.raises(BadData) as two:
        read_transcript(desk, b"{\n" + as_jsonl({"who": "Jo"}), "t", tell=said.append)
    assert [line[:8] for line in said] == ["t line 1", "t line 2"]
    assert two.value.message.startswith("2 of 2 lines cannot be read: t line 1: it is no JSON")

    with pytest.raises(BadData, match="t holds no line of a chat"):
        read_transcript(desk, b"\n", "t")


def test_what_was_over_before_the_ticket_was_opened_is_refused(desk: Desk, clock: Clock):
    number = opened(desk)
    meant = opened(desk)
    clock.move(hours=1)
    later = opened(desk)
    joining.merge(desk, [meant], later)
    early = Call(START - timedelta(hours=12, minutes=2), True, 119)
    told = "2026-11-21 07:29, before ticket {} was opened, 2026-11-21 19:30"

    for session, source in ((early, "call"), (Chat(early.at, early.ended_at), "chat")):
        with pytest.raises(UsageError) as refusal:
            logged(desk, Talk(session, number))
        assert refusal.value.message == f"the {source} was over at {told.format(number)}"
    with pytest.raises(UsageError, match="before ticket 2 was opened"):
        logged(desk, Talk(early, meant))
    assert [event.kind for event in history(desk, number)] == ["opened"]


def test_a_ticket_may_be_opened_during_the_call_or_some_hours_later(desk: Desk):
    number = opened(desk)
    earlier = Call(START - timedelta(hours=12), True, 1)

    assert logged(desk, Talk(TALKED, number)).ids == (number,)
    assert logged(desk, Talk(earlier, number)).ids == (number,)


def test_a_call_in_a_file_that_was_over_before_its_ticket_was_opened_is_refused(desk: Desk):
    line = {"at": "1970-01-02T00:00:00Z", "from": PHONE, "seconds": 5, "ticket": opened(desk)}

    with pytest.raises(BadData, match="c line 1: the call was over at 1970-01-02 01:00, before"):
        log_calls(desk, as_jsonl(line), "c")


def test_of_a_file_with_nothing_in_it_that_is_told(desk: Desk):
    told = (Notice("empty", "c holds nothing to log"),)

    assert log_calls(desk, b"\n", "c") == Change(LOG_CALL, notices=told)
    assert log_chats(desk, b"", "c") == Change("log-chat", notices=told)
