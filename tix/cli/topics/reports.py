"""``tix help reports``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tix.cli.topics.layout import Code, Columns, Paragraph, Section, section
from tix.reports import REPORTS
from tix.reports.scope import GROUPS, PERIODS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tix.cli.call import Call

EXAMPLES = """
tix report kpi --from 2026-11-01 --to 2026-11-30
tix report volume --by week --chart line
tix report departments -o csv
tix report agents --by month --html agents.html
"""


def sections(call: Call) -> Sequence[Section]:
    """Return which reports there are, and how to read and draw them."""
    return (
        section(
            "Reports (tix report NAME)",
            Columns([(name, kind.summary) for name, kind in REPORTS.items()]),
            Paragraph(
                "Words of a query leave only its tickets: tix report kpi tag:vip. --from and --to "
                "are the first and the last day; without them it is the last 30 days with today. "
                f"--by makes a row for each {', '.join(PERIODS)}, and --group-by for each "
                f"{', '.join(GROUPS)}. workload and trends are of their range as a whole, and "
                "trends has groups of its own."
            ),
        ),
        section(
            "Figures",
            Paragraph(
                "A median (p50), p75 or p90 stands where others have an average. n is on how many "
                "cases a figure rests; it is blank below the number that carries it. Rates have "
                "the interval in which the true one lies with 95 % certainty, and a difference "
                "that may be chance is marked no clear change. What is still waiting is in no "
                "figure and stands beside it; --survival has medians that count it."
            ),
            Paragraph(
                "Business time is told in hours, as its days have not 24 of them. What a metric "
                "is, and where that comes from: tix report define METRIC; all of them: "
                "tix report list --metrics."
            ),
            Paragraph(
                "Spam, merged and trashed tickets, and such as nobody wrote to, are left out and "
                "counted below. With --as-of the same bytes come again, whatever happened since; "
                "the log is a hash of the histories that it rests on."
            ),
        ),
        section(
            "Formats and files",
            Paragraph(
                "-o table, md, json and jsonl have all tables of a report; plain, tsv and csv the "
                "first, or the --section. Their columns end in _s for seconds, and _n, _low and "
                "_high stand beside. --chart draws in the terminal; --svg and --html write files "
                "that need nothing from outside and run no script."
            ),
        ),
        section("Examples", Code(EXAMPLES)),
    )
