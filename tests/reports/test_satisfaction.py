"""What customers thought, and how many said so."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.reports.made import START, november, told, value

if TYPE_CHECKING:
    from tests.reports.made import Thing

RESOLVED = ("tickets", {"resolved_at": START})


def _rated(score: str, valid: int = 1) -> Thing:
    return "ratings", {"at": START, "score": score, "valid": valid}


def test_nine_rewards_and_one_rebuke_are_ninety_percent_as_the_vendor_counts():
    cell = november(*[(RESOLVED, _rated("good"))] * 9, (RESOLVED, _rated("bad")))
    positive = told("rated_pos_pct", cell)

    assert (positive.value, positive.n, positive.mark) == (0.9, 10, "")
    assert [round(100 * (x or 0), 1) for x in (positive.low, positive.high)] == [59.6, 98.2]
    assert value("rated_neg_pct", cell) == 0.1


def test_neutral_ratings_count_for_satisfaction_and_not_for_the_vendors_share():
    cell = november(*[(RESOLVED, _rated(score)) for score in ("good", "good", "neutral", "bad")])

    assert told("csat", cell)[:2] == (0.5, 4)
    assert told("csat", cell).mark == "low n"
    assert told("rated_pos_pct", cell)[:2] == (2 / 3, 3)
    assert [value(f"rated_{name}", cell) for name in ("pos", "neutral", "neg")] == [2, 1, 1]


def test_a_rating_that_was_withdrawn_or_replaced_does_not_count():
    cell = november((RESOLVED, _rated("bad", valid=0), _rated("good")))

    assert (value("rated_neg", cell), value("rated_pos", cell)) == (0, 1)


def test_resolved_tickets_without_a_rating_are_not_rated():
    cell = november((RESOLVED, _rated("neutral")), (RESOLVED,), (RESOLVED, _rated("bad", valid=0)))

    assert value("not_rated", cell) == 2
    assert told("not_rated_pct", cell)[:2] == (2 / 3, 3)
    assert told("rating_response", cell)[:2] == (1 / 3, 3)


def test_nobody_asked_is_no_satisfaction_at_all():
    assert told("csat", november())[:2] == (None, 0)
    assert told("csat", november()).mark == ""
