"""Every metric by its id: what it means, and its figure in a cell.

A module of this package is a theme. It has ``METRICS``, made by ``entry.theme``, and is imported
when one of its metrics is asked for; ``THEMES`` says which those are.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from typing import TYPE_CHECKING

from tix.lazy import load
from tix.reports.figures import Figure, Metric

if TYPE_CHECKING:
    from tix.reports.metrics.entry import Entry
    from tix.reports.statistics import Distribution
    from tix.reports.view import Cell

STATISTICS = ("p50", "p75", "p90", "p95", "mean")
"""What is said of the samples of a family; ``km`` is the median of Kaplan and Meier."""


def _family(name: str, bases: str, more: str = "") -> tuple[str, ...]:
    return (
        *(f"{name}_{base}_{statistic}" for base in bases.split() for statistic in STATISTICS),
        *(f"{name}_{base}_km" for base in more.split()),
    )


THEMES: Mapping[str, tuple[str, ...]] = {
    "response": (
        *_family("frt", "cal biz", "cal biz"),
        *_family("nrt", "cal biz", "cal biz"),
        *_family("nrt_worst", "cal biz"),
        "resolved_unanswered",
        "frt_waiting",
        "frt_oldest",
        "nrt_waiting",
        "nrt_oldest",
    ),
    "resolution": (
        *_family("res", "cal biz net", "cal biz"),
        *_family("res_once", "cal biz net"),
        *_family("res_cycle", "cal biz net"),
        "res_work_cal",
        "res_customer_cal",
        "res_third_cal",
        "res_postponed_cal",
        "res_work_biz",
        "res_customer_biz",
        "res_third_biz",
        "res_postponed_biz",
    ),
    "contact": (
        "fcr",
        "fcr_transferred",
        "fcr_escalated",
        "fcr_continued",
        "fcr_reopened",
    ),
    "success": (
        "resolution_rate",
        "resolution_flow",
        "reopen_rate",
        "reopens_customer",
        "reopens_agent",
        "reopens_rule",
        "reopens_per_ticket",
        "resolved_inactive",
    ),
    "sla": (
        "sla_clocks",
        "sla_tickets",
        "sla_met",
        "sla_breached",
        "sla_open",
        "sla_running",
        "sla_called_off",
        "sla_late_cal_p50",
        "sla_late_cal_max",
        "sla_late_biz_p50",
        "sla_late_biz_max",
        "sla_penalty",
        "sla_first",
        "sla_next",
        "sla_update",
        "sla_resolution",
    ),
    "escalation": (
        "escalation_rate",
        "escalation_rate_manual",
        "escalation_rate_sla",
        "escalation_rate_rule",
        "escalations",
        "transfer_rate",
        "ping_pong_rate",
        "transfers",
    ),
    "answering": ("new_answer_avg", "new_answer_avg_sla", "open_answer_avg", "open_answer_avg_sla"),
    "arrivals": (
        "arrivals_mon",
        "arrivals_tue",
        "arrivals_wed",
        "arrivals_thu",
        "arrivals_fri",
        "arrivals_sat",
        "arrivals_sun",
        "after_hours",
        "weekly",
        "hours_needed",
        "created_before",
        "growth",
    ),
    "counts": (
        "created",
        "resolved",
        "resolved_tickets",
        "reopened",
        "net_flow",
        "answers",
        "messages_in",
    ),
    "backlog": (
        "backlog",
        "actionable",
        "backlog_under_1d",
        "backlog_1d_3d",
        "backlog_3d_7d",
        "backlog_7d_30d",
        "backlog_over_30d",
        "backlog_age_p50",
        "waiting_p50",
        "waiting_max",
        "days_of_work",
    ),
    "talks": (
        "calls",
        "calls_missed",
        "call_minutes",
        "chat_messages",
        "chats",
        "chats_missed",
        "chat_pickup_avg",
        "chat_avg",
        "calls_in",
        "calls_finished",
        "chats_in",
        "chats_finished",
    ),
    "satisfaction": (
        "csat",
        "rating_response",
        "not_rated",
        "not_rated_pct",
        "rated_pos",
        "rated_pos_pct",
        "rated_neutral",
        "rated_neg",
        "rated_neg_pct",
    ),
    "handling": (
        "aht",
        "aht_coverage",
        "worked",
        "worked_manual",
        "worked_timer",
        "worked_editor",
        "worked_call",
        "worked_chat",
    ),
}

_THEME = {metric: name for name, metrics in THEMES.items() for metric in metrics}


class _Metrics(Mapping[str, Metric]):
    """The metrics of all themes; a theme is imported when one of its metrics is read."""

    def __getitem__(self, name: str) -> Metric:
        return _entry(name).metric

    def __iter__(self) -> Iterator[str]:
        return iter(_THEME)

    def __len__(self) -> int:
        return len(_THEME)


METRICS: Mapping[str, Metric] = _Metrics()


def figure(metric: str, cell: Cell) -> Figure:
    """Return the figure of a metric in a cell; blank where it rests on too few cases."""
    entry = _entry(metric)
    found = cell.once(entry.compute)
    few = found.n is not None and found.n < entry.metric.enough
    return found._replace(value=None, low=None, high=None) if few else found


def samples(metric: str, cell: Cell) -> tuple[Distribution, int] | None:
    """Return the samples of a percentile in a cell, and how many percent; None of the rest."""
    entry = _entry(metric)
    return (cell.once(entry.samples), entry.percent) if entry.samples else None


@cache
def _entry(name: str) -> Entry:
    entries: Mapping[str, Entry] = load(f"tix.reports.metrics.{_THEME[name]}:METRICS")
    return entries[name]
