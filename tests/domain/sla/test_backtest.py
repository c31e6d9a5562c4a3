"""One history under two sets of promises."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.domain.sla.cases import GOLD, HOUR, Life, at, promises
from tix.domain.course import Applied, Term
from tix.domain.sla.backtest import WORST, Backtest, Late, Outcome, Sums
from tix.domain.sla.compliance import Share
from tix.domain.sla.policy import Goal, Level
from tix.domain.sla.reading import all_clocks, clocks_in
from tix.domain.sla.replay import terms_under
from tix.domain.sla.run import runs_of
from tix.record import replace

if TYPE_CHECKING:
    from tix.domain.event import Event
    from tix.domain.sla.clock import Clock
    from tix.domain.ticket import Ticket

NOW = "01-20 12:00"
EASY = Level("easy", first=Goal({"any": "6h"}))
HARD = Level("hard", first=Goal({"any": "1h"}))
KNOWN = promises(GOLD, EASY, HARD)


def under(life: Life, level: Level | None) -> tuple[Clock, ...]:
    """All clocks of a ticket if it had always had a level."""
    runs, course = runs_of(life.steps)
    terms = terms_under(life.steps, lambda event, ticket: level)
    return clocks_in(runs, replace(course, terms=terms), life.ticket, KNOWN, at(NOW))


def compared(*pairs: tuple[tuple[Clock, ...], tuple[Clock, ...]], since: str = "") -> Outcome:
    found = Backtest(at(since) if since else None, at(NOW))
    for number, (before, after) in enumerate(pairs, 1):
        found.add(number, before, after)
    return found.outcome()


def answered(hours: int, opened: str = "01-16 09:00") -> Life:
    return Life(opened).answers(f"01-16 {9 + hours:02}:00")


def test_what_flips_is_told_in_both_directions():
    lives = [answered(hours) for hours in (0, 2, 5, 7)]

    harder = compared(*((under(life, EASY), under(life, HARD)) for life in lives))
    easier = compared(*((under(life, HARD), under(life, EASY)) for life in lives))

    assert (harder.lost, harder.won, harder.flips) == ((2, 3), (), (2, 3))
    assert (easier.lost, easier.won) == ((), (2, 3))
    assert harder.before == Sums({("first", "easy"): Share(3, 1)}, Share(3, 1), 0, {})
    assert harder.after == Sums({("first", "hard"): Share(1, 3)}, Share(1, 3), 0, {})
    assert harder.tickets == 4


def test_the_worst_cases_are_the_latest_first():
    lives = [answered(hours) for hours in (2, 7, 3)]

    found = compared(*((under(life, EASY), under(life, HARD)) for life in lives))

    assert [(late.ticket_id, late.clock.late) for late in found.worst] == [
        (2, 6 * HOUR),
        (3, 2 * HOUR),
        (1, HOUR),
    ]


def test_only_so_many_of_the_worst_cases_are_kept():
    life = answered(2)
    late = under(life, HARD)

    found = compared(*[((), late)] * (WORST + 2))

    assert found.worst == tuple(Late(number, late[0]) for number in range(1, WORST + 1))


def test_clocks_that_run_or_were_cancelled_are_in_no_share():
    fresh = under(Life("01-20 11:30"), EASY)
    gone = under(Life("01-16 09:00").resolves("01-16 09:10"), EASY)

    found = compared((fresh, fresh), (gone, gone))

    sums = Sums({}, Share(), 1, {"resolved-unanswered": 1})
    assert found == Outcome(2, sums, sums, (), (), ())


def test_clocks_count_that_started_in_the_period():
    early, late = answered(2), Life("01-19 09:00").answers("01-19 10:00")
    pairs = [(under(life, EASY), under(life, EASY)) for life in (early, late)]

    found = compared(*pairs, ((), ()), since="01-17 00:00")

    assert (found.tickets, found.after.by_ticket) == (1, Share(1, 0))


def test_a_ticket_is_breached_if_one_of_its_clocks_is():
    life = answered(0).asks("01-16 10:00").answers("01-16 16:00")

    found = compared((under(life, GOLD), under(life, EASY)))

    assert found.before.by_clock == {
        ("first", "gold"): Share(1, 0),
        ("next", "gold"): Share(0, 1),
        ("resolution", "gold"): Share(0, 1),
    }
    assert (found.before.by_ticket, found.won) == (Share(0, 1), (1,))


def test_the_same_promises_give_the_clocks_that_really_were():
    life = Life("01-16 09:00").gets("01-16 09:30", "high").asks("01-16 10:00")
    life.answers("01-16 12:00").resolves("01-16 15:00")

    assert under(life, GOLD) == all_clocks(life.steps, KNOWN, at(NOW))


def test_a_policy_chooses_again_whenever_a_ticket_changes():
    life = Life("01-16 09:00").gets("01-16 10:00", "high").notes("01-16 11:00")

    def level_of(event: Event, ticket: Ticket) -> Level | None:
        return HARD if ticket.priority == "high" else None

    assert terms_under(life.steps, level_of) == (
        Term(at("01-16 09:00"), "normal", None),
        Term(at("01-16 10:00"), "high", Applied("hard")),
    )


def test_a_level_sets_the_priority_until_somebody_sets_another():
    pressing = replace(HARD, priority="urgent")
    life = Life("01-16 09:00").asks("01-16 10:00").gets("01-16 11:00", "low")

    assert terms_under(life.steps, lambda event, ticket: pressing) == (
        Term(at("01-16 09:00"), "urgent", Applied("hard")),
        Term(at("01-16 11:00"), "low", Applied("hard")),
    )


def test_of_two_changes_at_once_the_last_one_counts():
    life = Life("01-16 09:00").gets("01-16 09:00", "high")

    assert terms_under(life.steps, lambda event, ticket: HARD) == (
        Term(at("01-16 09:00"), "high", Applied("hard")),
    )
    assert terms_under((), lambda event, ticket: HARD) == ()
