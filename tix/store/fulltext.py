"""Full-text search over a desk folder, by an index that is made when it is first needed.

The index lies in the user's cache. Before each search it learns what the root tells of the
generations since the last one. It is made anew when it is missing, damaged, too far behind,
or from another past of the desk: then the tickets at work do not end in the events that the
index knows. No change of the desk waits for an index or knows of one. Where none can be kept,
one that is gone afterwards gives the same answers, more slowly.

An index of generation 7 knows every ticket as it was then *or later*. That is why it can be
made in many short looks at a desk that changes meanwhile: what was touched since the first of
them is what it learns next.
"""

from __future__ import annotations

import os
import time
from contextlib import closing, suppress
from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar

from tix.config.places import make_private
from tix.errors import IOFailed, PermissionRefused
from tix.store import layout
from tix.store.blobs import get_blob
from tix.store.folder import Folder, failed, is_temp, temp_name
from tix.store.index import Index, Origin
from tix.store.jsondesk import JsonDesk, generation_of
from tix.store.migrations import CURRENT
from tix.store.page import damaged
from tix.store.pages import DESK, Pages
from tix.store.shelf import HEADS
from tix.store.snapshot import reading
from tix.store.transaction import TOUCHED, DeskTransaction

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from tix.config.places import StrPath
    from tix.store.texts import Text

    Watch = Callable[[Sequence[range]], Iterable[range]]

T = TypeVar("T")

FILE = "index.sqlite"

_AT_ONCE = 2000
_BUSY_S = 5.0
_STRAY_S = 24 * 3600


def search_desk(
    desk: JsonDesk,
    cache: StrPath | None,
    work: Callable[[Index, DeskTransaction], T],
    *,
    timeout_s: float,
    watch: Watch = iter,
) -> T:
    """Return what *work* makes of an up-to-date index of *desk* and of a state of the desk.

    As ``search_texts``; an index that is there and not far behind costs no second look.

    Raises:
        IOFailed: This Python cannot search in texts.
    """
    sqlite3 = _sqlite()

    def at_once(tx: DeskTransaction) -> tuple[T] | None:
        root = _Root(tx.pages, os.path.realpath(desk.place))
        file = _file_below(cache, root.origin.desk_id)
        if file is not None and os.path.exists(file):
            with suppress(sqlite3.Error), closing(Index(connect(file))) as index:
                before, known = index.state()
                behind = root.behind(before)
                if behind is not None and _same(known, root.unsettled(), but=behind):
                    if before != root.origin:
                        _learn(index, before, root, behind, partial(_texts_of, tx, behind))
                    return (work(index, tx),)
        return None

    found = desk.read(at_once)
    if found is not None:
        return found[0]
    return search_texts(
        desk.place,
        cache,
        lambda index: desk.read(lambda tx: work(index, tx)),
        timeout_s=timeout_s,
        watch=watch,
    )


def search_texts(
    path: StrPath,
    cache: StrPath | None,
    work: Callable[[Index], T],
    *,
    timeout_s: float,
    watch: Watch = iter,
) -> T:
    """Return what *work* makes of an index of the desk at *path*, brought up to date.

    *work* may be called again. The index is kept below *cache*. *watch* is given the pieces
    of long work and hands them on, so that it can show how far it is.

    Raises:
        IOFailed: This Python cannot search in texts.
    """
    sqlite3 = _sqlite()
    with Folder.open(path) as folder:
        keeper = _Keeper(folder, timeout_s, watch)
        file = keeper.file_below(cache)
        if file is not None:
            for prepare in (os.stat, keeper.make):
                # A file that is missing, damaged or cannot be written: on to the next way.
                with suppress(sqlite3.Error, OSError):
                    prepare(file)
                    with closing(Index(connect(file))) as index:
                        if keeper.bring_up(index):
                            return work(index)
        with closing(keeper.made_for_once()) as index:
            return work(index)


def forget_texts(path: StrPath, cache: StrPath | None) -> None:
    """Remove the index of the desk at *path*; the next search makes it anew.

    Raises:
        IOFailed: It is still there.
    """
    with Folder.open(path) as folder:
        file = _Keeper(folder, _BUSY_S, iter).file_below(cache)
    if file is None:
        return
    for name in (FILE, f"{FILE}-journal", f"{FILE}-wal", f"{FILE}-shm"):
        try:
            with suppress(FileNotFoundError):
                os.remove(os.path.join(os.path.dirname(file), name))
        except OSError as problem:
            raise failed(problem, "the change is saved, and the index still holds it") from problem


class _Root:
    """What the root tells an index."""

    def __init__(self, pages: Pages, place: str) -> None:
        self._pages = pages
        desk = pages.document(layout.ROOT, DESK, "1") or {}
        try:
            self.origin = Origin(str(desk["id"]), place, int(desk["generation"]))
            self.tickets = int(desk["counters"].get("ticket", 0))
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            raise damaged(layout.ROOT, "it does not tell which desk it is") from error

    def unsettled(self) -> dict[int, str]:
        """Return the tickets that are not settled, each with the hash of its last event."""
        heads = self._pages.documents(layout.ROOT, HEADS)
        return {int(head.doc_id): head.get("hash", "") for head in heads}

    def behind(self, origin: Origin | None) -> set[int] | None:
        """Return the tickets that an index of *origin* has to learn, None if it must be made."""
        ours = self.origin
        if origin is None or origin[:2] != ours[:2] or origin.generation > ours.generation:
            return None
        numbers: set[int] = set()
        for generation in range(origin.generation + 1, ours.generation + 1):
            touched = self._pages.document(layout.ROOT, TOUCHED, str(generation))
            if touched is None or len(numbers) > _AT_ONCE:
                return None
            for first, last in touched["tickets"]:
                numbers.update(range(first, last + 1))
        return numbers


