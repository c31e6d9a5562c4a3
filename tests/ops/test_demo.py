"""Made-up desks: months of lifelike work, the same for the same numbers and time."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest

from tix.config import load_config
from tix.desk import Desk
from tix.domain.calendar import standard
from tix.domain.event import first_broken
from tix.domain.ticket import fold
from tix.ops.demo.playing import make
from tix.ops.demo.plot import plots

if TYPE_CHECKING:
    from pathlib import Path

    from tix.domain.event import Event
    from tix.domain.ticket import Ticket

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
COUNT = 200


def _desk(place: Path) -> Desk:
    config = load_config({"TIX_USER": "alice", "TIX_TZ": "Europe/Zagreb"}, None)
    return Desk(str(place), config, clock=lambda: NOW, warn=print)


def _all(desk: Desk) -> list[tuple[Ticket, tuple[Event, ...]]]:
    return desk.store.read(lambda tx: list(tx.scan()))


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    made = _desk(tmp_path_factory.mktemp("demo") / "desk")
    make(made, COUNT, 7)
    return made


def test_it_has_as_many_tickets_as_were_asked_for_in_every_state(desk: Desk):
    found = _all(desk)
    states = Counter(ticket.status.value for ticket, _ in found)

    assert len(found) == COUNT
    assert {"new", "open", "resolved", "closed", "spam"} <= states.keys()


def test_every_kind_of_thing_happens_on_it(desk: Desk):
    kinds = Counter(event.kind for _, history in _all(desk) for event in history)

    assert {
        *("opened", "received", "replied", "noted", "assigned", "resolved", "closed"),
        *("waiting", "postponed", "worked", "called", "chatted", "rated", "marked_spam"),
    } <= kinds.keys()
    assert any(ticket.reopened for ticket, _ in _all(desk))
    assert any(ticket.tier > 1 for ticket, _ in _all(desk))


def test_histories_are_whole_and_end_by_now(desk: Desk):
    for ticket, history in _all(desk):
        assert first_broken(history) is None
        assert fold(history) == ticket
        assert max(event.at for event in history) <= NOW


def test_events_are_numbered_in_the_order_in_which_they_happened(desk: Desk):
    events = sorted((event for _, history in _all(desk) for event in history), key=lambda e: e.seq)
    known = [event.recorded_at or event.at for event in events]

    assert all(b - a > -timedelta(days=1) for a, b in pairwise(known))


def test_the_same_numbers_make_the_same_desk_and_another_seed_another(desk: Desk, tmp_path: Path):
    again, other = _desk(tmp_path / "again"), _desk(tmp_path / "other")
    make(again, COUNT, 7)
    make(other, COUNT, 8)

    assert _all(again) == _all(desk)
    assert _all(other) != _all(desk)


def test_a_large_desk_is_made_in_several_commits(tmp_path: Path):
    desk = _desk(tmp_path / "desk")
    make(desk, 700, 1)

    assert len(_all(desk)) == 700


def test_customers_come_by_day_and_on_weekdays_and_never_later_than_now():
    told = list(plots(2000, standard("Europe/Zagreb"), NOW, 1))
    hours = Counter(plot.opened_at.hour for plot in told)
    weekend = sum(plot.opened_at.weekday() > 4 for plot in told)

    assert [plot.opened_at for plot in told] == sorted(plot.opened_at for plot in told)
    assert all(step.at <= NOW for plot in told for step in plot.steps)
    assert hours[10] > 5 * hours[3]
    assert weekend < 2000 / 7


def test_what_happens_to_a_postponed_ticket_before_its_time_leaves_it_postponed(tmp_path: Path):
    desk = _desk(tmp_path / "desk")
    make(desk, 250, 11)

    assert all(fold(history) == ticket for ticket, history in _all(desk))
