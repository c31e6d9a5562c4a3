"""Whether a desk is healthy, and what can be done if it is not.

A look changes nothing and needs no lock, unless somebody writes all the time. A repair holds
the lock while it works. It keeps what it replaces in ``damaged/``, and what it writes is one
commit like any other; another one follows only if that brings to light what was hidden.
"""

from __future__ import annotations

import json
from contextlib import suppress
from typing import TYPE_CHECKING

from tix.errors import CannotCreate, DeskDamaged, PermissionRefused
from tix.record import NamedTuple
from tix.store import layout
from tix.store.blobs import FILES
from tix.store.commit import commit
from tix.store.doctor.examine import examine
from tix.store.doctor.forms import is_ours
from tix.store.doctor.measures import WRONG
from tix.store.doctor.mend_records import (
    mend_customers,
    mend_keys,
    mend_operations,
    mend_records,
    mend_root,
)
from tix.store.doctor.mend_tickets import mend_tickets
from tix.store.doctor.problems import Problem, Report
from tix.store.doctor.salvage import Earlier
from tix.store.doctor.surroundings import entries, examine_surroundings, make_private
from tix.store.doctor.unfinished import finish_or_save
from tix.store.doctor.view import View
from tix.store.doctor.workshop import Workshop, places_of
from tix.store.folder import LOCK, TEMP, Folder, failed
from tix.store.generations import DAMAGED, state_files
from tix.store.jsondesk import generation_of
from tix.store.layout import is_page
from tix.store.lock import hold
from tix.store.pending import COMMIT
from tix.store.snapshot import Snapshot, reading

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from tix.store.doctor.facts import Facts

__all__ = ["Outcome", "Problem", "check", "repair"]

_ROUNDS = 4


class Outcome(NamedTuple):
    """What a repair found, what is still wrong, what is lost, and where the old files are."""

    found: tuple[Problem, ...]
    left: tuple[Problem, ...]
    lost: tuple[str, ...]
    kept_in: str


def check(path: Path, *, timeout_s: float) -> tuple[Problem, ...]:
    """Return all that is wrong with the desk at *path*, and changes nothing.

    Raises:
        CannotCreate: There is no desk.
        DeskNewer: It was written by a later tix.
    """
    with Folder.open(path, trust_others=True) as folder:
        _refuse_other_folders(folder)
        report = Report()
        examine_surroundings(folder, report)
        report.merge(_look(folder, timeout_s))
        return report.problems


def repair(path: Path, *, by: str, now: datetime, timeout_s: float) -> Outcome:
    """Make the desk at *path* as healthy as it can be made.

    Raises:
        CannotCreate: There is no desk.
        DeskNewer: It was written by a later tix.
        Locked: Somebody writes.
    """
    with Folder.open(path, trust_others=True) as folder:
        _refuse_other_folders(folder)
        found, left = Report(), Report()
        examine_surroundings(folder, found)
        away = _Away(folder, now)
        if any(problem.code == "link" and problem.place == LOCK for problem in found.problems):
            away.move(LOCK)
        with hold(folder, timeout_s):
            try:
                _tidy(folder, away, found, now)
                view, lost = _mended(folder, away, found, by, now)
            except OSError as problem:
                raise failed(problem, "the desk is not repaired") from problem
        left.merge(view.report)
        examine_surroundings(folder, left)
        away.note(found, left, lost)
    return Outcome(found.problems, left.problems, tuple(lost), away.used)


def _look(folder: Folder, timeout_s: float) -> Report:
    def work(snapshot: Snapshot) -> Report:
        view = View(folder, snapshot.read, snapshot.names())
        examine(view)
        return view.report

    try:
        return reading(folder, work, timeout_s, generation_of=generation_of)
    except (DeskDamaged, PermissionRefused, CannotCreate) as error:
        with hold(folder, timeout_s, shared=True):
            view, _ = _present(folder)
        with suppress(PermissionRefused):
            if folder.signature(COMMIT) is not None:
                view.report.add("damaged_commit", COMMIT, error.message)
        return view.report


def _present(folder: Folder) -> tuple[View, Facts]:
    """Return the files as they lie there, and what they tell."""
    view = View(folder, folder.read, sorted(name for name, _ in state_files(folder)))
    return view, examine(view)


