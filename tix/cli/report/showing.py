"""Showing a report: as a table, as a chart, or in files."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tix.cli.params import checked_text
from tix.errors import UsageError
from tix.record import NamedTuple
from tix.text import one_line

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from typing import Any

    from tix.cli.call import Call
    from tix.ops.reports.asked import Asked
    from tix.output.reports.charts.chart import Chart
    from tix.output.reports.paper import Paper
    from tix.reports.figures import Report


class Drawing(NamedTuple):
    """What is drawn beside the table, and where to: a kind of chart, a picture, a page."""

    chart: str | None = None
    is_ascii: bool = False
    svg: str | None = None
    html: str | None = None
    force: bool = False


class Part(NamedTuple):
    """What of a report is shown, and in which order: one section, so many rows."""

    section: str | None = None
    sort: str | None = None
    limit: int | None = None


def show_report(call: Call, asked: Asked, part: Part, drawing: Drawing) -> None:
    """Print the report that is asked for, or write it to the files that are named.

    Raises:
        UsageError: A part of it cannot be, or two files would be one.
    """
    _check_files(drawing)
    from tix.ops.reports.showing import show

    paper = _chosen(call, _paper(call, show(call.desk, asked, watch(call))), part)
    if drawing.svg is not None or drawing.html is not None:
        _write_files(call, paper, drawing)
    elif drawing.chart:
        _show_chart(call, paper, drawing)
    else:
        show_paper(call, paper)


def _check_files(drawing: Drawing) -> None:
    from os.path import realpath

    if drawing.svg is None or drawing.html is None:
        return
    if realpath(drawing.svg) == realpath(drawing.html):
        raise UsageError("--svg and --html name the same file", hint="give each its own")


def show_paper(call: Call, paper: Paper) -> None:
    """Print a report in the chosen format; what one table has no room for is told."""
    from tix.output.reports import SINGLE, render

    call.write(render(paper, call.format, call.view), paged=call.format == "table")
    if call.format not in SINGLE:
        return
    others = [one.name for one in paper.report.sections[1:]]
    if others:
        call.say(f"this is the first table; the others are --section {', '.join(others)}")
    _tell_footer(call, paper)


def _tell_footer(call: Call, paper: Paper) -> None:
    from tix.output.reports.paper import footer

    for line in footer(paper):
        call.say(line)


def _paper(call: Call, report: Report) -> Paper:
    from tix.output.reports.paper import Paper
    from tix.reports.metrics import METRICS

    named = dict.fromkeys(metric for one in report.sections for metric in one.metrics)
    return Paper(report, {name: METRICS[name] for name in named}, call.desk.zone)


def _chosen(call: Call, paper: Paper, part: Part) -> Paper:
    """Return *paper* with what its options leave of it, metrics after what they sort by."""
    from tix.output.reports.paper import with_limit, with_metrics, with_order, with_section

    if part.section is not None:
        paper = with_section(paper, checked_text(part.section))
    if part.sort:
        paper = with_order(paper, [key.strip() for key in checked_text(part.sort).split(",")])
    if part.limit:
        paper = with_limit(paper, part.limit)
    if call.given.get("fields") is not None:
        fields = checked_text(call.given["fields"]).split(",")
        paper = with_metrics(paper, [name.strip() for name in fields])
    return paper


def _show_chart(call: Call, paper: Paper, drawing: Drawing) -> None:
    """Draw a chart in the terminal, with the table below it if there is a table.

    Raises:
        UsageError: A format for scripts was asked for.
    """
    import os
    import sys

    from tix.cli.terminal import screen
    from tix.output.reports.charts.drawn import drawn, height

    asked = call.given.get("output")
    if asked not in (None, "table"):
        raise UsageError(f"a chart is for people, and -o {asked} is not", hint="use --svg FILE")
    lines = drawn(
        _chart(call, paper, drawing),
        call.view.width,
        height(screen(os.environ, sys.stdout).lines),
        color=call.view.color,
        is_ascii=drawing.is_ascii,
    )
    picture = (f"{line}\n" for line in lines)
    if call.format == "table":
        from tix.output.reports import render

        call.write([*picture, "\n", *render(paper, "table", call.view)], paged=True)
    else:
        call.write(picture)
        _tell_footer(call, paper)


def _write_files(call: Call, paper: Paper, drawing: Drawing) -> None:
    """Write the picture and the page; both are made before either is written."""
    made = _chart(call, paper, drawing) if drawing.chart or drawing.svg is not None else None
    files = {}
    if drawing.svg is not None and made:
        from tix.output.reports.charts.svg import svg
        from tix.output.reports.paper import footer

        files[drawing.svg] = svg(made, footer(paper))
    if drawing.html is not None:
        from tix.output.reports.html import html

        files[drawing.html] = html(paper, call.view, made if drawing.chart else None)
    for place, text in files.items():
        _write(call, place, text, force=drawing.force)


def _chart(call: Call, paper: Paper, drawing: Drawing) -> Chart:
    from tix.output.reports.charts.chart import FEW, MOST, chart

    return chart(paper, drawing.chart, FEW if call.given.get("fields") is None else MOST)


def _write(call: Call, place: str, text: str, *, force: bool) -> None:
    """Write a file of its owner's alone; ``-`` is stdout."""
    if place == "-":
        call.write([text])
        return
    from pathlib import Path

    from tix.cli.newfile import new_file

    with new_file(Path(checked_text(place)), force=force) as file:
        file.write(text.encode("utf-8", "replace"))
    call.say(f"wrote {one_line(place)}")


def watch(call: Call) -> Callable[[Iterable[Any], int], Iterable[Any]]:
    """Return what shows the progress of measuring, where it takes long and somebody looks on."""
    from tix.cli.terminal import progress

    quiet = bool(call.given.get("quiet"))
    return lambda items, total: progress(items, total, "measuring", quiet=quiet)
