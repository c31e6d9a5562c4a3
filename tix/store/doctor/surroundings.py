"""What is around the records of a desk: modes, links, leftovers, the lock, the file system."""

from __future__ import annotations

import os
import re
import stat
import time
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from tix.errors import Locked, PermissionRefused
from tix.record import NamedTuple
from tix.store.doctor.forms import is_ours
from tix.store.folder import LOCK, is_temp
from tix.store.generations import DAMAGED
from tix.store.lock import hold
from tix.store.pending import COMMIT

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tix.store.doctor.problems import Report
    from tix.store.folder import Folder

STRAY_S = 3600

_OTHERS = 0o077
_OUR_FOLDERS = r"customers|ops|history|settled(/\d{2,})?|keys|files(/[0-9a-f]{2})?|backups|damaged"
_KEPT = r"(backups|damaged)/.+"
_OVER_A_NETWORK = ("nfs", "cifs", "smb", "fuse", "9p", "afs", "ceph", "vboxsf", "davfs", "sshfs")


class Entry(NamedTuple):
    """A name in the desk's folder, below it, or the folder itself (empty)."""

    name: str
    mode: int
    modified_at_s: float

    @property
    def is_planted(self) -> bool:
        """True for a link, a pipe, a device, and a folder or file in place of the other."""
        if stat.S_ISDIR(self.mode):
            return is_ours(self.name)
        return not stat.S_ISREG(self.mode) or bool(re.fullmatch(_OUR_FOLDERS, self.name))

    @property
    def was_put_away(self) -> bool:
        """True for what a repair has taken out of the way."""
        return self.name.startswith(f"{DAMAGED}/")

    @property
    def is_open_to_others(self) -> bool:
        """True if anybody but its owner has a right to it."""
        return not self.is_planted and bool(self.mode & _OTHERS)

    @property
    def is_stray(self) -> bool:
        """True if it was not finished an hour ago, so that nobody will finish it."""
        return is_temp(self.name) and self.modified_at_s < time.time() - STRAY_S

    @property
    def is_ours(self) -> bool:
        """True if tix gives such a name."""
        if not self.name or is_temp(self.name) or re.fullmatch(_KEPT, self.name):
            return True
        if stat.S_ISDIR(self.mode):
            return re.fullmatch(_OUR_FOLDERS, self.name) is not None
        return is_ours(self.name)


def entries(folder: Folder) -> Iterator[Entry]:
    """Yield all there is in the folder and below it, without following a link."""
    found = Path(folder.path).stat()
    yield Entry("", found.st_mode, found.st_mtime)
    for top, folders, files, fd in os.fwalk(folder.path):
        prefix = os.path.relpath(top, folder.path)
        for name in sorted((*folders, *files)):
            # What is gone since the folder was listed is not there.
            with suppress(FileNotFoundError):
                found = os.stat(name, dir_fd=fd, follow_symlinks=False)
                path = name if prefix == "." else f"{prefix}/{name}"
                yield Entry(path, found.st_mode, found.st_mtime)


def examine_surroundings(folder: Folder, report: Report) -> None:
    """Tell *report* what is odd around the records."""
    for entry in entries(folder):
        _examine_entry(entry, entry.name or folder.path, report)
    with suppress(PermissionRefused):
        if folder.signature(COMMIT) is not None:
            what = "a change that is saved and not yet in its place"
            report.add("unfinished_commit", COMMIT, what)
    kind = file_system(folder.path)
    if kind.startswith(_OVER_A_NETWORK):
        what = f"it is on {kind}, where locks and renames may not hold what they promise"
        report.add("network_folder", folder.path, what)
    # What keeps the lock file from being opened has been told by its entry.
    with suppress(PermissionRefused):
        try:
            with hold(folder, 0.0, shared=True):
                pass
        except Locked as error:
            report.add("lock_held", LOCK, error.message)


def _examine_entry(entry: Entry, place: str, report: Report) -> None:
    if entry.is_planted:
        if not entry.was_put_away:
            report.add("link", place, f"tix did not make it so: {stat.filemode(entry.mode)}")
        return
    if entry.is_open_to_others:
        report.add("mode", place, f"others have rights to it: {stat.filemode(entry.mode)}")
    if entry.is_stray:
        report.add("stray", place, "what an interrupted command left behind")
    elif not entry.is_ours:
        report.add("unknown_file", place, "tix did not make it")


def file_system(path: str) -> str:
    """Return the kind of file system that *path* is on, empty where the machine does not tell."""
    best, kind = "", ""
    with suppress(OSError, IndexError, ValueError):
        for line in Path("/proc/self/mountinfo").read_text("utf-8", "replace").splitlines():
            mount, _, source = line.partition(" - ")
            place = mount.split()[4].replace("\\040", " ")
            if os.path.commonpath((path, place)) == place and len(place) >= len(best):
                best, kind = place, source.split()[0]
    return kind


def make_private(folder: Folder) -> None:
    """Take all rights to the desk from everybody but its owner.

    Raises:
        OSError: The file system does not allow it.
    """
    for _, _, files, folder_fd in os.fwalk(folder.path):
        _take_rights(folder_fd)
        for name in files:
            found = os.stat(name, dir_fd=folder_fd, follow_symlinks=False)
            if stat.S_ISREG(found.st_mode) and found.st_mode & _OTHERS:
                fd = os.open(name, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK, dir_fd=folder_fd)
                try:
                    _take_rights(fd)
                finally:
                    os.close(fd)


def _take_rights(fd: int) -> None:
    mode = stat.S_IMODE(os.fstat(fd).st_mode)
    if mode & _OTHERS:
        os.fchmod(fd, mode & ~_OTHERS)
