"""Where a ticket stood and how it moved: flow, stays, moves, transfers, escalations."""

from __future__ import annotations

from typing import Any

import pytest

from tests.domain.measure.cases import NOW, measured, only, second, ticket
from tests.domain.sla.cases import Life, act
from tests.domain.tickets import Story
from tix.domain import joining, verbs
from tix.domain.event import CHANGES, Event
from tix.domain.status import Status
from tix.domain.ticket import fold
from tix.domain.undo import reverse

HOUR = 3600
MONDAY = "01-19"


def does(
    life: Life, verb: Any, when: str, *given: Any, by: str = "agent:alice", **more: Any
) -> Life:
    return life.tell(verb(life.ticket, *given, act(when, by), **more))


def story(*steps: Any, **values: Any) -> Story:
    told = Story(requester=1, waiting_since=None, **values) if values else Story()
    told.do(*steps)
    return told


def back(told: Story, op: int) -> int:
    """Take an operation of a story back; return the operation that did."""
    return told.tell(reverse(told.history, op, told.now))


def kinds(life: Any, now: str = NOW) -> list[tuple[Any, ...]]:
    return only(measured(life, now)["flow"], "kind", "cause")


def statuses(life: Any, now: str = NOW) -> list[tuple[Any, ...]]:
    return only(measured(life, now)["stays"], "status", "agent", "department")


def test_a_resolution_has_its_reason_and_closing_is_no_other_one():
    life = Life("01-19 09:00").resolves("01-19 10:00", "wontfix").closes("01-19 11:00")

    assert kinds(life) == [("created", ""), ("resolved", "wontfix")]
    assert ticket(life)["status"] == "closed"
    assert ticket(life)["reason"] == "wontfix"


@pytest.mark.parametrize(
    ("by", "cause"),
    [
        ("agent:bob", "agent"),
        ("rule:late", "rule"),
        ("system", "rule"),
        ("customer:C-1", "customer"),
    ],
)
def test_a_reopening_tells_who_did_it(by: str, cause: str):
    life = Life("01-19 09:00").resolves("01-19 10:00")
    does(life, verbs.reopen, "01-19 11:00", by=by)

    assert kinds(life)[-1] == ("reopened", cause)


def test_a_message_that_an_agent_took_down_reopens_for_the_customer():
    life = Life("01-19 09:00").resolves("01-19 10:00")
    does(life, verbs.receive, "01-19 11:00", "Again!", by="agent:bob")

    assert kinds(life)[-1] == ("reopened", "customer")


@pytest.mark.parametrize(
    ("there", "back", "names"),
    [
        (verbs.mark_spam, verbs.reopen, ("spam", "unspam")),
        (verbs.trash, verbs.restore, ("trashed", "restored")),
    ],
)
def test_what_is_put_away_leaves_the_backlog_and_comes_back(there: Any, back: Any, names: Any):
    life = Life("01-19 09:00")
    does(life, there, "01-19 10:00")
    does(life, back, "01-19 11:00")

    assert kinds(life) == [("created", ""), (names[0], ""), (names[1], "")]


def test_what_was_done_when_it_went_to_the_trash_is_done_when_it_is_back():
    life = Life("01-19 09:00").resolves("01-19 10:00")
    does(life, verbs.trash, "01-19 11:00")
    does(life, verbs.restore, "01-19 12:00")

    assert kinds(life)[2:] == [("trashed", "resolved"), ("restored", "resolved")]
    assert ticket(life)["resolved_at"] == second("01-19 10:00")


def test_time_in_the_trash_belongs_to_no_resolution():
    life = Life("01-19 09:00")
    does(life, verbs.trash, "01-19 10:00")
    does(life, verbs.restore, "01-19 12:00")
    life.resolves("01-19 15:00")

    row = ticket(life)
    assert (row["total_cal"], row["total_biz"], row["work_biz"]) == (4 * HOUR, 4 * HOUR, 4 * HOUR)


