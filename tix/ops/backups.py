"""Backups of a desk: one in a file, those that are kept by themselves, and the way back."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from tix.errors import NotFound
from tix.record import NamedTuple
from tix.store import backups
from tix.store.backups import Generation
from tix.store.folder import Folder
from tix.store.jsondesk import generation_of
from tix.store.restoring import Restored, bring_back

if TYPE_CHECKING:
    from tix.desk import Desk

KINDS = ("daily", "recent")


class Source(NamedTuple):
    """What to go back to: a generation that is kept, or (None) a file."""

    name: str
    generation: Generation | None


def save(desk: Desk, file: str) -> int:
    """Write the desk, attachments and all, to a new file; return how many files it holds.

    Raises:
        CannotCreate: The file is there already, or its folder is not.
        IOFailed: No backup was written.
    """
    with Folder.open(desk.folder.path) as folder:
        timeout_s = desk.config.lock_timeout
        return backups.save(folder, file, timeout_s, generation_of=generation_of)


def generations(desk: Desk) -> list[Generation]:
    """Return the earlier states that are kept, the newest first; the desk may be damaged."""
    with Folder.open(desk.folder.path) as folder:
        return backups.generations(folder)


def source(desk: Desk, name: str) -> Source:
    """Return what *name* means: a generation, else a file.

    Raises:
        NotFound: It is neither.
    """
    if desk.exists:
        for generation in generations(desk):
            if generation.which == name:
                return Source(name, generation)
    if name.partition("/")[0] in KINDS or not Path(name).exists():
        raise NotFound(
            f"there is neither a backup nor a file named {name}",
            hint="see 'tix backup list'",
            ids=(name,),
        )
    return Source(name, None)


def restore(desk: Desk, wanted: Source) -> Restored:
    """Bring the desk back to what it was; its present state is kept as a generation first.

    Raises:
        BadData: The file is no backup, or it is damaged.
        Refused: The generation is not whole.
    """
    files = wanted.name if wanted.generation else backups.load(wanted.name)
    return bring_back(
        desk.folder.path,
        files,
        desk.clock(),
        timeout_s=desk.config.lock_timeout,
        keep=not desk.intent.dry_run,
    )
