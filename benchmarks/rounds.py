"""Rounds of all works on one desk: tix, taskwarrior and an idle Python by turns."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from itertools import cycle
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from benchmarks.measured import Pair, Ratio, ratio, run
from benchmarks.works import WORKS, Numbers, Work

if TYPE_CHECKING:
    from collections.abc import Callable

    from benchmarks.installed import Installed

# So long one work may take in all rounds together; the slow ones have fewer.
PATIENCE_S = 6.0
LEAST = 3


class Measured(NamedTuple):
    """What a work took, and what it took in taskwarrior, if it can do it."""

    tix: Ratio
    task: Ratio | None


class Place(NamedTuple):
    """A desk, tickets of it that are open and closed, and the same tickets as tasks."""

    desk: Path
    open: Sequence[int]
    closed: Sequence[int]
    tasks: Mapping[str, str] | None


def measure(
    installed: Installed, place: Place, rounds: int, tell: Callable[[str], None]
) -> dict[str, Measured]:
    """Return what each work takes; a first round is not counted."""
    bench = _Bench(installed, place)
    bench.round(counts=False)
    for number in range(rounds):
        bench.round()
        tell(f"round {number + 1} of {rounds}")
    return bench.measured()


class _Bench:
    def __init__(self, installed: Installed, place: Place) -> None:
        self._installed = installed
        self._environ = {**installed.environ, "TIX_DB": str(place.desk)}
        self._tasks = None if place.tasks is None else {**installed.environ, **place.tasks}
        self._open = cycle(place.open)
        self._closed = cycle(place.closed)
        self._pairs: dict[tuple[str, str], list[Pair]] = {}
        self._spent: dict[str, float] = {}

    def round(self, *, counts: bool = True) -> None:
        numbers = Numbers(next(self._open), next(self._closed))
        worked: set[str] = set()
        for work in WORKS:
            if self._is_done_with(work) or (work.after and work.after not in worked):
                continue
            worked.add(work.name)
            started = time.monotonic()
            told = self._tix(work, numbers, counts=counts)
            done = self._task(work, numbers, counts=counts)
            if work.name == "new":
                numbers = numbers._replace(made=int(told), made_task=done)
            if counts:
                spent = time.monotonic() - started
                self._spent[work.name] = self._spent.get(work.name, 0) + spent

    def measured(self) -> dict[str, Measured]:
        return {
            work.name: Measured(
                ratio(self._pairs["tix", work.name]),
                ratio(pairs) if (pairs := self._pairs.get(("task", work.name))) else None,
            )
            for work in WORKS
        }

    def _is_done_with(self, work: Work) -> bool:
        rounds = len(self._pairs.get(("tix", work.name), ()))
        return rounds >= LEAST and self._spent[work.name] > PATIENCE_S

    def _tix(self, work: Work, numbers: Numbers, *, counts: bool) -> str:
        words = [self._installed.tix, *work.tix(numbers)]
        return self._pair("tix", work, words, self._environ, counts=counts)

    def _task(self, work: Work, numbers: Numbers, *, counts: bool) -> str:
        if self._tasks is None or work.task is None:
            return ""
        told = self._pair("task", work, ["task", *work.task(numbers)], self._tasks, counts=counts)
        return told.strip().removeprefix("Created task ").rstrip(".")

    def _pair(
        self, who: str, work: Work, words: list[str], environ: Mapping[str, str], *, counts: bool
    ) -> str:
        idle = run([self._installed.python, "-c", "pass"], self._installed.environ)
        ran = run(words, environ, on_terminal=work.on_terminal)
        if counts:
            self._pairs.setdefault((who, work.name), []).append(Pair(idle, ran))
        return ran.output
