"""The desk's own history under another policy or calendar."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest

from tests.ops.desks import history, opened, staffed, ticket
from tix.domain.people import Agent
from tix.domain.sla.compliance import Share
from tix.domain.sla.solve import Group, Tightest
from tix.errors import BadDate
from tix.ops import setup
from tix.ops.setup import SetupInvalid
from tix.ops.sla.backtesting import backtest
from tix.ops.tickets import filing, moves, talking

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tests.ops.desks import Clock
    from tix.desk import Desk
    from tix.domain.sla.backtest import Tested

HARD = """\
[levels.standard]
first = { any = "1h" }
"""
GOLD = """\
[levels.standard]
first = { any = "8h" }
[levels.gold]
first = { any = "30m" }
priority = "urgent"
[policy]
default = "standard"
rules = [{ when = "tag:vip", level = "gold" }, { when = "text:lawyer", level = "gold" }]
"""
NIGHT = """\
[calendars.standard]
hours = { mon-sun = "00:00-24:00" }
"""


def tried(desk: Desk, text: str, period: str = "", **how: Any) -> Tested:
    return backtest(desk, text, "new.toml", period, **how)


def asked(desk: Desk, clock: Clock, hours: float, **values: Any) -> int:
    """Open a ticket on a Monday at nine and answer it so many hours later."""
    clock.at = datetime(2026, 11, 23, 8, tzinfo=UTC)
    number = opened(desk, **{"body": "Help", **values})
    clock.move(hours=hours)
    talking.reply(desk, number, "Here.")
    return number


def first(tested: Tested, level: str = "standard") -> tuple[Share, Share]:
    key, outcome = ("first", level), tested.outcome
    nothing = Share()
    return outcome.before.by_clock.get(key, nothing), outcome.after.by_clock.get(key, nothing)


def test_tickets_that_flip_are_told(desk: Desk, clock: Clock):
    for hours in (0.5, 2, 3, 5):
        asked(desk, clock, hours)

    tested = tried(desk, HARD)

    assert first(tested) == (Share(3, 1), Share(1, 3))
    assert (tested.outcome.lost, tested.outcome.won) == ((2, 3), ())
    assert [late.ticket_id for late in tested.outcome.worst] == [4, 3, 2]
    assert tested.tightest == ()


def test_the_document_of_the_desk_itself_changes_nothing(desk: Desk, clock: Clock):
    for hours in (0.5, 5):
        number = asked(desk, clock, hours)
        filing.prioritize(desk, [number], "high")

    tested = tried(desk, setup.show(desk).text)

    assert tested.outcome.before == tested.outcome.after
    assert tested.outcome.lost == tested.outcome.won == ()


def test_nothing_is_written(desk: Desk, clock: Clock):
    number = asked(desk, clock, 2)
    before = history(desk, number), setup.show(desk)

    tried(desk, GOLD)

    assert (history(desk, number), setup.show(desk)) == before


def test_the_rules_of_the_document_choose_the_levels(desk: Desk, clock: Clock):
    for values in ({"tags": ("vip",)}, {"body": "I call my lawyer"}, {}):
        asked(desk, clock, 2, **values)

    tested = tried(desk, GOLD, percent=100)

    assert first(tested, "gold") == (Share(), Share(0, 2))
    assert tested.outcome.lost == (1, 2)
    assert [one.group for one in tested.tightest] == [
        Group("first", "gold", "urgent", "business"),
        Group("first", "standard", "normal", "business"),
    ]


def test_a_calendar_alone_can_be_tried(desk: Desk, clock: Clock):
    clock.at = datetime(2026, 11, 21, 8, tzinfo=UTC)
    number = opened(desk, body="On a Saturday")
    clock.at = datetime(2026, 11, 23, 9, tzinfo=UTC)
    talking.reply(desk, number, "Here.")

    assert first(tried(desk, NIGHT)) == (Share(1, 0), Share(0, 1))


def test_an_imported_history_counts_as_if_it_had_been_promised(desk: Desk, clock: Clock):
    number = asked(desk, clock, 2)
    changes = history(desk, number)[0].data["changes"]
    assert isinstance(changes, dict)
    assert "sla" in changes

    assert first(tried(desk, '[policy]\ndefault = "none"\n')) == (Share(1, 0), Share())


def test_only_clocks_that_started_in_the_period_count(desk: Desk, clock: Clock):
    asked(desk, clock, 2)

    assert tried(desk, HARD, "2026-11-23..2026-11-23").outcome.tickets == 1
    assert tried(desk, HARD, "2026-11-24..").outcome.tickets == 0
    assert tried(desk, HARD, "..2026-11-22").outcome.tickets == 0
    with pytest.raises(BadDate):
        tried(desk, HARD, "soon..")


def test_the_tightest_target_is_found_for_what_the_document_promises(desk: Desk, clock: Clock):
    for hours in (0.5, 1, 2.5, 3):
        asked(desk, clock, hours)

    tested = tried(desk, HARD, percent=75)

    group = Group("first", "standard", "normal", "business")
    assert tested.tightest == (Tightest(group, 9000, "2h30m", 3, 4),)


def test_a_colleague_is_promised_nothing(desk: Desk, clock: Clock):
    staffed(desk, Agent("bob", address="bob@example.com"))

    asked(desk, clock, 2, customer="bob@example.com")

    assert tried(desk, HARD).outcome.tickets == 0


def test_a_ticket_in_the_trash_is_in_no_figure(desk: Desk, clock: Clock):
    number = asked(desk, clock, 2)
    moves.trash(desk, [number])
    assert ticket(desk, number).trashed_at

    tested = tried(desk, GOLD)

    assert tested.outcome.after.excluded == {}
    assert first(tested) == (Share(1, 0), Share(1, 0))


def test_somebody_can_watch_how_far_it_is(desk: Desk, clock: Clock):
    seen = []
    for _ in range(3):
        asked(desk, clock, 1)

    def watch(items: Iterable[Any], total: int) -> Iterable[Any]:
        for item in items:
            seen.append((item[0].id, total))
            yield item

    tried(desk, HARD, watch=watch)

    assert seen == [(1, 3), (2, 3), (3, 3)]


def test_a_document_that_cannot_be_used_is_refused(desk: Desk):
    with pytest.raises(SetupInvalid) as refused:
        tried(desk, '[levels.standard]\nfirst = { any = "5x" }\n')

    assert refused.value.message.startswith("new.toml line 2: levels.standard.first.any: ")
