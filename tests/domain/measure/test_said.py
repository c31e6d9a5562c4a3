"""What was said on a ticket, and whether one contact was enough."""

from __future__ import annotations

from typing import Any

import pytest

from tests.domain.measure.cases import NOW, measured, only, second, ticket
from tests.domain.measure.test_timeline import does
from tests.domain.sla.cases import GOLD, Life, act, at
from tests.domain.tickets import Story
from tix.domain import verbs
from tix.domain.calendar import standard
from tix.domain.course import Applied
from tix.domain.event import CHANGES, Event
from tix.domain.joining import split
from tix.domain.measure.cycles import agreed
from tix.domain.sla.policy import Goal, Level
from tix.domain.thread import thread
from tix.domain.ticket import fold
from tix.domain.verbs.rating import rate, withdraw
from tix.domain.verbs.speaking import Call, Chat, speak
from tix.domain.verbs.working import work
from tix.record import replace

HOUR, MINUTE = 3600, 60


def speaks(life: Life, session: Call | Chat, when: str, **how: Any) -> Life:
    return life.tell(speak(life.ticket, session, act(when), **how))


def automatic(life: Life, when: str, verb: Any, by: str = "rule:ack", **data: Any) -> Life:
    (event,) = verb(life.ticket, "Thank you for writing.", act(when, by))
    return life.tell([replace(event, data={**event.data, **data})])


def test_an_automatic_answer_answers_nobody():
    life = automatic(Life("01-19 09:00"), "01-19 09:01", verbs.reply)
    automatic(life, "01-19 09:02", verbs.receive, "customer:C-1", automatic=True)

    facts = measured(life)
    assert facts["answers"] == []
    assert only(facts["asked"], "at") == [(second("01-19 09:00"),)]
    assert facts["tickets"][0]["waiting_since"] == second("01-19 09:00")


def test_a_ticket_that_we_open_by_writing_is_an_answer():
    life = Life("01-19 09:00", outbound=True, department="sales").asks("01-19 10:00")

    facts = measured(life)
    assert only(facts["answers"], "at", "agent", "department", "way") == [
        (second("01-19 09:00"), "alice", "sales", "mail")
    ]
    assert only(facts["asked"], "at") == [(second("01-19 10:00"),)]
    assert facts["tickets"][0]["asked_at"] == 0


def test_an_outbound_ticket_without_a_text_answers_nothing():
    assert measured(Life("01-19 09:00", outbound=True, body=None))["answers"] == []


def test_a_resolution_of_a_ticket_that_we_opened_counts_from_the_first_question():
    life = Life("01-19 09:00", outbound=True).asks("01-19 10:00").resolves("01-19 12:00")

    assert ticket(life)["once_cal"] == 2 * HOUR


def test_a_question_after_the_resolution_leaves_its_time_as_it_was():
    life = Life("01-19 09:00", outbound=True).resolves("01-19 12:00").asks("01-19 13:00")
    life.resolves("01-19 14:00")

    assert (ticket(life)["once_cal"], ticket(life)["total_cal"]) == (3 * HOUR, 4 * HOUR)


def test_a_split_off_ticket_asks_with_the_messages_that_it_got():
    opened = verbs.open_ticket(1, "Split", act("01-19 09:00"), waiting_since=None)

    assert measured(opened)["asked"] == []


def test_a_message_that_was_split_off_counts_where_it_was_said():
    life = Life("01-19 09:00").answers("01-19 10:00").asks("01-19 11:00")
    said = thread([event for event, _ in life.steps])
    _, *events = split(life.ticket, said, 2, act("01-19 12:00"))
    new = fold(events)
    more = [*verbs.reply(new, "And that.", act("01-19 14:00"))]

    facts = measured([*events, *more])
    assert only(measured(life)["asked"], "at") == [
        (second("01-19 09:00"),),
        (second("01-19 11:00"),),
    ]
    assert (facts["asked"], facts["tickets"][0]["answers"]) == ([], 1)
    assert only(facts["answers"], "at") == [(second("01-19 14:00"),)]
    assert only(facts["moves"], "at", "before") == [(second("01-19 14:00"), "open")]
    assert only(facts["tickets"], "asked_at", "first_at", "first_ending", "excluded") == [
        (second("01-19 09:00"), second("01-19 10:00"), "answered", "")
    ]
    assert only(facts["stays"], "status", "since") == [
        ("new", second("01-19 09:00")),
        ("answered", second("01-19 10:00")),
        ("open", second("01-19 11:00")),
        ("answered", second("01-19 14:00")),
    ]


def test_the_time_of_a_ticket_that_was_split_off_begins_with_its_first_message():
    life = Life("01-19 09:00").asks("01-19 11:00")
    said = thread([event for event, _ in life.steps])
    _, *events = split(life.ticket, said[1:], 2, act("01-19 12:00"))
    done = verbs.resolve(fold(events), act("01-19 15:00"))

    assert ticket([*events, *done])["total_cal"] == 4 * HOUR


