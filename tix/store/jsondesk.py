"""The desk folder: small JSON files that change together or not at all.

Daily work reads and writes the root (the heads of all unsettled tickets) and a few small
files beside it, so that its cost depends on the open tickets and never on the history.
"""

from __future__ import annotations

import functools
import os
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, TypeVar

from tix.codec import encode_time
from tix.errors import DeskDamaged
from tix.store import layout
from tix.store.blobs import get_blob, put_blob
from tix.store.folder import Folder
from tix.store.lock import hold
from tix.store.migrations import CURRENT, Migrations
from tix.store.page import damaged, dump, load
from tix.store.pages import DESK, Pages
from tix.store.roster import MEMBER
from tix.store.snapshot import Snapshot, reading
from tix.store.transaction import DeskTransaction

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime
    from pathlib import Path

T = TypeVar("T")

FORMAT = "tix-desk"


class JsonDesk:
    """A desk in a folder.

    *now* is the clock, *salt* gives what hides an erased body, *warn* takes sentences about
    what the next writer will finish.
    """

    def __init__(
        self,
        place: str | os.PathLike[str],
        *,
        now: Callable[[], datetime],
        salt: Callable[[], str],
        warn: Callable[[str], None],
        lock_timeout_s: float = 10.0,
        version: str = "",
        migrations: Migrations = CURRENT,
    ) -> None:
        self._place = place
        self._now = now
        self._salt = salt
        self._warn = warn
        self._timeout_s = lock_timeout_s
        self._version = version
        self._migrations = migrations

    @property
    def place(self) -> str:
        """Where the folder is."""
        return os.fspath(self._place)

    @property
    def path(self) -> Path:
        """The folder."""
        from pathlib import Path

        return Path(self._place)

    def create(self, desk_id: str) -> None:
        """Make an empty desk in a folder that is missing or empty.

        Raises:
            CannotCreate: Something else is there.
        """
        from tix.store.commit import commit

        with Folder.create(self._place) as folder, hold(folder, self._timeout_s):
            root = {
                DESK: {
                    "1": {
                        "format": FORMAT,
                        "schema": self._migrations.schema,
                        "id": desk_id,
                        "created_at": encode_time(self._now()),
                        "app": self._version,
                        "generation": 1,
                        "counters": {},
                        MEMBER: {},
                    }
                }
            }
            commit(folder, {layout.ROOT: dump(root)}, base_generation=0, now=self._now())

    def read(self, work: Callable[[DeskTransaction], T]) -> T:
        """Return what *work* makes of one state of the desk."""
        absent: set[str] = set()
        with Folder.open(self._place) as folder:

            def once(snapshot: Snapshot) -> T:
                absent.clear()
                while True:
                    known = len(absent)
                    try:
                        return work(self._transaction(folder, snapshot, absent))
                    except DeskDamaged:
                        # Measures can turn out to be damaged when they are used already.
                        if len(absent) == known:
                            raise

            result = reading(folder, once, self._timeout_s, generation_of=generation_of)
        self._tell(absent)
        return result

    @contextmanager
    def write(self, *, keep: bool = True) -> Iterator[DeskTransaction]:
        """Return the block in which a transaction can change the desk."""
        from tix.store.commit import commit, recover

        lock = functools.partial(hold, shared=not keep)
        with Folder.open(self._place) as folder, lock(folder, self._timeout_s):
            if keep:
                recover(folder, generation_of)
            with Snapshot.take(folder) as snapshot:
                transaction = self._transaction(folder, snapshot, set(), keep=keep)
                generation = transaction.desk["generation"]
                yield transaction
                unused = transaction.unused()
                changed = transaction.finish()
            if keep and changed:
                warnings = commit(folder, changed, base_generation=generation, now=self._now())
                for warning in warnings:
                    self._warn(warning)
            if keep and transaction.forgets:
                from tix.store.erasing import drop_past

                generation += bool(changed)
                for warning in drop_past(folder, unused, self._now(), generation=generation):
                    self._warn(warning)
        self._tell(transaction.absent)

    def _tell(self, absent: set[str]) -> None:
        """Warn of pages of measures that cannot be read; there is one line for all."""
        if absent:
            first, *others = sorted(absent)
            more = f" and {len(others)} more" if others else ""
            what = f"{first}{more} cannot be used, the tickets are measured anew"
            self._warn(f"{what}: see 'tix doctor'")

    def _transaction(
        self, folder: Folder, snapshot: Snapshot, absent: set[str], *, keep: bool = False
    ) -> DeskTransaction:
        names = snapshot.names if keep else None
        pages = Pages(snapshot.read, self._migrations, names)
        if pages.schema < self._migrations.schema and keep:
            pages.rewrite(name for name in snapshot.names() if layout.is_page(name))
        return DeskTransaction(
            pages,
            self._now(),
            put_blob=lambda content: put_blob(folder, content) if keep else _sum(content),
            get_blob=lambda sha256: get_blob(folder, sha256),
            salt=self._salt,
            absent=absent,
        )


def generation_of(content: bytes) -> int:
    """Return the generation of a root with the bytes *content*."""
    desk: dict[str, Any] = load(layout.ROOT, content).get(DESK, {}).get("1", {})
    generation = desk.get("generation")
    if not isinstance(generation, int):
        raise damaged(layout.ROOT, "it has no generation")
    return generation


def _sum(content: bytes) -> str:
    from hashlib import sha256

    return sha256(content).hexdigest()
