"""The facts of a desk are those of its histories, wherever they were kept in the meantime."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.store.desks import START, Clock, act, done, make_store, open_one, opened, steps, walk
from tix.domain import verbs
from tix.domain.facts import NAMES, TABLES, gather
from tix.domain.past import until
from tix.domain.verbs.working import work
from tix.errors import DeskDamaged
from tix.ops.reactions import record
from tix.store import BACKENDS
from tix.store.jsondesk import JsonDesk
from tix.store.measures import measuring
from tix.store.measures.block import BLOCK, ENOUGH, MEASURES, ROOM
from tix.store.measures.facts import FEW
from tix.store.measures.pack import text_of, values_of
from tix.store.page import dump, load

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime
    from pathlib import Path

    from tix.domain.facts import Facts
    from tix.store.base import Store, Transaction

LONG_AGO = START - timedelta(days=1)
KINDS = sorted(BACKENDS)
Told = dict[str, list[tuple[Any, ...]]]


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture(params=KINDS)
def store(request: pytest.FixtureRequest, tmp_path: Path, clock: Clock) -> Store:
    return make_store(request.param, tmp_path, clock)


def told(facts: Facts) -> Told:
    """All rows, with texts."""
    found: Told = {}
    for table, names in TABLES.items():
        columns = [
            [facts.names[n] for n in facts.column(table, name)]
            if name in NAMES
            else [*facts.column(table, name)]
            for name in names
        ]
        found[table] = list(zip(*columns, strict=True))
    return found


def kept(store: Store, since: datetime = LONG_AGO, as_of: datetime | None = None) -> Told:
    return store.read(lambda tx: told(tx.facts(since, as_of)))


def measured(store: Store, as_of: datetime | None = None) -> Told:
    """The facts of all tickets, each measured anew."""

    def work(tx: Transaction) -> Told:
        measure = measuring(tx)
        histories = [until(history, as_of) if as_of else history for _, history in tx.scan()]
        rows = [measure(history, as_of or tx.now) for history in histories if history]
        return told(gather({name: one[name] for name in TABLES} for one in rows))

    return store.read(work)


def closed(store: Store, clock: Clock, count: int = 1) -> None:
    for _ in range(count):
        number = opened(store, body="Where is it?")
        clock.move(hours=1)
        done(store, number, lambda t, a: verbs.reply(t, "There.", a), verbs.resolve, verbs.close)


def numbers(found: Told) -> list[int]:
    return [row[0] for row in found["tickets"]]


@settings(max_examples=60)
@given(st.sampled_from(KINDS), steps, st.integers(0, 600))
def test_whatever_was_done_the_facts_are_those_of_the_histories(
    tmp_path_factory: pytest.TempPathFactory, kind: str, taken: list[tuple[str, int]], hours: int
) -> None:
    clock = Clock()
    store = make_store(kind, tmp_path_factory.mktemp("walk"), clock)
    walk(store, clock, taken)
    at = START + timedelta(hours=hours)

    assert kept(store) == measured(store)
    assert kept(store, as_of=at) == measured(store, at)


def test_tickets_that_settle_one_by_one_are_measured_in_between(store: Store, clock: Clock) -> None:
    for _ in range(20):
        closed(store, clock)
        assert kept(store) == measured(store)


def test_tickets_that_settle_together_are_measured_together(store: Store, clock: Clock) -> None:
    closed(store, clock, 30)

    assert numbers(kept(store)) == [*range(1, 31)]
    assert kept(store) == measured(store)


def test_what_settled_before_is_not_asked_for_and_what_is_open_always_is(
    store: Store, clock: Clock
) -> None:
    closed(store, clock, 9)
    opened(store)
    clock.move(days=30)
    later = clock()
    closed(store, clock, 9)

    assert numbers(kept(store, later)) == [*range(10, 20)]
    assert numbers(kept(store)) == [*range(1, 20)]


def test_blocks_without_an_event_since_then_are_passed_over(store: Store, clock: Clock) -> None:
    with store.write() as tx:
        tx.begin("agent:alice", "new")
        for _ in range(210):
            ticket = open_one(tx, body="Where?")
            for verb in (verbs.resolve, verbs.close):
                ticket = record(tx, ticket, verb(ticket, act(tx)))
    clock.move(days=1)
    later = clock()
    number = opened(store)

    assert numbers(kept(store, later)) == [number]
    assert numbers(kept(store)) == [*range(1, 212)]


@pytest.mark.parametrize("count", [1, 12])
def test_a_ticket_that_opens_again_is_measured_as_it_is(
    store: Store, clock: Clock, count: int
) -> None:
    closed(store, clock, count)
    done(store, 1, verbs.reopen)

    assert kept(store) == measured(store)
    done(store, 1, verbs.resolve, verbs.close)
    assert kept(store) == measured(store)


def test_a_settled_ticket_that_gets_more_is_measured_anew(store: Store, clock: Clock) -> None:
    closed(store, clock, 12)
    done(store, 3, lambda t, a: verbs.note(t, "Hm.", a), lambda t, a: verbs.tag(t, ["vip"], a))

    assert [row for row in kept(store)["tags"] if row[0] == 3] == [(3, "vip")]
    assert kept(store) == measured(store)


def test_the_past_is_told_as_it_was_known_then(store: Store, clock: Clock) -> None:
    closed(store, clock, 12)
    past = clock()
    before = kept(store, as_of=past)
    clock.move(hours=1)
    closed(store, clock, 3)
    done(store, 2, verbs.reopen)
    done(store, 4, lambda t, a: verbs.tag(t, ["late"], a))

    assert kept(store, as_of=past) == before
    assert numbers(kept(store, as_of=START - timedelta(days=1))) == []


def test_what_was_told_late_was_not_known_before(store: Store, clock: Clock) -> None:
    closed(store, clock, 12)
    past = clock()
    clock.move(days=1)
    late = verbs.Act("agent:alice", past - timedelta(minutes=30), "", clock())
    done(store, 3, lambda t, a: work(t, 900, late))
    closed(store, clock, 12)

    assert kept(store, as_of=past) == measured(store, past)
    assert ticket_of(kept(store, as_of=past), 3)["worked"] == 0
    assert ticket_of(kept(store), 3)["worked"] == 900


def ticket_of(found: Told, number: int) -> dict[str, Any]:
    (row,) = (row for row in found["tickets"] if row[0] == number)
    return dict(zip(TABLES["tickets"], row, strict=True))


def test_inside_a_transaction_the_facts_have_what_it_changed(store: Store, clock: Clock) -> None:
    closed(store, clock, 12)
    with store.write() as tx:
        tx.begin("agent:alice", "change")
        ticket = record(tx, tx.ticket(3), verbs.reopen(tx.ticket(3), act(tx)))
        record(tx, ticket, verbs.mark_spam(ticket, act(tx)))
        ticket = record(tx, tx.ticket(4), verbs.reopen(tx.ticket(4), act(tx)))
        found = told(tx.facts(LONG_AGO))

    assert ticket_of(found, 3)["excluded"] == "spam"
    assert ticket_of(found, 4)["status"] == "open"
    assert found == kept(store) == measured(store)


def test_measuring_anew_counts_what_is_settled_and_changes_no_fact(
    store: Store, clock: Clock
) -> None:
    closed(store, clock, 12)
    opened(store)
    before = kept(store)
    with store.write() as tx:
        tx.begin("agent:alice", "recompute")
        ticket = tx.ticket(13)
        record(tx, ticket, verbs.mark_spam(ticket, act(tx)))
        count = sum(tx.measure_anew())

    assert count in (12, 13)  # the one that settles with it may come when it ends
    assert kept(store)["answers"] == before["answers"]
    assert kept(store) == measured(store)


def test_a_missing_ticket_number_is_no_matter(store: Store, clock: Clock) -> None:
    with store.write() as tx:
        tx.begin("agent:alice", "new")
        for _ in range(250):
            tx.next_number("ticket")
        open_one(tx)

    assert numbers(kept(store)) == [251]


@pytest.fixture
def desk(tmp_path: Path, clock: Clock) -> JsonDesk:
    store = make_store("file", tmp_path, clock)
    assert isinstance(store, JsonDesk)
    return store


@pytest.fixture
def cache(tmp_path: Path) -> Path:
    folder = tmp_path / "cache"
    folder.mkdir(mode=0o700)
    return folder


def remembered(desk: JsonDesk, cache: Path) -> Told:
    return desk.read(lambda tx: told(tx.facts(LONG_AGO, None, cache)))


PAGE = "settled/00/0.measures.json"


def test_few_settled_tickets_wait_to_be_measured(desk: JsonDesk, clock: Clock) -> None:
    closed(desk, clock, ENOUGH - 1)
    page = load(PAGE, (desk.path / PAGE).read_bytes())[MEASURES]
    assert [*page] == [BLOCK]
    assert [*page[BLOCK]["left"]] == [str(n + 1) for n in range(ENOUGH - 1)]

    closed(desk, clock)

    page = load(PAGE, (desk.path / PAGE).read_bytes())[MEASURES]
    assert page[BLOCK]["left"] == {}
    assert page["tickets"]["rows"] == ENOUGH


def test_a_desk_without_measures_is_measured_when_asked(desk: JsonDesk, clock: Clock) -> None:
    closed(desk, clock, 12)
    before = kept(desk)
    (desk.path / PAGE).unlink()

    assert kept(desk) == before
    closed(desk, clock)
    assert (desk.path / PAGE).exists()
    assert kept(desk) == measured(desk)


def test_measures_of_other_definitions_count_as_missing(desk: JsonDesk, clock: Clock) -> None:
    closed(desk, clock, 12)
    before = kept(desk)
    page = load(PAGE, (desk.path / PAGE).read_bytes())
    page[MEASURES][BLOCK]["version"] = [0, 0]
    del page[MEASURES]["answers"]
    (desk.path / PAGE).write_bytes(dump(page))

    assert kept(desk) == before
    closed(desk, clock)
    assert kept(desk) == measured(desk)


def emptied(page: Path) -> None:
    page.write_bytes(b"")


def cut_short(page: Path) -> None:
    page.write_bytes(page.read_bytes()[:-9])


def altered(page: Path) -> None:
    page.write_bytes(page.read_bytes().replace(b'"names"', b'"mames"'))


def linked(page: Path) -> None:
    page.rename(page.with_name("elsewhere"))
    page.symlink_to("elsewhere")


def made_a_folder(page: Path) -> None:
    page.unlink()
    page.mkdir()


def rewritten(change: Callable[[Any], object]) -> Callable[[Path], None]:
    """What gives a page another content, and the sum that fits it."""

    def harm(page: Path) -> None:
        tables = load(PAGE, page.read_bytes())
        change(tables[MEASURES])
        page.write_bytes(dump(tables))

    return harm


DAMAGE = [emptied, cut_short, altered]
PLANTED = [linked, made_a_folder]
MISSHAPEN = {
    "another block": rewritten(lambda page: page[BLOCK].update(of=100)),
    "another desk": rewritten(lambda page: page[BLOCK].update(id="another")),
    "no block": rewritten(lambda page: page.pop(BLOCK)),
    "a member too few": rewritten(lambda page: page[BLOCK].pop("known")),
    "a word for a number": rewritten(lambda page: page[BLOCK].update(left={"one": ""})),
    "no names": rewritten(lambda page: page[BLOCK].update(names=None)),
    "numbers for names": rewritten(lambda page: page[BLOCK].update(names=[1, 2, 3])),
    "too few names": rewritten(lambda page: page[BLOCK].update(names=[""])),
    "no column": rewritten(lambda page: page["tickets"].pop("created_at")),
    "no list of rows": rewritten(lambda page: page["answers"].pop("ticket")),
    "no count": rewritten(lambda page: page["answers"].update(rows="many")),
    "another count": rewritten(lambda page: page["flow"].update(rows=3)),
    "no number": rewritten(lambda page: page["flow"].update(at=-1)),
    "no code": rewritten(lambda page: page["flow"].update(at="dAAAAAAAAAAA=")),
    "a list": rewritten(lambda page: page.update(tickets=["", ""])),
}


@pytest.mark.parametrize("harm", [*DAMAGE, *PLANTED, *MISSHAPEN.values()])
def test_measures_that_cannot_be_used_are_made_anew_and_told_of_once(
    desk: JsonDesk, clock: Clock, harm: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    closed(desk, clock, 12)
    before = kept(desk)
    harm(desk.path / PAGE)

    assert kept(desk) == before
    assert capsys.readouterr().out == (
        f"{PAGE} cannot be used, the tickets are measured anew: see 'tix doctor'\n"
    )
    assert kept(desk, clock() + timedelta(days=1)) == {table: [] for table in TABLES}


@pytest.mark.parametrize("harm", [*DAMAGE, *MISSHAPEN.values()])
def test_measures_that_cannot_be_used_are_replaced_when_all_is_measured(
    desk: JsonDesk, clock: Clock, harm: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    closed(desk, clock, 12)
    harm(desk.path / PAGE)
    with desk.write() as tx:
        assert sum(tx.measure_anew()) == 12

    assert kept(desk) == measured(desk)
    assert load(PAGE, (desk.path / PAGE).read_bytes())[MEASURES][BLOCK]["left"] == {}
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize("harm", [*DAMAGE, *PLANTED, *MISSHAPEN.values()])
@pytest.mark.parametrize("count", [1, ENOUGH])
def test_tickets_settle_whatever_became_of_the_measures(
    desk: JsonDesk, clock: Clock, harm: Any, count: int
) -> None:
    closed(desk, clock, 12)
    harm(desk.path / PAGE)
    closed(desk, clock, count)

    assert kept(desk) == measured(desk)


def test_measures_of_another_desk_count_for_nothing(tmp_path: Path, clock: Clock) -> None:
    desks = []
    for name in ("one", "other"):
        one = JsonDesk(tmp_path / name, now=clock, salt=lambda: "", warn=print)
        one.create(name)
        closed(one, clock, 12)
        desks.append(one)
    one, other = desks
    before = kept(one)
    (one.path / PAGE).write_bytes((other.path / PAGE).read_bytes())

    assert before == kept(one) != kept(other)


def test_histories_stay_as_strict_as_they_were(desk: JsonDesk, clock: Clock) -> None:
    closed(desk, clock, 12)
    (desk.path / PAGE).write_bytes(b"")
    (desk.path / "settled/00/0.history.json").write_bytes(b"")

    with pytest.raises(DeskDamaged, match=r"0\.history\.json is damaged: it is empty"):
        kept(desk)


def test_a_block_that_is_empty_again_keeps_no_measures(desk: JsonDesk, clock: Clock) -> None:
    closed(desk, clock)
    done(desk, 1, verbs.reopen)

    assert not (desk.path / PAGE).exists()


def busy(desk: JsonDesk, clock: Clock) -> None:
    """Make more tickets than are measured without leaving a trace."""
    for number in range(FEW + 10):
        opened(desk, body="Where is it?")
        clock.move(minutes=20)
        if number % 2:
            done(desk, number + 1, lambda t, a: verbs.reply(t, "There.", a))
        if number % 5 == 4:
            done(desk, number + 1, verbs.resolve)


def test_tickets_at_work_are_remembered_and_the_facts_are_the_same(
    desk: JsonDesk, clock: Clock, cache: Path
) -> None:
    busy(desk, clock)
    closed(desk, clock, 3)
    assert remembered(desk, cache) == measured(desk)
    assert [path.name for path in (cache / "the-desk").iterdir()] == ["facts.json"]

    for _ in range(6):
        clock.move(hours=5)
        assert remembered(desk, cache) == measured(desk)
    done(desk, 2, lambda t, a: verbs.receive(t, "And?", a))
    done(desk, 3, lambda t, a: verbs.postpone(t, a.at + timedelta(hours=3), a))
    done(desk, 5, verbs.close)
    assert remembered(desk, cache) == measured(desk)
    clock.move(hours=4)
    assert remembered(desk, cache) == measured(desk)


@settings(max_examples=25)
@given(steps, steps)
def test_what_is_remembered_never_shows(
    tmp_path_factory: pytest.TempPathFactory,
    taken: list[tuple[str, int]],
    more: list[tuple[str, int]],
) -> None:
    clock, folder = Clock(), tmp_path_factory.mktemp("walk")
    desk = make_store("file", folder, clock)
    assert isinstance(desk, JsonDesk)
    cache = folder / "cache"
    cache.mkdir(mode=0o700)
    busy(desk, clock)
    walk(desk, clock, taken)
    assert remembered(desk, cache) == measured(desk)
    walk(desk, clock, more)
    assert remembered(desk, cache) == measured(desk)


def test_what_was_remembered_in_the_future_is_not_known_yet(
    desk: JsonDesk, clock: Clock, cache: Path
) -> None:
    busy(desk, clock)
    done(desk, 1, lambda t, a: verbs.postpone(t, a.at + timedelta(hours=3), a))
    now = clock.at
    clock.move(days=1)
    assert ticket_of(remembered(desk, cache), 1)["status"] == "new"
    clock.at = now

    assert ticket_of(remembered(desk, cache), 1)["status"] == "postponed"


def test_what_is_remembered_can_be_damaged_or_go(desk: JsonDesk, clock: Clock, cache: Path) -> None:
    busy(desk, clock)
    before = remembered(desk, cache)
    file = cache / "the-desk" / "facts.json"
    whole = file.read_bytes()
    for content in (b"", whole[:-9], whole.replace(b"origin", b"0rigin"), b"{}"):
        file.write_bytes(content)
        assert remembered(desk, cache) == before
    file.unlink()
    assert remembered(desk, cache) == before


def test_nothing_is_remembered_where_others_may_write(
    desk: JsonDesk, clock: Clock, cache: Path
) -> None:
    busy(desk, clock)
    (cache / "the-desk").mkdir()
    (cache / "the-desk").chmod(0o777)

    assert remembered(desk, cache) == measured(desk)
    assert [*(cache / "the-desk").iterdir()] == []


def test_a_column_is_kept_in_as_few_bytes_as_it_needs_and_comes_back() -> None:
    for values in ([7, 7], [0, 255], [1, 256], [1, 65_536], [0, 2**32 - 1]):
        assert [*values_of(text_of(values), 2)] == values
    assert [*values_of(text_of([1, 2**40]), 2)] == [1, 2**32 - 1]
    assert str(text_of([0, 255]))[0] == "B"
    assert str(text_of([0, 256]))[0] == "H"
    assert str(text_of([0, 65_536]))[0] == "I"
    with pytest.raises(ValueError, match="2 numbers instead of 3"):
        values_of(text_of([0, 1]), 3)


def test_what_a_large_import_settles_is_left_for_later(desk: JsonDesk) -> None:
    with desk.write() as tx:
        tx.begin("import:old", "import")
        for _ in range(ROOM + 1):
            ticket = open_one(tx, body="Where?")
            record(tx, ticket, verbs.mark_spam(ticket, act(tx)))
    assert not (desk.path / PAGE).exists()
    before = kept(desk)
    assert before == measured(desk)

    with desk.write() as tx:
        tx.begin("agent:alice", "recompute")
        assert sum(tx.measure_anew()) == ROOM + 1

    assert load(PAGE, (desk.path / PAGE).read_bytes())[MEASURES][BLOCK]["left"] == {}
    assert kept(desk) == before
