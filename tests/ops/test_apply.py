"""Several changes in one transaction, as one operation."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from tests.ops.desks import START, history, meaning, opened, ticket
from tix.domain.query import EVERYTHING_UNSETTLED, TicketQuery
from tix.domain.status import Status
from tix.errors import Conflict, Refused, TransitionRefused
from tix.ops import undo
from tix.ops.apply import apply
from tix.ops.change import Change, Changed
from tix.ops.erasing import purge
from tix.ops.people import agents, customers
from tix.ops.tickets import filing, moves
from tix.ops.tickets.talking import note

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.ops.desks import Clock
    from tix.desk import Desk
    from tix.domain.operation import Operation


def operations(desk: Desk) -> list[Operation]:
    return list(desk.store.read(lambda tx: tx.operations.all()))


def steps(desk: Desk) -> Iterator[Change]:
    number = opened(desk, "Second")
    yield filing.prioritize(desk, [1, number], "high")
    yield filing.prioritize(desk, [number], "urgent")
    yield agents.add(desk, "bob")
    yield filing.assign(desk, [1], "bob")


def test_the_whole_is_one_operation(desk: Desk) -> None:
    opened(desk)
    applied = apply(meaning(desk, why="agreed"), steps)

    first, second = operations(desk)
    assert (second.number, second.command, second.why) == (2, "apply", "agreed")
    assert (second.numbers, [one.key for one in second.records]) == ([1, 2], ["bob"])
    assert (first.number, applied.whole.op, len(applied.parts)) == (1, 2, 4)
    assert {event.op for event in history(desk, 2)} == {2}


def test_the_whole_tells_what_was_before_the_first_and_is_after_the_last(desk: Desk) -> None:
    opened(desk)
    before = ticket(desk, 1)
    whole = apply(desk, steps).whole

    first, second = whole.changed
    assert first == Changed(before, ticket(desk, 1))
    assert second.after == ticket(desk, 2)
    (bob,) = whole.records
    assert (bob.kind, bob.id, bob.before) == ("agent", "bob", None)
    assert whole.unchanged == ()


def test_what_no_step_changes_is_unchanged(desk: Desk) -> None:
    for _ in range(2):
        opened(desk)
    whole = apply(
        desk,
        lambda inner: [
            filing.prioritize(inner, [1, 2], "normal"),
            filing.prioritize(inner, [2], "high"),
        ],
    ).whole

    assert ([one.after.id for one in whole.changed], whole.unchanged) == ([2], (1,))


def test_a_step_that_is_refused_takes_all_back(desk: Desk) -> None:
    opened(desk)
    before = history(desk, 1)

    with pytest.raises(TransitionRefused):
        apply(desk, lambda inner: [filing.prioritize(inner, [1], "high"), moves.close(inner, [1])])
    assert (history(desk, 1), len(operations(desk))) == (before, 1)


def test_undo_takes_the_whole_back_and_redo_does_it_again(desk: Desk) -> None:
    opened(desk)
    apply(desk, steps)
    after = [ticket(desk, number).priority for number in (1, 2)]
    undo.undo(desk)
    assert (ticket(desk, 1).priority, ticket(desk, 1).assignee) == ("normal", None)
    assert ticket(desk, 2).trashed_at is not None
    undo.redo(desk)

    assert [ticket(desk, number).priority for number in (1, 2)] == after


def test_a_dry_run_is_dropped(desk: Desk) -> None:
    opened(desk)
    whole = apply(meaning(desk, dry_run=True), steps).whole

    assert (whole.dry_run, whole.op, len(whole.changed)) == (True, None, 2)
    assert (len(operations(desk)), ticket(desk, 1).priority) == (1, "normal")


def test_a_key_leads_back_to_what_was_done(desk: Desk) -> None:
    opened(desk)
    apply(meaning(desk, key="once"), steps)
    again = apply(desk, steps)

    assert again.whole == Change("apply", unchanged=("bob", 1, 2))
    assert (again.parts, len(operations(desk))) == ((), 2)
    meaning(desk, dry_run=True, key="once")
    assert apply(desk, steps).whole.dry_run is True


def test_a_key_is_not_used_up_by_nothing(desk: Desk) -> None:
    opened(desk)
    apply(meaning(desk, key="once"), lambda inner: [filing.prioritize(inner, [1], "normal")])

    assert apply(desk, lambda inner: [filing.prioritize(inner, [1], "low")]).whole.op == 2


def test_a_key_that_two_steps_have_does_one_of_them(desk: Desk) -> None:
    def twice(inner: Desk) -> Iterator[Change]:
        yield agents.add(meaning(inner, key="k"), "bob")
        yield agents.add(meaning(inner, key="k"), "eve")

    whole = apply(desk, twice).whole

    assert ([one.id for one in whole.records], whole.unchanged) == (["bob"], ())


def test_a_revision_holds_for_a_step(desk: Desk) -> None:
    opened(desk)

    def twice(inner: Desk) -> Iterator[Change]:
        for _ in range(2):
            yield note(meaning(inner, if_rev=1), [1], "x")

    with pytest.raises(Conflict, match="ticket 1 is at revision 2, not 1"):
        apply(desk, twice)


def test_an_undo_inside_is_the_operation_itself(desk: Desk) -> None:
    opened(desk)
    filing.prioritize(desk, [1], "high")

    whole = apply(desk, lambda inner: [undo.undo(inner)], command="undo", creates=False).whole
    latest = operations(desk)[-1]
    assert (whole.undoes, whole.op, latest.command, latest.undoes) == (2, 3, "undo", 2)
    assert operations(desk)[1].undone_by == 3


def test_what_erases_stands_by_itself(desk: Desk) -> None:
    opened(desk)

    with pytest.raises(Refused, match="what erases cannot be a part of an apply"):
        apply(desk, lambda inner: [purge(inner, [1])])


def test_what_time_has_done_is_written_first_and_once(desk: Desk, clock: Clock) -> None:
    opened(desk)
    moves.snooze(desk, [1], START + timedelta(hours=1))
    clock.move(hours=2)
    apply(desk, lambda inner: [note(inner, [1], "x"), note(inner, [1], "y")])

    upkeep, latest = operations(desk)[-2:]
    assert (upkeep.command, upkeep.by, latest.command) == ("upkeep", "system", "apply")
    assert ticket(desk, 1).status is Status.NEW


def test_steps_see_tickets_and_customers_as_they_are_by_now(desk: Desk) -> None:
    opened(desk, customer="jo@example.com")
    seen: list[list[tuple[int, str | None]]] = []

    def look(inner: Desk) -> None:
        rows = inner.store.read(lambda tx: tx.find(EVERYTHING_UNSETTLED))
        assert len(inner.store.read(lambda tx: tx.find(TicketQuery()))) >= len(rows)
        seen.append([(row.ticket.id, row.contact and row.contact.name) for row in rows])

    def changing(inner: Desk) -> Iterator[Change]:
        look(inner)
        number = opened(inner, "Second", customer="ann@example.com")
        look(inner)
        yield customers.edit(inner, "C-1", without={}, name="Jo")
        look(inner)
        yield moves.resolve(inner, [1])
        yield moves.close(inner, [1])
        look(inner)
        yield moves.reopen(inner, [1])
        look(inner)
        yield moves.trash(inner, [number])
        look(inner)

    apply(desk, changing)
    look(desk)

    assert seen == [
        [(1, None)],
        [(1, None), (2, None)],
        [(1, "Jo"), (2, None)],
        [(2, None)],
        [(1, "Jo"), (2, None)],
        [(1, "Jo")],
        [(1, "Jo")],
    ]


def test_undo_takes_back_a_customer_who_asks_for_none_of_its_tickets(desk: Desk) -> None:
    def work(inner: Desk) -> Iterator[Change]:
        yield customers.add(inner, name="Eve")
        opened(inner, customer="jo@x.com")
        yield filing.prioritize(inner, [1], "high")

    apply(desk, work)
    undo.undo(desk)

    assert [one.addresses for one in desk.store.read(lambda tx: list(tx.customers.all()))] == [
        ("jo@x.com",)
    ]
