"""What a chart of a section shows: its labels, its series, and the steps of its scale."""

from __future__ import annotations

from itertools import takewhile
from typing import TYPE_CHECKING

from tix.errors import UsageError
from tix.output.reports import said
from tix.record import NamedTuple
from tix.reports import REPORTS
from tix.reports.figures import Metric, Unit

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tix.output.reports.paper import Paper
    from tix.reports.figures import Report, Row, Section

PERIOD = "period"
OTHER = "other"
FEW, MOST = 3, 6
"""So many metrics are drawn unasked, so many lines or slices can be told apart."""

_COMMA = ", "
_STEPS = (1, 2, 5)
_SPANS = (60, 300, 900, 1800, 3600, 7200, 14_400, 28_800, 86_400, 172_800, 604_800)
_TICKS = 5
_BARS = 24

Values = tuple[float | None, ...]
Labels = tuple[str, ...]


class Series(NamedTuple):
    """A line, or the bars of one colour: a value for each label, None where there is none."""

    name: str
    values: Values


class Chart(NamedTuple):
    """What is drawn: *labels* along it, *series* over them, all in the unit of *metric*."""

    kind: str
    title: str
    labels: Labels
    series: tuple[Series, ...]
    metric: Metric
    over_time: bool

    def told(self, value: float | None) -> str:
        """Return a value of the chart in words."""
        return said.BLANK if value is None else said.number(value, self.metric)

    @property
    def highest(self) -> float:
        """The highest value that is drawn, of an area that of the parts together."""
        if self.kind == "area":
            columns = zip(*(one.values for one in self.series), strict=True)
            return max((sum(value or 0 for value in column) for column in columns), default=0)
        return max((v for one in self.series for v in one.values if v is not None), default=0)

    @property
    def lowest(self) -> float:
        """The lowest value that is drawn, 0 if none is below it."""
        return min((v for one in self.series for v in one.values if v is not None), default=0)

    @property
    def ticks(self) -> list[float]:
        """Round values from the lowest up to the first one that is not below the highest."""
        step = _step((self.highest - min(self.lowest, 0)) / _TICKS, self.metric.unit)
        first = int(min(self.lowest, 0) // step)
        ticks = [step * first]
        while ticks[-1] < self.highest or len(ticks) < 2:
            ticks.append(step * (first + len(ticks)))
        return ticks


def chart(paper: Paper, kind: str | None = None, most: int = FEW) -> Chart:
    """Return the chart of the first section that can be drawn so; without *kind* what suits it.

    Raises:
        UsageError: None can.
    """
    kinds = (kind,) if kind else ("line", "bar")
    for section in paper.report.sections:
        for one in kinds:
            if found := _drawn(section, paper, one, most):
                return found
    raise _refusal(paper.report, kind)


def _refusal(report: Report, kind: str | None) -> UsageError:
    """Return the error of a chart that cannot be, with what would help."""
    if not any(section.rows for section in report.sections):
        hint = "it has no rows; take a longer range: --from -90d"
        return UsageError(f"there is nothing to draw in the report {report.name}", hint=hint)
    if kind == "pie":
        hint = "--chart bar" if report.group else "add --group-by channel"
        return UsageError("a pie shows parts of a whole", hint=hint)
    over_time = any(PERIOD in section.keys for section in report.sections)
    if kind == "area" and over_time:
        return UsageError("an area shows parts of a whole", hint="--chart line")
    known = REPORTS.get(report.name)
    weekly = "" if report.by or (known and not known.by) else "add --by week"
    if kind in ("line", "area"):
        why = f"a chart of this kind shows time: --chart {kind}"
        return UsageError(why, hint=weekly or "--chart bar")
    hint = weekly or "choose other metrics with --fields, or another --section"
    return UsageError(f"there is nothing to draw in the report {report.name}", hint=hint)


def charts(paper: Paper) -> Iterator[tuple[str, Chart]]:
    """Yield each section's name with the chart that suits it, if one does."""
    for section in paper.report.sections:
        for kind, most in (("line", FEW), ("bar", 1)):
            drawn = _drawn(section, paper, kind, most) if len(section.rows) > 1 else None
            if drawn is not None:
                yield section.name, drawn
                break


def _drawn(section: Section, paper: Paper, kind: str, most: int) -> Chart | None:
    """Return the chart of *section* if it can be drawn so."""
    metrics = [paper.metrics[name] for name in section.metrics]
    metrics = [metric for metric in metrics if metric.unit is not Unit.TEXT]
    if not metrics or not section.rows or not _suits(section, metrics[0], kind):
        return None
    if PERIOD in section.keys and len(section.keys) > 1:
        return _of_groups(section, metrics[0], kind)
    alike = [m for m in metrics if (m.unit, m.base) == (metrics[0].unit, metrics[0].base)]
    return _of_metrics(section, alike[: 1 if kind in ("area", "pie") else most], kind)


def _suits(section: Section, metric: Metric, kind: str) -> bool:
    """Return whether *section* has what a chart of this *kind* shows.

    Lines and areas need time, a pie groups, and both of the last ones parts of a whole.
    """
    has_time = PERIOD in section.keys
    if kind in ("area", "pie") and metric.unit is not Unit.COUNT:
        return False
    if kind == "pie":
        return not section.tall and {*section.keys} - {PERIOD} != set()
    return has_time or (kind == "bar" and section.keys != () and not section.tall)


def _of_metrics(section: Section, metrics: Sequence[Metric], kind: str) -> Chart:
    """Return a chart with a series for each metric."""
    rows, title = section.rows, section.title
    if PERIOD not in section.keys and kind != "pie" and len(rows) > _BARS:
        least = sorted((_value(row, metrics[0]) or 0 for row in rows), reverse=True)[_BARS - 1]
        rows = tuple(row for row in rows if (_value(row, metrics[0]) or 0) >= least)[:_BARS]
        title = f"{title}, the {_BARS} largest"
    labels = tuple(_name(row.keys) for row in rows)
    series = [Series(m.title, tuple(_value(row, m) for row in rows)) for m in metrics]
    if kind == "pie":
        labels, slices = _slices(labels, series[0].values)
        series = [Series(series[0].name, slices)]
    shared, series = _without_shared(series)
    title = shared if shared.startswith(title) else ": ".join(filter(None, (title, shared)))
    return Chart(kind, title, labels, tuple(series), metrics[0], PERIOD in section.keys)


def _without_shared(series: Sequence[Series]) -> tuple[str, list[Series]]:
    """Return the words with which all names begin, and the series without them.

    Of one series that is its name, which it keeps.
    """
    parts = [one.name.split(_COMMA) for one in series]
    if len(series) == 1:
        return series[0].name, [*series]
    columns = zip(*(words[:-1] for words in parts), strict=False)
    count = sum(1 for _ in takewhile(lambda words: len({*words}) == 1, columns))
    names = [_COMMA.join(words[count:]) for words in parts]
    shorter = [Series(name, one.values) for name, one in zip(names, series, strict=True)]
    return _COMMA.join(parts[0][:count]), shorter


def _of_groups(section: Section, metric: Metric, kind: str) -> Chart:
    """Return a chart over periods with a series for each group, of a pie all periods in one."""
    title = f"{section.title}: {metric.title}"
    periods, series = _grouped(section, metric)
    if kind == "pie":
        sums = [sum(value or 0 for value in one.values) for one in series]
        labels, slices = _slices([one.name for one in series], sums)
        return Chart(kind, title, labels, (Series(metric.title, slices),), metric, False)
    return Chart(kind, title, periods, _most(series, metric), metric, True)


def _grouped(section: Section, metric: Metric) -> tuple[Labels, list[Series]]:
    """Return the periods, and a series for each group, the largest first."""
    place = section.keys.index(PERIOD)
    periods = tuple(dict.fromkeys(row.keys[place] for row in section.rows))
    found: dict[str, dict[str, float | None]] = {}
    for row in section.rows:
        name = _name((*row.keys[:place], *row.keys[place + 1 :]))
        found.setdefault(name, {})[row.keys[place]] = _value(row, metric)
    blank = 0 if metric.unit is Unit.COUNT else None
    every = [Series(name, tuple(of.get(p, blank) for p in periods)) for name, of in found.items()]
    return periods, sorted(every, key=lambda one: -sum(value or 0 for value in one.values))


def _most(series: Sequence[Series], metric: Metric) -> tuple[Series, ...]:
    """Return the largest series, and the rest of a count as one."""
    if len(series) <= MOST or metric.unit is not Unit.COUNT:
        return tuple(series[:MOST])
    rest = zip(*(one.values for one in series[MOST - 1 :]), strict=True)
    other = Series(OTHER, tuple(sum(value or 0 for value in values) for values in rest))
    return (*series[: MOST - 1], other)


def _slices(labels: Sequence[str], values: Sequence[float | None]) -> tuple[Labels, Values]:
    """Return the largest parts of a whole, and the rest as one."""
    pairs = [(label, value or 0) for label, value in zip(labels, values, strict=True)]
    pairs.sort(key=lambda pair: -pair[1])
    if len(pairs) > MOST:
        pairs = [*pairs[:MOST], (OTHER, sum(value for _, value in pairs[MOST:]))]
    return tuple(label for label, _ in pairs), tuple(value for _, value in pairs)


def _name(keys: Sequence[str]) -> str:
    return " · ".join(key or "none" for key in keys)


def _value(row: Row, metric: Metric) -> float | None:
    figure = row.figures.get(metric.id)
    value = figure.value if figure else None
    return None if isinstance(value, str) else value


def _step(least: float, unit: Unit) -> float:
    """Return the least round step of a scale that is not below *least*."""
    if unit is Unit.SECONDS:
        weeks = -(-least // _SPANS[-1]) * _SPANS[-1]
        return next((span for span in _SPANS if span >= least), weeks)
    power = 1.0 if unit is Unit.COUNT else 0.001
    while True:
        for step in _STEPS:
            if step * power >= least:
                return step * power
        power *= 10
