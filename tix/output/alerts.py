"""Alerts as rows: how each metric stands to its threshold, and what is saved."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tix.domain.query import joined_line
from tix.reports.metrics import METRICS
from tix.reports.threshold import parse, written
from tix.table import Column, Table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tix.domain.setup import SavedAlert
    from tix.reports.threshold import Verdict

CROSSED, FINE, UNSURE = "crossed", "fine", "too few"
_COLOURS = {CROSSED: "red", UNSURE: "dim"}


def verdicts(rows: Sequence[Verdict]) -> Table[Verdict]:
    """Return how alerts stand as a table."""
    return Table(
        name="alert_list",
        columns=[
            Column("state", state, style=lambda row: _COLOURS.get(state(row))),
            Column("name", lambda row: row.alert.name or None),
            Column("value", lambda row: row.figure.value, human=value, align="right"),
            Column("n", lambda row: row.figure.n, align="right"),
            Column("when", lambda row: str(row.threshold), title="THRESHOLD"),
            Column("query", lambda row: joined_line(row.alert.words) or None, flexible=True),
        ],
        rows=rows,
        record=_record,
        ident=lambda row: row.alert.name or row.threshold.metric,
        items="alerts",
        empty="nothing is beyond its threshold",
    )


def saved(rows: Sequence[SavedAlert]) -> Table[SavedAlert]:
    """Return saved alerts as a table."""
    return Table(
        name="saved_alert_list",
        columns=[
            Column("name", lambda row: row.name),
            Column("when", lambda row: row.when, title="THRESHOLD"),
            Column("query", lambda row: joined_line(row.words) or None, flexible=True),
        ],
        rows=rows,
        record=lambda row: {
            "schema": "tix.saved_alert/1",
            "name": row.name,
            "when": row.when,
            "query": joined_line(row.words),
        },
        ident=lambda row: row.name,
        items="alerts",
        empty="no alert is saved",
    )


def state(verdict: Verdict) -> str:
    """Return how an alert stands in a word."""
    if verdict.is_crossed is None:
        return UNSURE
    return CROSSED if verdict.is_crossed else FINE


def value(verdict: Verdict) -> str:
    """Return the figure of an alert as its threshold is written."""
    found = verdict.figure.value
    if not isinstance(found, (int, float)):
        return "-"
    return written(METRICS[verdict.threshold.metric], found)


def _record(verdict: Verdict) -> dict[str, object]:
    threshold, figure = parse(verdict.alert.when), verdict.figure
    return {
        "schema": "tix.alert/1",
        "name": verdict.alert.name or None,
        "state": state(verdict),
        "metric": threshold.metric,
        "sign": threshold.sign,
        "limit": threshold.limit,
        "over_s": int(threshold.span.total_seconds()),
        "value": figure.value,
        "n": figure.n,
        "low": figure.low,
        "high": figure.high,
        "query": joined_line(verdict.alert.words),
    }
