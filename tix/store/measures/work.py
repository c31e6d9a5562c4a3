"""The facts of tickets at work, remembered in the user's cache from one report to the next.

Most tickets have not changed since then, which the hash of their last event tells. What would
have changed by time alone are the clocks that run: those are read anew, from the heads. The
file can go at any time, and one that is damaged or of another making counts as gone.
"""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from tix.config.places import make_private
from tix.errors import PermissionRefused, TixError
from tix.store.folder import Folder, temp_name
from tix.store.measures import DIGITS
from tix.store.measures.pack import Bundle
from tix.store.page import dump, look

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from tix.config.places import StrPath
    from tix.domain.facts import Rows

    Row = Sequence[int | str]

FILE = "facts.json"
_TABLE, _ORIGIN = "facts", "origin"
_UNREADABLE = (TixError, OSError, ValueError, KeyError, TypeError, IndexError)


def folder_below(cache: StrPath | None, desk_id: str) -> str | None:
    """Return where the facts of a desk are remembered; None where nothing can be."""
    if cache is None or not (desk_id.isascii() and desk_id.replace("-", "").isalnum()):
        return None
    folder = f"{cache}/{desk_id}"
    try:
        make_private(folder)
    except (OSError, PermissionRefused):
        return None
    return folder


class Remembered:
    """What a report left to the next one, in a *folder* if there is one.

    *origin* tells of what the facts are made beside the histories; *now* is the time, in
    seconds: what was measured later than that is not to be known yet.
    """

    def __init__(self, folder: str | None, origin: str, now: int) -> None:
        self.folder = folder
        self._origin = origin
        self._now = now
        self.bundle = Bundle({}, ())
        self.last_at: dict[int, int] = {}
        self._hashes: dict[int, str] = {}
        if folder is not None:
            with suppress(*_UNREADABLE):
                self._read(folder)

    def knows(self, number: int, digest: str) -> bool:
        """Return whether the facts are here of a ticket whose last event has this hash."""
        return self._hashes.get(number) == digest[:DIGITS]

    def clocks(self, numbers: Iterable[int]) -> dict[int, list[Row]]:
        """Return the rows of the clocks of tickets, with texts; of those that have some."""
        found: dict[int, list[Row]] = {}
        wanted = frozenset(numbers)
        for row in self.bundle.rows("clocks"):
            if row[0] in wanted:
                found.setdefault(int(row[0]), []).append(row)
        return found

    def put(self, measured: Iterable[Rows]) -> None:
        """Remember these tickets and no others; where that cannot be, nothing is."""
        if self.folder is None:
            return
        fresh = Bundle.of(measured)
        told = {"origin": self._origin, "at": self._now, "names": fresh.names}
        content = dump({_TABLE: {_ORIGIN: told, **fresh.documents}})
        aside = temp_name(FILE)
        with suppress(TixError, OSError), Folder.open(self.folder) as folder:
            folder.write_new(aside, content)
            folder.rename(aside, FILE)

    def _read(self, place: str) -> None:
        with Folder.open(place) as folder:
            documents = look(FILE, folder.read(FILE))[_TABLE]
        told = documents[_ORIGIN]
        if told["origin"] != self._origin or told["at"] > self._now:
            return
        bundle = Bundle(documents, told["names"])
        names = ("ticket", "log_high", "log_low", "last_at")
        columns = [bundle.column("tickets", name) for name in names]
        for number, high, low, last_at in zip(*columns, strict=True):
            self._hashes[number] = f"{high:08x}{low:08x}"
            self.last_at[number] = last_at
        self.bundle = bundle
