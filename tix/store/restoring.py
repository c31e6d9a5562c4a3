"""Bringing a desk back to an earlier state, from a generation that is kept or from a file.

The root cannot come back as it was: its generation has to rise, or readers would miss the
change, and its counters must not fall, or numbers would be given twice.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

from tix.errors import DeskDamaged, NotFound, Refused
from tix.store import backups, layout
from tix.store.commit import recover
from tix.store.daily import dailies
from tix.store.folder import Folder
from tix.store.generations import BACKUPS
from tix.store.jsondesk import generation_of
from tix.store.lock import hold
from tix.store.migrations import CURRENT
from tix.store.page import dump, load
from tix.store.pages import DESK
from tix.store.recent import RECENT, recents
from tix.store.transaction import TOUCHED

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime
    from pathlib import Path

_BLOCKS = {"ticket": layout.BLOCK, "customer": layout.CUSTOMER_BLOCK}


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
    is not there is made.

    Raises:
        NotFound: There is no such generation.
        Refused: It is not whole.
        DeskDamaged: A file of it is not what tix wrote.
        DeskNewer: It was written by a later tix.
    """
    if not path.exists():
        if isinstance(source, str):
            raise NotFound(f"there is no backup named {source}: there is no desk at {path}")
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
    base = 0 if desk == {} else desk and int(desk["generation"])
    renew = partial(_renewed, desk or {}, _least_generation(folder), _least_counters(folder))
    if isinstance(source, str):
        warnings = backups.restore(folder, source, now, base_generation=base, renew=renew)
    else:
        warnings = backups.restore_all(folder, source, now, base_generation=base, renew=renew)
    kept = f"{RECENT.partition('/')[2]}/{recents(folder)[-1]}" if recents(folder) else ""
    return Restored(kept, warnings)


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
        return desk if isinstance(desk.get("generation"), int) else None
    except FileNotFoundError:
        return None if folder.listing(BACKUPS) else {}
    except (DeskDamaged, KeyError):
        return None


def _least_generation(folder: Folder) -> int:
    """Return a generation that the desk has reached, whatever its root says."""
    return max((label.generation for label in (*recents(folder), *dailies(folder))), default=0)


def _least_counters(folder: Folder) -> dict[str, int]:
    """Return numbers that may have been given, told by the names of files alone."""
    found = [int(name[:-5]) for name in folder.listing("history") if name[:-5].isdecimal()]
    blocks = {name.partition(".")[0] for part in ... for name in part}
    return {"ticket": max(found, default=0)}


def _renewed(
    desk: Mapping[str, Any], generation: int, counters: Mapping[str, int], content: bytes
) -> bytes:
    """Return the root *content* of an earlier state as the one that follows *desk*."""
    tables = load(layout.ROOT, content)
    earlier = tables[DESK]["1"]
    known = (desk.get("counters", {}), earlier["counters"], counters if not desk else {})
    names = {name for given in known for name in given}
    earlier["counters"] = {name: max(given.get(name, 0) for given in known) for name in names}
    reached = max(int(earlier["generation"]), int(desk.get("generation", 0)), generation)
    earlier["generation"] = reached + 1
    tables[TOUCHED] = {}
    return dump(tables)
