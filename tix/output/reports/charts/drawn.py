"""Charts for a terminal: lines, areas and bars over time by plotext, bars of groups by tix.

plotext takes 200 ms to import; nothing loads it but a chart that is drawn.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tix.output.reports.charts.bars import bars
from tix.text import cut, one_line

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tix.output.reports.charts.chart import Chart

COLUMNS = 80
_LINES = 12, 24  # lower or higher no chart gets

_NAME = 24
_MARKS = ("hd", "•", "\u00d7", "+", "○", "◇")
_ASCII = ("*", "o", "x", "+", "=", "%")
_SHADES = ("█", "▓", "▒", "░", "▚", "•")
_COLORS = ("blue", "red", "green", "magenta", "cyan", "yellow")
_SAMPLE = {"hd": "▚"}
_PLAIN = str.maketrans("┌┐└┘├┤┬┴┼│─", "+++++++++|-")


def height(screen: int) -> int:
    """Return how high a chart is on a *screen* of so many lines."""
    return min(max(_LINES[0], screen // 2), _LINES[1])


def drawn(
    chart: Chart,
    columns: int | None = None,
    lines: int = _LINES[0],
    *,
    color: bool = False,
    is_ascii: bool = False,
) -> Iterator[str]:
    """Yield the lines of a chart as wide as *columns*, with its title and what its marks mean."""
    columns = columns or COLUMNS
    yield one_line(chart.title)
    if not chart.over_time:
        yield from bars(chart, columns, is_ascii=is_ascii)
        return
    marks = _ASCII if is_ascii else _MARKS if chart.kind == "line" else _SHADES
    if len(chart.series) > 1:
        names = (cut(one_line(series.name), _NAME) for series in chart.series)
        pairs = zip(marks, names, strict=False)
        yield "  ".join(f"{_SAMPLE.get(mark, mark)} {name}" for mark, name in pairs)
    text = _plotted(chart, columns, lines, marks).string(colorless=not color)
    plain = text.translate(_PLAIN) if is_ascii else text
    yield from (line.rstrip() for line in plain.rstrip("\n").split("\n"))


def _plotted(chart: Chart, columns: int, lines: int, marks: Sequence[str]) -> Any:
    """Return the matrix that plotext makes of a chart over time."""
    import plotext

    plotext.terminal.limit(False, False)
    figure = plotext.figure
    figure.clear()
    figure.plot_size(columns, lines)
    figure.theme("simple")
    labels = [one_line(label) for label in chart.labels]
    ticks = chart.ticks
    if chart.kind == "bar":
        _add_bars(plotext, chart, marks)
    elif chart.kind == "area":
        _add_areas(plotext, chart, marks)
    else:
        _add_lines(plotext, chart, marks)
    places = spread(len(labels), columns // (max(map(len, labels)) + 4))
    figure.ruler("x").ticks([place + 1 for place in places], [labels[n] for n in places])
    figure.ruler("y").ticks(ticks, [chart.told(tick) for tick in ticks])
    figure.ruler("y").lim(ticks[0], ticks[-1])
    figure.legend(False)
    return figure.build()


def _add_lines(plotext: Any, chart: Chart, marks: Sequence[str]) -> None:
    """Draw a line for each series, broken where there is no value."""
    for series, mark, color in zip(chart.series, marks, _COLORS, strict=False):
        for run in _runs(series.values):
            xs, ys = zip(*run, strict=True)
            signal = plotext.figure.signal(list(xs), list(ys), marker=plotext.marker(mark, color))
            signal.lines(len(run) > 1)
            plotext.figure.draw(signal)


def _add_areas(plotext: Any, chart: Chart, marks: Sequence[str]) -> None:
    """Draw the series on top of each other, the last one first, as it stands behind the others."""
    heights = [0.0] * len(chart.labels)
    stacked = []
    for series in chart.series:
        heights = [height + (v or 0) for height, v in zip(heights, series.values, strict=True)]
        stacked.append(heights)
    layers = [*zip(stacked, marks, _COLORS, strict=False)]
    for layer, mark, color in reversed(layers):
        xs = [*range(1, len(layer) + 1)]
        signal = plotext.figure.signal(xs, layer, marker=plotext.marker(mark, color))
        plotext.figure.draw(signal.lines().fillx())


def _add_bars(plotext: Any, chart: Chart, marks: Sequence[str]) -> None:
    heights = [[value or 0 for value in series.values] for series in chart.series]
    places = [*range(1, len(chart.labels) + 1)]
    pairs = zip(marks, _COLORS, strict=False)
    markers = [plotext.marker(mark, color) for mark, color in pairs][: len(heights)]
    several = heights if len(heights) > 1 else heights[0]
    marker = markers if len(markers) > 1 else markers[0]
    plotext.figure.draw(plotext.figure.bar(places, several, marker=marker))


def _runs(values: Sequence[float | None]) -> Iterator[list[tuple[int, float]]]:
    """Yield the stretches of *values* without a gap, each value with its place from 1."""
    run: list[tuple[int, float]] = []
    for place, value in enumerate([*values, None], 1):
        if value is not None:
            run.append((place, value))
        elif run:
            yield run
            run = []


def spread(count: int, most: int) -> list[int]:
    """Return places among *count*, evenly, so that not more than *most* have a label."""
    step = -(-count // max(most, 1))
    return [*range(0, count, step)]
