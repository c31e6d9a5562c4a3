"""What a store promises to those who erase: it is gone, from files and earlier states as well."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.store.desks import Clock, act, copied, done, make_store, open_one, opened, salts
from tix.domain import verbs
from tix.domain.erasure import GONE, erasing, redaction, without_words
from tix.domain.event import first_broken
from tix.domain.people import Customer
from tix.domain.ticket import fold
from tix.domain.verbs import Attachment
from tix.errors import IOFailed, NotFound
from tix.ops.reactions import record
from tix.ops.transactions import keep_up
from tix.store import BACKENDS
from tix.store.doctor import check
from tix.store.fulltext import connect, forget_texts, search_texts
from tix.store.jsondesk import JsonDesk

if TYPE_CHECKING:
    from tix.store.base import Store, Transaction

FROZEN = Path(__file__).parent / "frozen" / "1"


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture(params=sorted(BACKENDS))
def store(request: pytest.FixtureRequest, tmp_path: Path, clock: Clock) -> Store:
    return make_store(request.param, tmp_path, clock)


@pytest.fixture
def desk(tmp_path: Path, clock: Clock) -> JsonDesk:
    store = make_store("file", tmp_path, clock)
    assert isinstance(store, JsonDesk)
    return store


def erase(tx: Transaction, number: int) -> None:
    """Erase the words on a ticket in a transaction that has begun."""
    tx.redact(number, erasing(tx.history(number), without_words), without_words)
    history = tx.history(number)
    ticket = fold(history)
    record(tx, ticket, [redaction(ticket, history, act(tx))])
    tx.forget_past()


def erased(store: Store, number: int) -> None:
    with store.write() as tx:
        keep_up(tx)
        tx.begin("agent:alice", "purge")
        erase(tx, number)


def test_words_are_gone_and_the_chain_is_whole(store: Store) -> None:
    number = opened(store, "Zanzibar", body="quagga")
    erased(store, number)
    history = store.read(lambda tx: tx.history(number))

    assert first_broken(history) is None
    assert [event.body for event in history] == [None, None]
    assert store.read(lambda tx: tx.ticket(number)) == fold(history)


def test_events_of_the_same_transaction_are_erased_as_well(store: Store, clock: Clock) -> None:
    number = opened(store, "Zanzibar", body="quagga")
    done(store, number, verbs.resolve)
    clock.move(days=30)
    with store.write() as tx:
        keep_up(tx)
        tx.begin("agent:alice", "purge")
        record(tx, tx.ticket(number), verbs.note(tx.ticket(number), "okapi", act(tx)))
        erase(tx, number)
    history = store.read(lambda tx: tx.history(number))

    assert first_broken(history) is None
    assert [event.body for event in history] == [None] * len(history)


def test_files_go_that_no_event_names_any_more(store: Store) -> None:
    with store.write() as tx:
        tx.begin("agent:alice", "new")
        shared, own = tx.attach(b"shared"), tx.attach(b"own")
        for sums in ((shared, own), (shared,)):
            files = [Attachment("a", sum_, 3) for sum_ in sums]
            events = verbs.open_ticket(
                tx.next_number("ticket"), "X", act(tx), body="y", attachments=files
            )
            record(tx, None, events)
    erased(store, 1)

    assert store.read(lambda tx: tx.attachment(shared)) == b"shared"
    with pytest.raises(NotFound):
        store.read(lambda tx: tx.attachment(own))


def test_the_operation_does_not_remember_what_was_before(store: Store) -> None:
    with store.write() as tx:
        tx.begin("agent:alice", "add")
        tx.customers.put(Customer(1, tx.now, name="Foxglove"))
    with store.write() as tx:
        tx.begin("agent:alice", "customer forget")
        tx.customers.put(Customer(1, tx.now, name="(erased)"))
        tx.forget_past()
    (change,) = store.read(lambda tx: tx.operations.get(2).records)

    assert change.before == change.after
    assert change.after is not None
    assert change.after["name"] == "(erased)"


def names(desk: JsonDesk, folder: str) -> list[str]:
    return sorted(file.name for file in (desk.path / "backups" / folder).iterdir())


def test_earlier_states_go_and_a_copy_of_the_present_one_is_made(
    desk: JsonDesk, clock: Clock
) -> None:
    for _ in range(4):
        number = opened(desk, "Zanzibar", body="quagga " * 4000)
        clock.move(days=1)
    before = names(desk, "daily")
    for each in range(1, number + 1):
        erased(desk, each)

    assert len(before) == 4
    assert names(desk, "recent") == []
    assert len(names(desk, "daily")) == 1
    assert not any(b"quagga" in f.read_bytes() for f in desk.path.rglob("*") if f.is_file())
    assert check(desk.path, timeout_s=1.0) == ()


def test_the_desk_goes_on_as_before(desk: JsonDesk, clock: Clock) -> None:
    opened(desk, "Zanzibar")
    erased(desk, 1)
    clock.move(minutes=2)
    opened(desk, "Second")
    clock.move(days=1)
    opened(desk, "Third")

    assert len(names(desk, "recent")) == 2
    assert len(names(desk, "daily")) == 2


def test_the_index_is_gone_and_comes_back_without_the_words(desk: JsonDesk, tmp_path: Path) -> None:
    opened(desk, "Zanzibar", body="quagga")
    opened(desk, "Other", body="okapi")

    def found(word: str) -> list[int]:
        return search_texts(
            desk.path, tmp_path, lambda index: index.ranked(word, hidden=True), timeout_s=1.0
        )

    assert (found("quagga"), found("okapi")) == ([1], [2])
    erased(desk, 1)
    forget_texts(desk.path, tmp_path)

    assert list(tmp_path.rglob("index.sqlite*")) == []
    assert (found("quagga"), found("okapi")) == ([], [2])


def test_where_no_index_can_be_none_has_to_go(desk: JsonDesk) -> None:
    forget_texts(desk.path, None)


def test_an_index_that_cannot_go_is_an_error(desk: JsonDesk, tmp_path: Path) -> None:
    opened(desk, "Zanzibar")
    search_texts(
        desk.path, tmp_path, lambda index: index.ranked("zanzibar", hidden=True), timeout_s=1.0
    )
    (index,) = tmp_path.rglob("index.sqlite")
    index.unlink()
    index.mkdir()

    with pytest.raises(IOFailed, match="the index still holds it"):
        forget_texts(desk.path, tmp_path)


def test_an_index_learns_no_secret(desk: JsonDesk, tmp_path: Path) -> None:
    opened(desk, "password: hunter2", body="card 4111 1111 1111 1111")

    def found(word: str) -> list[int]:
        return search_texts(
            desk.path, tmp_path, lambda index: index.ranked(word, hidden=True), timeout_s=1.0
        )

    assert (found("hunter2"), found("4111"), found("card")) == ([], [], [1])
    (file,) = tmp_path.rglob("index.sqlite")
    with closing(connect(file)) as connection:
        assert isinstance(connection, sqlite3.Connection)
        rows = connection.execute("SELECT subject, body FROM texts").fetchall()
    assert rows == [("password: ••••", "card ••••1111")]


def test_what_was_moved_by_the_erasure_itself_is_erased(store: Store, clock: Clock) -> None:
    """A purge moves a ticket into the trash in the transaction that erases its words."""
    number = opened(store, "Zanzibar", body="quagga")
    with store.write() as tx:
        tx.begin("agent:alice", "purge")
        ticket = tx.ticket(number)
        record(tx, ticket, verbs.trash(ticket, act(tx)))
        erase(tx, number)
    history = store.read(lambda tx: tx.history(number))

    assert first_broken(history) is None
    assert [event.kind for event in history] == ["opened", "trashed", "redacted"]
    assert history[0].body is None
    assert clock() - history[0].at == timedelta(0)


def test_another_ticket_keeps_its_words(store: Store) -> None:
    with store.write() as tx:
        tx.begin("agent:alice", "new")
        open_one(tx, "One", body="first")
        open_one(tx, "Two", body="second")
    erased(store, 1)

    assert store.read(lambda tx: [event.body for event in tx.history(2)]) == ["second"]


def test_a_desk_of_an_older_tix_is_erased_as_well(tmp_path: Path, clock: Clock) -> None:
    copied(FROZEN, tmp_path / "desk")
    desk = JsonDesk(tmp_path / "desk", now=clock, salt=salts(), warn=print)
    numbers = desk.read(lambda tx: [head.id for head, _ in tx.scan()])
    for number in numbers:
        erased(desk, number)

    assert {head.subject for head, _ in desk.read(lambda tx: list(tx.scan()))} == {GONE}
    assert all(
        first_broken(history) is None for _, history in desk.read(lambda tx: list(tx.scan()))
    )
    assert check(desk.path, timeout_s=1.0) == ()
