"""One state of a desk's files, looked at with an open mind: damage is told, not raised."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

from tix.errors import DeskDamaged, IOFailed, PermissionRefused
from tix.store.blobs import get_blob
from tix.store.doctor.forms import FORMS, documents, is_ours, read_record
from tix.store.doctor.problems import Report
from tix.store.doctor.salvage import readable_records, records_of
from tix.store.layout import ROOT
from tix.store.migrations import CURRENT
from tix.store.page import load
from tix.store.pages import DESK
from tix.store.pending import checksum

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from tix.store.doctor.salvage import Found
    from tix.store.folder import Folder
    from tix.store.page import Tables

Records = dict[str, dict[str, Any]]

_NO_PAGE = (ValueError, KeyError, TypeError, AttributeError, RecursionError)


class View:
    """Those of the files *names* that tix makes, through *read*; ``report`` gathers problems."""

    def __init__(self, folder: Folder, read: Callable[[str], bytes], names: Sequence[str]) -> None:
        self.report = Report()
        self.names = [name for name in names if is_ours(name)]
        self.misnamed: list[str] = []
        """Files that are not what their names say; attachments are looked for among them."""
        self.rescued: dict[str, bytes] = {}
        """The attachments that were found there."""
        self._folder = folder
        self._read = read
        self._root = self._tables(ROOT)
        self.schema = self._schema()

    def content(self, name: str) -> bytes:
        """Return the bytes of a page, none if it cannot be read."""
        try:
            return self._read(name)
        except (FileNotFoundError, IOFailed, PermissionRefused):
            return b""

    def tables(self, name: str) -> Tables | None:
        """Return the tables of a page; none if it is missing, None if it is damaged."""
        tables = self._root if name == ROOT else self._tables(name)
        return None if tables is None else CURRENT.upgrade(name, tables, self.schema)

    def records(self, name: str) -> Records | None:
        """Return what stands on a page and belongs there, by table; None if it is damaged."""
        tables = self.tables(name)
        if tables is None:
            return None
        found: Records = {}
        for table, key, document in documents(tables):
            try:
                record = read_record(table, key, document)
            except ValueError as error:
                self.report.add_page("bad_record", name, str(error))
                continue
            if name in FORMS[table].pages(key, record):
                found.setdefault(table, {})[key] = record
            else:
                self.report.add_page("wrong_place", name, f"{key} in {table} is not of this page")
        return found

    def attachment(self, sha256: str) -> bytes | None:
        """Return the content of a kept file, None if it is missing or damaged."""
        try:
            return get_blob(self._folder, sha256)
        except (FileNotFoundError, DeskDamaged, IOFailed, PermissionRefused):
            for content in map(self.content, self.misnamed):
                if checksum(content) == sha256:
                    self.rescued[sha256] = content
            return self.rescued.get(sha256)

    def left_of(self, name: str) -> Iterable[Found]:
        """Return the records in a file that is not what its name says."""
        try:
            return records_of(CURRENT.upgrade(name, load(name, self.content(name)), self.schema))
        except (DeskDamaged, *_NO_PAGE):
            return readable_records(self.content(name))

    def age_s(self, name: str) -> float:
        """Return how long ago a file was written."""
        found = self._folder.signature(name)
        return 0.0 if found is None else time.time() - found[3] / 1e9

    @property
    def desk_id(self) -> str | None:
        """What the desk is called on its root, None if that does not tell it."""
        desk = (self._root or {}).get(DESK, {}).get("1", {})
        found: str | None = desk.get("id")
        return found

    def _tables(self, name: str) -> Tables | None:
        try:
            return load(name, self._read(name))
        except FileNotFoundError:
            return {}
        except (DeskDamaged, IOFailed, PermissionRefused) as error:
            why = error.message.removeprefix(f"{name} is damaged: ")
        except _NO_PAGE:
            why = "its checksum fits, and it is no page"
        self.report.add_page("damaged_file", name, why)
        return None

    def _schema(self) -> int:
        """Return the schema of the pages; today's if the root does not tell it.

        Raises:
            DeskNewer: It is not known to this tix.
        """
        try:
            return CURRENT.schema_of((self._root or {})[DESK]["1"])
        except (DeskDamaged, KeyError, TypeError, AttributeError):
            return CURRENT.schema