def test_spam_in_the_trash_comes_back_as_spam():
    life = Life("01-19 09:00")
    does(life, verbs.mark_spam, "01-19 10:00")
    does(life, verbs.trash, "01-19 11:00")
    does(life, verbs.restore, "01-19 12:00")

    assert kinds(life)[1:] == [("spam", ""), ("trashed", "spam"), ("restored", "spam")]


def test_a_stay_ends_when_the_status_the_agent_or_the_department_changes():
    life = Life("01-19 09:00", department="sales")
    does(life, verbs.assign, "01-19 10:00", "bob")
    does(life, verbs.edit, "01-19 11:00", department="billing")
    life.answers("01-19 12:00", "agent:bob")

    assert statuses(life) == [
        ("new", "", "sales"),
        ("new", "bob", "sales"),
        ("new", "bob", "billing"),
        ("answered", "bob", "billing"),
    ]
    assert only(measured(life)["stays"], "since", "until")[-2:] == [
        (second("01-19 11:00"), second("01-19 12:00")),
        (second("01-19 12:00"), 0),
    ]


def test_a_stay_of_no_length_is_none():
    life = Life("01-19 09:00")
    does(life, verbs.take, "01-19 09:00", "bob")

    assert statuses(life) == [("open", "bob", "")]


def test_new_and_open_tickets_that_become_answered_are_moves():
    life = Life("01-19 09:00").answers("01-19 11:00").asks("01-19 12:00")
    does(life, verbs.assign, "01-19 13:00", "bob")
    life.answers("01-20 10:00", "agent:bob")

    assert only(measured(life)["moves"], "before", "cal", "biz", "agent") == [
        ("new", 2 * HOUR, 2 * HOUR, "alice"),
        ("open", 22 * HOUR, 6 * HOUR, "bob"),
    ]


def test_a_new_ticket_counts_from_its_creation_also_if_it_changed_hands():
    life = Life("01-19 09:00")
    does(life, verbs.assign, "01-19 10:00", "bob")
    does(life, verbs.edit, "01-19 10:30", department="billing")
    life.answers("01-19 11:00")

    assert only(measured(life)["moves"], "cal") == [(2 * HOUR,)]


def test_a_ticket_that_we_open_by_writing_has_moved_nowhere():
    assert measured(Life("01-19 09:00", outbound=True))["moves"] == []


def test_transfers_are_told_from_the_department_that_had_it():
    life = Life("01-19 09:00")
    for hour, department in ((10, "sales"), (11, "billing"), (12, None), (13, "sales")):
        does(life, verbs.edit, f"01-19 {hour}:00", department=department)

    facts = measured(life)
    assert only(facts["transfers"], "before", "department", "agent") == [
        ("sales", "billing", "alice"),
        ("billing", "sales", "alice"),
    ]
    assert only(facts["tickets"], "transfers", "returned", "department") == [(2, 1, "sales")]


def test_a_department_that_is_taken_away_and_given_again_is_no_transfer():
    life = Life("01-19 09:00", department="sales")
    does(life, verbs.edit, "01-19 10:00", department=None)
    does(life, verbs.edit, "01-19 11:00", department="sales")

    assert measured(life)["transfers"] == []
    assert ticket(life)["returned"] == 0


def escalated(by: str, when: str, **more: Any) -> Event:
    return Event("escalated", 1, act(when).at, by, data={CHANGES: {}, **more})


def test_escalations_tell_whether_a_person_a_rule_or_a_promise_did_it():
    life = Life("01-19 09:00")
    does(life, verbs.edit, "01-19 10:00", tier=2)
    does(life, verbs.edit, "01-19 11:00", tier=3, department="billing")
    life.tell([escalated("system", "01-19 12:00", sla={"clock": "first"})])
    life.tell([escalated("rule:vip", "01-19 13:00")])

    facts = measured(life)
    assert only(facts["escalations"], "kind", "at") == [
        ("manual", second("01-19 10:00")),
        ("manual", second("01-19 11:00")),
        ("sla", second("01-19 12:00")),
        ("rule", second("01-19 13:00")),
    ]
    assert facts["tickets"][0]["escalated_at"] == second("01-19 10:00")


