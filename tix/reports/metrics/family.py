"""Families of metrics: one length of time, in each base and by each statistic.

The ids are made of both: ``frt_biz_p90`` is the 90th percentile of the first response in
working time. All statistics of a family in a cell rest on the same samples, sorted once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from tix.record import NamedTuple
from tix.reports.figures import Figure, Metric, Unit
from tix.reports.metrics import STATISTICS
from tix.reports.metrics.entry import Entry, Samples
from tix.reports.statistics import ENOUGH, Distribution, survival_median
from tix.reports.view import Cell, picked

Lengths = Callable[[Cell], Iterable[int]]
Cohort = Callable[[Cell], tuple[Sequence[int], Sequence[int]]]
"""How long those of a cell took that have finished, and how old those are that have not."""

BASES = {"cal": "calendar", "biz": "business", "net": "business"}
PERCENTILES = {"p50": 50, "p75": 75, "p90": 90, "p95": 95}

_BASE = {"cal": "calendar time", "biz": "working time", "net": "working time without pauses"}
_WORDS = {
    "p50": "median",
    "p75": "75th percentile",
    "p90": "90th percentile",
    "p95": "95th percentile",
    "mean": "mean",
}


class Waiting(NamedTuple):
    """How many have not ended, and the age of the oldest one in seconds."""

    n: int = 0
    oldest: int | None = None


class Family(NamedTuple):
    """A length of time: *what* it lasts from and to, and which of them a period has.

    *lengths* find the samples in each base. *waiting* tells what is missing because it has not
    ended; *cohorts* find what the median after Kaplan and Meier rests on.
    """

    name: str
    title: str
    what: str
    which: str
    source: str
    lengths: Mapping[str, Lengths]
    waiting: Callable[[Cell], Waiting]
    cohorts: Mapping[str, Cohort] = {}


def members(family: Family) -> Iterator[Entry]:
    """Yield the metrics of a family."""
    for base, lengths in family.lengths.items():
        samples = _sorted(lengths)
        for statistic in STATISTICS:
            percent = PERCENTILES.get(statistic, 0)
            metric = Metric(
                f"{family.name}_{base}_{statistic}",
                f"{family.title}, {BASES[base]}{', net' * (base == 'net')}, {statistic}",
                Unit.SECONDS,
                f"{_WORDS[statistic]} of the {_BASE[base]} {family.what}, of {family.which}",
                f"{family.source}, Statistics; Hyndman & Fan 1996, type 7"
                if percent
                else family.source,
                BASES[base],
                ENOUGH.get(percent, 1),
            )
            compute = _figure(percent, samples, family.waiting)
            yield Entry(metric, compute, samples if percent else None, percent)
    for base, cohort in family.cohorts.items():
        yield Entry(_survival(family, base), _surviving(cohort, family.waiting))


def standing(table: str, since: str, until: str) -> Callable[[Cell], Waiting]:
    """Return how to find what had begun and not ended when a period did."""

    def found(cell: Cell) -> Waiting:
        places = cell.standing(table, since, until)
        begun = picked(cell.view.facts.column(table, since), places)
        return Waiting(len(begun), cell.end - min(begun) if begun else None)

    return found


def _sorted(lengths: Lengths) -> Samples:
    def samples(cell: Cell) -> Distribution:
        return Distribution(lengths(cell))

    return samples


def _figure(
    percent: int, samples: Samples, waiting: Callable[[Cell], Waiting]
) -> Callable[[Cell], Figure]:
    def figure(cell: Cell) -> Figure:
        found = cell.once(samples)
        value = found.percentile(percent) if percent else found.mean
        return Figure(value, found.n, None, None, *cell.once(waiting))

    return figure


def _survival(family: Family, base: str) -> Metric:
    return Metric(
        f"{family.name}_{base}_km",
        f"{family.title}, {BASES[base]}, Kaplan-Meier",
        Unit.SECONDS,
        f"Kaplan-Meier median of the {_BASE[base]} {family.what}, of all that began in the "
        "period; what has not ended counts with its age",
        f"{family.source}, Statistics; Kaplan & Meier 1958",
        BASES[base],
    )


def _surviving(cohort: Cohort, waiting: Callable[[Cell], Waiting]) -> Callable[[Cell], Figure]:
    def figure(cell: Cell) -> Figure:
        finished, ages = cell.once(cohort)
        n = len(finished) + len(ages)
        return Figure(survival_median(finished, ages), n, None, None, *cell.once(waiting))

    return figure
