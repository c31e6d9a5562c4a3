"""The root tells which pages there are, so that one that is gone is missed."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.store.desks import Clock, opened, salts
from tix.domain.people import Agent
from tix.domain.setup import SavedQuery
from tix.errors import DeskDamaged
from tix.store import layout
from tix.store.doctor import check, repair
from tix.store.jsondesk import JsonDesk
from tix.store.page import dump, load
from tix.store.roster import has, names_on, renewed, roster_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

LISTED = st.one_of(
    st.sampled_from(["people.json", "setup.json"]),
    st.integers(0, 30).map(lambda n: f"customers/{n}.json"),
    st.integers(0, 30).map(lambda n: f"ops/{n}.json"),
    st.integers(0, 255).map(lambda n: f"keys/{n:02x}.json"),
)
OTHERS = st.sampled_from(
    [
        "tickets.json",
        "history/7.json",
        "settled/00/3.history.json",
        "settled/00/3.measures.json",
        "files/ab/ab12",
        "commit.json",
        "x/people.json",
    ]
)
COMMITS = st.lists(st.dictionaries(st.one_of(LISTED, OTHERS), st.sampled_from([b"page", None])))


@given(COMMITS)
def test_a_roster_has_the_pages_that_commits_left(commits: list[dict[str, bytes | None]]) -> None:
    roster: dict[str, str] = {}
    there: set[str] = set()
    for content in commits:
        roster = renewed(roster, content)
        there |= {name for name in content if content[name] is not None}
        there -= {name for name in content if content[name] is None}

    known = {name for name in there if is_listed(name)}
    assert {*names_on(roster)} == known
    assert {name for name in there if has(roster, name)} == known
    assert roster_of(there) == roster


def is_listed(name: str) -> bool:
    return name in ("people.json", "setup.json") or name.startswith(("customers/", "ops/", "keys/"))


def test_a_roster_is_short_where_numbers_follow_each_other() -> None:
    names = [f"keys/{number:02x}.json" for number in range(256)]
    settled = [f"settled/{number // 100:02d}/{number}.json" for number in (0, 1, 2, 100)]

    assert roster_of([*names, "people.json", "ops/0.json", "ops/2.json", *settled]) == {
        "keys": "0-255",
        "ops": "0,2",
        "people": "0",
        "settled": "0-2,100",
    }


def test_pages_of_settled_tickets_are_on_it_and_looked_for_by_other_means() -> None:
    roster = roster_of(["settled/00/3.json"])

    assert has(roster, "settled/00/3.json")
    assert not has(roster, "settled/00/4.json")
    assert [*names_on(roster)] == []


@pytest.fixture
def desk(tmp_path: Path) -> JsonDesk:
    made = at(tmp_path / "desk")
    made.create("the-desk")
    with made.write() as tx:
        tx.begin("agent:alice", "set up")
        tx.agents.put(Agent("alice"))
        tx.queries.put(SavedQuery("hot", ("prio:high..",)))
    opened(made, customer="jo@x.org")
    return made


def at(folder: Path) -> JsonDesk:
    return JsonDesk(folder, now=Clock(), salt=salts(), warn=print)


READS: dict[str, Callable[[Any], object]] = {
    "people.json": lambda tx: tx.agents.all(),
    "setup.json": lambda tx: tx.queries.all(),
    "customers/0.json": lambda tx: tx.customers.all(),
    "ops/0.json": lambda tx: tx.operations.all(),
    layout.key("address", "jo@x.org")[0]: lambda tx: tx.key("address", "jo@x.org"),
}


def root_of(desk: JsonDesk) -> dict[str, Any]:
    tables = load(layout.ROOT, (desk.path / layout.ROOT).read_bytes())
    return dict(tables["desk"]["1"])


def without_roster(desk: JsonDesk) -> None:
    """Let a desk be as a former tix left it."""
    file = desk.path / layout.ROOT
    tables = load(layout.ROOT, file.read_bytes())
    del tables["desk"]["1"]["pages"]
    file.write_bytes(dump(tables))


@pytest.mark.parametrize("name", READS)
def test_a_page_that_is_gone_is_damage_and_not_emptiness(desk: JsonDesk, name: str) -> None:
    (desk.path / name).unlink()

    with pytest.raises(DeskDamaged, match=f"{name} is damaged: it is missing"):
        desk.read(READS[name])


def test_nothing_is_written_over_a_page_that_is_gone(desk: JsonDesk) -> None:
    (desk.path / "people.json").unlink()

    with pytest.raises(DeskDamaged), desk.write() as tx:
        tx.begin("agent:alice", "agent add")
        tx.agents.put(Agent("bob"))
    assert not (desk.path / "people.json").exists()


def test_all_settled_tickets_of_a_block_do_not_vanish_together(desk: JsonDesk) -> None:
    from tests.store.desks import done
    from tix.domain import verbs

    done(desk, 1, verbs.resolve, verbs.close)
    shutil.rmtree(desk.path / "settled")

    with pytest.raises(DeskDamaged, match=r"settled/00/0\.json is damaged: it is missing"):
        desk.read(lambda tx: tx.ticket(1))


def test_a_page_that_was_never_made_is_empty(desk: JsonDesk) -> None:
    assert desk.read(lambda tx: tx.key("new", "none")) is None
    assert root_of(desk)["pages"].keys() == {"customers", "keys", "ops", "people", "setup"}


def test_a_page_that_became_empty_is_on_the_roster_no_more(desk: JsonDesk) -> None:
    with desk.write() as tx:
        tx.begin("agent:alice", "agent rm")
        tx.agents.drop("alice")

    assert not (desk.path / "people.json").exists()
    assert desk.read(lambda tx: tx.agents.all()) == []
    assert "people" not in root_of(desk)["pages"]


def test_a_desk_of_a_former_tix_gets_one_with_its_next_commit(desk: JsonDesk) -> None:
    before = root_of(desk)["pages"]
    without_roster(desk)
    (desk.path / "setup.json").unlink()
    assert desk.read(lambda tx: tx.queries.all()) == []
    assert check(desk.path, timeout_s=1) != ()  # for an operation made what was there

    opened(desk)
    assert root_of(desk)["pages"] == {k: v for k, v in before.items() if k != "setup"}


def test_a_try_needs_no_roster(desk: JsonDesk) -> None:
    without_roster(desk)
    with desk.write(keep=False) as tx:
        tx.begin("agent:alice", "agent add")
        tx.agents.put(Agent("bob"))

    assert "pages" not in root_of(desk)


@pytest.mark.parametrize("name", READS)
def test_the_doctor_misses_it_and_brings_it_back(desk: JsonDesk, name: str) -> None:
    before = desk.read(READS[name])
    (desk.path / name).unlink()

    problems = [str(p.what) for p in check(desk.path, timeout_s=1) if p.place == name]
    assert problems[0] == "it is missing"
    outcome = repair(desk.path, by="agent:alice", now=Clock()(), timeout_s=1)
    assert outcome.left == ()
    if name != "ops/0.json":
        assert desk.read(READS[name]) == before
    assert has(root_of(desk)["pages"], name)


def test_what_no_backup_has_is_told_to_be_lost(desk: JsonDesk) -> None:
    with desk.write() as tx:
        tx.begin("agent:alice", "new")
        tx.claim("new", "once", 1)
    page = layout.key("new", "once")[0]
    (desk.path / page).unlink()
    shutil.rmtree(desk.path / "backups")

    outcome = repair(desk.path, by="agent:alice", now=Clock()(), timeout_s=1)
    assert outcome.left == ()
    assert outcome.lost == (f"{page}: no backup has it; only addresses and phones are known",)


def test_operations_that_nothing_tells_of_are_told_to_be_lost(desk: JsonDesk) -> None:
    (desk.path / "ops/0.json").unlink()
    shutil.rmtree(desk.path / "backups")

    outcome = repair(desk.path, by="agent:alice", now=Clock()(), timeout_s=1)
    assert outcome.left == ()
    assert outcome.lost == (
        "operation 2: nothing of it is left",  # a ticket has an event of it, so a stand-in comes
        "operation 1: nothing of it is left",
    )
    operations = desk.read(lambda tx: [(one.number, one.command) for one in tx.operations.all()])
    assert operations == [(2, "(lost)"), (3, "doctor")]
