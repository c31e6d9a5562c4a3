"""Where a report as JSON differs from what was computed without it."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from tests.reports.independent.figures import Figure, difference, luck
from tests.reports.independent.hours import instant
from tests.reports.independent.kept import JUDGED
from tests.reports.independent.metrics import METRICS
from tests.reports.independent.slices import Slice

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tests.reports.independent.slices import Past
    from tests.reports.independent.thing import Thing

PARTS = ("value", "n", "low", "high", "waiting", "oldest")
GROUPS = (
    *("department", "agent", "channel", "tag", "priority", "type", "category", "customer"),
    *("plan", "hour"),
)


class Told:
    """A report as it was printed, and what really happened."""

    def __init__(self, report: Mapping[str, Any], past: Past) -> None:
        self.report = report
        self.past = past
        since, until = (instant(report["range"][end]) for end in ("from", "to"))
        self.whole = Slice(past, since, until, past.things)

    def left_out(self) -> dict[str, int]:
        """Return how many tickets the report leaves out, by the reason."""
        found = {
            kind.removeprefix("out:"): len(list(filter(self._is_near, some)))
            for kind, some in sorted(self.past.things.items())
            if kind.startswith("out:")
        }
        return {reason: n for reason, n in found.items() if n}

    def n(self) -> int:
        """Return how many tickets the report rests on."""
        return len(list(filter(self._is_near, self.past.things["tickets"])))

    def _is_near(self, ticket: Thing) -> bool:
        """Return whether a ticket had begun in the range, and was not over before it."""
        looks_back = self.report["report"] in ("kpi", "trends")
        since = before(self.whole).since if looks_back else self.whole.since
        last = max(event.at for event in ticket.ticket.events)
        return ticket.at < self.whole.until and (last >= since or not ticket.more["is_over"])

    def differences(self) -> Iterator[str]:
        """Yield a line for each number that is not the same."""
        for section in self.report["sections"]:
            yield from self._section(section)

    def _section(self, section: Mapping[str, Any]) -> Iterator[str]:
        units = {name: told["unit"] for name, told in self.report["definitions"].items()}
        rows = [*section["rows"], *filter(None, [section["totals"]])]
        for row in rows:
            where = f"{self.report['report']}/{section['name']} {row['keys']}"
            for metric, found in row["figures"].items():
                expected = self._expected(section["name"], metric, row["keys"])
                for part in _parts(metric, row["keys"]):
                    told = found["oldest_s" if part == "oldest" else part]
                    right = getattr(expected, part)
                    if not same(told, right, units[metric]):
                        yield f"{where} {metric} {part}: {told}, not {right}"
        if section["name"] not in ("clocks", "kpi", "growing"):
            yield from self._missing(section)

    def _missing(self, section: Mapping[str, Any]) -> Iterator[str]:
        """Yield a line for each group that should have a row."""
        told = {tuple(row["keys"].values()) for row in section["rows"]}
        keys = [key for key in section["keys"] if key in GROUPS]
        if len(keys) != 1 or "period" in section["keys"] or section["name"] == "ways":
            return
        for group in self.past.groups(keys[0]):
            part = self.whole.only((keys[0], group))
            if (group,) not in told and any(METRICS[one](part).value for one in section["metrics"]):
                yield f"{section['name']}: no row of {group}"

    def _expected(self, section: str, metric: str, keys: Mapping[str, str]) -> Figure:
        groups = [(key, value) for key, value in keys.items() if key in GROUPS]
        if "kind" in keys:
            groups.append((keys["kind"], keys["name"]))
        part = self.whole.only(*groups)
        if period := keys.get("period"):
            part = part.within(*bounds(period, part))
        if section == "ways":
            return _way(part, keys["from"], keys["to"])
        if section == "clocks":
            return JUDGED[metric](part, keys.get("clock", ""))
        if "when" in keys:
            return _compared(part, metric, keys["when"])
        return METRICS[metric](part)


def _parts(metric: str, keys: Mapping[str, str]) -> tuple[str, ...]:
    """Return what is compared of a figure: of percentiles no interval, which is drawn by lot."""
    is_drawn = keys.get("when") == "change" and metric.rpartition("_")[2] in ("p50", "p90")
    return ("value",) if is_drawn else PARTS


def same(told: float | None, right: float | None, unit: str) -> bool:
    """Return whether a number as it is printed is the right one, rounded."""
    if told is None or right is None:
        return told is right
    return abs(told - right) <= (0.5 if unit in ("seconds", "count") else 0.00005) + 1e-9


def bounds(period: str, whole: Slice) -> tuple[int, int]:
    """Return the instants between which a period of this name lies in a range."""
    first, after = _days(period)
    since, until = (
        int(datetime.combine(day, time(), whole.desk.zone).timestamp()) for day in (first, after)
    )
    return max(since, whole.since), min(until, whole.until)


def _days(period: str) -> tuple[date, date]:
    if "-W" in period:
        first = datetime.strptime(f"{period}-1", "%G-W%V-%u").date()  # noqa: DTZ007 - a date
        return first, first + timedelta(days=7)
    if "-Q" in period:
        year, quarter = map(int, period.split("-Q"))
        month = 3 * quarter - 2
        return date(year, month, 1), date(year + month // 10, (month + 2) % 12 + 1, 1)
    year, *more = map(int, period.split("-"))
    if len(more) == 2:
        day = date(year, *more)
        return day, day + timedelta(days=1)
    if more:
        return date(year, more[0], 1), date(year + more[0] // 12, more[0] % 12 + 1, 1)
    return date(year, 1, 1), date(year + 1, 1, 1)


def before(part: Slice) -> Slice:
    """Return the slice of so many days just before another one."""
    since, until = part.local(part.since), part.local(part.until)
    days = (until.date() - since.date()).days
    return part.within(int((since - timedelta(days=days)).timestamp()), part.since)


def _compared(part: Slice, metric: str, when: str) -> Figure:
    if when == "now":
        return METRICS[metric](part)
    if when == "before":
        return METRICS[metric](before(part))
    now, then = METRICS[metric](part), METRICS[metric](before(part))
    if now.value is None or then.value is None:
        return Figure(None)
    return difference(now, then)


def _way(part: Slice, since: str, until: str) -> Figure:
    ways = [(one.more["before"], one.department) for one in part.of("transfers")]
    found = ways.count((since, until))
    return Figure(found, found)


def growing(whole: Slice) -> list[tuple[str, str]]:
    """Return the tags, categories and words that grow beyond noise, the surest first."""
    found = []
    for kind in ("tag", "category", "term"):
        for name in whole.past.groups(kind):
            part = whole.only((kind, name))
            now, then = len(part.of("created")), len(before(part).of("created"))
            if name and now > then and now + then >= 5:
                found.append((luck(now, then), kind, name))
    found.sort()
    ranks = [n for n, (p, *_) in enumerate(found, 1) if p <= 0.05 * n / len(found)]
    return [(kind, name) for _, kind, name in found[: max(ranks, default=0)]]
