"""Backups: saved to a file, kept by themselves, and brought back."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.ops.desks import Clock, meaning, opened
from tix.config import load_config
from tix.desk import Desk
from tix.errors import NotFound
from tix.ops.backups import generations, restore, save, source

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """A desk in a folder, with a ticket."""
    config = load_config({"TIX_USER": "alice", "TIX_TZ": "UTC"}, None)
    made = Desk(str(tmp_path / "desk"), config, clock=Clock(), warn=print)
    made.create()
    opened(made, "First")
    return made


def last_ticket(desk: Desk) -> str:
    return desk.store.read(lambda tx: list(tx.scan())[-1][0].subject)


def test_a_file_brings_the_desk_back(desk: Desk, tmp_path: Path) -> None:
    count = save(desk, str(tmp_path / "saved.zip"))
    opened(desk, "Second")

    restore(desk, source(desk, str(tmp_path / "saved.zip")))

    assert count > 2
    assert last_ticket(desk) == "First"


def test_a_generation_brings_the_desk_back(desk: Desk) -> None:
    newest = generations(desk)[0]

    kept = restore(desk, source(desk, newest.which)).kept

    assert desk.store.read(lambda tx: list(tx.scan())) == []
    restore(desk, source(desk, kept))
    assert last_ticket(desk) == "First"


def test_a_dry_run_leaves_the_desk_alone(desk: Desk) -> None:
    restore(meaning(desk, dry_run=True), source(desk, generations(desk)[0].which))

    assert last_ticket(desk) == "First"


@pytest.mark.parametrize("name", ["daily/00000009-1-1", "recent/x", "nowhere.zip"])
def test_what_is_neither_a_backup_nor_a_file_is_told(desk: Desk, name: str) -> None:
    with pytest.raises(NotFound):
        source(desk, name)


def test_a_desk_that_is_gone_is_made_of_a_file(desk: Desk, tmp_path: Path) -> None:
    save(desk, str(tmp_path / "saved.zip"))
    other = Desk(str(tmp_path / "new"), desk.config, clock=desk.clock, warn=print)

    restore(other, source(other, str(tmp_path / "saved.zip")))

    assert last_ticket(other) == "First"
