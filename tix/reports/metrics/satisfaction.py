"""What customers thought of the work, and how many said so."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from tix.reports.figures import Metric, Unit
from tix.reports.metrics.entry import Compute, count, share, theme

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tix.reports.figures import Figure
    from tix.reports.view import Cell

GOOD, NEUTRAL, BAD = "good", "neutral", "bad"
LOW = "low n"
FEW = 10


def _scores(cell: Cell) -> Mapping[str, int]:
    """Return how often each score was given; only what counts in the end."""
    rows = cell.values("ratings", "at", "score", "valid")
    return Counter(cell.name(score) for score, valid in rows if valid)


def _resolved(cell: Cell) -> tuple[int, int]:
    """Return how many tickets were resolved in the period and are, and how many are rated."""
    facts = cell.view.facts
    rated = {t for t, valid in facts.rows("ratings", "ticket", "valid") if valid}
    tickets = cell.column("tickets", "resolved_at", "ticket")
    return len(tickets), sum(ticket in rated for ticket in tickets)


def _given(score: str) -> Compute:
    return lambda cell: count(cell.once(_scores).get(score, 0))


def _of_both(score: str) -> Compute:
    def found(cell: Cell) -> Figure:
        scores = cell.once(_scores)
        return _marked(share(scores.get(score, 0), scores.get(GOOD, 0) + scores.get(BAD, 0)))

    return found


def _csat(cell: Cell) -> Figure:
    scores = cell.once(_scores)
    return _marked(share(scores.get(GOOD, 0), sum(scores.values())))


def _not_rated(cell: Cell) -> Figure:
    resolved, rated = cell.once(_resolved)
    return count(resolved - rated)


def _not_rated_share(cell: Cell) -> Figure:
    resolved, rated = cell.once(_resolved)
    return share(resolved - rated, resolved)


def _response(cell: Cell) -> Figure:
    resolved, rated = cell.once(_resolved)
    return share(rated, resolved)


def _marked(figure: Figure) -> Figure:
    few = figure.n is not None and 0 < figure.n < FEW
    return figure._replace(mark=LOW) if few else figure


METRICS = theme(
    (
        (
            Metric(
                "csat",
                "Satisfaction",
                Unit.RATE,
                "good / (good + neutral + bad), of the ratings given in the period; the last valid"
                " one of a ticket counts",
                "docs/metrics.md, Satisfaction",
            ),
            _csat,
        ),
        (
            Metric(
                "rating_response",
                "Rated",
                Unit.RATE,
                "tickets with a rating / tickets resolved in the period and still so",
                "docs/metrics.md, Satisfaction",
            ),
            _response,
        ),
        (
            Metric(
                "not_rated",
                "Not rated",
                Unit.COUNT,
                "tickets resolved in the period and still so, without a rating",
                "docs/metrics.md, Department columns: R13; LiveAgent",
            ),
            _not_rated,
        ),
        (
            Metric(
                "not_rated_pct",
                "Not rated %",
                Unit.RATE,
                "not rated / tickets resolved in the period and still so",
                "docs/metrics.md, Department columns: R14; LiveAgent",
            ),
            _not_rated_share,
        ),
        (
            Metric(
                "rated_pos",
                "Good",
                Unit.COUNT,
                "good ratings given in the period",
                "docs/metrics.md, Department columns: R15; LiveAgent",
            ),
            _given(GOOD),
        ),
        (
            Metric(
                "rated_pos_pct",
                "Good %",
                Unit.RATE,
                "good / (good + bad): neutral ones are left out",
                "docs/metrics.md, Department columns: R16; LiveAgent",
                twin="csat",
            ),
            _of_both(GOOD),
        ),
        (
            Metric(
                "rated_neutral",
                "Neutral",
                Unit.COUNT,
                "neutral ratings given in the period",
                "docs/metrics.md, Satisfaction",
            ),
            _given(NEUTRAL),
        ),
        (
            Metric(
                "rated_neg",
                "Bad",
                Unit.COUNT,
                "bad ratings given in the period",
                "docs/metrics.md, Department columns: R17; LiveAgent",
            ),
            _given(BAD),
        ),
        (
            Metric(
                "rated_neg_pct",
                "Bad %",
                Unit.RATE,
                "bad / (good + bad): neutral ones are left out",
                "docs/metrics.md, Department columns: R18; LiveAgent",
            ),
            _of_both(BAD),
        ),
    )
)
