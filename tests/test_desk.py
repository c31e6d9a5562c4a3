"""The desk that a command works on: its place, its clock, its user, its zone."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest

from tix.config import load_config
from tix.desk import Desk, Intent, fixed_clock, system_clock
from tix.domain.setup import Setup
from tix.errors import BadDate, CannotCreate, UsageError

if TYPE_CHECKING:
    from pathlib import Path

NOW = datetime(2026, 11, 21, 18, 30, tzinfo=UTC)


def desk(place: Path, *, is_default: bool = False, **environ: str) -> Desk:
    return Desk(
        str(place),
        load_config(environ, None),
        clock=fixed_clock("2026-11-21T18:30:00Z"),
        warn=print,
        is_default=is_default,
    )


def opened(desk: Desk) -> int:
    with desk.to_write().write() as tx:
        tx.begin(desk.by, "new")
        return tx.next_number("ticket")


def test_a_named_desk_that_is_not_there_is_an_error(tmp_path: Path):
    named = desk(tmp_path / "desk")

    assert named.exists is False
    with pytest.raises(CannotCreate) as error:
        named.store.read(lambda tx: tx.setup)
    assert error.value.hint == "'tix init' makes one"


def test_the_default_desk_is_empty_until_the_first_change_makes_it(tmp_path: Path):
    default = desk(tmp_path / "below" / "desk", is_default=True)
    assert type(default.store).__name__ == "MemoryStore"
    assert default.store.read(lambda tx: tx.last_number("ticket")) == 0
    assert list(tmp_path.iterdir()) == []

    assert opened(default) == 1
    assert default.exists
    assert type(default.store).__name__ == "JsonDesk"


def test_a_dry_run_makes_no_desk(tmp_path: Path):
    default = desk(tmp_path / "desk", is_default=True)
    default.intent = Intent(dry_run=True)

    assert opened(default) == 1
    assert not default.exists


def test_a_named_desk_is_never_made_by_a_change(tmp_path: Path):
    with pytest.raises(CannotCreate):
        opened(desk(tmp_path / "desk"))
    assert list(tmp_path.iterdir()) == []


def test_a_desk_is_made_once(tmp_path: Path):
    desk(tmp_path / "desk").create()

    with pytest.raises(CannotCreate, match="there is something at"):
        desk(tmp_path / "desk").create()


def test_an_empty_folder_can_become_a_desk_and_a_file_cannot(tmp_path: Path):
    (tmp_path / "empty").mkdir()
    (tmp_path / "file").write_text("mine")

    desk(tmp_path / "empty").create()
    with pytest.raises(CannotCreate):
        desk(tmp_path / "file").create()
    assert (tmp_path / "file").read_text() == "mine"


def test_a_desk_can_be_made_in_a_zone_of_its_own(tmp_path: Path):
    made = desk(tmp_path / "desk")
    made.create("Asia/Tokyo")

    assert made.store.read(lambda tx: tx.setup) == Setup(zone="Asia/Tokyo")
    assert str(made.zone) == "Asia/Tokyo"
    assert str(desk(tmp_path / "desk", TIX_TZ="Europe/Zagreb").zone) == "Europe/Zagreb"


def test_a_zone_that_there_is_not_makes_no_desk(tmp_path: Path):
    with pytest.raises(UsageError):
        desk(tmp_path / "desk").create("Nowhere/Land")
    assert list(tmp_path.iterdir()) == []


def test_business_hours_are_in_the_desks_zone_and_else_in_the_users(tmp_path: Path):
    default = desk(tmp_path / "desk", is_default=True, TIX_TZ="Europe/Zagreb")

    assert default.calendar(Setup()).zone == "Europe/Zagreb"
    assert default.calendar(Setup(zone="Asia/Tokyo")).zone == "Asia/Tokyo"


def test_dates_are_read_by_the_desks_clock_zone_and_hours(tmp_path: Path):
    dates = desk(tmp_path / "desk", is_default=True, TIX_TZ="Europe/Zagreb").dates(Setup())

    assert dates.moment("now").at == NOW
    assert dates.moment("mon 9:00").at == datetime(
        2026, 11, 23, 9, tzinfo=ZoneInfo("Europe/Zagreb")
    )


@pytest.mark.parametrize(
    ("environ", "user"),
    [
        ({"TIX_USER": "alice", "USER": "jo"}, "alice"),
        ({"USER": " jo ", "LOGNAME": "ann"}, "jo"),
        ({"USER": "", "LOGNAME": "ann"}, "ann"),
        ({"USER": " "}, "me"),
        ({}, "me"),
    ],
)
def test_who_acts_is_the_setting_else_the_login_name(
    tmp_path: Path, environ: dict[str, str], user: str
):
    there = Desk(str(tmp_path), load_config(environ, None), clock=lambda: NOW, warn=print)

    assert (there.user, there.by) == (user, f"agent:{user}")


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("2026-11-21T18:30:00Z", NOW),
        ("2026-11-21T19:30:00+01:00", NOW),
        ("2026-11-21T18:30", NOW),
        ("2026-11-21", datetime(2026, 11, 21, tzinfo=UTC)),
    ],
)
def test_a_fixed_clock_stands_in_utc(text: str, at: datetime):
    clock = fixed_clock(text)

    assert (clock(), clock().tzinfo, clock()) == (at, UTC, at)


@pytest.mark.parametrize("text", ["", "now", "2026-13-01", "0001-01-01T00:00+05:00", "9999-01-01"])
def test_another_clock_is_refused(text: str):
    with pytest.raises(BadDate) as error:
        fixed_clock(text)

    assert error.value.message == (
        f"TIX_NOW is {text!r}; an ISO time such as 2026-11-24T17:00Z is needed"
    )


def test_the_clock_of_the_system_tells_whole_seconds_in_utc():
    now = system_clock()

    assert (now.tzinfo, now.microsecond) == (UTC, 0)
    assert abs(datetime.now(UTC) - now) < timedelta(minutes=1)


def test_salts_are_never_the_same(tmp_path: Path):
    default = desk(tmp_path / "desk", is_default=True)
    with default.to_write().write() as tx:
        from tix.domain import verbs
        from tix.ops.reactions import record

        for _ in range(2):
            tx.begin(default.by, "new")
            act = verbs.Act(default.by, tx.now)
            number = tx.next_number("ticket")
            record(tx, None, verbs.open_ticket(number, "Refund", act, body="the same"))

    salts = default.store.read(lambda tx: [tx.history(n)[0].data["salt"] for n in (1, 2)])
    assert len(set(salts)) == 2
    assert {len(str(salt)) for salt in salts} == {32}
