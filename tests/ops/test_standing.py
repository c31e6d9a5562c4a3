"""How tickets stand with their promises: clocks, reasons, simulations and figures."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from tests.ops.desks import START, Clock, history, opened, ticket
from tix.domain.course import Applied
from tix.domain.sla.clock import Clock as SlaClock
from tix.domain.sla.clock import Own, State
from tix.domain.sla.compliance import Share
from tix.domain.sla.explain import Counting
from tix.domain.sla.policy import Kind
from tix.errors import NotFound
from tix.ops import setup
from tix.ops.queries import count, counts, find
from tix.ops.sla import explaining, levels, promising, reporting
from tix.ops.tickets import filing, moves
from tix.ops.tickets.reads import show
from tix.ops.tickets.talking import Draft
from tix.ops.transactions import reading

if TYPE_CHECKING:
    from tix.desk import Desk
    from tix.store.base import Transaction

HOUR = timedelta(hours=1)
ALWAYS = """
[calendars.standard]
zone = "UTC"
hours = { mon-sun = "00:00-24:00" }
holidays = ["2026-12-25 Christmas", "2027-01-01 New Year"]
"""


@pytest.fixture
def open_always(desk: Desk) -> Desk:
    """A desk that never closes, so that working time is real time."""
    setup.apply(desk, ALWAYS, "x.toml")
    return desk


@reading
def clocks(desk: Desk, tx: Transaction, number: int) -> tuple[SlaClock, ...]:
    return tx.clocks(tx.ticket(number), tx.now)


def test_clocks_of_a_ticket_can_be_asked_for_at_any_time(open_always: Desk) -> None:
    opened(open_always)

    @reading
    def later(desk: Desk, tx: Transaction) -> list[State]:
        return [c.state for c in tx.clocks(tx.ticket(1), START + 5 * HOUR)]

    assert [c.state for c in clocks(open_always, 1)] == [State.RUNNING, State.RUNNING]
    assert later(open_always) == [State.BREACHED, State.RUNNING]


def test_a_clock_keeps_the_version_it_started_with(open_always: Desk, clock: Clock) -> None:
    opened(open_always)
    due = [c.due_at for c in clocks(open_always, 1)]
    setup.apply(open_always, '[levels.standard]\nfirst = { any = "1h" }\n', "x.toml")

    assert [c.due_at for c in clocks(open_always, 1)] == due
    opened(open_always)
    assert [c.due_at for c in clocks(open_always, 2)] == [START + HOUR]


def test_a_level_that_nobody_knows_has_no_clocks(desk: Desk) -> None:
    @reading
    def found(desk: Desk, tx: Transaction) -> list[object]:
        gone, lost = Applied("gone"), Applied("standard", 1, 7)
        return [tx.promises(gone), tx.promises(lost), tx.promises(gone)]

    assert found(desk) == [None, None, None]


def test_levels_share_the_calendar_they_count_in(desk: Desk) -> None:
    setup.apply(
        desk, '[levels.standard]\nfirst = { any = "1h" }\n[levels.b]\nnext = { any = "1h" }\n', "x"
    )

    @reading
    def calendars(desk: Desk, tx: Transaction) -> list[object]:
        found = [
            tx.promises(Applied(name, version)) for name, version in (("standard", 2), ("b", 1))
        ]
        return [promise[1] for promise in found if promise]

    first, second = calendars(desk)
    assert first is second


def test_a_store_alone_takes_business_hours_without_a_zone_as_utc(desk: Desk) -> None:
    promise = desk.store.read(lambda tx: tx.promises(Applied("standard")))

    assert promise is not None
    assert promise[1].zone == "UTC"


def test_states_of_clocks_are_words_of_queries(open_always: Desk, clock: Clock) -> None:
    opened(open_always)
    opened(open_always, priority="urgent")
    opened(open_always, sla="none")
    clock.move(minutes=200)

    assert [count(open_always, [word]) for word in ("is:breached", "is:atrisk", "is:paused")] == [
        1,
        2,
        0,
    ]
    assert count(open_always, ["sla:standard"]) == 2
    assert count(open_always, ["sla:breached"]) == 1
    assert count(open_always, ["no:sla"]) == 1
    assert counts(open_always, ("breached", "atrisk")) == {"breached": 1, "atrisk": 2}
    assert count(open_always, ["is:breached"], as_of=START) == 0


def test_promises_of_agents_are_clocks_of_their_tickets(open_always: Desk, clock: Clock) -> None:
    opened(open_always, sla="none")
    opened(open_always, priority="low")
    promising.promise(open_always, [1, 2], "fix", START + 5 * HOUR)

    def kinds() -> list[object]:
        found = find(open_always, [], sort="id")
        tightest = (found.ranking.clock_of(row.ticket) for row in found.rows)
        return [clock and (clock.kind, clock.state) for clock in tightest]

    assert kinds() == [(Own.PROMISE, State.RUNNING)] * 2
    assert [one.kind for one in clocks(open_always, 2)] == [
        Kind.FIRST,
        Kind.RESOLUTION,
        Own.PROMISE,
    ]
    clock.move(hours=6)
    assert kinds() == [(Own.PROMISE, State.BREACHED)] * 2
    assert [count(open_always, [word]) for word in ("is:breached", "is:atrisk")] == [2, 0]
    # The field is about the level.
    assert [count(open_always, [word]) for word in ("sla:breached", "no:sla")] == [0, 1]
    found = find(open_always, [])
    assert [found.ranking.terms(row.ticket, row.contact).slack for row in found.rows] == [
        pytest.approx(40 * 1.2)
    ] * 2
    promising.keep(open_always, [1, 2])
    assert kinds() == [None, (Kind.FIRST, State.RUNNING)]


def test_of_a_resolved_ticket_only_promises_are_seen_to(open_always: Desk, clock: Clock) -> None:
    setup.apply(open_always, '[levels.standard]\nupdate = { any = "1h" }\n', "x.toml")
    for _ in range(2):
        opened(open_always, outbound=True, customer="jo@example.com", body="Hello")
    promising.promise(open_always, [1], "fix", START + 3 * HOUR)
    clock.move(hours=2)
    moves.resolve(open_always, [1, 2])
    late = [one.state for one in clocks(open_always, 2)]

    assert late == [State.BREACHED]
    assert count(open_always, ["is:breached"], everything=True) == 0
    clock.move(hours=2)
    assert count(open_always, ["is:breached"], everything=True) == 1
    assert count(open_always, ["is:breached", "status:resolved"]) == 1
    assert count(open_always, ["is:breached"]) == 0


def test_the_order_of_importance_knows_the_clocks(open_always: Desk, clock: Clock) -> None:
    opened(open_always, sla="none")
    opened(open_always)
    clock.move(hours=5)
    found = find(open_always, [])

    assert [row.ticket.id for row in found.rows] == [2, 1]
    terms = [found.ranking.terms(row.ticket, row.contact).slack for row in found.rows]
    assert terms[0] == 40 * (1 + 0.25)


def test_a_page_has_the_clocks_of_its_ticket(open_always: Desk) -> None:
    opened(open_always)
    ((shown,), _) = show(open_always, [1])

    assert [clock.kind for clock in shown.clocks] == [Kind.FIRST, Kind.RESOLUTION]


def test_every_stretch_of_a_clock_is_explained(desk: Desk) -> None:
    opened(desk)
    found, explained = explaining.explain(desk, 1)

    assert found.id == 1
    first = explained[0]
    assert [s.counting for s in first.segments] == [Counting.CLOSED] * 2 + [Counting.COUNTED]
    assert first.segments[-1].length == first.clock.target == 4 * HOUR
    assert (first.calendar.name, first.calendar.zone) == ("standard", "Europe/Zagreb")


def test_a_level_that_was_taken_away_is_explained_as_well(desk: Desk, clock: Clock) -> None:
    opened(desk, sla="none")
    filing.edit(desk, [1], sla="standard")
    clock.move(hours=1)
    filing.edit(desk, [1], sla="none")

    assert [one.clock.state for one in explaining.explain(desk, 1)[1]] == [State.SUPERSEDED] * 2


def test_what_would_be_promised_is_simulated_and_nothing_kept(desk: Desk) -> None:
    found = explaining.simulate(desk, Draft("X", priority="low"))

    assert [clock.target for clock in found.clocks] == [8 * HOUR, 40 * HOUR]
    with pytest.raises(NotFound):
        ticket(desk, 1)


def test_the_report_counts_by_clock_and_by_ticket(open_always: Desk, clock: Clock) -> None:
    opened(open_always, body="x")
    opened(open_always, sla="none")
    clock.move(hours=5)
    found = reporting.report(open_always, START, START + 24 * HOUR)

    by_clock = {row.clock: row.share for row in found.rows}
    assert by_clock == {
        "first": Share(0, 1),
        "next": Share(),
        "update": Share(),
        "resolution": Share(),
        "all": Share(0, 1),
        "tickets": Share(0, 1),
    }
    assert found.rows[-2].whole.running == 1
    assert reporting.report(open_always, START + 24 * HOUR).rows[-1].share == Share()
    assert len(history(open_always, 1)) == 1


def test_levels_tell_which_tickets_get_them(desk: Desk) -> None:
    setup.apply(
        desk,
        '[levels.gold]\nfirst = { any = "1h" }\n[levels.standard]\nnext = { any = "1h" }\n'
        '[policy]\nrules = [{ when = "is:vip", level = "gold" }]\n',
        "x.toml",
    )
    rules = {offer.level.name: offer.rules for offer in levels.offers(desk)}

    assert rules == {"gold": ("is:vip",), "standard": ("",)}
    assert levels.offer(desk, "GOLD").level.name == "gold"


def test_a_calendar_has_the_holidays_of_a_year(open_always: Desk) -> None:
    this, next_ = levels.opening(open_always), levels.opening(open_always, "Standard", 2027)

    assert (this.year, list(this.holidays.values())) == (2026, ["Christmas"])
    assert list(next_.holidays.values()) == ["New Year"]
    with pytest.raises(NotFound, match="no calendar 'x'") as error:
        levels.opening(open_always, "x")
    assert error.value.hint == "There are standard."