def test_a_lower_tier_is_no_escalation():
    life = Life("01-19 09:00", tier=3)
    does(life, verbs.edit, "01-19 10:00", tier=1)

    assert measured(life)["escalations"] == []


def test_waiting_and_postponing_split_the_time():
    life = Life("01-19 09:00").waits("01-19 10:00", "third-party")
    does(life, verbs.reopen, "01-19 12:00")
    life.sleeps("01-19 13:00", "01-19 16:00").wakes().resolves("01-20 10:00")

    row = ticket(life)
    assert (row["work_biz"], row["third_biz"], row["postponed_biz"], row["total_biz"]) == (
        (1 + 1 + 1 + 1) * HOUR,
        2 * HOUR,
        3 * HOUR,
        9 * HOUR,
    )


def test_a_ticket_whose_time_has_come_counts_as_what_it_was():
    life = Life("01-19 09:00").sleeps("01-19 10:00", "01-19 12:00")

    assert statuses(life, "01-19 11:00")[-1] == ("postponed", "", "")
    facts = measured(life, "01-19 13:00")
    assert only(facts["stays"], "status", "until")[-2:] == [
        ("postponed", second("01-19 12:00")),
        ("new", 0),
    ]
    assert facts["tickets"][0]["status"] == "new"


def test_a_resolution_that_was_undone_never_was():
    told = story(verbs.resolve)
    back(told, 2)

    assert kinds(told.history, "12-01 10:00") == [("created", "")]
    assert statuses(told.history, "12-01 10:00") == [("new", "", "")]
    assert ticket(told.history, "12-01 10:00")["first_resolved_at"] == 0


def test_a_resolution_that_was_redone_was_from_the_beginning():
    told = story(verbs.resolve)
    back(told, back(told, 2))

    row = ticket(told.history, "12-01 10:00")
    assert kinds(told.history, "12-01 10:00") == [("created", ""), ("resolved", "solved")]
    assert (row["status"], row["once_cal"]) == ("resolved", 60)


def test_a_creation_that_was_undone_is_in_the_trash():
    told = story()
    back(told, 1)

    assert ticket(told.history, "12-01 10:00")["excluded"] == "trashed"


def test_a_reply_that_was_undone_answered_nobody():
    told = story(lambda t, a: verbs.reply(t, "Wrong ticket.", a))
    back(told, 2)

    facts = measured(told.history, "12-01 10:00")
    (row,) = facts["tickets"]
    assert facts["answers"] == facts["moves"] == []
    assert (row["status"], row["first_at"], row["first_ending"]) == ("new", 0, "")
    assert row["waiting_since"] == row["created_at"]


def test_what_an_undoing_by_force_leaves_is_what_the_ticket_is():
    told = story(
        lambda t, a: verbs.assign(t, "bob", a),
        verbs.resolve,
        verbs.reopen,
    )
    told.tell(reverse(told.history, 3, told.now, force=True))

    row = ticket(told.history, "12-01 10:00")
    assert row["status"] == fold(told.history).status == Status.NEW


def merged() -> tuple[Life, Life]:
    """A ticket that was answered, and one that was merged into it."""
    target = Life("01-19 09:00").answers("01-19 10:00").resolves("01-19 11:00")
    source = Life("01-19 11:30")
    target.absorbs("01-19 12:00", source)
    return source, target


def test_a_merged_ticket_is_left_out_and_the_other_waits():
    source, target = merged()

    assert kinds(source)[-1] == ("merged", "")
    assert ticket(source)["excluded"] == "merged"
    assert kinds(target)[-1] == ("reopened", "agent")
    assert ticket(target)["waiting_since"] == second("01-19 11:30")


