"""Where things are: the desk, config.toml, and the folders for state and cache.

XDG Base Directory Specification 0.8: an empty or relative path in its variables is ignored.
"""

from __future__ import annotations

import os
import stat
from contextlib import suppress
from typing import TYPE_CHECKING

from tix.errors import CannotCreate, PermissionRefused, UsageError

if TYPE_CHECKING:
    from collections.abc import Mapping

StrPath = str | os.PathLike[str]


def desk_path(environ: Mapping[str, str], flag: str | None) -> tuple[str, bool]:
    """Return the path or URL of the desk, and whether it is the default place.

    Raises:
        UsageError: *flag*, which is ``--db``, is empty.
        CannotCreate: Nothing names a place.
    """
    if flag == "":
        raise UsageError("--db is empty; it takes a folder")
    if named := flag or environ.get("TIX_DB"):
        return named, False
    folder = _folder(environ, "XDG_DATA_HOME", ".local/share")
    if folder is None:
        raise CannotCreate(
            "no place for a desk: neither HOME nor XDG_DATA_HOME is set",
            hint="Name one with --db DIR or TIX_DB.",
        )
    return folder, True


def config_path(environ: Mapping[str, str]) -> str | None:
    """Return where config.toml is or would be; None without a home."""
    if named := environ.get("TIX_CONFIG"):
        return named
    folder = _folder(environ, "XDG_CONFIG_HOME", ".config")
    return f"{folder}/config.toml" if folder else None


def state_dir(environ: Mapping[str, str]) -> str | None:
    """Return the folder for ``@last`` and drafts; None without a home."""
    return _folder(environ, "XDG_STATE_HOME", ".local/state")


def cache_dir(environ: Mapping[str, str]) -> str | None:
    """Return the folder for what can be made again; None without a home."""
    return _folder(environ, "XDG_CACHE_HOME", ".cache")


def make_private(folder: StrPath) -> None:
    """Make *folder*, and those above it that are missing, for the user alone.

    Raises:
        PermissionRefused: It is there, and others may write to it.
    """
    _make(os.fspath(folder))
    refuse_shared(folder, os.stat(folder))


def refuse_shared(path: StrPath, status: os.stat_result) -> None:
    """Refuse a file or folder that others could have planted something in, as ssh does.

    Raises:
        PermissionRefused: They may write to it; in a sticky folder they cannot replace a file.
    """
    mode = status.st_mode
    if mode & stat.S_ISVTX and stat.S_ISDIR(mode):
        return
    if mode & stat.S_IWOTH or (mode & stat.S_IWGRP and not _is_own_group(status.st_gid)):
        raise PermissionRefused(f"others may write to {path}", hint=f"Run: chmod go-w '{path}'")


def _is_own_group(number: int) -> bool:
    """Return whether nobody else is in the group: Fedora and Ubuntu give each user one."""
    from grp import getgrgid
    from pwd import getpwuid

    try:
        group, user = getgrgid(number), getpwuid(os.geteuid())
    except KeyError:
        return False
    alone = set(group.gr_mem) <= {user.pw_name}
    return alone and (group.gr_name, number) == (user.pw_name, user.pw_gid)


def _make(folder: str) -> None:
    if not os.path.isdir(folder):
        if above := os.path.dirname(folder):
            _make(above)
        with suppress(FileExistsError):
            os.mkdir(folder, 0o700)


def _folder(environ: Mapping[str, str], variable: str, below_home: str) -> str | None:
    base = environ.get(variable, "")
    if base.startswith("/"):
        return os.path.join(base, "tix")
    home = environ.get("HOME", "")
    return os.path.join(home, below_home, "tix") if home.startswith("/") else None