def test_a_resolution_without_an_answer_is_told():
    row = ticket(Life("01-19 09:00").resolves("01-19 11:00"))

    assert (row["first_ending"], row["first_cal"], row["first_agent"], row["answers"]) == (
        "resolved-unanswered",
        2 * HOUR,
        "alice",
        0,
    )


@pytest.mark.parametrize(
    ("steps", "enough"),
    [
        (lambda: Life("01-19 09:00").answers("01-19 10:00").resolves("01-19 11:00"), 1),
        (lambda: two_messages("10:00", "10:05"), 1),
        (lambda: two_messages("10:00", "10:06"), 0),
        (lambda: two_messages("10:00", "10:05", "agent:bob"), 0),
        (
            lambda: (
                Life("01-19 09:00")
                .asks("01-19 09:30")
                .answers("01-19 10:00")
                .resolves("01-19 11:00")
            ),
            1,
        ),
        (
            lambda: (
                Life("01-19 09:00")
                .answers("01-19 10:00")
                .asks("01-19 10:01")
                .answers("01-19 10:02")
                .resolves("01-19 11:00")
            ),
            0,
        ),
        (lambda: Life("01-19 09:00").resolves("01-19 11:00"), 0),
        (lambda: Life("01-19 09:00").answers("01-19 10:00"), 0),
        (lambda: Life("01-19 09:00", outbound=True).resolves("01-19 11:00"), 0),
        (lambda: moved(department="sales"), 1),
        (lambda: moved(department="billing"), 0),
        (lambda: moved(tier=2), 0),
    ],
)
def test_one_contact_is_one_answer_and_nothing_after_it(steps: Any, enough: int):
    assert ticket(steps())["one_contact"] == enough


def two_messages(first: str, then: str, by: str = "agent:alice") -> Life:
    life = Life("01-19 09:00").answers(f"01-19 {first}").answers(f"01-19 {then}", by)
    return life.resolves("01-19 11:00")


def moved(**values: Any) -> Life:
    life = Life("01-19 09:00", department="sales")
    does(life, verbs.edit, "01-19 09:30", **values)
    return life.answers("01-19 10:00").resolves("01-19 11:00")


def test_what_comes_after_the_first_resolution_does_not_change_that_it_was_enough():
    life = Life("01-19 09:00").answers("01-19 10:00").resolves("01-19 11:00")
    life.asks("01-29 09:00").answers("01-29 10:00").resolves("01-29 11:00")

    row = ticket(life)
    assert (row["one_contact"], row["reopened_at"]) == (1, second("01-29 09:00"))


def test_an_answered_call_asks_and_answers_and_is_work():
    life = Life("01-19 09:00", department="sales")
    speaks(life, Call(at("01-19 10:00"), True, 720), "01-19 11:00")

    facts = measured(life)
    assert only(facts["calls"], "at", "agent", "inbound", "answered", "seconds") == [
        (second("01-19 10:00"), "alice", 1, 1, 720)
    ]
    assert only(facts["answers"], "at", "way") == [(second("01-19 10:00"), "call")]
    assert only(facts["asked"], "way", "department") == [("mail", "sales"), ("call", "sales")]
    assert only(facts["work"], "source", "given", "taken") == [("call", 720, 0)]
    row = facts["tickets"][0]
    assert (row["first_cal"], row["first_ending"], row["worked"]) == (HOUR, "answered", 720)


def test_a_missed_call_asks_and_one_of_ours_does_not():
    life = Life("01-19 09:00")
    speaks(life, Call(at("01-19 10:00"), True), "01-19 11:00")
    speaks(life, Call(at("01-19 12:00"), False), "01-19 13:00")

    facts = measured(life)
    assert only(facts["calls"], "inbound", "answered") == [(1, 0), (0, 0)]
    assert only(facts["asked"], "way") == [("mail",), ("call",)]
    assert facts["answers"] == []


def test_a_chat_tells_how_long_it_waited_and_lasted():
    life = Life("01-19 09:00")
    began, met, ended = (at(f"01-19 10:{minute}") for minute in ("00", "02", "12"))
    speaks(life, Chat(began, ended, True, met, 7, 5), "01-19 11:00")
    speaks(life, Chat(began, ended), "01-19 11:00")

    facts = measured(life)
    names = ("at", "inbound", "answered", "lines", "pickup", "seconds")
    assert only(facts["chats"], *names) == [
        (second("01-19 10:00"), 1, 0, 0, 0, 0),
        (second("01-19 10:00"), 1, 1, 7, 2 * MINUTE, 10 * MINUTE),
    ]
    assert only(facts["answers"], "at", "way") == [(second("01-19 10:02"), "chat")]


def test_work_that_was_corrected_is_given_and_taken():
    life = Life("01-19 09:00")
    does(life, work, "01-19 10:00", 900)
    does(life, work, "01-19 11:00", -300, source="timer")

    facts = measured(life)
    assert only(facts["work"], "source", "given", "taken") == [
        ("manual", 900, 0),
        ("timer", 0, 300),
    ]
    assert facts["tickets"][0]["worked"] == 600


