"""Every figure of every report, computed a second time from what ``tix export`` prints.

What computes it (``tests/reports/independent``) knows nothing of tix but the lines of its export
and the targets of its level: it is slow, simple, and written from the definitions.
"""

from __future__ import annotations

import ast
import json
from functools import cache
from itertools import islice
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest

from tests.commandline import ROOT, Desk, in_this_process
from tests.reports.independent import history
from tests.reports.independent.comparing import Told, growing, same
from tests.reports.independent.hours import DAY, instant
from tests.reports.independent.metrics import METRICS
from tests.reports.independent.slices import Past, Slice
from tests.reports.independent.things import tell
from tix.reports import REPORTS

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from tests.reports.independent.history import Ticket

BEGUN, NOW = "2026-06-15T12:00:00Z", "2026-06-22T12:00:00Z"
ZONE = ZoneInfo("Europe/Zagreb")

STORY = """
16T07:00 new Nobody answers -c jo@example.com -m Hello? --dept support
16T09:00 resolve 251 --reason inactive
17T09:00 reopen 251
17T09:30 reply 251 -m Sorry.
17T10:00 resolve 251
16T07:00 new Nobody is there -c ann@example.com -m Hello? --dept billing
16T08:00 log-call 252 --missed
16T08:10 edit 252 --dept sales
16T08:15 edit 252 --dept billing
16T08:20 edit 252 --tier 2
16T09:20 log-call 252 --out --for 12m
16T07:00 new The carrier has it -c joe@example.com -m Where? --dept sales
16T09:30 reply 253 -m Wait.
16T09:31 wait 253 --on third-party
17T09:31 reply 253 -m Oops.
17T09:32 undo
17T09:33 time 253 20m
17T09:34 time 253 -- -5m
18T09:00 resolve 253
18T10:00 rate 253 neutral --customer
18T11:00 rate 253 bad
18T11:05 rate 253 --withdraw
16T07:00 new No hurry -c jack@example.com -m Later. --dept sales
16T07:30 snooze 254 2026-06-17T09:00
18T12:00 new The same again -c jack@example.com -m Now? --dept sales
18T12:10 merge 255 --into 254 -y
18T12:00 new Rubbish -c jack@example.com -m Oops. --dept sales
18T12:12 delete 256 -y
18T12:20 log-chat --in --missed --from jane@example.com --subject Chat
18T12:40 log-chat 257 --in --lines 4 --waited 20s --for 5m
18T13:00 time 257 --start
18T13:10 time --stop
18T13:20 resolve 257
18T14:00 new Our news -c jane@example.com -m News. --outbound
19T08:00 new Two things -c joe@example.com -m Both? --dept sales
19T09:00 reply 259 -m One.
19T09:05 split 259 1 2
19T09:06 split 259 1
19T10:00 reply 260 -m Two.
19T11:00 resolve 260
"""
"""What the made-up desk never does, on days of June: instants of UTC and commands."""

ALL = "--from 2026-05-04 --to 2026-06-22"
MONTH = "--from 2026-05-11 --to 2026-06-10"
WEEK = "--from 2026-06-08 --to 2026-06-14"
QUERIES: Mapping[str, Callable[[Ticket], bool]] = {
    "": lambda ticket: True,
    "priority:high": lambda ticket: ticket.field("priority") == "high",
    "department:support channel:email": lambda ticket: (
        (ticket.field("department"), ticket.field("channel")) == ("support", "email")
    ),
}
SHORT = ("kpi", "volume", "backlog", "response", "resolution", "sla", "fcr", "satisfaction")
CASES = (
    *((name, "", f"{ALL} --survival") for name in REPORTS),
    *((name, "", MONTH) for name in REPORTS),
    *((name, "", WEEK) for name in REPORTS),
    *((name, "", f"{ALL} --by week") for name in SHORT),
    *((name, "", f"{MONTH} --group-by department") for name in SHORT),
    *((name, "", f"{MONTH} --group-by agent") for name in SHORT),
    *((name, "", f"{ALL} --group-by priority") for name in SHORT),
    *((name, "", f"{MONTH} --group-by channel --by month") for name in SHORT if name != "kpi"),
    *((name, "", f"{MONTH} --group-by tag") for name in ("reopens", "sla", "fcr")),
    *((name, "", f"{ALL} --group-by plan") for name in ("volume", "response")),
    *((name, query, MONTH) for name in SHORT for query in QUERIES if query),
    *((name, "", f"{MONTH} --as-of 2026-05-27T15:00") for name in SHORT),
)


