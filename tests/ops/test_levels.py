"""Which level a ticket gets, when, and who says so."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.ops.desks import history, meaning, opened, staffed, ticket
from tix.domain.course import Applied
from tix.domain.people import Agent
from tix.domain.sla.policy import Goal, Level, LevelRule, Policy
from tix.errors import NotFound
from tix.ops import setup, undo
from tix.ops.people import customers
from tix.ops.sla import applying
from tix.ops.tickets import filing, moves
from tix.ops.transactions import writing
from tix.record import replace

if TYPE_CHECKING:
    from tix.desk import Desk

STANDARD = Applied("standard")
GOLD = Level("gold", first=Goal({"any": "1h"}), priority="high")


@pytest.fixture
def golden(desk: Desk) -> Desk:
    """A desk on which those who pay well, and what is tagged so, are promised more."""
    return ruled(desk, LevelRule("is:vip", "gold"), LevelRule("tag:gold", "gold"))


def ruled(desk: Desk, *rules: LevelRule, default: str | None = "standard") -> Desk:
    with writing(desk, "setup") as tx:
        before = tx.setup
        levels = (*before.levels, *(() if GOLD in before.levels else (GOLD,)))
        after = replace(before, levels=levels, policy=Policy(rules, default))
        tx.put_setup(replace(after, version=before.version + 1))
    return desk


def level(desk: Desk, number: int) -> str | None:
    sla = ticket(desk, number).sla
    return sla.level if sla else None


def test_a_new_ticket_gets_the_default_with_its_first_event(desk: Desk) -> None:
    opened(desk)

    (event,) = history(desk, 1)
    assert event.kind == "opened"
    assert list(event.changes["sla"]) == [None, {"level": "standard"}]
    assert ticket(desk, 1).sla == STANDARD


def test_the_first_rule_that_finds_it_chooses_the_level_and_its_priority(golden: Desk) -> None:
    customers.add(golden, addresses=("ann@x.com",), vip=True)
    opened(golden, customer="ann@x.com")
    opened(golden, tags=("gold",))
    opened(golden)

    assert [level(golden, n) for n in (1, 2, 3)] == ["gold", "gold", "standard"]
    assert [ticket(golden, n).priority for n in (1, 2, 3)] == ["high", "high", "normal"]


def test_a_rule_reads_what_the_customer_wrote(desk: Desk) -> None:
    ruled(desk, LevelRule("text:outage", "gold"))
    opened(desk, body="There is an outage.")
    opened(desk)
    filing.edit(desk, [2], subject="An outage")

    assert (level(desk, 1), level(desk, 2)) == ("gold", "gold")


def test_a_rule_may_use_a_saved_query(desk: Desk) -> None:
    setup.apply(desk, '[queries.pressing]\nquery = "tag:now"\n', "x")
    ruled(desk, LevelRule("query:pressing", "gold"))
    opened(desk, tags=("now",))

    assert level(desk, 1) == "gold"
    ruled(desk, LevelRule("query:gone", "gold"))
    with pytest.raises(NotFound, match="no saved query 'gone'"):
        opened(desk)


def test_a_priority_that_was_given_stands(golden: Desk) -> None:
    opened(golden, tags=("gold",), priority="normal")

    assert (level(golden, 1), ticket(golden, 1).priority) == ("gold", "normal")


def test_a_level_that_was_given_stands_as_well(golden: Desk) -> None:
    opened(golden, sla="gold")
    opened(golden, sla="none")

    assert (level(golden, 1), level(golden, 2)) == ("gold", None)
    assert ticket(golden, 1).priority == "high"
    with pytest.raises(NotFound, match="no level 'glod'") as error:
        opened(golden, sla="glod")
    assert error.value.hint == "Did you mean 'gold'?"
    with pytest.raises(NotFound) as error:
        opened(golden, sla="x")
    assert error.value.hint == "There are standard, gold."


def test_colleagues_are_promised_nothing(desk: Desk) -> None:
    staffed(desk, Agent("bob", address="bob@x.com"))
    opened(desk, customer="bob@x.com")
    opened(desk, customer="jo@x.com")
    opened(desk)

    assert [level(desk, n) for n in (1, 2, 3)] == [None, "standard", "standard"]


def test_without_a_default_there_is_no_level(desk: Desk) -> None:
    ruled(desk, default=None)
    opened(desk)

    assert ticket(desk, 1).sla is None


def test_a_change_that_makes_the_rules_choose_another_brings_it(golden: Desk) -> None:
    opened(golden)
    change = filing.tag(golden, [1], ["gold"])

    (changed,) = change.changed
    tagged, applied = history(golden, 1)[1:]
    assert (changed.after.sla, changed.after.priority) == (Applied("gold"), "high")
    assert (applied.kind, applied.by, applied.op) == ("sla_applied", "system", tagged.op)
    assert applied.cause == "the policy chooses gold"
    filing.untag(golden, [1], ["gold"])
    assert (level(golden, 1), ticket(golden, 1).priority) == ("standard", "high")


def test_a_priority_that_the_same_change_sets_stands(desk: Desk) -> None:
    ruled(desk, LevelRule("prio:low", "gold"))
    opened(desk)
    filing.prioritize(desk, [1], "low")

    assert (level(desk, 1), ticket(desk, 1).priority) == ("gold", "low")


def test_it_goes_if_a_rule_says_none_any_more(desk: Desk) -> None:
    ruled(desk, LevelRule("tag:gold", "gold"), default=None)
    opened(desk, tags=("gold",))
    filing.untag(desk, [1], ["gold"])

    assert level(desk, 1) is None
    assert history(desk, 1)[-1].cause == "the policy chooses no level"


def test_a_level_by_hand_stays_until_the_rules_choose_differently(golden: Desk) -> None:
    opened(golden)
    filing.edit(golden, [1], sla="gold")
    filing.tag(golden, [1], ["web"])
    assert level(golden, 1) == "gold"
    filing.tag(golden, [1], ["gold"])
    assert level(golden, 1) == "gold"
    filing.untag(golden, [1], ["gold"])
    assert level(golden, 1) == "standard"


def test_a_level_by_hand_comes_with_other_fields_and_its_priority(golden: Desk) -> None:
    opened(golden)
    (changed,) = filing.edit(golden, [1], sla="GOLD", category="a").changed

    assert (changed.after.category, changed.after.sla) == ("a", Applied("gold"))
    assert changed.after.priority == "high"
    (changed,) = filing.edit(golden, [1], sla=None).changed
    assert changed.after.sla is None


def test_undo_takes_the_level_back_with_the_change(golden: Desk) -> None:
    opened(golden)
    filing.tag(golden, [1], ["gold"])
    undo.undo(golden)

    back = ticket(golden, 1)
    assert (back.tags, back.sla, back.priority) == ((), STANDARD, "normal")


def test_what_is_settled_keeps_its_level(golden: Desk) -> None:
    opened(golden, body="x")
    moves.resolve(golden, [1], close=True)
    filing.tag(golden, [1], ["gold"])

    assert level(golden, 1) == "standard"


def test_the_policy_is_applied_again_on_request(golden: Desk) -> None:
    opened(golden)
    opened(golden, sla="none")
    setup.apply(
        golden,
        '[levels.standard]\nfirst = { any = "2h" }\n[levels.gold]\nfirst = { any = "1h" }\n',
        "x",
    )
    change = applying.apply(golden, [1, 2])

    assert [one.after.sla for one in change.changed] == [Applied("standard", 2)] * 2
    assert applying.apply(golden, [1, 2]).unchanged == (1, 2)


def test_a_customer_who_becomes_another_may_be_promised_something_else(desk: Desk) -> None:
    staffed(desk, Agent("bob", address="bob@x.com"))
    opened(desk, customer="bob@x.com")
    filing.edit(desk, [1], customer="jo@x.com")

    assert level(desk, 1) == "standard"


def test_a_dry_run_applies_nothing(desk: Desk) -> None:
    opened(desk, sla="none")
    change = applying.apply(meaning(desk, dry_run=True), [1])

    assert [one.after.sla for one in change.changed] == [STANDARD]
    assert level(desk, 1) is None


def test_the_course_of_a_head_that_an_older_tix_wrote_is_found_again(desk: Desk) -> None:
    opened(desk, body="x")
    whole = ticket(desk, 1).course
    with writing(desk, "old") as tx:
        tx.put_ticket(replace(tx.ticket(1), course=type(whole)()))
    filing.tag(desk, [1], ["x"])

    assert ticket(desk, 1).course == whole
