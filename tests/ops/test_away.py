"""Being away: dates out of the business hours and back, and what becomes of clocks."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

import pytest

from tests.ops.desks import START, meaning, opened, ticket
from tix.domain.away import Away
from tix.domain.setup import BusinessHours
from tix.errors import BadDate, NotFound, Refused
from tix.ops import away
from tix.ops.change import Altered, Notice
from tix.ops.tickets import moves, talking
from tix.ops.transactions import at_home, writing
from tix.ops.undo import undo
from tix.record import replace

if TYPE_CHECKING:
    from tests.ops.desks import Clock
    from tix.desk import Desk

MONDAY, TUESDAY, WEDNESDAY = (date(2026, 11, day) for day in (23, 24, 25))
MORNING = ((8 * 3600, 12 * 3600),)


def due(desk: Desk, number: int, kind: str) -> datetime | None:
    """When a clock of a ticket is due, by all that is known now."""
    found = desk.store.read(lambda tx: at_home(desk, tx).clocks(tx.ticket(number), tx.now))
    return next(clock.due_at for clock in found if clock.kind == kind)


def at(day: int, hour: int) -> datetime:
    """An instant of November in Zagreb."""
    return datetime(2026, 11, day, hour - 1, tzinfo=UTC)


def hours(desk: Desk) -> BusinessHours:
    return desk.store.read(lambda tx: tx.setup.hours)


def with_calendars(desk: Desk, *calendars: BusinessHours) -> None:
    with writing(desk, "set up") as tx:
        tx.put_setup(replace(tx.setup, version=2, calendars=calendars))


def test_days_away_are_closed_in_a_new_version_of_the_hours(desk: Desk):
    change = away.add(desk, "mon..wed")

    told = Away(MONDAY, WEDNESDAY, ("standard",))
    assert change.records == (Altered("away", told.name, None, told),)
    assert away.away(desk) == [told]
    assert hours(desk) == BusinessHours(
        "standard", 2, exceptions=dict.fromkeys((MONDAY, TUESDAY, WEDNESDAY), ())
    )


def test_what_was_promised_before_still_counts_and_is_told(desk: Desk, clock: Clock):
    opened(desk, body="Help")
    clock.move(minutes=1)

    change = away.add(desk, "mon..wed")

    assert due(desk, 1, "first") == at(23, 13)
    assert change.notices == (
        Notice(
            "promised_before",
            "2 clocks that run are due on these dates: what was promised before still counts "
            "(tix sla forecast --until 2026-11-25)",
        ),
    )


def test_one_clock_is_told_as_one(desk: Desk):
    opened(desk, body="Help")

    (notice,) = away.add(desk, "mon").notices

    assert notice.message.startswith("1 clock that runs is due on these dates: ")


def test_what_is_asked_from_now_on_counts_by_the_new_hours(desk: Desk, clock: Clock):
    number = opened(desk, body="Help")
    clock.move(minutes=1)
    away.add(desk, "mon..wed")
    talking.reply(desk, number, "Here.")
    talking.receive(desk, number, "And now?")

    assert due(desk, number, "next") == at(26, 13)
    assert due(desk, opened(desk, body="Another"), "first") == at(26, 13)
    assert due(desk, number, "resolution") == at(25, 17)


def test_tickets_without_a_promise_or_in_the_trash_are_left_alone(desk: Desk):
    bare, gone = opened(desk), opened(desk)
    with writing(desk, "bare") as tx:
        tx.put_ticket(replace(tx.ticket(bare), sla=None))
    moves.trash(desk, [gone])
    revisions = [ticket(desk, number).rev for number in (bare, gone)]

    away.add(desk, "mon")

    assert [ticket(desk, number).rev for number in (bare, gone)] == revisions


def test_a_ticket_of_another_calendar_keeps_its_hours(desk: Desk):
    number = opened(desk, body="Help")
    with_calendars(desk, BusinessHours("standard"), BusinessHours("night"))

    change = away.add(desk, "mon", ["Night"])

    assert [one.after for one in change.records] == [Away(MONDAY, MONDAY, ("night",))]
    assert ticket(desk, number).sla == ("standard", 1, 1)


def test_one_is_away_from_all_calendars_unless_some_are_named(desk: Desk):
    with_calendars(desk, BusinessHours("standard"), BusinessHours("night"))
    away.add(desk, "mon")

    assert away.away(desk) == [Away(MONDAY, MONDAY, ("standard", "night"))]
    with pytest.raises(NotFound) as missing:
        away.add(desk, "fri", ["day"])
    assert (missing.value.message, missing.value.hint) == (
        "no calendar 'day'",
        "There are standard, night.",
    )


def test_hours_of_a_single_date_give_way_with_a_word(desk: Desk):
    with_calendars(desk, BusinessHours("standard", exceptions={MONDAY: MORNING}))

    (notice,) = away.add(desk, "mon").notices

    assert notice.message == (
        "calendar 'standard' had hours of its own on 2026-11-23; "
        "tix undo brings them back, tix away cancel does not"
    )
    undo(desk)
    assert hours(desk).exceptions == {MONDAY: MORNING}


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("mon..", "'mon..' has no end"),
        ("..mon", "'..mon' has no beginning"),
        ("mon 10:00..tue", "'mon 10:00..tue' are no whole days"),
        ("2026-11-20", "2026-11-20 is past; one can only be away from today on"),
        ("soon", "'soon' is not a date"),
    ],
)
def test_one_is_away_on_whole_days_to_come(desk: Desk, text: str, told: str):
    with pytest.raises(BadDate, match=told):
        away.add(desk, text)


def test_today_is_a_day_to_come(desk: Desk):
    assert [one.after for one in away.add(desk, "today").records] == [
        Away(START.date(), START.date(), ("standard",))
    ]


def test_to_overlap_is_refused_and_leaves_everything(desk: Desk):
    away.add(desk, "tue")

    with pytest.raises(Refused, match="closed on 2026-11-24 already"):
        away.add(desk, "mon..wed")

    assert away.away(desk) == [Away(TUESDAY, TUESDAY, ("standard",))]


def test_the_only_absence_is_cancelled_without_naming_it(desk: Desk):
    away.add(desk, "mon..wed")

    change = away.cancel(desk)

    told = Away(MONDAY, WEDNESDAY, ("standard",))
    assert change.records == (Altered("away", told.name, told, None),)
    assert hours(desk) == BusinessHours("standard", 3, exceptions={})
    with pytest.raises(NotFound, match="nobody is away"):
        away.cancel(desk)


def test_of_several_absences_one_is_named(desk: Desk):
    away.add(desk, "mon")
    away.add(desk, "wed..fri")

    with pytest.raises(Refused) as refused:
        away.cancel(desk)
    assert refused.value.message == "there are 2: 2026-11-23, 2026-11-25..2026-11-27"
    assert refused.value.hint == "tix away cancel 2026-11-23"
    away.cancel(desk, "thu")
    assert [one.name for one in away.away(desk)] == ["2026-11-23", "2026-11-25", "2026-11-27"]
    with pytest.raises(NotFound, match="nobody is away on tue"):
        away.cancel(desk, "tue")


def test_days_that_have_passed_stay_closed(desk: Desk, clock: Clock):
    away.add(desk, "mon..wed")
    clock.move(days=3)

    away.cancel(desk)

    assert away.away(desk) == []
    assert away.away(desk, everything=True) == [Away(MONDAY, MONDAY, ("standard",))]


def test_undo_takes_it_back_with_what_tickets_got(desk: Desk):
    number = opened(desk, body="Help")
    away.add(desk, "mon..wed")
    assert ticket(desk, number).sla == ("standard", 1, 2)

    undo(desk)

    assert away.away(desk) == []
    assert ticket(desk, number).sla == ("standard", 1, 1)


def test_a_version_of_hours_never_comes_back_with_other_dates(desk: Desk):
    away.add(desk, "mon")
    undo(desk)
    away.add(desk, "tue")

    assert (hours(desk).version, list(hours(desk).exceptions)) == (3, [TUESDAY])


def test_a_dry_run_leaves_everything(desk: Desk):
    away.add(meaning(desk, dry_run=True), "mon")

    assert away.away(desk) == []