class Made:
    """A made-up desk, with what it exports."""

    def __init__(self, home: Path) -> None:
        self.run = Desk(home, in_this_process)
        self._at(BEGUN, ["demo", str(home / "desk"), "--tickets", "250", "--seed", "7"])
        for line in STORY.strip().splitlines():
            at, command = line.split(maxsplit=1)
            self._at(f"2026-06-{at}:00Z", command)
        self.run.env["TIX_NOW"] = NOW
        self.exported = self.run("export")
        self.level = json.loads(self.run("sla show standard --json"))
        self.past = cache(self._past)

    def _at(self, now: str, command: str | list[str]) -> None:
        self.run(command, env={"TIX_NOW": now})

    def _past(self, as_of: str, query: str = "") -> Past:
        """Return what had happened by then to the tickets of a query."""
        desk = history.read(self.exported, ZONE, instant(as_of))
        clocks = ("first", "next", "resolution")
        desk.targets = {clock: self.level[clock]["targets"] for clock in clocks}
        desk.tickets = [ticket for ticket in desk.tickets if QUERIES[query](ticket)]
        return Past(desk, tell(desk))

    def compared(self, name: str, query: str, options: str) -> Told:
        """Return a report as it is printed, beside what really happened."""
        report = json.loads(self.run(f"report {name} {query} {options} --json"))
        return Told(report, self.past(report["as_of"], query))


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Made:
    return Made(tmp_path_factory.mktemp("made"))


@pytest.mark.parametrize(
    ("name", "query", "options"), CASES, ids=[" ".join(filter(None, case)) for case in CASES]
)
def test_every_figure_agrees(made: Made, name: str, query: str, options: str):
    told = made.compared(name, query, options)

    assert list(islice(told.differences(), 20)) == []
    assert (told.report["n"], told.report["excluded"]) == (told.n(), told.left_out())


@pytest.mark.parametrize(("options", "grows"), [(MONTH, True), (WEEK, False)])
def test_what_grows_beyond_noise_agrees(made: Made, options: str, grows: bool):
    told = made.compared("trends", "", options)
    found = [(row["kind"], row["name"]) for row in told.report["rows"]]

    assert found == growing(told.whole)
    assert bool(found) is grows


def test_metrics_that_no_report_shows_agree(made: Made):
    listed = json.loads(made.run("report list --metrics --json"))["metrics"]
    units = {one["id"]: one["unit"] for one in listed}
    lines = [(name, "--survival") for name in REPORTS] + [("sla", "--group-by agent")]
    shown = {
        metric
        for name, options in lines
        for metric in made.compared(name, "", f"{MONTH} {options}").report["definitions"]
    }
    hidden = sorted(units.keys() - shown)
    for name in hidden:
        limit = "0s" if units[name] == "seconds" else "0"
        made.run(["alert", "save", f"a-{name}", f"{name} > {limit} over 30d"])
    past, now = made.past(NOW), instant(NOW)
    month = Slice(past, now - 30 * DAY, now, past.things)

    alerts = json.loads(made.run("alert --all --json", code=1))["alerts"]

    told = {one["metric"]: (one["value"], one["n"]) for one in alerts}
    expected = {name: METRICS[name](month) for name in hidden}
    assert told == {
        name: (told[name][0], figure.n)
        for name, figure in expected.items()
        if same(told[name][0], figure.value, units[name])
    }


def test_every_metric_is_computed_twice(made: Made):
    assert sorted(METRICS) == sorted(made.run("report list --metrics -o ids").split())


def test_the_second_computation_knows_nothing_of_the_first():
    for module in (ROOT / "tests" / "reports" / "independent").glob("*.py"):
        for node in ast.walk(ast.parse(module.read_text("utf-8"))):
            names = [alias.name for alias in getattr(node, "names", ())]
            assert not any(
                name.split(".")[0] == "tix" for name in [*names, getattr(node, "module", "") or ""]
            ), f"{module.name} line {getattr(node, 'lineno', 0)}"
