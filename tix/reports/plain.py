"""The reports that are one table of metrics: by department, by agent, of what waits and so on."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from tix.reports.metrics.backlog import AGES
from tix.reports.sections import sections

if TYPE_CHECKING:
    from tix.reports.figures import Section
    from tix.reports.view import View

DEPARTMENTS = (
    *("answers", "new_answer_avg", "open_answer_avg", "calls", "calls_missed", "call_minutes"),
    *("chat_messages", "chats", "chats_missed", "chat_pickup_avg", "chat_avg"),
    *("not_rated", "not_rated_pct", "rated_pos", "rated_pos_pct", "rated_neg", "rated_neg_pct"),
    *("messages_in", "calls_in", "calls_finished", "chats_in", "chats_finished", "created"),
    *("resolved", "resolved_tickets", "frt_biz_p50", "nrt_biz_p50", "csat"),
)
"""R2 to R25 in LiveAgent's order, and behind them the plain twins of what surprises."""

AGENTS = (
    *("answers", "resolved", "frt_biz_p50", "nrt_biz_p50", "res_biz_p50", "worked", "aht"),
    *("csat", "rated_pos", "rated_neg", "backlog"),
)
CHANNELS = ("created", "resolved", "frt_biz_p50", "res_biz_p50", "csat", "backlog")
TAGS = CHANNELS
VOLUME = ("created", "resolved", "reopened", "net_flow", "answers", "messages_in", "backlog")
BACKLOG = (
    *("backlog", "actionable", *(f"backlog_{name}" for name, *_ in AGES)),
    *("backlog_age_p50", "waiting_p50", "waiting_max", "days_of_work"),
)
HANDLING = (
    *("worked", "worked_manual", "worked_timer", "worked_editor", "worked_call", "worked_chat"),
    *("aht", "aht_coverage"),
)
SATISFACTION = (
    *("csat", "rated_pos", "rated_neutral", "rated_neg", "rated_pos_pct", "not_rated"),
    "rating_response",
)


def _one(view: View, *, name: str, title: str, metrics: tuple[str, ...]) -> tuple[Section, ...]:
    return sections(view, (name, title, metrics))


departments = partial(_one, name="departments", title="Departments", metrics=DEPARTMENTS)
agents = partial(_one, name="agents", title="Agents", metrics=AGENTS)
channels = partial(_one, name="channels", title="Channels", metrics=CHANNELS)
tags = partial(_one, name="tags", title="Tags", metrics=TAGS)
volume = partial(_one, name="volume", title="Volume", metrics=VOLUME)
backlog = partial(_one, name="backlog", title="Backlog", metrics=BACKLOG)
handling = partial(_one, name="handle-time", title="Handle time", metrics=HANDLING)
satisfaction = partial(_one, name="satisfaction", title="Satisfaction", metrics=SATISFACTION)
