"""A commit that was interrupted, and what can be saved of it if ``commit.json`` is damaged."""

from __future__ import annotations

import re
from contextlib import suppress
from typing import TYPE_CHECKING

from tix.errors import DeskDamaged, TixError
from tix.store.commit import commit, recover, remove_strays
from tix.store.folder import TEMP, is_temp
from tix.store.generations import BACKUPS
from tix.store.jsondesk import generation_of
from tix.store.layout import ROOT, is_page
from tix.store.page import load
from tix.store.pending import COMMIT, check_base, decode

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime

    from tix.store.folder import Folder

_NEW = re.compile(rf"((?:.+/)?){re.escape(TEMP)}[0-9a-f]+-(.+)")


def finish_or_save(folder: Folder, put_away: Callable[[str], None], now: datetime) -> str:
    """Finish an interrupted commit, and remove what was never used.

    A ``commit.json`` that cannot be followed is put away; what is wrong with it is returned.
    What it was about to do is done as far as its new files are whole, unless it belongs to
    another state of the desk.
    """
    wrong = ""
    try:
        recover(folder, generation_of)
    except DeskDamaged as error:
        wrong = error.message
        changes = {} if _is_strange(folder) else dict(_new_pages(folder))
        put_away(COMMIT)
        if changes:
            with suppress(FileNotFoundError):
                changes.setdefault(ROOT, folder.read(ROOT))
        if ROOT in changes:
            commit(folder, changes, base_generation=None, now=now, afresh=True)
        for name in list(_temps(folder)):
            put_away(name)
    remove_strays(folder)
    return wrong


def _is_strange(folder: Folder) -> bool:
    """Return whether the new files that lie about cannot follow the present root."""
    try:
        check_base(folder, decode(folder.read(COMMIT)), generation_of)
    except DeskDamaged:
        new = [generation_of(content) for name, content in _new_pages(folder) if name == ROOT]
        with suppress(TixError, FileNotFoundError):
            return not new or new[0] != generation_of(folder.read(ROOT)) + 1
    return False


def _new_pages(folder: Folder) -> Iterator[tuple[str, bytes]]:
    """Yield name and bytes of the new pages that are whole."""
    for temp in _temps(folder):
        match = _NEW.fullmatch(temp)
        name = match[1] + match[2] if match else ""
        if is_page(name) and name != COMMIT:
            with suppress(TixError, FileNotFoundError, ValueError):
                content = folder.read(temp)
                load(name, content)
                yield name, content


def _temps(folder: Folder) -> Iterator[str]:
    return (name for name, _ in folder.walk(skip=(BACKUPS,)) if is_temp(name))
