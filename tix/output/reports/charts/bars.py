"""Bars of a terminal with their numbers beside them; shares of a whole are drawn so as well."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tix.text import cut, one_line, width

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tix.output.reports.charts.chart import Chart, Series

_LABEL = 24
_EIGHTHS = " ▏▎▍▌▋▊▉"
_LEAST = 10


def bars(chart: Chart, columns: int, *, is_ascii: bool = False) -> Iterator[str]:
    """Yield a line for each label, of several series one each, as long as its value."""
    several = len(chart.series) > 1
    labels = [cut(one_line(label), _LABEL) for label in chart.labels]
    names = [cut(one_line(one.name), _LABEL) if several else "" for one in chart.series]
    margin = max(map(width, labels), default=0)
    beside = max(map(width, names))
    told = [[_told(chart, one, value) for value in one.values] for one in chart.series]
    room = columns - margin - beside - max(len(t) for row in told for t in row) - 6
    highest = max((abs(v) for one in chart.series for v in one.values if v), default=1)
    for n, label in enumerate(labels):
        for place, one in enumerate(chart.series):
            value = one.values[n]
            bar = _bar((value or 0) / highest * max(room, _LEAST), is_ascii=is_ascii)
            begin = label if place == 0 else ""
            head = begin + " " * (margin - width(begin))
            if several:
                head += "  " + names[place] + " " * (beside - width(names[place]))
            yield f"{head}  {bar} {told[place][n]}".rstrip()


def _told(chart: Chart, series: Series, value: float | None) -> str:
    """Return the number of a bar, of a slice with its share."""
    if chart.kind != "pie":
        return chart.told(value)
    whole = sum(one or 0 for one in series.values)
    return f"{chart.told(value)}  {100 * (value or 0) / whole:.1f} %" if whole else "0"


def _bar(length: float, *, is_ascii: bool) -> str:
    """Return a bar; where a character can be a part of one, in eighths."""
    if is_ascii:
        return "#" * round(abs(length))
    whole, rest = divmod(abs(length), 1)
    return "█" * int(whole) + _EIGHTHS[int(rest * 8)].strip()
