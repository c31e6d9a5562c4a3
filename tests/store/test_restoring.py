"""Going back to an earlier state happens as a whole, and gives no number twice."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.store.desks import Clock, done, make_store, opened
from tix.domain import verbs
from tix.errors import DeskDamaged, DeskNewer, Locked, NotFound, PermissionRefused, Refused
from tix.store.backups import generations, load, save
from tix.store.doctor import check
from tix.store.folder import Folder
from tix.store.jsondesk import JsonDesk
from tix.store.lock import hold
from tix.store.page import dump
from tix.store.page import load as load_page
from tix.store.restoring import Restored, bring_back

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def desk(tmp_path: Path, clock: Clock) -> JsonDesk:
    """A desk of two generations, a minute and more apart."""
    store = make_store("file", tmp_path, clock)
    assert isinstance(store, JsonDesk)
    opened(store, "First")
    clock.move(minutes=5)
    done(store, 1, lambda t, a: verbs.note(t, "Second thoughts", a))
    return store


def names(desk: JsonDesk) -> list[str]:
    with Folder.open(desk.path) as folder:
        return [one.which for one in generations(folder)]


def saved(desk: JsonDesk, file: Path) -> dict[str, bytes]:
    with Folder.open(desk.path) as folder:
        save(folder, file, 1)
    return load(file)


def generation(desk: JsonDesk) -> int:
    return desk.read(lambda tx: int(tx.desk["generation"]))


def notes(desk: JsonDesk) -> int:
    return desk.read(lambda tx: tx.ticket(1).notes)


def test_the_generation_rises_and_the_counters_do_not_fall(desk: JsonDesk, clock: Clock) -> None:
    opened(desk, "Second")
    before = generation(desk)

    done_ = bring_back(desk.path, names(desk)[0], clock(), timeout_s=1)

    assert generation(desk) == before + 1
    assert (notes(desk), opened(desk, "Third")) == (0, 3)
    assert done_.kept in names(desk)
    assert check(desk.path, timeout_s=1) == ()


def test_going_back_twice_leads_to_where_it_began(desk: JsonDesk, clock: Clock) -> None:
    kept = bring_back(desk.path, names(desk)[0], clock(), timeout_s=1).kept

    bring_back(desk.path, kept, clock(), timeout_s=1)

    assert notes(desk) == 1


def test_a_dry_run_checks_and_changes_nothing(desk: JsonDesk, clock: Clock) -> None:
    before = generation(desk)

    assert bring_back(desk.path, names(desk)[0], clock(), timeout_s=1, keep=False) == Restored()
    assert generation(desk) == before


def test_a_backup_makes_a_desk_where_there_is_none(
    desk: JsonDesk, clock: Clock, tmp_path: Path
) -> None:
    files = saved(desk, tmp_path / "saved.zip")

    assert bring_back(tmp_path / "new", files, clock(), timeout_s=1) == Restored()

    copy = JsonDesk(tmp_path / "new", now=clock, salt=lambda: "salt", warn=print)
    assert notes(copy) == 1
    assert check(copy.path, timeout_s=1) == ()


def test_a_state_with_a_damaged_page_is_refused(
    desk: JsonDesk, clock: Clock, tmp_path: Path
) -> None:
    files = {**saved(desk, tmp_path / "saved.zip"), "history/1.json": b"{}"}
    before = generation(desk)

    with pytest.raises(DeskDamaged):
        bring_back(desk.path, files, clock(), timeout_s=1)
    assert generation(desk) == before


def test_a_state_of_a_later_tix_is_refused(desk: JsonDesk, clock: Clock, tmp_path: Path) -> None:
    files = saved(desk, tmp_path / "saved.zip")
    tables = load_page("tickets.json", files["tickets.json"])
    tables["desk"]["1"]["schema"] = 99

    with pytest.raises(DeskNewer):
        bring_back(desk.path, {**files, "tickets.json": dump(tables)}, clock(), timeout_s=1)


def test_a_generation_that_is_not_whole_is_refused(desk: JsonDesk, clock: Clock) -> None:
    daily = next(name for name in names(desk) if name.startswith("daily/"))
    with Folder.open(desk.path) as folder:
        for copy in folder.listing("backups/copies"):
            folder.remove(f"backups/copies/{copy}")

    with pytest.raises((DeskDamaged, Refused)):
        bring_back(desk.path, daily, clock(), timeout_s=1)


def test_what_does_not_exist_is_refused(desk: JsonDesk, clock: Clock, tmp_path: Path) -> None:
    with pytest.raises(NotFound):
        bring_back(desk.path, "daily/00000009-1-1", clock(), timeout_s=1)
    with pytest.raises(NotFound):
        bring_back(tmp_path / "nowhere", "daily/00000009-1-1", clock(), timeout_s=1)
    assert not (tmp_path / "nowhere").exists()


def test_nobody_else_may_write_meanwhile(desk: JsonDesk, clock: Clock) -> None:
    with Folder.open(desk.path) as folder, hold(folder, 1), pytest.raises(Locked):
        bring_back(desk.path, names(desk)[0], clock(), timeout_s=0.05)


def test_a_folder_that_others_can_write_to_is_refused(desk: JsonDesk, clock: Clock) -> None:
    which = names(desk)[0]
    desk.path.chmod(0o777)

    with pytest.raises(PermissionRefused):
        bring_back(desk.path, which, clock(), timeout_s=1)
