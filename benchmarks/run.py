"""Measure tix and write RESULTS.md: ``python -m benchmarks.run``."""

from __future__ import annotations

import argparse
import json
import os
import shutil
import sys
import time
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory, gettempdir
from typing import TYPE_CHECKING

from benchmarks import machine, once, warrior
from benchmarks.build import build
from benchmarks.installed import Installed, install
from benchmarks.results import IMPORT_GOALS, Figures, Results, page
from benchmarks.rounds import Place, measure

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from benchmarks.measured import Run, Weighed

SIZES = (1_000, 10_000, 100_000)
ROUNDS = 11
SEED = 1
MEMORY = Path("/dev/shm")
RESULTS = Path(__file__).with_name("RESULTS.md")


def main() -> None:
    """Do what the command line asks for."""
    parser = argparse.ArgumentParser(description="Measure tix and write RESULTS.md.")
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES, help="tickets of the desks")
    parser.add_argument("--rounds", type=int, default=ROUNDS, help="rounds of each command")
    parser.add_argument("--place", type=Path, default=Path(gettempdir()), help="a folder on a disk")
    parser.add_argument("--to", type=Path, default=RESULTS, help="the file to write")
    given = parser.parse_args()
    begun, load = time.monotonic(), machine.load()
    with TemporaryDirectory(prefix="tix-", dir=given.place) as folder:
        session = _Session(Path(folder), given.rounds)
        for size in given.sizes:
            session.measure(size)
        session.measure_once()
        facts = session.facts(load)
    _tell(f"took {time.monotonic() - begun:.0f} s")
    results = session.results(facts)
    given.to.write_text(page(results), encoding="utf-8")


class _Session:
    """One taking of all figures, in a folder of its own."""

    def __init__(self, folder: Path, rounds: int) -> None:
        self._folder = folder
        self._rounds = rounds
        self._now = datetime.now(UTC).replace(microsecond=0)
        self._installed: Installed = install(folder / "installed")
        self._places = {machine.file_system(folder): folder}
        if os.access(MEMORY, os.W_OK):
            self._memory = TemporaryDirectory(prefix="tix-", dir=MEMORY)
            self._places["tmpfs"] = Path(self._memory.name)
        self._figures: dict[str, Figures] = {place: {} for place in self._places}
        self._first_of_day: dict[int, tuple[Run, Run]] = {}
        self._imports: dict[int, Weighed] = {}
        self._year: list[once.Month] = []

    def measure(self, size: int) -> None:
        """Measure every work on a desk of *size* tickets, in each place."""
        made = [*self._places.values()][-1] / f"{size}-made"
        _tell(f"{size} tickets: making the desk")
        build(made, size, now=self._now, seed=SEED, tell=_tell)
        numbers = _open_and_closed(made, size)
        for name, folder in self._places.items():
            desk, tasks = folder / f"{size}", folder / f"{size}-tasks"
            shutil.copytree(made, desk)
            environ = self._tasks(tasks, size)
            place = Place(desk, *numbers, environ)
            tell = partial(_tell, about=f"{size} tickets on {name}: ")
            self._figures[name][size] = measure(self._installed, place, self._rounds, tell)
            if folder == self._folder:
                day = once.first_of_day(self._installed, desk, numbers[0][0], self._now)
                self._first_of_day[size] = day
            shutil.rmtree(desk)
            shutil.rmtree(tasks, ignore_errors=True)
        if not self._year:
            _tell("a year of resolve")
            self._year = once.year(self._installed, made, self._now)
        shutil.rmtree(made)

    def measure_once(self) -> None:
        """Measure the imports."""
        for rows in IMPORT_GOALS:
            _tell(f"import of {rows} rows")
            place = self._folder / f"import-{rows}"
            self._imports[rows] = once.imported(self._installed, place, rows, self._now)
            shutil.rmtree(place)

    def facts(self, load: str) -> list[str]:
        """Return what the figures were taken on."""
        return [
            f"{self._now:%Y-%m-%d}, {' on '.join(reversed(machine.described()))}",
            f"load before {load}, after {machine.load()} (the figures need an idle machine)",
            ", ".join([*self._installed.versions(), f"taskwarrior {machine.taskwarrior() or '-'}"]),
            f"files on {' and on '.join(self._places)}",
            f"{self._rounds} rounds, fewer of what takes long",
        ]

    def results(self, facts: Sequence[str]) -> Results:
        """Return all that was measured."""
        return Results(facts, self._figures, self._imports, self._first_of_day, self._year)

    def _tasks(self, place: Path, size: int) -> Mapping[str, str] | None:
        if machine.taskwarrior() is None:
            return None
        return warrior.build(place, size, now=self._now, seed=SEED)


def _open_and_closed(desk: Path, size: int) -> tuple[list[int], list[int]]:
    """Return the numbers of some tickets that are open, and of some that are closed."""
    heads = json.loads((desk / "tickets.json").read_bytes())["tickets"]
    dice = Random(SEED)
    opened = [int(n) for n, head in heads.items() if head.get("status", "new") in ("new", "open")]
    closed = [n for n in dice.sample(range(1, size + 1), min(size, 2_000)) if str(n) not in heads]
    return dice.sample(opened, 50), closed[:50]


def _tell(line: str, about: str = "") -> None:
    print(about + line, file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
