"""Undo of what makes tickets and of set-up: imports, new tickets, merges, every kind of record."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.ops.desks import Clock, make_desk, opened, ticket
from tests.ops.imports import by_map, exported, taken_in, tickets
from tix.errors import Conflict, NotFound, TixError
from tix.ops import saved, undo
from tix.ops.apply import apply
from tix.ops.change import Altered, alter
from tix.ops.people import agents, customers, departments
from tix.ops.tickets import filing, moves, talking
from tix.ops.tickets.joining import merge, unmerge
from tix.record import replace

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tix.desk import Desk
    from tix.ops.change import Change
    from tix.store.base import Transaction

MAP = """\
name = "old"
id = "id"
create = ["agents"]
[ticket]
subject = "subject"
customer = "from"
status = "state"
[values.status]
open = "open"
done = "closed"
"""
names = st.sampled_from(["one", "two"])
numbers = st.integers(1, 4)
rows = st.lists(
    st.tuples(
        st.integers(1, 6),
        st.sampled_from(["a@x.com", "e@x.com", ""]),
        st.sampled_from(["open", "done"]),
    ),
    min_size=1,
    max_size=3,
    unique_by=lambda row: row[0],
)

Step = Callable[["Desk"], object]


def set_up(**values: Any) -> Step:
    """Return a step that changes the desk's set-up."""

    def step(desk: Desk) -> object:
        def work(tx: Transaction) -> Iterator[Altered]:
            after = replace(tx.setup, **values, version=tx.setup.version + 1)
            if replace(after, version=tx.setup.version) != tx.setup:
                yield Altered("setup", str(after.version), tx.setup, after)
                tx.put_setup(after)

        return alter(desk, "setup", work)

    return step


def brought(found: list[tuple[int, str, str]]) -> Step:
    """Return a step that imports rows of a sheet."""
    lines = [f"{number},Row {number},{whose},{state}\n" for number, whose, state in found]
    return lambda desk: by_map(desk, "id,subject,from,state\n" + "".join(lines), MAP)


def call(op: Callable[..., object], *values: Any, **named: Any) -> Step:
    return lambda desk: op(desk, *values, **named)


STEPS: st.SearchStrategy[Step] = st.one_of(
    rows.map(brought),
    st.sampled_from(["a@x.com", "n@x.com", None]).map(
        lambda who: lambda desk: opened(desk, customer=who, body="Hello", tags=("one",))
    ),
    st.tuples(numbers, numbers).map(lambda two: call(merge, [two[0]], two[1])),
    numbers.map(lambda number: call(unmerge, [number])),
    st.lists(numbers, min_size=1, unique=True).map(lambda ids: call(filing.tag, ids, ["bulk"])),
    numbers.map(lambda number: call(talking.reply, number, "Yes.")),
    st.lists(numbers, min_size=1, unique=True).map(lambda ids: call(moves.resolve, ids)),
    st.integers(1, 30).map(lambda days: set_up(quiet_days=days)),
    st.sampled_from([None, "Europe/Zagreb", "UTC"]).map(lambda zone: set_up(zone=zone)),
    st.sampled_from([("question",), ("task", "bug")]).map(lambda types: set_up(types=types)),
    names.map(lambda name: call(agents.add, name)),
    st.tuples(names, st.integers(1, 3)).map(lambda two: call(agents.edit, two[0], tier=two[1])),
    names.map(lambda name: call(departments.add, name)),
    st.tuples(names, names).map(lambda two: call(departments.edit, two[0], title=two[1])),
    st.tuples(names, names).map(lambda two: call(departments.staff, two[0], add=[two[1]])),
    st.tuples(names, st.sampled_from(["due", "id"])).map(
        lambda two: call(saved.save, two[0], ["is:open"], two[1])
    ),
    names.map(lambda name: call(customers.add, name=name)),
    st.sampled_from(["gold", "free"]).map(lambda plan: call(customers.edit, "C-1", plan=plan)),
)


def state(desk: Desk) -> dict[str, dict[Any, Any]]:
    """Return all that is on the desk outside the trash, by what it is found under."""

    def look(tx: Transaction) -> dict[str, dict[Any, Any]]:
        at = tx.now
        heads = [ticket for ticket, _ in tx.scan() if ticket.trashed_at is None]
        return {
            "tickets": {t.id: replace(t, rev=0, hash="", updated_at=at) for t in heads},
            "customers": {customer.number: customer for customer in tx.customers.all()},
            "agents": {agent.name: agent for agent in tx.agents.all()},
            "departments": {one.name: one for one in tx.departments.all()},
            "queries": {query.name: query for query in tx.queries.all()},
            "setup": {"": replace(tx.setup, version=1)},
        }

    return desk.store.read(look)


