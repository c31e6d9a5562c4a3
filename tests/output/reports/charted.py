"""Sections that can be drawn: over time, by group, and both."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.output.reports.sample import PAPER
from tix.record import replace
from tix.reports.figures import Figure, Row, Section

if TYPE_CHECKING:
    from tix.output.reports.paper import Paper

WEEKS = ("2026-W44", "2026-W45", "2026-W46", "2026-W47")
CHANNELS = ("mail", "web", "chat", "phone", "fax", "sms", "", "<i>carrier</i>")


def figures(created: int, calls: int, median: int | None = None) -> dict[str, Figure]:
    """Return the figures of one row."""
    return {
        "created": Figure(created, n=created),
        "calls": Figure(calls, n=calls),
        "frt_biz_p50": Figure(median, n=created),
        "frt_biz_p90": Figure(None if median is None else 2 * median, n=created),
        "term": Figure("a word"),
    }


OVER_TIME = Section(
    "weeks",
    "By week",
    ("period",),
    ("created", "calls", "frt_biz_p50", "frt_biz_p90"),
    tuple(
        Row((week,), figures(10 * n, n, None if n == 2 else 5_400 * n))
        for n, week in enumerate(WEEKS)
    ),
)
TIMES = OVER_TIME._replace(metrics=("frt_biz_p50", "frt_biz_p90"))
BY_GROUP = Section(
    "channels",
    "By channel",
    ("channel",),
    ("term", "created", "calls"),
    tuple(Row((name,), figures(2 ** (n + 1), n)) for n, name in enumerate(CHANNELS)),
)
BOTH = Section(
    "weekly",
    "By week and channel",
    ("period", "channel"),
    ("created", "frt_biz_p50"),
    tuple(
        Row((week, name), figures((n + 1) * (place + 1), 0, 60 * place))
        for n, week in enumerate(WEEKS)
        for place, name in enumerate(CHANNELS)
        if (n, place) != (1, 1)
    ),
)


def paper(*sections: Section) -> Paper:
    """Return a report of these sections."""
    return PAPER._replace(report=replace(PAPER.report, sections=sections))
