"""Backups for the layer above: which states there are, back to one, and one in a file.

What a generation holds, and why it is whole, is told in ``generations.py``. Going back is a
commit like any other: it happens or it does not, and it keeps the present state first, as a
generation of its own, so that it can be undone. Only the files that differ are written. The
root alone is not brought back as it was: its generation has to rise and its counters must not
fall, or readers would not see the change and numbers would be given twice. What that means
only the layer above knows; it passes it as *renew*, which gets the bytes of the earlier root.

A saved file is a zip archive that any tool can open. Its last member lists the SHA-256 of all
the others; it is written aside, read back and compared before it gets its name.
"""

from __future__ import annotations

import json
import os
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from tix.errors import BadData, CannotCreate, IOFailed, NotFound
from tix.record import NamedTuple
from tix.store import daily, recent
from tix.store.blobs import FILES, put_blob
from tix.store.commit import commit
from tix.store.folder import failed, is_safe, temp_name
from tix.store.generations import Label, state_files
from tix.store.layout import ROOT
from tix.store.pending import checksum
from tix.store.snapshot import reading

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from zipfile import ZipFile

    from tix.store.folder import Folder
    from tix.store.snapshot import Snapshot

_LIST = "MANIFEST.tix"
_FORMAT = "tix-backup/1"
# JSON shrinks to a quarter at the lowest level; the highest takes four times as long.
_LEVEL = 1


class Generation(NamedTuple):
    """An earlier state: its name, its time, its root's generation; False if parts are lost."""

    which: str
    at: datetime
    generation: int
    is_complete: bool


def generations(folder: Folder) -> list[Generation]:
    """Return the earlier states that are kept, the newest first."""
    found = [
        _generation("daily", label, is_complete=daily.has_all(folder, label))
        for label in daily.dailies(folder)
    ]
    lowest = None
    for label in reversed(recent.recents(folder)):
        # A generation that fell means that somebody changed files by hand: what was kept
        # before no longer fits the files it looks at.
        is_complete = lowest is None or label.generation <= lowest
        lowest = label.generation if lowest is None else min(lowest, label.generation)
        found.append(_generation("recent", label, is_complete=is_complete))
    return sorted(found, key=lambda one: (one.at, one.generation, one.which), reverse=True)


def _generation(kind: str, label: Label, *, is_complete: bool) -> Generation:
    at = datetime.fromtimestamp(label.at_s, UTC)
    return Generation(f"{kind}/{label}", at, label.generation, is_complete)


def changes_back(folder: Folder, which: str) -> dict[str, bytes | None]:
    """Return what an earlier state has otherwise than the present one; None is no file.

    Raises:
        NotFound: There is no such generation.
        DeskDamaged: A part of it is lost.
    """
    kind, _, name = which.partition("/")
    for label in recent.recents(folder) if kind == "recent" else ():
        if str(label) == name:
            return recent.changes_back(folder, label)
    for label in daily.dailies(folder) if kind == "daily" else ():
        if str(label) == name:
            sums = daily.sums(folder, label)
            files = {name: daily.read_copy(folder, name, sums[name]) for name in sums}
            return {**_absent(folder), **files}
    raise NotFound(f"there is no backup named {which}", hint="see 'tix backup list'")


def restore(
    folder: Folder,
    which: str,
    now: datetime,
    *,
    base_generation: int | None,
    renew: Callable[[bytes], bytes],
) -> tuple[str, ...]:
    """Bring an earlier state back, in one commit; return what the user should know.

    Only under the lock. *base_generation* is that of the present root, None if it cannot be
    told.
    """
    return _bring(folder, changes_back(folder, which), now, base_generation, renew)


def restore_all(
    folder: Folder,
    files: Mapping[str, bytes],
    now: datetime,
    *,
    base_generation: int | None,
    renew: Callable[[bytes], bytes],
) -> tuple[str, ...]:
    """Make *files*, as ``load`` gives them, the present state; else as ``restore``."""
    changes: dict[str, bytes | None] = {**_absent(folder)}
    for name, content in files.items():
        if not name.startswith(f"{FILES}/"):
            changes[name] = content
        elif put_blob(folder, content) != name.rpartition("/")[2]:
            raise BadData(f"{name} is damaged: its name is not its checksum")
    return _bring(folder, changes, now, base_generation, renew)


def _absent(folder: Folder) -> dict[str, None]:
    return {name: None for name, _ in state_files(folder, skip=(FILES,))}