def without_newcomers(found: dict[str, dict[Any, Any]], known: dict[str, dict[Any, Any]]) -> Any:
    """Return *found* with only the customers of *known*: who was in touch stays known."""
    kept = {number: found["customers"].get(number) for number in known["customers"]}
    return {**found, "customers": kept}


@given(st.lists(STEPS, max_size=8))
def test_undo_leads_back_through_imports_merges_and_set_up_and_redo_forward(steps: list[Step]):
    desk = make_desk(Clock())
    for address in ("a@x.com", "b@x.com"):
        opened(desk, customer=address, body="Where is it?")
    states = [state(desk)]
    for step in steps:
        try:
            step(desk)
        except TixError:
            continue
        if state(desk) != states[-1]:
            states.append(state(desk))

    for before in states[-2::-1]:
        undo.undo(desk)
        assert without_newcomers(state(desk), before) == before
    for after in states[1:]:
        undo.redo(desk)
        assert without_newcomers(state(desk), after) == after
    with pytest.raises(NotFound):
        undo.redo(desk)


def trash(desk: Desk) -> list[int]:
    return [t.id for t in tickets(desk) if t.trashed_at is not None]


def test_an_import_of_what_was_taken_back_is_taken_back_whole():
    source, desk = make_desk(Clock()), make_desk(Clock())
    for _ in range(2):
        filing.tag(source, [opened(source)], ["one"])
        undo.undo(source)
    taken_in(desk, exported(source))
    assert len(desk.store.read(lambda tx: tx.operations.all())) > 1

    undo.undo(desk)
    assert trash(desk) == [1, 2]
    with pytest.raises(NotFound):
        undo.undo(desk)
    undo.redo(desk)
    assert trash(desk) == []
    undo.undo(desk, 2)
    assert trash(desk) == [1, 2]


def test_undo_and_redo_of_a_bulk_change_are_one_operation_each():
    desk = make_desk(Clock())
    ids = [opened(desk) for _ in range(50)]
    filing.tag(desk, ids, ["bulk"])

    taken_back = undo.undo(desk)
    assert [change.after.id for change in taken_back.changed] == ids
    assert {change.after.tags for change in taken_back.changed} == {()}
    assert {change.after.tags for change in undo.redo(desk).changed} == {("bulk",)}


def test_a_merge_is_taken_back_from_both_tickets_after_new_messages():
    desk = make_desk(Clock())
    for subject in ("First", "Second"):
        opened(desk, subject, body=subject)
    merge(desk, [1], 2)
    talking.receive(desk, 2, "And now?")

    undo.undo(desk, 3)
    first, second = tickets(desk)
    assert (first.status, first.merged_into, first.messages) == ("new", None, 1)
    assert (second.absorbed, second.messages) == ((), 2)


def test_a_later_change_of_the_same_field_of_the_set_up_stands_in_the_way():
    desk = make_desk(Clock())
    set_up(quiet_days=7)(desk)
    set_up(quiet_days=9)(desk)
    set_up(types=("task",))(desk)

    with pytest.raises(Conflict) as error:
        undo.undo(desk, 1)
    undo.undo(desk, 1, force=True)

    assert error.value.message == "the set-up: quiet_days was changed again since then"
    setup = desk.store.read(lambda tx: tx.setup)
    assert (setup.quiet_days, setup.types, setup.version) == (14, ("task",), 5)


def test_an_agent_or_department_that_open_tickets_need_goes_only_by_force():
    desk = make_desk(Clock())
    bob, web = agents.add(desk, "bob").op, departments.add(desk, "web").op
    opened(desk, assignee="bob", department="web")

    for op, told in (
        (bob, "agent bob has open ticket 1"),
        (web, "department 'web' is left out and needed by ticket 1"),
    ):
        with pytest.raises(Conflict, match=told):
            undo.undo(desk, op)
        undo.undo(desk, op, force=True)


def test_what_tickets_of_the_same_operation_need_goes_with_them():
    desk = make_desk(Clock())

    def steps(inside: Desk) -> Iterator[Change]:
        yield agents.add(inside, "bob")
        yield talking.open_ticket(inside, talking.Draft("Refund", assignee="bob"))

    apply(desk, steps)
    undo.undo(desk)

    assert ticket(desk, 1).trashed_at is not None
    assert desk.store.read(lambda tx: tx.agents.all()) == []
