"""The turn of the checker, and what one leaves for the next."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from tests.store.desks import START, Clock, make_store
from tix.errors import CannotCreate, PermissionRefused
from tix.store.checker import Heartbeat, heartbeat, turn

if TYPE_CHECKING:
    from pathlib import Path

EVERY = timedelta(minutes=5)


@pytest.fixture
def place(tmp_path: Path) -> Path:
    make_store("json", tmp_path, Clock())
    return tmp_path / "desk"


def test_there_is_one_turn_at_a_time(place: Path):
    with turn(place) as first, turn(place) as second:
        assert first is not None
        assert second is None
    with turn(place) as third:
        assert third is not None


def test_what_was_being_sent_is_counted_until_its_end(place: Path):
    for expected in ({"a": 1}, {"a": 2, "b": 1}):
        with turn(place) as mine:
            assert mine is not None
            mine.begin(expected)
            assert mine.sending == expected
    with turn(place) as mine:
        assert mine is not None
        mine.end()
    with turn(place) as mine:
        assert mine is not None
        assert mine.sending == {}


def test_a_heartbeat_stays_while_something_is_sent(place: Path):
    assert heartbeat(place) is None
    with turn(place) as mine:
        assert mine is not None
        mine.beat(START, EVERY)
    with turn(place) as mine:
        assert mine is not None
        mine.begin(["a"])
        assert heartbeat(place) == Heartbeat(START, EVERY)
        mine.beat(START, None)
    assert heartbeat(place) is None
    assert heartbeat(place / "nowhere") is None


def test_three_intervals_without_a_heartbeat_are_a_miss():
    beat = Heartbeat(START, EVERY)

    assert not beat.is_missed(START + 3 * EVERY)
    assert beat.is_missed(START + 3 * EVERY + timedelta(seconds=1))


def test_no_desk_has_no_turn(tmp_path: Path):
    with pytest.raises(CannotCreate), turn(tmp_path / "nowhere"):
        pass


def test_a_link_in_the_place_of_the_lock_is_refused(place: Path, tmp_path: Path):
    (place / "sla.lock").symlink_to(tmp_path / "elsewhere")

    with pytest.raises(PermissionRefused), turn(place):
        pass
    assert not (tmp_path / "elsewhere").exists()
