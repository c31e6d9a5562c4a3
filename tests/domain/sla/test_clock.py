"""What starts a clock, what stops it, and what neither does."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.domain.sla.cases import GOLD, HOUR, OFFICE, Life, act, at, promises
from tix.domain.calendar import Calendar
from tix.domain.course import Applied, Stay
from tix.domain.joining import split
from tix.domain.sla.clock import Clock, State, tightest
from tix.domain.sla.policy import Goal, Kind, Level, Step
from tix.domain.sla.reading import all_clocks, clocks
from tix.domain.status import Status
from tix.domain.thread import thread
from tix.domain.ticket import awake
from tix.domain.verbs import edit, mark_spam, restore, trash
from tix.record import replace

# 2026-01-16 is a Friday; the office is open from nine to five.
FIRST, NEXT, UPDATE, RESOLUTION = Kind
AROUND = Calendar("around", 1, "Europe/Zagreb", (((0, 86_400),),) * 7)
LOOP = replace(GOLD, update=Goal({"any": "8h"}))


def told(life: Life, now: str, *levels: Level) -> dict[str, tuple[str, str]]:
    """The state of each clock, and when it is due."""
    return {kind: (clock.state, shown(clock)) for kind, clock in life.now(now, *levels).items()}


def shown(clock: Clock) -> str:
    return f"{clock.due_at.astimezone(at('01-01').tzinfo):%m-%d %H:%M}" if clock.due_at else ""


def ends(life: Life, kind: Kind, now: str = "02-20 12:00", *levels: Level) -> list[tuple[str, str]]:
    """How each clock of a kind ended."""
    return [(clock.state, clock.ending) for clock in life.ever(now, *levels) if clock.kind is kind]


def test_a_new_ticket_waits_for_a_first_response_and_for_its_resolution():
    assert told(Life("01-16 09:00"), "01-16 10:00") == {
        "first": ("running", "01-16 13:00"),
        "resolution": ("running", "01-19 17:00"),
    }


def test_a_ticket_without_a_level_has_no_clocks():
    assert Life("01-16 09:00", level=None).now("01-16 10:00") == {}


def test_a_level_that_nobody_knows_any_more_promises_nothing():
    assert Life("01-16 09:00", level=replace(GOLD, name="lost")).now("01-16 10:00") == {}


def test_a_priority_without_a_target_has_no_clock():
    assert Life("01-16 09:00", priority="low").now("01-16 10:00") == {}


def test_the_target_for_any_stands_in_for_a_priority_without_one():
    level = Level("gold", first=Goal({"high": "1h", "any": "2h"}))

    assert told(Life("01-16 09:00", priority="low"), "01-16 10:00", level) == {
        "first": ("running", "01-16 11:00")
    }


def test_a_level_counts_from_the_first_message_although_it_came_later():
    life = Life("01-16 09:00", level=None).apply("01-16 11:00", Applied("gold"))

    assert told(life, "01-16 12:00")["first"] == ("running", "01-16 13:00")


def test_a_level_that_came_after_the_answer_promised_nothing_for_it():
    life = Life("01-16 09:00", level=None).answers("01-16 10:00")
    life.apply("01-16 11:00", Applied("gold"))

    assert ends(life, FIRST) == []


@pytest.mark.parametrize(
    ("now", "state"),
    [
        ("01-16 09:00", State.RUNNING),
        ("01-16 12:11:59", State.RUNNING),
        ("01-16 12:12", State.AT_RISK),
        ("01-16 13:00", State.AT_RISK),
        ("01-16 13:00:01", State.BREACHED),
    ],
)
def test_a_clock_is_at_risk_from_80_percent_and_breached_only_after_its_due_time(
    now: str, state: State
):
    assert Life("01-16 09:00").now(now)[FIRST].state is state


@pytest.mark.parametrize(
    ("answer", "state"), [("01-16 13:00", State.MET), ("01-16 13:00:01", State.BREACHED)]
)
def test_an_answer_at_the_due_time_is_in_time(answer: str, state: State):
    (clock,) = (
        c for c in Life("01-16 09:00").answers(answer).ever("01-20 09:00") if c.kind is FIRST
    )

    assert clock.state is state


def test_what_is_due_at_closing_is_breached_out_of_hours():
    clock = Life("01-16 13:00").now("01-17 17:00")[FIRST]

    assert (clock.state, clock.breached_at) == (State.BREACHED, at("01-16 17:00"))
    assert (clock.late, clock.late_business) == (timedelta(days=1), timedelta())


def test_a_note_answers_nothing():
    assert Life("01-16 09:00").notes("01-16 10:00").now("01-16 11:00").keys() == {FIRST, RESOLUTION}


@pytest.mark.parametrize("by", ["rule:acknowledge", "system"])
def test_an_automatic_reply_answers_nothing(by: str):
    life = Life("01-16 09:00").answers("01-16 09:01", by=by)

    assert told(life, "01-16 10:00", LOOP) == {
        "first": ("running", "01-16 13:00"),
        "resolution": ("running", "01-19 17:00"),
    }


def test_a_message_that_was_sent_automatically_starts_no_clock():
    life = Life("01-16 09:00").answers("01-16 10:00")
    (event,) = Life("01-16 09:00").answers("01-16 10:00").asks("01-16 11:00").steps[-1:]
    life.tell([replace(event[0], data={**event[0].data, "automatic": True})])

    assert life.now("01-16 12:00").keys() == {RESOLUTION}


def test_waiting_for_the_customer_without_an_answer_does_not_stop_the_first_response():
    life = Life("01-16 09:00").waits("01-16 10:00")

    assert told(life, "01-16 15:00") == {
        "first": ("breached", "01-16 13:00"),
        "resolution": ("paused", ""),
    }


def test_the_oldest_message_that_nobody_answered_counts():
    life = Life("01-16 09:00").answers("01-16 10:00").asks("01-16 11:00").asks("01-16 12:00")

    assert told(life, "01-16 12:30")["next"] == ("running", "01-16 15:00")


def test_each_turn_is_a_clock_of_its_own():
    life = Life("01-16 09:00").answers("01-16 10:00").asks("01-16 11:00").answers("01-16 12:00")
    life.asks("01-16 13:00")

    assert ends(life, NEXT, "01-16 14:00") == [("met", "answered"), ("running", "")]


def test_an_outbound_ticket_has_no_first_response():
    life = Life("01-16 09:00", outbound=True)
    assert life.now("01-16 10:00") == {}

    life.asks("01-16 11:00")
    assert told(life, "01-16 12:00") == {
        "next": ("running", "01-16 15:00"),
        "resolution": ("running", "01-20 11:00"),
    }


def test_marking_as_answered_by_hand_answers():
    life = Life("01-16 09:00")
    life.tell(edit(life.ticket, act("01-16 10:00"), status=Status.ANSWERED, waiting_since=None))

    assert ends(life, FIRST) == [("met", "answered")]


def test_resolved_without_an_answer_is_counted_apart():
    assert ends(Life("01-16 09:00").resolves("01-16 10:00"), FIRST) == [
        ("cancelled", "resolved-unanswered")
    ]


def test_resolving_does_not_take_a_breach_back():
    assert ends(Life("01-16 09:00").resolves("01-16 14:00"), FIRST) == [
        ("breached", "resolved-unanswered")
    ]


def test_a_turn_that_is_open_when_the_ticket_is_resolved_is_cancelled():
    life = Life("01-16 09:00").answers("01-16 10:00").asks("01-16 11:00").resolves("01-16 12:00")

    assert ends(life, NEXT) == [("cancelled", "resolved")]


def test_a_thank_you_that_needs_no_answer_is_a_turn_that_is_withdrawn():
    life = Life("01-16 09:00").answers("01-16 10:00").asks("01-16 11:00")
    life.tell(edit(life.ticket, act("01-16 12:00"), waiting_since=None))

    assert ends(life, NEXT) == [("cancelled", "withdrawn")]


def test_a_reopened_ticket_has_no_second_first_response():
    life = Life("01-16 09:00").resolves("01-16 10:00").asks("01-16 11:00")

    assert told(life, "01-16 12:00")["next"] == ("running", "01-16 15:00")


def test_reopened_without_a_message_nobody_waits_for_an_answer():
    life = Life("01-16 09:00").resolves("01-16 10:00").opens("01-16 11:00")

    assert life.now("01-16 12:00").keys() == {RESOLUTION}


@pytest.mark.parametrize(
    ("name", "pause", "due"),
    [
        ("first", None, "01-19 17:00"),
        ("resume", None, "01-20 16:00"),
        ("resume", (), "01-20 16:00"),
        ("total", ("resolved",), "01-20 16:00"),
        ("total", (), "01-19 17:00"),
    ],
)
def test_time_between_resolving_and_reopening_counts_as_the_mode_says(
    name: str, pause: tuple[str, ...] | None, due: str
):
    life = Life("01-16 09:00").resolves("01-16 10:00").asks("01-19 09:00")
    level = replace(GOLD, resolution=Goal({"any": "16h"}, pause=pause, mode=name))

    clock = life.now("01-19 10:00", level)[RESOLUTION]

    assert shown(clock) == due
    assert clock.state is (State.MET if name == "first" else State.RUNNING)


def test_a_resolved_ticket_has_met_its_resolution_until_it_is_reopened():
    life = Life("01-16 09:00").resolves("01-16 10:00").closes("01-30 10:00")
    assert told(life, "02-20 10:00") == {"resolution": ("met", "01-19 17:00")}

    life.opens("02-20 11:00")
    assert told(life, "02-20 12:00") == {"resolution": ("running", "02-24 10:00")}


@pytest.mark.parametrize("reason", ["duplicate", "wontfix", "inactive"])
def test_a_breach_stays_one_whatever_the_ticket_is_resolved_as(reason: str):
    life = Life("01-16 09:00").resolves("01-20 12:00", reason)

    assert ends(life, RESOLUTION) == [("breached", reason)]


@pytest.mark.parametrize("reason", ["duplicate", "wontfix", "inactive"])
def test_only_solved_and_answered_tickets_are_resolutions(reason: str):
    assert ends(Life("01-16 09:00").resolves("01-16 10:00", reason), RESOLUTION) == [
        ("cancelled", reason)
    ]


def test_a_pause_gives_back_its_working_time():
    life = Life("01-16 09:00").waits("01-16 10:00")
    paused = life.now("01-16 15:00")[RESOLUTION]
    assert (paused.due_at, paused.remaining) == (None, 15 * HOUR)
    assert paused.pauses == (Stay("pending:customer", at("01-16 10:00")),)

    life.asks("01-16 16:00")
    clock = life.now("01-16 17:00")[RESOLUTION]
    assert (shown(clock), clock.remaining) == ("01-20 15:00", 14 * HOUR)


def test_waiting_for_a_third_party_pauses_only_where_the_level_says_so():
    life = Life("01-16 09:00").waits("01-16 10:00", on="third-party")
    level = replace(GOLD, resolution=Goal({"any": "16h"}, pause=("pending:third-party",)))

    states = [life.now("01-16 11:00", each)[RESOLUTION].state for each in (GOLD, level)]

    assert states == [State.RUNNING, State.PAUSED]


def test_a_clock_that_was_breached_before_its_pause_is_breached_in_it():
    life = Life("01-16 09:00").waits("01-22 10:00")

    assert told(life, "01-22 12:00")["resolution"] == ("breached", "01-19 17:00")


def test_an_answer_in_a_pause_is_in_time():
    level = replace(GOLD, first=Goal({"any": "4h"}, pause=("pending:customer",)))
    life = Life("01-16 09:00").waits("01-16 10:00").answers("01-19 16:00")

    assert ends(life, FIRST, "01-20 09:00", level) == [("met", "answered")]


NOON = at("01-19 12:00")
SLEEPY = replace(GOLD, resolution=Goal({"any": "16h"}, pause=("postponed", "pending:customer")))


@pytest.mark.parametrize("woken", [False, True])
def test_a_postponed_ticket_runs_from_its_time_on_with_or_without_the_event(woken: bool):
    life = Life("01-16 09:00").sleeps("01-16 10:00", "01-19 09:00")
    assert told(life, "01-19 08:59", SLEEPY)["resolution"] == ("paused", "")

    if woken:
        life.wakes()
    assert told(life, "01-19 09:00", SLEEPY)["resolution"] == ("running", "01-20 16:00")
    assert told(life, "01-19 10:00", SLEEPY)["resolution"] == ("running", "01-20 16:00")
    seen = clocks(awake(life.ticket, NOON), life.course, promises(SLEEPY), NOON)
    assert seen == tuple(life.now("01-19 12:00", SLEEPY).values())


@pytest.mark.parametrize("woken", [False, True])
def test_a_ticket_that_was_pending_before_it_was_postponed_is_pending_again(woken: bool):
    life = Life("01-16 09:00").waits("01-16 10:00").sleeps("01-16 11:00", "01-19 09:00")
    if woken:
        life.wakes()

    assert life.now("01-19 09:00", SLEEPY)[RESOLUTION].state is State.PAUSED
    assert life.now("01-19 10:00", SLEEPY)[RESOLUTION].pauses == (
        Stay("pending:customer", at("01-16 10:00"), at("01-16 11:00")),
        Stay("postponed", at("01-16 11:00"), at("01-19 09:00")),
        Stay("pending:customer", at("01-19 09:00")),
    )


def test_postponing_again_moves_the_end_of_the_pause():
    life = Life("01-16 09:00").sleeps("01-16 10:00", "01-19 09:00")
    life.sleeps("01-16 11:00", "01-19 11:00")

    assert life.course.stays == (Stay("postponed", at("01-16 10:00"), at("01-19 11:00")),)


def test_the_update_clock_runs_from_our_last_message_and_each_one_starts_it_anew():
    life = Life("01-16 09:00").answers("01-16 10:00").answers("01-16 11:00")

    assert told(life, "01-16 12:00", LOOP)["update"] == ("running", "01-19 11:00")
    assert ends(life, UPDATE, "01-16 12:00", LOOP) == [("met", "answered"), ("running", "")]


def test_the_update_clock_stands_while_the_ticket_is_resolved_and_ends_when_it_is_closed():
    life = Life("01-16 09:00").answers("01-16 10:00").resolves("01-16 11:00")
    assert told(life, "01-16 12:00", LOOP)["update"] == ("paused", "")

    life.closes("01-30 11:00")
    assert ends(life, UPDATE, "02-20 12:00", LOOP) == [("cancelled", "resolved")]


@pytest.mark.parametrize(
    ("verb", "ending"), [(trash, "trashed"), (mark_spam, "spam")], ids=["trash", "spam"]
)
def test_what_is_spam_or_in_the_trash_has_no_clocks(verb, ending: str):
    life = Life("01-16 09:00")
    life.tell(verb(life.ticket, act("01-16 10:00")))

    assert life.now("01-16 11:00") == {}
    assert [c.ending for c in life.ever("01-16 11:00")] == [ending, ending]


def test_what_comes_back_from_the_trash_has_its_clocks_as_they_were():
    life = Life("01-16 09:00")
    before = life.now("01-16 12:00")
    life.tell(trash(life.ticket, act("01-16 10:00")))
    life.tell(restore(life.ticket, act("01-16 11:00")))

    assert life.now("01-16 12:00") == before


def test_a_merged_ticket_cancels_its_clocks_and_the_other_keeps_its_own():
    child, parent = Life("01-16 09:00"), Life("01-16 12:00")
    parent.absorbs("01-16 14:00", child)

    assert ends(child, FIRST) == [("cancelled", "merged")]
    assert told(parent, "01-16 14:30")["first"] == ("running", "01-16 16:00")


def test_a_question_that_comes_by_merging_is_answered_as_a_turn():
    child, parent = Life("01-16 11:00"), Life("01-16 09:00").answers("01-16 10:00")
    parent.absorbs("01-16 12:00", child)

    assert told(parent, "01-16 13:00")["next"] == ("running", "01-16 15:00")


def test_an_answer_that_is_undone_was_none():
    life = Life("01-16 09:00").answers("01-16 10:00")
    life.undone(
        "01-16 10:05",
        status=Status.NEW,
        waiting_since=at("01-16 09:00"),
        first_response_at=None,
        answered_at=None,
        replies=0,
    )

    assert told(life, "01-16 11:00", LOOP)["first"] == ("running", "01-16 13:00")
    assert ends(life, FIRST, "01-16 11:00") == [("running", "")]


def test_a_message_that_is_undone_asked_nothing():
    life = Life("01-16 09:00").answers("01-16 10:00").asks("01-16 11:00")
    life.undone("01-16 11:05", status=Status.ANSWERED, waiting_since=None, messages=1)

    assert ends(life, NEXT, "01-16 12:00") == [("cancelled", "withdrawn")]


def test_a_resolution_that_is_undone_never_was():
    life = Life("01-16 09:00").resolves("01-16 10:00")
    life.undone("01-19 10:00", status=Status.NEW, waiting_since=at("01-16 09:00"), reason=None)

    assert life.course.stays == ()
    assert told(life, "01-19 11:00")["resolution"] == ("running", "01-19 17:00")


def test_a_reopening_that_is_undone_never_was_and_one_that_is_redone_was():
    life = Life("01-16 09:00").resolves("01-16 10:00").opens("01-16 12:00")
    resolved = {"status": Status.RESOLVED, "resolved_at": at("01-16 10:00"), "reason": "solved"}
    life.undone("01-16 13:00", reopened=0, **resolved)
    assert life.course.stays == (Stay("resolved", at("01-16 10:00")),)

    life.undone("01-16 14:00", reopened=1, status=Status.OPEN, resolved_at=None, reason=None)
    assert life.course.stays == (Stay("resolved", at("01-16 10:00"), at("01-16 14:00")),)


def test_a_pause_that_is_undone_has_lasted_until_then():
    life = Life("01-16 09:00").waits("01-16 10:00")
    life.undone("01-16 12:00", status=Status.NEW, substatus=None)

    assert life.course.stays == (Stay("pending:customer", at("01-16 10:00"), at("01-16 12:00")),)


def test_a_pause_as_short_as_a_moment_is_none():
    assert Life("01-16 09:00").waits("01-16 10:00").asks("01-16 10:00").course.stays == ()


def test_a_ticket_that_only_a_merged_one_opened_is_resolved_as_before_when_that_is_released():
    parent = Life("01-16 09:00").resolves("01-16 10:00").absorbs("01-16 12:00", Life("01-16 11:00"))
    resolved = {"status": Status.RESOLVED, "resolved_at": at("01-16 10:00"), "reason": "solved"}
    parent.released("01-16 13:00", waiting_since=None, reopened=0, **resolved)

    assert parent.course.stays == (Stay("resolved", at("01-16 10:00")),)
    assert ends(parent, NEXT) == [("cancelled", "withdrawn")]


def test_a_new_priority_counts_from_the_beginning():
    life = Life("01-16 09:00").gets("01-16 09:30", "high")

    assert told(life, "01-16 09:40")["first"] == ("running", "01-16 10:00")
    assert ends(life, FIRST, "01-16 09:40") == [("superseded", "superseded"), ("running", "")]


def test_a_new_priority_does_not_wash_a_breach():
    life = Life("01-16 09:00", priority="high").gets("01-16 11:00", "normal")

    assert told(life, "01-16 11:30")["first"] == ("breached", "01-16 10:00")
    assert ends(life.answers("01-16 12:00"), FIRST) == [("breached", "answered")]


def test_a_new_level_does_not_wash_a_breach():
    life = Life("01-16 09:00", priority="high").apply("01-16 11:00", Applied("lax"))
    lax = Level("lax", first=Goal({"any": "40h"}), resolution=Goal({"any": "40h"}))

    assert told(life, "01-16 11:30", GOLD, lax) == {
        "first": ("breached", "01-16 10:00"),
        "resolution": ("running", "01-22 17:00"),
    }


def test_taking_a_level_away_ends_its_clocks_but_not_a_breach():
    life = Life("01-16 09:00", priority="high").apply("01-16 11:00", None)

    assert told(life, "01-16 12:00") == {"first": ("breached", "01-16 10:00")}
    assert ends(life, RESOLUTION) == [("superseded", "superseded")]


def test_a_running_clock_keeps_the_version_under_which_it_started():
    strict = replace(GOLD, version=2, first=Goal({"any": "1h"}), next=Goal({"any": "1h"}))
    life = Life("01-16 09:00").apply("01-16 09:30", Applied("gold", 2))

    running = life.now("01-16 09:45", GOLD, strict)
    assert [(c.version, shown(c)) for c in running.values()] == [
        (1, "01-16 13:00"),
        (1, "01-19 17:00"),
    ]

    life.answers("01-16 10:00").asks("01-16 11:00")
    turn = life.now("01-16 11:30", GOLD, strict)[NEXT]
    assert (turn.version, shown(turn)) == (2, "01-16 12:00")


def test_a_running_clock_takes_a_new_priority_in_its_own_version():
    strict = replace(GOLD, version=2, first=Goal({"any": "5m"}))
    life = Life("01-16 09:00").apply("01-16 09:30", Applied("gold", 2)).gets("01-16 09:40", "high")

    clock = life.now("01-16 09:45", GOLD, strict)[FIRST]

    assert (clock.version, shown(clock)) == (1, "01-16 10:00")


def test_what_changes_after_the_end_of_a_clock_does_not_concern_it():
    life = Life("01-16 09:00").answers("01-16 10:00").gets("01-16 10:00", "high")
    life.resolves("01-16 12:00").gets("01-16 13:00", "normal")

    assert ends(life, FIRST) == [("met", "answered")]
    assert [c.priority for c in life.ever("01-20 09:00") if c.kind is RESOLUTION] == [
        "normal",
        "high",
    ]


def test_terms_that_change_at_the_end_of_a_clock_come_too_late_and_at_its_due_time_in_time():
    life = Life("01-16 09:00").resolves("01-16 12:00").gets("01-16 12:00", "high")
    assert life.now("01-16 13:00")[RESOLUTION].priority == "normal"

    life = Life("01-16 09:00", priority="high").gets("01-16 10:00", "normal")
    assert told(life, "01-16 11:00")["first"] == ("running", "01-16 13:00")


def test_a_level_that_came_with_the_answer_promised_nothing_for_it():
    life = Life("01-16 09:00", level=None).answers("01-16 10:00")
    life.apply("01-16 10:00", Applied("gold"))

    assert ends(life, FIRST) == []


def test_a_clock_that_starts_with_new_terms_starts_under_them():
    strict = replace(GOLD, version=2)
    life = Life("01-16 09:00").answers("01-16 10:00").apply("01-16 11:00", Applied("gold", 2))
    life.asks("01-16 11:00")

    assert life.now("01-16 12:00", GOLD, strict)[NEXT].version == 2


def test_pauses_before_a_clock_are_not_its_own():
    level = replace(GOLD, next=Goal({"any": "4h"}, pause=("pending:customer",)))
    life = Life("01-16 09:00").answers("01-16 10:00", status=Status.PENDING).asks("01-16 11:00")

    clock = life.now("01-16 12:00", level)[NEXT]

    assert (shown(clock), clock.pauses) == ("01-16 15:00", ())


def test_a_pause_that_was_there_before_the_clock_counts_from_its_start():
    life = Life("01-16 09:00").resolves("01-16 10:00").answers("01-16 12:00")

    assert life.now("01-16 13:00", LOOP)[UPDATE].pauses == (Stay("resolved", at("01-16 12:00")),)


def test_a_pause_that_begins_when_the_clock_is_due_does_not_move_it():
    life = Life("01-16 09:00").waits("01-19 17:00", until="01-21 09:00")

    assert told(life, "01-20 12:00")["resolution"] == ("breached", "01-19 17:00")
    assert told(life, "01-22 12:00")["resolution"] == ("breached", "01-19 17:00")


def test_only_the_first_resolution_counts_where_the_mode_says_so():
    level = replace(GOLD, resolution=Goal({"any": "16h"}, mode="first"))
    life = Life("01-16 09:00").resolves("01-16 10:00").asks("01-16 11:00")
    life.resolves("01-16 12:00", "duplicate")

    assert ends(life, RESOLUTION, "01-20 12:00", level) == [("met", "solved")]


def test_working_days_end_at_the_same_time_of_day():
    level = Level("gold", resolution=Goal({"any": "3bd"}))
    clock = Life("01-16 15:30").now("01-19 15:30", level)[RESOLUTION]

    assert (shown(clock), clock.target, clock.remaining) == ("01-21 15:30", 24 * HOUR, 16 * HOUR)


def test_working_days_out_of_hours_are_due_within_them():
    level = Level("gold", resolution=Goal({"any": "1bd"}))

    assert told(Life("01-17 07:00"), "01-17 08:00", level)["resolution"] == (
        "at_risk",
        "01-19 09:00",
    )


def test_working_days_with_a_pause_go_on_with_what_is_left():
    level = Level("gold", resolution=Goal({"any": "1bd"}))
    life = Life("01-16 15:00").waits("01-16 16:00").asks("01-19 09:00")

    assert told(life, "01-19 10:00", level)["resolution"] == ("running", "01-19 16:00")


def test_a_promise_in_real_time_runs_over_the_weekend():
    level = Level("gold", first=Goal({"any": "1d 2h"}, "calendar"))

    clock = Life("01-16 16:30").now("01-17 20:30", level)[FIRST]

    assert (shown(clock), clock.remaining) == ("01-17 18:30", -2 * HOUR)
    assert (clock.late, clock.late_business) == (2 * HOUR, timedelta())


def test_a_breach_costs_its_penalty_and_that_of_its_hours():
    goal = Goal({"any": "4h"}, penalty=10.0, hourly_penalty=2.0)
    level = Level("gold", first=goal, next=goal)
    life = Life("01-16 09:00").answers("01-16 14:30").asks("01-16 15:00").answers("01-16 16:00")

    assert [clock.penalty for clock in life.ever("01-16 16:30", level)] == [13.0, 0.0]


LADDER = (
    Step("50%", ("notify alice",)),
    Step("30m before", ("priority up",), ("first",)),
    Step("breach", ("tag late",), ("first", "resolution")),
    Step("1h after", ("tier up",)),
    Step("20m", ("note hurry",), ("next",)),
)


@pytest.mark.parametrize(
    ("now", "reached"),
    [
        ("01-16 10:59:59", ()),
        ("01-16 11:00", ("50%",)),
        ("01-16 12:30", ("80%", "50%", "30m before")),
        ("01-16 13:00", ("80%", "50%", "30m before")),
        ("01-16 13:00:01", ("80%", "50%", "30m before", "breach")),
        ("01-16 14:00", ("80%", "50%", "30m before", "breach", "1h after")),
    ],
)
def test_a_clock_tells_which_warnings_and_steps_of_the_ladder_it_has_reached(
    now: str, reached: tuple[str, ...]
):
    level = replace(GOLD, ladder=LADDER)

    assert Life("01-16 09:00").now(now, level)[FIRST].reached == reached


def test_other_warnings_may_stand_in_for_those_of_the_level():
    life = Life("01-16 09:00")

    found = clocks(life.ticket, life.course, promises(GOLD), at("01-16 12:05"), ("1h before",))

    assert [(c.state, c.reached) for c in found] == [
        (State.AT_RISK, ("1h before",)),
        (State.RUNNING, ()),
    ]


def test_the_tightest_clock_is_the_one_due_first_and_a_paused_one_the_last():
    life = Life("01-16 09:00")
    assert tightest(life.now("01-16 10:00").values()) == life.now("01-16 10:00")[FIRST]

    life.answers("01-16 10:00", status=Status.PENDING)
    assert tightest(life.now("01-16 11:00").values()) == life.now("01-16 11:00")[RESOLUTION]
    assert life.now("01-16 11:00")[RESOLUTION].is_open

    life.resolves("01-16 12:00")
    assert tightest(life.now("01-16 13:00").values()) is None


def test_clocks_of_a_ticket_that_was_split_off_run_from_its_message():
    old = Life("01-16 09:00").answers("01-16 10:00").asks("01-16 11:00")
    messages = thread(event for event, _ in old.steps)
    _, *of_new = split(old.ticket, messages[2:], 2, act("01-16 15:00"))
    new = Life("01-16 11:00")
    new.steps = []
    new.tell(of_new).apply("01-16 15:00", Applied("gold"))

    assert told(new, "01-16 15:30")["first"] == ("breached", "01-16 15:00")


def test_a_ticket_without_a_history_has_no_clocks_to_tell():
    with pytest.raises(ValueError, match="without a history"):
        all_clocks((), promises(GOLD), at("01-16 09:00"))


def test_a_24x7_clock_counts_25_hours_on_an_autumn_sunday():
    level = Level("gold", first=Goal({"any": "25h"}))

    clock = Life("10-25 00:00").now("10-25 12:00", level, calendar=AROUND)[FIRST]

    assert clock.due_at == at("10-26 00:00")
    assert OFFICE.elapsed(at("10-25 00:00"), at("10-26 00:00")) == timedelta()
