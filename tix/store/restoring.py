"""Bringing a desk back to an earlier state, from a generation that is kept or from a file.

The root cannot come back as it was: its generation has to rise, or readers would miss the
change, and its counters must not fall, or numbers would be given twice.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from tix.errors import DeskDamaged, NotFound, Refused
from tix.record import NamedTuple
from tix.store import backups, layout
from tix.store.commit import recover
from tix.store.daily import dailies
from tix.store.folder import Folder
from tix.store.generations import BACKUPS, state_files
from tix.store.jsondesk import generation_of
from tix.store.lock import hold
from tix.store.migrations import CURRENT
from tix.store.page import dump, load
from tix.store.pages import DESK
from tix.store.recent import recents
from tix.store.transaction import TOUCHED

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime
    from pathlib import Path


class Restored(NamedTuple):
    """What bringing a state back did; *kept* names the generation with the state before."""

    kept: str = ""
    warnings: tuple[str, ...] = ()


def bring_back(
    path: Path,
    source: str | Mapping[str, bytes],
    now: datetime,
    *,
    timeout_s: float,
    keep: bool = True,
) -> Restored:
    """Make *source*, the name of a generation or the files of a backup, the present state.

    With *keep* false everything is checked and nothing is changed: the dry run. A desk that
    is not there is made from the files.

    Raises:
        NotFound: There is no such generation.
        Refused: It is not whole.
        DeskDamaged: A file of it is not what tix wrote.
        DeskNewer: It was written by a later tix.
    """
    if not path.exists():
        if isinstance(source, str):
            raise NotFound(f"there is no backup named {source}, for there is no desk at {path}")
        _check(source)
        if not keep:
            return Restored()
        Folder.create(path).close()
    with Folder.open(path) as folder, hold(folder, timeout_s, shared=not keep):
        if keep:
            recover(folder, generation_of)
        _check(_files(folder, source) if isinstance(source, str) else source)
        return _bring(folder, source, now) if keep else Restored()


def _bring(folder: Folder, source: str | Mapping[str, bytes], now: datetime) -> Restored:
    desk = _present(folder)
    base = None if desk is None else int(desk.get("generation", 0))
    renew = partial(_renewed, _reached(folder) if desk is None else desk)
    if isinstance(source, str):
        warnings = backups.restore(folder, source, now, base_generation=base, renew=renew)
    else:
        warnings = backups.restore_all(folder, source, now, base_generation=base, renew=renew)
    kept = recents(folder)
    return Restored(f"recent/{kept[-1]}" if kept else "", warnings)


def _files(folder: Folder, which: str) -> dict[str, bytes | None]:
    """Return the files of a generation that differ from the present state.

    Raises:
        NotFound: There is no such generation.
        Refused: It is not whole.
    """
    files = backups.changes_back(folder, which)
    if not any(one.which == which and one.is_complete for one in backups.generations(folder)):
        raise Refused(f"{which} is not whole: parts of it are lost", hint="see 'tix backup list'")
    return files


def _check(files: Mapping[str, bytes | None]) -> None:
    """Refuse *files* that are no desk for this tix.

    Raises:
        DeskDamaged: One is not what tix wrote.
        DeskNewer: A later tix wrote them.
    """
    for name, content in files.items():
        if content is not None and layout.is_page(name):
            tables = load(name, content)
            if name == layout.ROOT:
                CURRENT.schema_of(tables.get(DESK, {}).get("1", {}))


def _present(folder: Folder) -> dict[str, Any] | None:
    """Return what the root tells of the desk; empty if there is none, None if it is damaged."""
    try:
        desk: dict[str, Any] = load(layout.ROOT, folder.read(layout.ROOT))[DESK]["1"]
    except FileNotFoundError:
        return None if folder.listing(BACKUPS) else {}
    except (DeskDamaged, KeyError):
        return None
    return desk


def _reached(folder: Folder) -> dict[str, Any]:
    """Return the generation and the counters that a desk without a whole root has reached."""
    from tix.store.doctor.examine import examine
    from tix.store.doctor.view import View

    view = View(folder, folder.read, [name for name, _ in state_files(folder)])
    generations = [label.generation for label in (*recents(folder), *dailies(folder))]
    return {"generation": max(generations, default=0), "counters": examine(view).highest}


def _renewed(reached: Mapping[str, Any], content: bytes) -> bytes:
    """Return the root *content* of an earlier state as the one that follows *reached*."""
    tables = load(layout.ROOT, content)
    desk = tables[DESK]["1"]
    known = (desk["counters"], reached.get("counters", {}))
    names = {name for counters in known for name in counters}
    desk["counters"] = {name: max(c.get(name, 0) for c in known) for name in sorted(names)}
    desk["generation"] = max(int(desk["generation"]), int(reached.get("generation", 0))) + 1
    # Indexes that know a later state than this have to begin anew.
    tables[TOUCHED] = {}
    return dump(tables)
