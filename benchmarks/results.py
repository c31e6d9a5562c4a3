"""RESULTS.md: the figures as tables, and which goals are missed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from benchmarks.measured import Run, Weighed
from benchmarks.once import Month
from benchmarks.works import WORKS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from benchmarks.measured import Ratio
    from benchmarks.rounds import Measured

AHEAD_FROM = 10_000
IMPORT_GOALS = {10_000: 10.0, 60_000: 60.0}
IMPORT_MB = 600
_AHEAD = ("list -o plain", "list, a table on a terminal", "list --count")

Figures = dict[int, dict[str, "Measured"]]


class Results(NamedTuple):
    """All that was measured; the figures of rounds by file system, size and work."""

    facts: Sequence[str]
    figures: Mapping[str, Figures]
    imports: Mapping[int, Weighed]
    first_of_day: Mapping[int, tuple[Run, Run]]
    year: Sequence[Month]


WHY = "\nWhy, and what would help: [README.md](README.md#what-is-missed-and-why)."


def page(results: Results) -> str:
    """Return RESULTS.md."""
    return "\n".join(_lines(results)) + "\n"


def _lines(results: Results) -> Iterator[str]:
    yield "# Results\n"
    yield "Written by `python -m benchmarks.run`; README.md tells what is measured and how.\n"
    yield from (f"- {fact}" for fact in results.facts)
    yield "\n## Goals\n"
    missed = list(_missed(results))
    yield from (f"- missed: {line}" for line in missed)
    yield WHY if missed else "All are reached."
    for place, figures in results.figures.items():
        yield f"\n## Times an idle Python, on {place}\n"
        yield "CPU / wall: medians of paired rounds, as multiples of `python -c pass`.\n"
        yield from _ratios(figures)
    yield "\n## Beside taskwarrior\n"
    yield "Wall time of taskwarrior over that of tix for the same work: above 1, tix is ahead.\n"
    yield from _beside(results.figures)
    yield from _once(results)


def _missed(results: Results) -> Iterator[str]:
    for place, figures in results.figures.items():
        for count, measured in figures.items():
            for work in WORKS:
                cpu = measured[work.name].tix.cpu
                goal = work.goal_at(count)
                if goal and cpu > goal:
                    over = f"{cpu:.1f}x instead of {goal:g}x"
                    yield f"`{work.name}` with {count:,} tickets on {place}: {over}"
            yield from (f"{line} on {place}" for line in _behind(count, measured))
    for rows, (run, peak_mb) in results.imports.items():
        if run.wall_s > IMPORT_GOALS[rows]:
            yield f"import of {rows:,} rows: {run.wall_s:.1f} s instead of {IMPORT_GOALS[rows]:g}"
        if peak_mb > IMPORT_MB:
            yield f"import of {rows:,} rows: {peak_mb:.0f} MB instead of {IMPORT_MB}"


def _behind(count: int, measured: Mapping[str, Measured]) -> Iterator[str]:
    for name in _AHEAD if count >= AHEAD_FROM else ():
        tix, task = measured[name]
        if task and task.wall_s < tix.wall_s:
            yield f"`{name}` with {count:,} tickets: taskwarrior is ahead"


def _ratios(figures: Figures) -> Iterator[str]:
    rows = [
        [
            f"`{work.name}`",
            " / ".join(f"{goal:g}" for goal in (work.goal, work.large) if goal),
            *(_both(measured[work.name].tix) for measured in figures.values()),
        ]
        for work in WORKS
    ]
    yield from _table(["", "goal", *(f"{count:,}" for count in figures)], rows)


def _both(ratio: Ratio) -> str:
    return f"{ratio.cpu:.1f} / {ratio.wall:.1f}"


def _beside(places: Mapping[str, Figures]) -> Iterator[str]:
    columns = [(place, count) for place, figures in places.items() for count in figures]
    rows = [
        [f"`{work.name}`", *(_ahead(places[place][count][work.name]) for place, count in columns)]
        for work in WORKS
        if work.task
    ]
    yield from _table(["", *(f"{count:,} on {place}" for place, count in columns)], rows)


def _ahead(measured: Measured) -> str:
    tix, task = measured
    return f"{task.wall_s / tix.wall_s:.2g}" if task else ""


def _once(results: Results) -> Iterator[str]:
    yield "\n## Import of CSV into an empty desk\n"
    rows = [
        [f"{rows:,}", f"{run.wall_s:.1f} s", f"{run.cpu_s:.1f} s", f"{peak_mb:.0f} MB"]
        for rows, (run, peak_mb) in results.imports.items()
    ]
    yield from _table(["rows", "wall", "CPU", "memory at most"], rows)
    yield "\n## The first change of a day\n"
    yield "It copies what changed since the day before; here, all of the desk.\n"
    rows = [
        [f"{count:,}", f"{first.wall_s * 1000:.0f} ms", f"{second.wall_s * 1000:.0f} ms"]
        for count, (first, second) in results.first_of_day.items()
    ]
    yield from _table(["tickets", "`note`, the day's first", "the next one"], rows)
    yield "\n## A year of `resolve` without cron\n"
    rows = [
        [str(month.day), _both(month.resolve), f"{month.unsettled}", f"{month.root_kb:.0f} kB"]
        for month in results.year
    ]
    yield from _table(["day", "`resolve`", "tickets not settled", "root"], rows)


def _table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    yield f"| {' | '.join(header)} |"
    yield "| --- " + "| ---: " * (len(header) - 1) + "|"
    yield from (f"| {' | '.join(row)} |" for row in rows)
