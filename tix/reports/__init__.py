"""Reports: every figure is a pure function of facts, a range and the instant it is looked at."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from tix.lazy import load

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from tix.reports.figures import Section
    from tix.reports.view import View


LATELY = 28
"""So many days tell how much is resolved in a day."""


class ReportKind(NamedTuple):
    """A report that can be asked for.

    *group* is what its rows are told apart by if nobody says otherwise; some have no rows *by*
    period, or none of another *group_by*, whoever asks for them. It *looks_back* if it
    needs the facts of the period before as well, or of so many *days* before the end of the first
    period, and *reads_subjects* if it needs their words.
    """

    path: str
    title: str
    summary: str
    group: str = ""
    looks_back: bool = False
    days: int = 0
    reads_subjects: bool = False
    by: bool = True
    group_by: bool = True

    def sections(self, view: View) -> tuple[Section, ...]:
        """Return the tables of the report."""
        report: Callable[[View], tuple[Section, ...]] = load(self.path)
        return report(view)


REPORTS: Mapping[str, ReportKind] = {
    "kpi": ReportKind(
        "tix.reports.kpi:report",
        "Overview",
        "what matters, beside the period before",
        looks_back=True,
    ),
    "departments": ReportKind(
        "tix.reports.plain:departments",
        "Departments",
        "the 25 columns of a department report",
        group="department",
    ),
    "agents": ReportKind(
        "tix.reports.plain:agents", "Agents", "answers, speed, ratings of each", group="agent"
    ),
    "channels": ReportKind(
        "tix.reports.plain:channels", "Channels", "how customers come", group="channel"
    ),
    "tags": ReportKind("tix.reports.plain:tags", "Tags", "what tickets are about", group="tag"),
    "volume": ReportKind("tix.reports.plain:volume", "Volume", "what came and what went"),
    "backlog": ReportKind(
        "tix.reports.plain:backlog",
        "Backlog",
        "what waits at the end, and how old it is",
        days=LATELY,
    ),
    "response": ReportKind(
        "tix.reports.response:report", "Response", "how long customers wait for answers"
    ),
    "resolution": ReportKind(
        "tix.reports.resolution:report", "Resolution", "how long tickets take, and where"
    ),
    "sla": ReportKind("tix.reports.sla:report", "SLA", "promises kept, and how late the others"),
    "fcr": ReportKind("tix.reports.fcr:report", "First contact", "resolved with one answer"),
    "reopens": ReportKind("tix.reports.reopens:report", "Reopens", "how often, and by whom"),
    "escalations": ReportKind(
        "tix.reports.escalations:report", "Escalations", "by hand, by ladder, by rule"
    ),
    "transfers": ReportKind(
        "tix.reports.transfers:report", "Transfers", "between departments, and back again"
    ),
    "handle-time": ReportKind(
        "tix.reports.plain:handling", "Handle time", "what was worked, from time entries"
    ),
    "satisfaction": ReportKind(
        "tix.reports.plain:satisfaction", "Satisfaction", "what customers thought of it"
    ),
    "workload": ReportKind(
        "tix.reports.workload:report",
        "Workload",
        "who works on what, when customers come",
        days=LATELY,
        by=False,
    ),
    "trends": ReportKind(
        "tix.reports.trends:report",
        "Trends",
        "tags, categories and words that grow beyond noise",
        looks_back=True,
        reads_subjects=True,
        by=False,
        group_by=False,
    ),
}
