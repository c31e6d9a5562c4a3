"""Changes of one or many tickets: all of them or none."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.ops.desks import history, meaning, opened, ticket
from tix.domain import verbs
from tix.domain.people import Agent
from tix.domain.status import Status
from tix.errors import Conflict, Refused, TicketNotFound, TransitionRefused
from tix.ops.change import Altered, Change, Changed, Events, Notice, alter, then, update
from tix.ops.people import agents
from tix.ops.tickets import filing, moves
from tix.record import replace

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tix.desk import Desk
    from tix.domain.ticket import Ticket
    from tix.store.base import Transaction


def test_a_change_tells_each_ticket_before_and_after(desk: Desk) -> None:
    opened(desk)
    opened(desk, priority="high")
    before = [ticket(desk, n) for n in (1, 2)]

    assert filing.prioritize(desk, [2, 1], "high") == Change(
        "prio", (Changed(before[0], ticket(desk, 1)),), (2,), op=3
    )


def test_a_change_that_does_nothing_is_no_operation(desk: Desk) -> None:
    opened(desk)

    assert filing.prioritize(desk, [1], "normal") == Change("prio", (), (1,))
    assert len(history(desk, 1)) == 1


def test_a_dry_run_tells_the_same_and_keeps_nothing(desk: Desk) -> None:
    opened(desk)
    before = ticket(desk, 1)
    change = filing.prioritize(meaning(desk, dry_run=True), [1], "high")

    assert (change.op, change.dry_run) == (None, True)
    assert change.changed[0].before == before == ticket(desk, 1)
    assert change.changed[0].after.priority == "high"


@pytest.mark.parametrize(
    ("numbers", "message", "missing"),
    [
        ([1, 9], "no ticket 9", (9,)),
        ([7, 1, 9], "no tickets 7, 9", (7, 9)),
        (
            [*range(1, 31)],
            f"no tickets {', '.join(map(str, range(2, 22)))} and 9 more",
            tuple(range(2, 31)),
        ),
    ],
)
def test_all_that_are_missing_are_named_and_nothing_is_changed(
    desk: Desk, numbers: list[int], message: str, missing: tuple[int, ...]
) -> None:
    opened(desk)
    with pytest.raises(TicketNotFound) as error:
        filing.prioritize(desk, numbers, "high")

    assert (error.value.message, error.value.ids) == (message, missing)
    assert error.value.hint == "the last number is 1"
    assert ticket(desk, 1).priority == "normal"


def test_on_an_empty_desk_nothing_is_found(desk: Desk) -> None:
    with pytest.raises(TicketNotFound) as error:
        moves.resolve(desk, [1])

    assert error.value.hint == "there is no ticket yet"


def test_one_ticket_that_refuses_stops_all_with_its_own_words(desk: Desk) -> None:
    opened(desk)
    opened(desk)
    moves.resolve(desk, [2])
    with pytest.raises(TransitionRefused) as error:
        moves.close(desk, [2, 1])

    assert error.value.message == "ticket 1 is new; it cannot become closed"
    assert ticket(desk, 2).status is Status.RESOLVED


def test_several_tickets_that_refuse_are_told_together(desk: Desk) -> None:
    for _ in range(3):
        opened(desk)
    moves.resolve(desk, [2])
    with pytest.raises(TransitionRefused) as error:
        moves.close(desk, [1, 2, 3])

    assert error.value.message == (
        "2 of 3 tickets refuse: ticket 1 is new; it cannot become closed; "
        "ticket 3 is new; it cannot become closed"
    )
    assert error.value.hint == "nothing was changed; leave them out"
    assert error.value.ids == (1, 3)


def test_a_revision_that_does_not_fit_is_a_conflict(desk: Desk) -> None:
    opened(desk)
    filing.prioritize(meaning(desk, if_rev=1), [1], "high")
    with pytest.raises(Conflict) as error:
        filing.prioritize(desk, [1], "low")

    assert error.value.message == "ticket 1 is at revision 2, not 1"
    assert (error.value.hint, error.value.ids) == ("tix show 1", (1,))
    assert ticket(desk, 1).priority == "high"


def test_a_key_does_its_change_once(desk: Desk) -> None:
    opened(desk)
    meaning(desk, key="k")

    assert filing.prioritize(desk, [1], "up").op == 2
    assert filing.prioritize(desk, [1], "up") == Change("prio", (), (1,))
    meaning(desk, key="k", dry_run=True)
    assert filing.prioritize(desk, [1], "up") == Change("prio", (), (1,), dry_run=True)
    assert ticket(desk, 1).priority == "high"


@pytest.mark.parametrize("change", [["normal"], ["high", "low"]])
def test_a_key_is_used_up_only_by_what_was_done(desk: Desk, change: list[str]) -> None:
    opened(desk)
    filing.prioritize(meaning(desk, key="k", dry_run=True), [1], "high")
    for level in change:
        filing.prioritize(meaning(desk, key="k"), [1], level)

    assert ticket(desk, 1).priority == change[0]
    assert desk.store.read(lambda tx: tx.key("operation", "k")) == (2 if len(change) > 1 else None)


def test_notices_are_told_with_the_change(desk: Desk) -> None:
    opened(desk)
    notice = Notice("odd", "that is odd")
    change = update(
        desk, "prio", [1], lambda tx, t, act: verbs.prioritize(t, "low", act), lambda tx: [notice]
    )

    assert change.notices == (notice,)


def test_a_verb_after_others_sees_what_they_made(desk: Desk) -> None:
    opened(desk)

    def decide(tx: Transaction, t: Ticket, act: verbs.Act) -> Events:
        return then(t, verbs.resolve(t, act), lambda after: verbs.close(after, act))

    update(desk, "end", [1], decide)
    assert [event.kind for event in history(desk, 1)] == ["opened", "resolved", "closed"]


BOB = Agent("bob")


def add_bob(desk: Desk, **values: object) -> Change:
    bob = replace(BOB, **values)

    def work(tx: Transaction) -> Iterator[Altered]:
        before = tx.agents.get("bob") if "bob" in tx.agents else None
        tx.agents.put(bob)
        yield Altered("agents", "bob", before, bob)

    return alter(desk, "agent add", work)


def test_records_are_told_before_and_after(desk: Desk) -> None:
    change = add_bob(desk)

    assert change == Change("agent add", op=1, records=(Altered("agents", "bob", None, BOB),))
    assert change.ids == ("bob",)
    assert add_bob(desk) == Change("agent add", unchanged=("bob",))
    assert add_bob(desk).ids == ("bob",)


def test_records_too_are_only_tried_in_a_dry_run(desk: Desk) -> None:
    change = add_bob(meaning(desk, dry_run=True))

    assert (change.op, change.dry_run, change.ids) == (None, True, ("bob",))
    assert desk.store.read(lambda tx: tx.agents.all()) == []


def test_a_key_alters_records_once(desk: Desk) -> None:
    meaning(desk, key="k")
    add_bob(desk)

    assert add_bob(desk, tier=2) == Change("agent add", unchanged=("bob",))
    assert desk.store.read(lambda tx: tx.agents.all()) == [BOB]


def test_a_record_altered_twice_is_told_once(desk: Desk) -> None:
    two = replace(BOB, tier=2)

    def work(tx: Transaction) -> Iterator[Altered | Changed]:
        tx.agents.put(BOB)
        yield Altered("agents", "bob", None, BOB)
        tx.agents.put(two)
        yield Altered("agents", "bob", BOB, two)

    assert alter(desk, "agent add", work).records == (Altered("agents", "bob", None, two),)


def test_tickets_that_change_with_records_are_told_as_well(desk: Desk) -> None:
    opened(desk)
    before = ticket(desk, 1)
    after = replace(before, requester=4)
    change = alter(desk, "customer merge", lambda tx: [Changed(before, after)])

    assert (change.changed, change.ids) == ((Changed(before, after),), (1,))


def test_a_refusal_among_records_changes_nothing(desk: Desk) -> None:
    def work(tx: Transaction) -> list[Altered]:
        tx.agents.put(BOB)
        raise Refused("no")

    with pytest.raises(Refused):
        alter(desk, "agent add", work)
    assert desk.store.read(lambda tx: tx.agents.all()) == []


def test_a_key_that_was_used_for_another_change_is_refused(desk: Desk) -> None:
    first, second = opened(desk), opened(desk)
    filing.prioritize(meaning(desk, key="k"), [first], "high")

    assert filing.prioritize(meaning(desk, key="k"), [first], "low").unchanged == (first,)
    with pytest.raises(Conflict, match="'k' was used for another change: prio, operation 3"):
        filing.prioritize(meaning(desk, key="k"), [second], "high")
    with pytest.raises(Conflict, match="'k' was used for another change"):
        filing.tag(meaning(desk, key="k"), [first], ["vip"])
    with pytest.raises(Conflict, match="'k' was used for another change"):
        agents.add(meaning(desk, key="k"), "bob")
    assert ticket(desk, second).priority == "normal"
