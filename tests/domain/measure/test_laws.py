"""Laws of facts, on any course that a ticket can take."""

from __future__ import annotations

from datetime import timedelta
from itertools import pairwise
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from tests.domain.sla.cases import OFFICE, Life, act
from tests.domain.sla.test_laws import KNOWN, LOOP, START, STEPS, stamp
from tests.domain.tickets import Story
from tix.domain import verbs
from tix.domain.facts import TABLES, Rows
from tix.domain.measure import Measuring, measure
from tix.domain.undo import reverse
from tix.errors import TransitionRefused, UsageError

MINUTE = timedelta(minutes=1)
BACKLOG = {"new", "open", "answered", "pending", "postponed"}
MOVES = (
    *STEPS,
    lambda life, when: life.tell(verbs.mark_spam(life.ticket, act(when))),
    lambda life, when: life.tell(verbs.trash(life.ticket, act(when))),
    lambda life, when: life.tell(verbs.restore(life.ticket, act(when))),
    lambda life, when: life.tell(verbs.assign(life.ticket, "bob", act(when))),
    lambda life, when: life.tell(verbs.edit(life.ticket, act(when), department=when[-1])),
)


@st.composite
def lives(draw: st.DrawFn) -> Life:
    """A ticket after up to twelve steps."""
    life, now = Life(stamp(START), level=LOOP), START
    for step in draw(st.lists(st.sampled_from(MOVES), max_size=12)):
        now += draw(st.integers(0, 3000)) * MINUTE
        try:
            step(life, stamp(now))
        except (TransitionRefused, UsageError):
            continue
    return life


def facts(life: Life) -> Rows:
    history = [event for event, _ in life.steps]
    return measure(history, KNOWN, history[-1].at, OFFICE)


def row(rows: Rows) -> dict[str, int | str]:
    return dict(zip(TABLES["tickets"], rows["tickets"][0], strict=True))


def backlog(rows: Rows, at: int) -> int:
    return sum(
        1
        for _, status, since, until, *_ in rows["stays"]
        if status in BACKLOG and int(since) <= at and (not until or at < int(until))
    )


def flowed(rows: Rows, at: int) -> int:
    into = {"created", "reopened", "unmerged", "unspam", "restored"}
    causes = {"created", "reopened", "resolved"}
    return sum(
        1 if kind in into else -1
        for _, when, kind, cause, *_ in rows["flow"]
        if int(when) <= at and (kind in causes or not cause)
    )


@given(lives())
def test_the_backlog_grows_by_what_comes_and_shrinks_by_what_goes(life: Life):
    rows = facts(life)
    for at in {int(row[column]) for row in rows["stays"] for column in (2, 3)} - {0}:
        assert backlog(rows, at) == flowed(rows, at)


@given(lives())
def test_stays_follow_each_other_from_the_creation_to_now(life: Life):
    rows = facts(life)
    stays = rows["stays"]

    assert stays[0][2] == row(rows)["created_at"]
    assert all(one[3] == other[2] for one, other in pairwise(stays))
    assert [stay[3] for stay in stays].count(0) == 1
    assert stays[-1][1:2] == (row(rows)["status"],)


@given(lives())
def test_the_total_is_the_sum_of_its_stretches_and_of_its_parts(life: Life):
    rows = facts(life)
    ticket = row(rows)
    for base, place in (("cal", 2), ("biz", 3)):
        parts = [ticket[f"{part}_{base}"] for part in ("work", "customer", "third", "postponed")]

        assert sum(map(int, parts)) == ticket[f"total_{base}"]
        if ticket["resolved_at"]:
            assert sum(int(cycle[place]) for cycle in rows["cycles"]) == ticket[f"total_{base}"]
    assert 0 <= int(ticket["total_net"]) <= int(ticket["total_biz"]) <= int(ticket["total_cal"])


@given(lives())
def test_every_row_is_of_the_ticket_and_has_every_column(life: Life):
    for table, found in facts(life).items():
        for one in found:
            assert len(one) == len(TABLES[table])
            assert one[0] == 1


@given(lives())
def test_one_ticket_after_the_other_is_measured_as_each_alone(life: Life):
    history = [event for event, _ in life.steps]
    measuring = Measuring(KNOWN, OFFICE)
    for end in range(1, len(history) + 1):
        part = history[:end]
        assert measuring(part, part[-1].at) == measure(part, KNOWN, part[-1].at, OFFICE)


@given(lives(), st.sampled_from([verbs.trash, verbs.mark_spam, verbs.close]), st.integers(0, 9999))
def test_of_a_settled_ticket_the_time_of_measuring_is_no_matter(life: Life, end: Any, hours: int):
    last = life.steps[-1][0].at
    try:
        life.tell(end(life.ticket, verbs.Act("agent:alice", last)))
    except TransitionRefused:
        return
    history = [event for event, _ in life.steps]
    later = history[-1].at + timedelta(hours=hours)

    if life.ticket.is_settled:
        assert measure(history, KNOWN, later, OFFICE) == facts(life)


UNDOABLE = {
    "reply": lambda t, a: verbs.reply(t, "There.", a),
    "receive": lambda t, a: verbs.receive(t, "And?", a),
    "resolve": verbs.resolve,
    "close": verbs.close,
    "reopen": verbs.reopen,
    "spam": verbs.mark_spam,
    "trash": verbs.trash,
    "restore": verbs.restore,
    "wait": verbs.wait,
    "move": lambda t, a: verbs.edit(t, a, department=f"d{t.rev}"),
    "tier": lambda t, a: verbs.edit(t, a, tier=t.tier + 1),
    "take": lambda t, a: verbs.take(t, "bob", a),
    "tag": lambda t, a: verbs.tag(t, [f"t{t.rev}"], a),
}
COUNTED = (
    *("tags", "answers", "asked", "moves", "flow", "cycles", "transfers", "escalations"),
    *("work", "calls", "chats", "ratings"),
)


@given(st.lists(st.sampled_from(sorted(UNDOABLE)), max_size=6), st.sampled_from(sorted(UNDOABLE)))
def test_what_is_undone_at_once_leaves_no_trace_in_the_facts(steps: list[str], last: str):
    story = Story(department="sales")
    for name in steps:
        try:
            story.do(UNDOABLE[name])
        except (TransitionRefused, UsageError):
            continue
    before = measure(story.history, KNOWN, story.now.at, OFFICE)
    try:
        op = story.tell(UNDOABLE[last](story.ticket, story.now))
    except (TransitionRefused, UsageError):
        return
    story.tell(reverse(story.history, op, story.now))
    after = measure(story.history, KNOWN, story.now.at, OFFICE)

    assert {name: after[name] for name in COUNTED} == {name: before[name] for name in COUNTED}
    assert [one[1:] for one in after["stays"]] == [one[1:] for one in before["stays"]]
    ticket, was = row(after), row(before)
    assert {n for n in was if ticket[n] != was[n]} <= {"log_high", "log_low", "last_at"}
