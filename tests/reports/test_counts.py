"""How many tickets came and went, and what was written."""

from __future__ import annotations

from tests.reports.made import DAY, NOVEMBER, START, facts, november, value, view
from tix.record import replace

CREATED = ("flow", {"at": START, "kind": "created", "department": "support"})


def test_what_happened_on_the_edges_belongs_to_the_period_that_begins_there():
    first = ("flow", {"at": START, "kind": "created"})
    last = ("flow", {"at": START + 30 * DAY - 1, "kind": "created"})
    before = ("flow", {"at": START - 1, "kind": "created"})
    after = ("flow", {"at": START + 30 * DAY, "kind": "created"})

    assert value("created", november((first,), (last,), (before,), (after,))) == 2


def test_a_ticket_that_is_resolved_twice_counts_twice_as_an_action_and_once_as_a_ticket():
    twice = [("flow", {"at": START + n, "kind": "resolved"}) for n in (1, 2)]
    cell = november((CREATED, *twice), (CREATED, twice[0]))

    assert value("resolved", cell) == 3
    assert value("resolved_tickets", cell) == 2


def test_net_flow_is_what_came_less_what_went():
    reopened = ("flow", {"at": START, "kind": "reopened"})
    resolved = ("flow", {"at": START, "kind": "resolved"})
    cell = november((CREATED, resolved, reopened), (CREATED, resolved), (CREATED,))

    assert value("net_flow", cell) == 3 + 1 - 2
    assert value("reopened", cell) == 1


def test_calls_and_lines_of_chats_are_no_messages():
    asked = [("asked", {"at": START, "way": way}) for way in ("mail", "mail", "call", "chat")]
    cell = november((*asked, ("answers", {"at": START, "way": "mail"})))

    assert value("messages_in", cell) == 2
    assert value("answers", cell) == 1


def test_nothing_is_counted_as_nothing():
    assert value("created", november()) == 0
    assert value("messages_in", november()) == 0


def test_a_ticket_counts_in_the_department_where_it_was_when_that_happened():
    moved = ("tickets", {"created_at": START, "department": "billing"})
    scope = replace(NOVEMBER, group="department")
    seen = view(facts((moved, CREATED)), scope)

    assert value("created", seen.cell(0, "support")) == 1
    assert value("created", seen.cell(0, "billing")) == 0


def test_tickets_that_are_left_out_are_not_counted_but_named():
    spam = ("tickets", {"created_at": START, "excluded": "spam"})
    seen = view(facts((spam, CREATED), (CREATED,)))

    assert value("created", seen.cell()) == 1
    assert seen.left_out == {1: "spam"}


def test_net_flow_may_be_below_nothing():
    resolved = ("flow", {"at": START, "kind": "resolved"})

    assert value("net_flow", november((resolved,), (resolved,))) == -2
