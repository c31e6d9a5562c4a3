"""Where else a record can come from: from what is left of a damaged page, and from backups."""

from __future__ import annotations

import json
import re
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING, Any

from tix.errors import DeskDamaged, IOFailed, PermissionRefused
from tix.record import NamedTuple
from tix.store import daily
from tix.store.doctor.forms import FORMS, documents, read_record
from tix.store.page import load
from tix.store.recent import RECENT, recents

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tix.store.folder import Folder
    from tix.store.generations import Label

_KEY = re.compile(r'"([^"\\]{1,200})":(?=\{)')
_UNREADABLE = (DeskDamaged, IOFailed, PermissionRefused, FileNotFoundError, ValueError)


class Found(NamedTuple):
    """A record with its table and key; *is_proven* if a checksum fits the page it is from."""

    table: str
    key: str
    record: Any
    is_proven: bool = True


class Earlier:
    """The pages of a desk as its backups have them."""

    def __init__(self, folder: Folder) -> None:
        kept: list[tuple[Label, dict[str, Callable[[], bytes]]]] = []
        for label in recents(folder):
            folder_ = f"{RECENT}/{label}"
            entries = [entry for entry in folder.listing(folder_) if entry.startswith("+")]
            kept.append(
                (label, {_name_of(e): partial(folder.read, f"{folder_}/{e}") for e in entries})
            )
        for label in daily.dailies(folder):
            with suppress(DeskDamaged):
                sums = daily.sums(folder, label)
                kept.append(
                    (label, {n: partial(daily.read_copy, folder, n, sums[n]) for n in sums})
                )
        kept.sort(key=lambda one: (one[0].at_s, one[0].seq), reverse=True)
        self.generation = max((label.generation for label, _ in kept), default=0)
        self._states = [reads for _, reads in kept]

    def records(self, name: str) -> Iterator[list[Found]]:
        """Yield the records of a page, the newest version first.

        Versions that are damaged themselves are passed over.
        """
        for reads in self._states:
            if name in reads:
                with suppress(*_UNREADABLE):
                    yield list(records_of(load(name, reads[name]())))


def _name_of(entry: str) -> str:
    """Return the file that an entry of a generation keeps; ``recent.py`` names them."""
    return entry[1:].replace("%2F", "/").replace("%25", "%")


def readable_records(content: bytes) -> Iterator[Found]:
    """Yield all records that can be read in what is left of a page; none of them is proven.

    A table that is cut or torn is gone through document by document. What has a byte in it
    that is no UTF-8 is left out.
    """
    text = content.decode(errors="surrogateescape")
    decoder = json.JSONDecoder()
    table, at = "", 0
    while match := _KEY.search(text, at):
        key, at = match[1], match.end()
        table = key if key in FORMS else table
        try:
            value, at = decoder.raw_decode(text, at)
        except (ValueError, RecursionError):
            continue  # what stands inside may still be whole
        if key in FORMS:
            found = [*records_of({key: value})]
        else:
            found = [*_record(table, key, value)] or [*_guessed(value)]
        yield from (one._replace(is_proven=False) for one in found)


def records_of(tables: dict[str, Any]) -> Iterator[Found]:
    """Yield those documents of *tables* that are records."""
    for table, key, document in documents(tables):
        yield from _record(table, key, document)


def _record(table: str, key: str, document: object) -> Iterator[Found]:
    with suppress(ValueError, KeyError):
        json.dumps([key, document], ensure_ascii=False).encode()
        yield Found(table, key, read_record(table, key, document))


def _guessed(table: dict[str, Any]) -> Iterator[Found]:
    """Yield the records of a table whose name is damaged, where their form leaves no doubt."""
    for key, document in table.items():
        fitting = [found for name in FORMS for found in _record(name, key, document)]
        if len(fitting) == 1:
            yield fitting[0]
