"""Earlier states of the desk, kept beside it: what a generation holds.

A generation is a state of the *whole* desk: every file as it was at one moment. Files are
never written in place, so what a commit replaces is an inode that nobody will change again;
to keep it, it only needs another name.

**Recent generations** (``recent.py``) are copies on write. The folder
``backups/recent/<seq>-<generation>-<time>/`` begins with the first commit that comes a minute
or more after the one before it began, and stands for the state just before that commit. From
then on, before a file is replaced or removed for the first time, the newest generation gets a
hard link to it (``+name``); before one is made that was not there, a mark (``-name``). So a
generation holds, for each file, the first of: its own entry, the entries of the generations
after it, oldest first, and the desk itself, where the file has not been touched since. That
is the whole state, for

1. every commit passes by here before its moment of truth, under the lock;
2. the entry is on the disk before the file is replaced, so no power cut can part the two;
3. an entry for a commit that then failed or never came is harmless: the file it links is
   still the one of that state, and the next commit that replaces it finds it kept;
4. only the oldest generation is ever dropped, and no other one looks back to it.

The folder is its own manifest: its name says which state, its entries say what differs. It is
dropped by giving it a name that is no generation's, and emptied when that name is on the disk.

**Daily copies** (``daily.py``) are for damage. A linked file that goes bad on the disk goes
bad under all its names, and a file at rest has only the one on the desk. Therefore, once a
day and before its first commit, what has changed since the day before is copied for real into
``backups/copies/<sha256>``, and ``backups/daily/<seq>-<generation>-<time>.json`` says which
sum each file has: the whole state again, an unchanged file by the copy it shares with the day
before. Which files have changed is decided by looking at them (inode, size and time of
change), so no record of it can be lost; restoring checks the sums. The list is written only
when all it names has been copied, so copying much may take several commits: the state of the
day is then the one before the last of them. A day that cannot be copied, as on a full disk,
does not stop the commit; a recent generation that cannot be kept does, for those before it
look at it and would be whole no more.

Attachments (``files/``) are in neither, unless a commit removes one: they never change, and
their names are their sums. ``tix backup FILE`` takes them along.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tix.record import NamedTuple
from tix.store.blobs import FILES
from tix.store.folder import is_temp
from tix.store.pending import COMMIT

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from tix.store.folder import Folder, Signature

BACKUPS = "backups"
DAMAGED = "damaged"


class Label(NamedTuple):
    """The name of a generation: its place in the order, its root's generation, its time.

    The order is not the time's, for clocks are set back, nor the root's generation's, for a
    desk may be brought back from elsewhere.
    """

    seq: int
    generation: int
    at_s: int

    def __str__(self) -> str:
        return f"{self.seq:08d}-{self.generation}-{self.at_s}"


def labels(names: Iterable[str]) -> list[Label]:
    """Return those *names* that are labels, the oldest first."""
    parts = [name.split("-") for name in names]
    return sorted(
        Label(*map(int, part)) for part in parts if len(part) == 3 and all(map(str.isdigit, part))
    )


def state_files(folder: Folder, *, skip: Collection[str] = ()) -> Iterator[tuple[str, Signature]]:
    """Return the files that make up the present state, without the folders in *skip*."""
    for name, signature in folder.walk(skip=(BACKUPS, DAMAGED, *skip)):
        is_page = name.endswith(".json") and name != COMMIT
        if (is_page or name.startswith(f"{FILES}/")) and not is_temp(name):
            yield name, signature
