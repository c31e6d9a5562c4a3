"""What every store promises; each kind of BACKENDS is held to all of it."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings

from tests.store.desks import START, Clock, act, done, make_store, open_one, opened, steps, walk
from tix.domain import verbs
from tix.domain.alert import Alerts, Told
from tix.domain.event import first_broken
from tix.domain.operation import Operation, RecordChange
from tix.domain.people import Agent, Contact, Customer, Department
from tix.domain.query import Context, Seen, defaulted, matches, parse
from tix.domain.setup import SavedQuery, Setup
from tix.domain.status import Status
from tix.domain.ticket import fold
from tix.domain.undo import reverse
from tix.domain.when import Dates
from tix.domain.zone import zone_named
from tix.errors import Conflict, NotFound, TicketNotFound
from tix.ops.reactions import record
from tix.ops.transactions import keep_up
from tix.store import BACKENDS

if TYPE_CHECKING:
    from pathlib import Path

    from tix.domain.ticket import Ticket
    from tix.store.base import Store, Transaction

KINDS = sorted(BACKENDS)
several_at_once = settings(
    max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture(params=KINDS)
def store(request: pytest.FixtureRequest, tmp_path: Path, clock: Clock) -> Store:
    return make_store(request.param, tmp_path, clock)


def history_of(number: int, tx: Transaction) -> object:
    return tx.history(number)


def ticket(store: Store, number: int) -> Ticket:
    return store.read(lambda tx: tx.ticket(number))


def test_what_a_block_did_is_kept_when_it_ends(store: Store) -> None:
    number = opened(store, "Refund not received", customer="jo@example.com", body="Where is it?")

    assert number == 1
    found = ticket(store, 1)
    assert (found.subject, found.status, found.rev) == ("Refund not received", Status.NEW, 1)
    assert [event.body for event in store.read(lambda tx: tx.history(1))] == ["Where is it?"]


def test_what_a_block_did_is_dropped_when_it_raises(store: Store) -> None:
    opened(store)

    with pytest.raises(RuntimeError), store.write() as tx:
        tx.begin("agent:alice", "new")
        open_one(tx)
        tx.claim("new", "k", 2)
        raise RuntimeError

    assert store.read(lambda tx: (tx.last_number("ticket"), tx.key("new", "k"))) == (1, None)


def test_what_a_rehearsal_did_is_dropped(store: Store) -> None:
    with store.write(keep=False) as tx:
        tx.begin("agent:alice", "new")
        assert open_one(tx).id == 1

    assert store.read(lambda tx: tx.last_number("ticket")) == 0


def test_what_a_read_changes_is_never_kept(store: Store) -> None:
    def meddle(tx: Transaction) -> None:
        tx.begin("agent:alice", "new")
        open_one(tx)

    store.read(meddle)

    assert store.read(lambda tx: tx.last_number("ticket")) == 0


def test_numbers_rise_and_are_counted_apart(store: Store) -> None:
    with store.write() as tx:
        tx.begin("agent:alice", "x")
        numbers = [tx.next_number("ticket"), tx.next_number("ticket"), tx.next_number("customer")]
        tx.claim("any", "thing", 1)

    assert numbers == [1, 2, 1]
    assert store.read(lambda tx: tx.last_number("ticket")) == 2


def test_a_ticket_that_is_not_there_is_an_error(store: Store) -> None:
    for number in (0, 1, 10**17):
        with pytest.raises(TicketNotFound):
            ticket(store, number)
        with pytest.raises(TicketNotFound):
            store.read(partial(history_of, number))


def test_what_the_checker_told_is_kept_and_belongs_to_no_operation(store: Store) -> None:
    told = Alerts(7, (Told("first", START, ("breach",), START, flagged=True),), START)
    with store.write() as tx:
        tx.alerts.put(told)
        tx.alerts.put(Alerts(3))
    with store.write() as tx:
        tx.alerts.drop(3)

    assert store.read(lambda tx: tx.alerts.all()) == [told]
    assert store.read(lambda tx: (tx.last_number("operation"), tx.operations.all())) == (0, [])


def test_records_are_found_by_key_and_listed_in_its_order(store: Store) -> None:
    customers = [Customer(n, START, name=f"Customer {n}") for n in (1002, 7, 30)]
    with store.write() as tx:
        tx.begin("agent:alice", "x")
        for _ in range(1002):
            tx.next_number("customer")
        for customer in customers:
            tx.customers.put(customer)
        tx.agents.put(Agent("bob", skills=("tax",)))
        tx.agents.put(Agent("alice", address="a@example.com"))
        tx.departments.put(Department("billing", title="Billing"))
        tx.queries.put(SavedQuery("late", ("is:overdue",), "due"))

    def look(tx: Transaction) -> None:
        assert [c.number for c in tx.customers.all()] == [7, 30, 1002]
        assert tx.customers.get(30) == customers[2]
        assert tx.agents.all() == [
            Agent("alice", address="a@example.com"),
            Agent("bob", skills=("tax",)),
        ]
        assert "billing" in tx.departments
        assert "sales" not in tx.departments
        assert tx.queries.get("late") == SavedQuery("late", ("is:overdue",), "due")

    store.read(look)


def test_a_record_that_is_not_there_is_an_error(store: Store) -> None:
    with store.write() as tx:
        tx.begin("agent:alice", "x")
        tx.agents.put(Agent("bob"))
        tx.agents.drop("bob")

        with pytest.raises(NotFound):
            tx.agents.get("bob")
        with pytest.raises(NotFound):
            tx.customers.drop(1)

    with pytest.raises(NotFound):
        store.read(lambda tx: tx.operations.get(99))


def test_a_key_leads_to_a_number_until_it_is_released(store: Store) -> None:
    with store.write() as tx:
        tx.claim("address", "jo@example.com", 3)
        tx.claim("phone", "jo@example.com", 4)

    with store.write() as tx:
        assert tx.key("address", "jo@example.com") == 3
        tx.release("address", "jo@example.com")

    assert store.read(
        lambda tx: [tx.key(kind, "jo@example.com") for kind in ("address", "phone", "none")]
    ) == [None, 4, None]


def test_a_file_is_kept_under_its_sum(store: Store) -> None:
    content = b"\x00PDF" * 5000
    with store.write() as tx:
        names = {tx.attach(content), tx.attach(content)}
        tx.claim("any", "thing", 1)

    (name,) = names
    assert store.read(lambda tx: tx.attachment(name)) == content
    with pytest.raises(NotFound):
        store.read(lambda tx: tx.attachment("0" * 64))


@pytest.mark.parametrize("length", [1, 5_000, 16_385, 1_000_000])
def test_a_body_of_any_length_comes_back(store: Store, length: int) -> None:
    body = "\u20ac" * length
    opened(store, body=body)

    history = store.read(lambda tx: tx.history(1))
    assert history[0].body == body
    assert first_broken(history) is None


def test_the_history_of_a_ticket_is_whole_wherever_it_stands(store: Store) -> None:
    opened(store, body="one")
    opened(store, body="two")
    done(store, 1, lambda t, a: verbs.reply(t, "three", a))
    done(store, 1, verbs.resolve, verbs.close)
    settled = store.read(lambda tx: tx.history(1))
    done(store, 1, verbs.reopen, lambda t, a: verbs.note(t, "four", a))
    done(store, 2, verbs.trash)

    history = store.read(lambda tx: tx.history(1))
    assert [event.kind for event in settled] == ["opened", "replied", "resolved", "closed"]
    assert history[:4] == settled
    assert [event.body for event in history if event.body] == ["one", "three", "four"]
    assert first_broken(history) is None
    assert fold(history) == ticket(store, 1)
    assert ticket(store, 2).trashed_at == START


def test_erasing_leaves_the_chain_whole(store: Store) -> None:
    opened(store, body="my card is 4111")
    done(store, 1, lambda t, a: verbs.note(t, "keep this", a))

    with store.write() as tx:
        tx.begin("agent:alice", "purge")
        tx.redact(1, [1])
        tx.claim("any", "thing", 1)

    history = store.read(lambda tx: tx.history(1))
    assert [event.body for event in history] == [None, "keep this"]
    assert "salt" not in history[0].data
    assert first_broken(history) is None
    assert fold(history) == ticket(store, 1)


def test_an_operation_tells_what_it_touched(store: Store) -> None:
    with store.write() as tx:
        tx.begin("agent:alice", "new", why="she called")
        for _ in range(3):
            open_one(tx)
        tx.agents.put(Agent("bob"))
    with store.write() as tx:
        tx.begin("system", "upkeep")
        tx.begin("agent:alice", "agent edit", undoes=1)
        tx.agents.put(Agent("bob", tier=2))

    assert store.read(lambda tx: tx.operations.all()) == [
        Operation(
            1,
            START,
            "agent:alice",
            "new",
            "she called",
            ((1, 3),),
            (RecordChange("agents", "bob", None, {"name": "bob"}),),
            setup=1,
        ),
        Operation(
            2,
            START,
            "agent:alice",
            "agent edit",
            records=(RecordChange("agents", "bob", {"name": "bob"}, {"name": "bob", "tier": 2}),),
            undoes=1,
            setup=2,
        ),
    ]


def test_putting_what_is_there_already_is_no_operation(store: Store) -> None:
    for _ in range(2):
        with store.write() as tx:
            tx.begin("agent:alice", "agent add")
            tx.agents.put(Agent("bob"))

    assert len(store.read(lambda tx: tx.operations.all())) == 1


def test_the_set_up_in_force_is_the_last_one(store: Store) -> None:
    assert store.read(lambda tx: tx.setup) == Setup()
    for version in (2, 3):
        with store.write() as tx:
            tx.begin("agent:alice", "setup")
            tx.put_setup(Setup(version=version, zone="Europe/Zagreb", quiet_days=version))

    assert store.read(lambda tx: tx.setup).quiet_days == 3


def test_lists_show_the_customer_as_they_are_now(store: Store) -> None:
    opened(store, customer="jo@example.com")
    with store.write() as tx:
        tx.begin("agent:alice", "customer edit")
        tx.customers.put(Customer(1, START, name="Jo", addresses=("jo@example.com",)))

    contact = store.read(lambda tx: tx.contact(tx.ticket(1)))
    done(store, 1, verbs.resolve, verbs.close)
    assert contact == Contact(1, "Jo", "jo@example.com")
    assert store.read(lambda tx: tx.contact(tx.ticket(1))) == contact


def test_time_alone_wakes_and_closes(store: Store, clock: Clock) -> None:
    for _ in range(3):
        opened(store)
    done(store, 1, lambda t, a: verbs.postpone(t, a.at + timedelta(hours=1), a))
    done(store, 2, verbs.resolve)
    clock.move(days=15)

    assert ticket(store, 1).status is Status.NEW
    assert ticket(store, 2).status is Status.RESOLVED
    opened(store)
    assert [ticket(store, n).status for n in (1, 2, 3)] == [Status.NEW, Status.CLOSED, Status.NEW]
    assert store.read(lambda tx: tx.history(1))[-1].at == START + timedelta(hours=1)


def test_scanning_gives_every_ticket_with_its_history_in_order(store: Store) -> None:
    for _ in range(5):
        opened(store)
    done(store, 2, verbs.mark_spam)
    done(store, 4, verbs.resolve, verbs.close)

    found = store.read(lambda tx: list(tx.scan()))
    assert [head.id for head, _ in found] == [1, 2, 3, 4, 5]
    assert all(fold(history) == head for head, history in found)


QUERIES = (
    "",
    "is:settled",
    "is:trashed",
    "status:new,open,answered",
    "status!=resolved,closed",
    "tag:vip",
    "tag!=vip",
    "no:assignee",
    "assignee:alice,bob prio:high..",
    "refund",
    "text:hurts",
    "customer:c1@x.org",
    "created:..2026-11-25 is:snoozed",
    "id:2-3",
    "replies:1.. waiting:1h..",
    "is:unanswered,waiting",
)


@pytest.mark.parametrize("kind", KINDS)
@several_at_once
@given(taken=steps)
def test_finding_is_matching_every_ticket(
    kind: str, tmp_path_factory: pytest.TempPathFactory, taken: list[tuple[str, int]]
) -> None:
    """The reference is ``matches`` on each ticket that ``scan`` gives."""
    clock = Clock()
    store = make_store(kind, tmp_path_factory.mktemp("find"), clock)
    walk(store, clock, taken)
    meant = Context(Dates(clock(), zone_named("UTC")), Setup().scale, "alice")

    def compare(tx: Transaction) -> None:
        for line in QUERIES:
            query = defaulted(parse(line.split(), meant))
            expected = []
            for head, history in tx.scan():
                now = tx.ticket(head.id)
                text = "\n".join([head.subject, *(e.body for e in history if e.body)])
                if matches(query, Seen(now, tx.contact(now), tx.now, partial(str, text))):
                    expected.append(head.id)
            assert [row.ticket.id for row in tx.find(query)] == expected, line

    store.read(compare)


@pytest.mark.parametrize("kind", KINDS)
@several_at_once
@given(taken=steps)
def test_every_head_is_the_fold_of_its_history(
    kind: str, tmp_path_factory: pytest.TempPathFactory, taken: list[tuple[str, int]]
) -> None:
    clock = Clock()
    store = make_store(kind, tmp_path_factory.mktemp("fold"), clock)
    walk(store, clock, taken)

    found = store.read(lambda tx: list(tx.scan()))
    seqs = [event.seq for _, history in found for event in history]
    assert len(set(seqs)) == len(seqs)
    assert [head.id for head, _ in found] == list(range(1, len(found) + 1))
    for head, history in found:
        assert fold(history) == head
        assert first_broken(history) is None


@pytest.mark.parametrize("kind", KINDS)
@several_at_once
@given(taken=steps)
def test_taking_the_last_operation_back_restores_the_ticket(
    kind: str, tmp_path_factory: pytest.TempPathFactory, taken: list[tuple[str, int]]
) -> None:
    clock = Clock()
    store = make_store(kind, tmp_path_factory.mktemp("undo"), clock)
    operations = walk(store, clock, taken)
    if not operations:
        return

    with store.write() as tx:
        for first, _ in tx.operations.get(operations[-1]).tickets:
            history = tx.history(first)
            before = [event for event in history if event.op != operations[-1]]
            tx.begin("agent:alice", "undo", undoes=operations[-1])
            undone = record(tx, fold(history), reverse(history, operations[-1], act(tx)))
            if before:
                assert bare(undone) == bare(fold(before))
            else:
                assert undone.trashed_at is not None


@pytest.mark.parametrize("kind", KINDS)
@several_at_once
@given(taken=steps)
def test_an_earlier_operation_is_taken_back_alone_or_refused(
    kind: str, tmp_path_factory: pytest.TempPathFactory, taken: list[tuple[str, int]]
) -> None:
    """Taking back and doing again leaves the ticket as it was."""
    clock = Clock()
    store = make_store(kind, tmp_path_factory.mktemp("redo"), clock)
    for operation in walk(store, clock, taken):
        with store.write() as tx:
            keep_up(tx)
            number = tx.operations.get(operation).tickets[0][0]
            history = tx.history(number)
            before = fold(history)
            tx.begin("agent:alice", "undo")
            try:
                undone = record(tx, before, reverse(history, operation, act(tx)))
            except Conflict:
                continue
            undo = tx.operation
            tx.begin("agent:alice", "redo")
            again = record(tx, undone, reverse(tx.history(number), undo, act(tx)))
            assert bare(again, tags=frozenset(again.tags)) == bare(
                before, tags=frozenset(before.tags)
            )


def bare(ticket: Ticket, **other: object) -> dict[str, object]:
    """Return what undo must restore: everything but the marks of the history itself."""
    from tix.record import members

    marks = {"course", "rev", "hash", "updated_at"}
    return {
        name: getattr(ticket, name) for name in members(type(ticket)) if name not in marks
    } | other