def test_a_ticket_that_was_taken_out_again_had_opened_nothing():
    target, source = Story(1), Story(2)
    target.do(lambda t, a: verbs.reply(t, "There.", a), verbs.resolve)
    gone, joined = joining.merge(source.ticket, target.ticket, act("12-01 12:00"))
    source.tell([gone])
    target.tell([joined])
    absorbed = {2: joining.as_absorbed(source.history, 1)}
    parted = joining.unmerge(source.history, target.history, absorbed, act("12-01 13:00"))
    source.tell(parted[:1])
    target.tell(parted[1:])

    assert kinds(source.history, "12-02 10:00")[1:] == [("merged", ""), ("unmerged", "")]
    assert kinds(target.history, "12-02 10:00") == [("created", ""), ("resolved", "solved")]
    assert ticket(target.history, "12-02 10:00")["reopens"] == 0


@pytest.mark.parametrize(
    ("made", "reason"),
    [
        (lambda: does(Life("01-19 09:00"), verbs.mark_spam, "01-19 10:00"), "spam"),
        (lambda: does(Life("01-19 09:00"), verbs.trash, "01-19 10:00"), "trashed"),
        (lambda: Life("01-19 09:00", outbound=True), "outbound"),
        (lambda: Life("01-19 09:00", outbound=True).asks("01-19 10:00"), ""),
        (lambda: Life("01-19 09:00"), ""),
    ],
)
def test_what_reports_leave_out_says_why(made: Any, reason: str):
    assert ticket(made())["excluded"] == reason


@pytest.mark.parametrize(("came", "reason"), [("01-19 09:00", "historic"), ("01-18 09:00", "")])
def test_an_import_that_knows_no_times_is_left_out(came: str, reason: str):
    known = act("01-19 09:00", "import:old")
    took = act(came, "import:old")._replace(recorded_at=known.at)

    assert ticket(verbs.open_ticket(1, "Old", took, body="Hm"))["excluded"] == reason


def test_a_ticket_that_comes_as_resolved_was_created_and_resolved():
    opened = verbs.open_ticket(1, "Old", act("01-19 09:00"), body="Hm", status=Status.RESOLVED)

    assert kinds(opened) == [("created", ""), ("resolved", "")]
    assert ticket(opened)["once_cal"] == 0


def test_events_that_were_told_late_do_not_turn_time_back():
    life = Life("01-19 09:00").answers("01-19 12:00").asks("01-19 13:00")
    late = act("01-19 11:00")._replace(recorded_at=act("01-19 14:00").at)
    life.tell(verbs.reply(life.ticket, "By phone.", late))

    facts = measured(life)
    assert all(stay["since"] <= (stay["until"] or stay["since"]) for stay in facts["stays"])
    assert facts["tickets"][0]["status"] == "answered"


def test_the_row_of_a_ticket_tells_where_its_log_ends():
    told = story()
    row = ticket(told.history, "12-01 10:00")

    assert f"{row['log_high']:08x}{row['log_low']:08x}" == told.history[-1].hash[:16]
    assert row["last_at"] == int(told.history[-1].at.timestamp())


def test_what_was_told_late_happened_before_what_was_told_then():
    life = Life("01-19 09:00", department="sales")
    does(life, verbs.assign, "01-19 12:00", "bob")
    late = act("01-19 11:00")._replace(recorded_at=act("01-19 14:00").at)
    life.tell(verbs.reply(life.ticket, "By phone.", late))

    facts = measured(life)
    assert only(facts["stays"], "status", "agent", "since") == [
        ("new", "", second("01-19 09:00")),
        ("answered", "", second("01-19 11:00")),
        ("answered", "bob", second("01-19 12:00")),
    ]
    assert only(facts["moves"], "cal") == [(2 * HOUR,)]


def test_a_reply_that_was_redone_answered_when_it_was_written():
    told = story(lambda t, a: verbs.reply(t, "There.", a))
    back(told, back(told, 2))

    row = ticket(told.history, "12-01 10:00")
    assert (row["first_ending"], row["first_cal"], row["answers"]) == ("answered", 60, 1)
    assert row["waiting_since"] == 0