class _Keeper:
    """Makes an index of a desk, and keeps one up to date."""

    def __init__(self, folder: Folder, timeout_s: float, watch: Watch) -> None:
        self._folder = folder
        self._timeout_s = timeout_s
        self._watch = watch
        self._root = self._look()

    def file_below(self, cache: StrPath | None) -> str | None:
        """Return where the index is or will be; None where none can be kept."""
        return _file_below(cache, self._root.origin.desk_id)

    def bring_up(self, index: Index) -> bool:
        """Let *index* learn what it lacks; return whether it can."""
        for _ in range(2):
            before, known = index.state()
            behind = self._root.behind(before)
            if behind is not None and _same(known, self._root.unsettled(), but=behind):
                if before != self._root.origin:
                    _learn(index, before, self._root, behind, partial(self._texts, behind))
                return True
            # It may know what came after our look at the desk.
            self._root = self._look()
        return False

    def make(self, file: str) -> None:
        """Make an index of the whole desk, and put it in the place of *file*."""
        folder, name = os.path.split(file)
        aside = os.path.join(folder, temp_name(name))
        _remove_strays(folder)
        os.close(os.open(aside, os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o600))
        try:
            with closing(self._fill(connect(aside))):
                pass
            fd = os.open(aside, os.O_RDONLY)
            os.fsync(fd)
            os.close(fd)
            os.rename(aside, file)
        finally:
            with suppress(FileNotFoundError):
                os.remove(aside)

    def made_for_once(self) -> Index:
        """Return an index of the whole desk that is gone when it is closed."""
        index = self._fill(connect(""))
        self.bring_up(index)
        return index

    def _fill(self, connection: sqlite3.Connection) -> Index:
        """Return a new index in an empty file; where that fails, nobody needs the file."""
        connection.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;")
        index = _new(connection)
        self._root = root = self._look()
        numbers = range(1, root.tickets + 1)
        pieces = [numbers[start : start + _AT_ONCE] for start in range(0, len(numbers), _AT_ONCE)]
        with index.changing():
            for piece in self._watch(pieces):
                index.replace((), self._texts(piece))
            index.put_origin(root.origin)
        self._root = self._look()
        return index

    def _texts(self, numbers: Iterable[int]) -> list[Text]:
        from tix.store.texts import texts

        blob = partial(get_blob, self._folder)
        return self._reading(lambda pages: list(texts(pages, blob, numbers)))

    def _look(self) -> _Root:
        return self._reading(lambda pages: _Root(pages, self._folder.path))

    def _reading(self, work: Callable[[Pages], T]) -> T:
        """Return what *work* makes of the pages of one state of the desk."""
        return reading(
            self._folder,
            lambda snapshot: work(Pages(snapshot.read, CURRENT)),
            self._timeout_s,
            generation_of=generation_of,
        )


def _texts_of(tx: DeskTransaction, numbers: Iterable[int]) -> list[Text]:
    """Return the texts of tickets in one state of the desk."""
    from tix.store.texts import texts

    return list(texts(tx.pages, tx.attachment, numbers))


def _learn(
    index: Index,
    before: Origin | None,
    root: _Root,
    behind: set[int],
    texts: Callable[[], list[Text]],
) -> None:
    """Let *index*, which is at *before*, know the tickets *behind* as *texts* has them."""
    with index.changing():
        # Otherwise another search has done it since we looked.
        if index.origin == before:
            index.replace(behind, texts())
            index.put_origin(root.origin)


def _file_below(cache: StrPath | None, desk_id: str) -> str | None:
    """Return where the index of a desk is or will be; None where none can be kept."""
    if cache is None or not (desk_id.isascii() and desk_id.replace("-", "").isalnum()):
        return None
    try:
        make_private(f"{cache}/{desk_id}")
    except (OSError, PermissionRefused):
        return None
    return os.path.join(cache, desk_id, FILE)


def connect(file: StrPath) -> sqlite3.Connection:
    """Return the SQLite file *file*; an empty name is one that is gone when it is closed."""
    connection: sqlite3.Connection = _sqlite().connect(file, timeout=_BUSY_S, isolation_level=None)
    return connection


def _new(connection: sqlite3.Connection) -> Index:
    try:
        return Index.new(connection)
    except _sqlite().OperationalError as error:
        raise _unable(str(error)) from None if "fts5" in str(error) else error


def _sqlite() -> Any:
    try:
        import sqlite3
    except ImportError as error:
        raise _unable(str(error)) from None
    return sqlite3


def _unable(why: str) -> IOFailed:
    return IOFailed(
        f"this Python cannot search in texts ({why})",
        hint="tix list --all text:WORD finds parts of words without it",
    )


def _same(one: Mapping[int, str], other: Mapping[int, str], *, but: set[int]) -> bool:
    """Return whether two maps are the same *but* for some keys."""
    if not but:
        return one == other
    return {n: one[n] for n in one if n not in but} == {n: other[n] for n in other if n not in but}


def _remove_strays(folder: str) -> None:
    """Remove what interrupted makings of an index left behind, unless one may still go on."""
    with suppress(OSError):
        for file in os.scandir(folder):
            if is_temp(file.name) and file.stat().st_mtime < time.time() - _STRAY_S:
                os.remove(file)
