"""Alerts: metrics of the time up to now, compared with their thresholds."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from tix.domain.query import parse as query
from tix.domain.setup import SavedAlert
from tix.ops.queries import context
from tix.ops.reports.saving import ALERT, find_saved
from tix.ops.transactions import reading
from tix.reports import LATELY
from tix.reports.metrics import figure
from tix.reports.scope import Scope
from tix.reports.threshold import Threshold, Verdict, parse
from tix.reports.view import Desk as Known
from tix.reports.view import View

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tix.desk import Desk
    from tix.store.base import Transaction

_SECOND = timedelta(seconds=1)


@reading
def check(desk: Desk, tx: Transaction, alerts: Sequence[SavedAlert]) -> list[Verdict]:
    """Return what becomes of *alerts* at this moment.

    Raises:
        UsageError: One is no threshold, or its words are no query.
    """
    thresholds = [parse(alert.when) for alert in alerts]
    if not thresholds:
        return []
    zone = desk.dates(tx.setup).zone
    scopes = [
        Scope(
            tx.now - threshold.span,
            tx.now + _SECOND,
            tx.now,
            zone,
            tickets=_tickets(desk, tx, alert.words),
        )
        for alert, threshold in zip(alerts, thresholds, strict=True)
    ]
    lately = tx.now - timedelta(days=LATELY)
    facts = tx.facts(min(lately, *(scope.since for scope in scopes)))
    known = Known(desk.calendar(tx.setup))
    return [
        _verdict(alert, threshold, View(facts, scope, known))
        for alert, threshold, scope in zip(alerts, thresholds, scopes, strict=True)
    ]


@reading
def chosen(desk: Desk, tx: Transaction, words: Sequence[str]) -> list[SavedAlert]:
    """Return the alerts that *words* mean: all that are saved, one by its name, or a new one.

    A new one is a threshold and, behind it, a query.

    Raises:
        NotFound: There is none of that name.
    """
    if not words:
        return list(tx.setup.alerts)
    first, *rest = words
    if any(sign in first for sign in "<>"):
        return [SavedAlert("", first, tuple(rest))]
    found = [find_saved(tx, ALERT, word) for word in words]
    return [one for one in found if isinstance(one, SavedAlert)]


def _tickets(desk: Desk, tx: Transaction, words: Sequence[str]) -> frozenset[int] | None:
    """Return the numbers of the tickets that *words* find, None without words: of all."""
    if not words:
        return None
    return frozenset(row.ticket.id for row in tx.find(query(words, context(desk, tx))))


def _verdict(alert: SavedAlert, threshold: Threshold, view: View) -> Verdict:
    found = figure(threshold.metric, view.cell())
    return Verdict(alert, threshold, found, threshold.is_crossed(found))