def test_the_latest_rating_that_holds_is_the_one_that_counts():
    told = Story(department="sales")
    told.do(lambda t, a: verbs.reply(t, "There.", a))
    for score in ("bad", "good"):
        told.tell(rate(told.ticket, told.history, score, told.now))

    rows = measured(told.history, "12-01 10:00")["ratings"]
    assert only(rows, "score", "valid", "agent", "department") == [
        ("bad", 0, "alice", "sales"),
        ("good", 1, "alice", "sales"),
    ]
    told.tell(withdraw(told.ticket, told.history, told.now))
    assert only(measured(told.history, "12-01 10:00")["ratings"], "valid") == [(1,), (0,)]


def test_tags_are_those_that_the_ticket_has():
    life = Life("01-19 09:00", tags=("vip", "late"))

    assert only(measured(life)["tags"], "tag") == [("vip",), ("late",)]


def test_time_is_measured_in_the_hours_of_the_level_and_without_one_in_those_of_the_desk():
    tokyo = standard("Asia/Tokyo")  # one to nine in the morning in Zagreb, in winter
    with_level, without = (Life("01-19 04:00", level=level) for level in (GOLD, None))
    for life in (with_level, without):
        life.answers("01-19 10:00")

    assert measured(with_level, calendar=tokyo)["tickets"][0]["first_biz"] == 5 * HOUR
    assert measured(without, calendar=tokyo)["tickets"][0]["first_biz"] == HOUR
    unknown = Life("01-19 04:00", level=Level("gone", 7)).answers("01-19 10:00")
    assert ticket(unknown)["first_biz"] == HOUR


def test_the_level_counts_that_a_ticket_had_at_the_time():
    life = Life("01-19 04:00", level=None).answers("01-19 10:00").asks("01-20 04:00")
    life.apply("01-20 03:00", Applied("gold")).answers("01-20 10:00")

    facts = measured(life, NOW, GOLD, calendar=standard("Asia/Tokyo"))
    assert facts["tickets"][0]["first_biz"] == HOUR
    assert only(facts["turns"], "biz") == [(5 * HOUR,)]


def test_a_level_says_what_pauses_a_resolution():
    never = Level("never", resolution=Goal({"any": "16h"}, pause=()))
    plain = Level("plain", first=Goal({"any": "4h"}))
    for level, net in ((never, 4), (plain, 3)):
        life = Life("01-19 09:00", level=level).waits("01-19 10:00")
        does(life, verbs.reopen, "01-19 11:00")
        life.resolves("01-19 13:00")

        row = ticket(life, NOW, level)
        assert (row["total_biz"], row["total_net"]) == (4 * HOUR, net * HOUR)


def test_a_broken_promise_tells_how_late_it_is_and_what_that_costs():
    dear = Level("dear", first=Goal({"any": "1h"}, penalty=5, hourly_penalty=2.5))
    (clock,) = measured(Life("01-19 09:00", level=dear), "01-19 12:00", dear)["clocks"]

    assert (clock["state"], clock["late_cal"], clock["late_biz"], clock["penalty"]) == (
        "breached",
        2 * HOUR,
        2 * HOUR,
        1000,
    )
    assert clock["stopped_at"] == 0


def test_a_paused_clock_is_not_due():
    life = Life("01-19 09:00").waits("01-19 10:00")
    clocks = measured(life, "01-19 12:00")["clocks"]

    assert only(clocks, "kind", "state", "due_at")[-1] == ("resolution", "paused", 0)


def test_parts_that_do_not_add_up_are_an_error_of_ours():
    assert agreed(3, (1, 2)) == 3
    with pytest.raises(AssertionError, match=r"1 \+ 1 is not 3"):
        agreed(3, (1, 1))


def test_a_clock_of_a_turn_belongs_to_who_ended_it():
    life = Life("01-19 09:00", assignee="bob", department="sales").answers("01-19 10:00")
    life.asks("01-19 11:00")

    facts = measured(life)
    assert only(facts["turns"], "closed_at", "agent", "department") == [(0, "bob", "sales")]
    assert facts["tickets"][0]["first_agent"] == "alice"


def test_an_escalation_of_an_agent_by_hand_needs_a_higher_tier():
    life = Life("01-19 09:00", tier=2)
    life.tell([Event("escalated", 1, act("01-19 10:00").at, "agent:bob", data={CHANGES: {}})])

    assert measured(life)["escalations"] == []


def test_a_ticket_that_a_call_opened_was_asked_by_the_call():
    (opened,) = verbs.open_ticket(1, "Call", act("01-19 09:00"))
    life = Life("01-19 09:00", level=None, body=None)
    life.steps.clear()
    life.tell([replace(opened, data={**opened.data, "session": "call"})])
    speaks(life, Call(at("01-19 09:00"), True, 60), "01-19 10:00")

    assert only(measured(life)["asked"], "way") == [("call",)]