def _refuse_other_folders(folder: Folder) -> None:
    """Refuse a folder that never was a desk.

    Raises:
        CannotCreate: There is no root, no backup of one, and no other page.
    """
    try:
        Snapshot.take(folder).close()
    except (DeskDamaged, PermissionRefused):
        return
    except CannotCreate:
        if not any(is_ours(name) and is_page(name) for name, _ in state_files(folder)):
            raise


def _tidy(folder: Folder, away: _Away, found: Report, now: datetime) -> None:
    """Put right what is around the records; add to *found* what only that brings to light."""
    make_private(folder)
    for entry in list(entries(folder)):
        if entry.is_planted and not entry.was_put_away:
            away.move(entry.name)
    wrong = finish_or_save(folder, away.move, now)
    if wrong:
        found.add("damaged_commit", COMMIT, wrong)


def _mended(
    folder: Folder, away: _Away, found: Report, by: str, now: datetime
) -> tuple[View, list[str]]:
    """Make the records whole; return how they are then, and what is lost of them.

    What was wrong is added to *found*. What a damaged file has hidden is the next round's.
    """
    lost: list[str] = []
    view, facts = _present(folder)
    for _ in range(_ROUNDS):
        if not view.report.calls_for_repair:
            break
        found.merge(view.report)
        shop = Workshop(view, facts, Earlier(folder), by, now)
        _mend(folder, shop, away)
        lost += shop.lost
        view, facts = _present(folder)
    return view, lost


def _mend(folder: Folder, shop: Workshop, away: _Away) -> None:
    """Make the desk whole in one commit; what is replaced is put away."""
    mend_operations(shop)
    mend_records(shop)
    tickets = mend_tickets(shop)
    mend_customers(shop)
    mend_keys(shop)
    mend_root(shop)
    shop.finish(tickets)
    view = shop.view
    removed = places_of(view.report, "orphan", "damaged_attachment", WRONG)
    measures = {layout.settled_measures(number) for number in tickets}
    removed += sorted(measures.intersection(view.names))
    rescued = {f"{FILES}/{sha[:2]}/{sha}": content for sha, content in view.rescued.items()}
    changes = {**shop.bench.changes(), **dict.fromkeys(removed), **rescued}
    for name in changes:
        away.copy(name)
    commit(folder, changes, base_generation=None, now=shop.at, afresh=True)


class _Away:
    """The place in ``damaged/`` for what one repair replaces."""

    def __init__(self, folder: Folder, now: datetime) -> None:
        self._folder = folder
        taken = folder.listing(DAMAGED)
        name = f"{now:%Y%m%d-%H%M%S}"
        again = (f"{name}-{number}" for number in range(2, len(taken) + 3))
        free = next(one for one in (name, *again) if one not in taken)
        self._place = f"{DAMAGED}/{free}"
        self.used = ""

    def move(self, name: str) -> None:
        """Put a file, link or folder away."""
        self._folder.rename(name, self._room_for(name))

    def copy(self, name: str) -> None:
        """Keep a file that is about to be replaced, if there is one."""
        if self._folder.signature(name) is None:
            return
        target = self._room_for(name)
        if self._folder.signature(target) is not None:
            return  # it was replaced before, in the same repair
        try:
            self._folder.link(name, target)
        except OSError:
            self._write(target, self._folder.read(name))

    def note(self, found: Report, left: Report, lost: list[str]) -> None:
        """Write down what was found, beside the files, if there are any."""
        if self.used:
            told = {
                "found": [problem._asdict() for problem in found.problems],
                "left": [problem._asdict() for problem in left.problems],
                "lost": lost,
            }
            self._write(self._room_for("report.json"), json.dumps(told, indent=1).encode())

    def _write(self, target: str, content: bytes) -> None:
        self._folder.write_new(target, content)
        self._folder.sync(target)

    def _room_for(self, name: str) -> str:
        parent, slash, base = name.rpartition("/")
        target = f"{self._place}/{parent}{slash}{base.replace(TEMP, 'unfinished-')}"
        self._folder.make_parents(target)
        self.used = self._place
        return target