def _bring(
    folder: Folder,
    wanted: Mapping[str, bytes | None],
    now: datetime,
    base_generation: int | None,
    renew: Callable[[bytes], bytes],
) -> tuple[str, ...]:
    changes = {name: content for name, content in wanted.items() if not _is(folder, name, content)}
    root = wanted.get(ROOT)
    if root is None:
        raise BadData(f"the backup has no {ROOT}")
    changes[ROOT] = renew(root)
    return commit(folder, changes, base_generation=base_generation, now=now, afresh=True)


def _is(folder: Folder, name: str, content: bytes | None) -> bool:
    try:
        return folder.read(name) == content
    except FileNotFoundError:
        return content is None
    except IOFailed:
        return False


def save(
    folder: Folder,
    file: str | os.PathLike[str],
    timeout_s: float,
    *,
    generation_of: Callable[[bytes], int] | None = None,
) -> int:
    """Write one state of the desk, attachments and all, to *file*; return how many files.

    Needs no lock, unless writers come so thick that a reader has to wait.

    Raises:
        CannotCreate: *file* is there already, or its folder is not.
        IOFailed: No backup was written.
    """
    target = Path(file).absolute()
    aside = target.with_name(temp_name(target.name))
    if os.path.lexists(target):
        raise CannotCreate(f"{target} is there already", hint="give the backup a new name")
    if not target.parent.is_dir():
        raise CannotCreate(f"there is no folder {target.parent}")
    try:
        reading(folder, lambda state: _pack(state, aside), timeout_s, generation_of=generation_of)
        count = sum(1 for _ in _unpacked(aside))
        _give_name(aside, target)
    except OSError as problem:
        raise failed(problem, "no backup was written") from problem
    finally:
        with suppress(OSError):
            aside.unlink()
    return count


def load(file: str | os.PathLike[str]) -> dict[str, bytes]:
    """Return the files of a desk that ``save`` wrote to *file*.

    Raises:
        BadData: It is no such file, or a part of it is damaged.
        IOFailed: It cannot be read.
    """
    files = dict(_unpacked(Path(file)))
    if ROOT not in files:
        raise BadData(f"{file} holds no desk: it has no {ROOT}")
    return files


def _pack(state: Snapshot, aside: Path) -> None:
    from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

    aside.unlink(missing_ok=True)  # it was begun from a state that has changed since
    with aside.open("xb") as stream:
        aside.chmod(0o600)
        sums = {}
        with ZipFile(stream, "w") as archive:
            for name in state.names():
                content = state.read(name)
                sums[name] = checksum(content)
                archive.writestr(ZipInfo(name), content, ZIP_DEFLATED, _LEVEL)
            listed = json.dumps({"format": _FORMAT, "files": sums}).encode()
            archive.writestr(ZipInfo(_LIST), listed, ZIP_DEFLATED, _LEVEL)
        stream.flush()
        os.fsync(stream.fileno())


def _unpacked(file: Path) -> Iterator[tuple[str, bytes]]:
    with _archive(file) as archive:
        listed = json.loads(archive.read(_LIST))
        sums = listed["files"]
        if listed["format"] != _FORMAT or len(archive.namelist()) != len(sums) + 1:
            raise BadData(f"{file} is not a backup that this tix wrote")
        for name, digest in sums.items():
            content = archive.read(name)
            if checksum(content) != digest or not is_safe(name):
                raise BadData(f"{file} is damaged: {name} is not what was saved")
            yield name, content


@contextmanager
def _archive(file: Path) -> Iterator[ZipFile]:
    import zlib
    from zipfile import BadZipFile, ZipFile

    try:
        stream = file.open("rb")
    except OSError as problem:
        raise failed(problem, f"cannot read {file}") from problem
    # What a damaged archive makes zipfile and json say.
    wrong = (BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, OSError)
    try:
        with stream, ZipFile(stream) as archive:
            yield archive
    except (*wrong, ValueError, KeyError, TypeError, AttributeError):
        raise BadData(f"{file} is not a backup, or it is damaged") from None


def _give_name(aside: Path, target: Path) -> None:
    try:
        target.hardlink_to(aside)
    except FileExistsError:
        raise CannotCreate(f"{target} is there already") from None
    except OSError:
        aside.rename(target)  # a disk without links
    fd = os.open(target.parent, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(fd)
    finally:
        os.close(fd)
