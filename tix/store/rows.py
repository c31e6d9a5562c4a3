"""The documents of one table of a page: a line each, parsed when they are looked at.

Who wants a few documents of a large table, or changes a few, has no need to parse and write
the others. JSON has no raw line break within a document, so lines can be found, replaced and
passed on as they are.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from itertools import islice
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Collection, ItemsView, Iterator

Document = Mapping[str, Any]

FEW = 50
"""So many documents are parsed one by one, for more all of them at once."""

_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), check_circular=False).encode


class Rows(Mapping[str, Document]):
    """Documents by their ids, in the order written.

    They are kept as text, or as lines by their ids when one of them was sought; parsed only
    as long as they do not change.
    """

    def __init__(self, text: bytes) -> None:
        self._text: bytes | None = text
        self._lines: dict[bytes, bytes] = {}
        self._documents: dict[str, Document] | None = None
        self._looks = 0

    @classmethod
    def of(cls, documents: Mapping[str, Document]) -> Rows:
        """Return the table of *documents*."""
        return cls(text_of(documents))

    def __getitem__(self, key: str) -> Document:
        if self._documents is not None or self._looks >= FEW:
            return self._all()[key]
        self._looks += 1
        return _parsed(self._split()[_start(key)])[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._all())

    def __len__(self) -> int:
        return len(self._all())

    def __bool__(self) -> bool:
        return bool(self._text or self._lines)

    def items(self) -> ItemsView[str, Document]:
        """Return all ids and documents, parsed at once."""
        return self._all().items()

    def once(self) -> Mapping[str, Document]:
        """Return all documents; what is parsed for it is not kept."""
        return _parsed(self.text()) if self._documents is None else self._documents

    def first(self) -> Mapping[str, Document]:
        """Return the first document by its id; nothing if there is none."""
        if self._text is not None:
            return _parsed(self._text.partition(b"\n")[0])
        return _parsed(b"".join(islice(self._lines.values(), 1)))

    def holding(self, words: Collection[bytes]) -> Mapping[str, Document]:
        """Return all documents in whose lines one of *words* stands, and maybe others."""
        if self._documents is not None:
            return self._documents
        found = [line for line in self._split().values() if any(word in line for word in words)]
        return _parsed(b"".join(found))

    def change(self, changes: Mapping[str, bytes | None]) -> None:
        """Add, replace or (None) remove documents, given as JSON."""
        lines = self._split()
        for key, document in changes.items():
            if document is None:
                lines.pop(_start(key), None)
            else:
                lines[_start(key)] = b'%s":%s,' % (_start(key), document)
        self._documents = None

    def text(self) -> bytes:
        """Return the documents as they stand on a page."""
        return b"\n".join(self._lines.values())[:-1] if self._text is None else self._text

    def _split(self) -> dict[bytes, bytes]:
        if self._text is not None:
            self._lines = _by_start(self._text)
            self._text = None
        return self._lines

    def _all(self) -> dict[str, Document]:
        if self._documents is None:
            self._documents = _parsed(self.text())
        return self._documents


def text_of(documents: Mapping[str, Document]) -> bytes:
    """Return *documents* as they stand on a page: a line each."""
    return ",\n".join([f"{_encode(k)}:{_encode(v)}" for k, v in documents.items()]).encode()


def written(document: Document) -> bytes:
    """Return *document* as JSON, as it stands on a page."""
    return _encode(document).encode()


def parsed(document: bytes) -> dict[str, Any]:
    """Return the document that was ``written``."""
    found: dict[str, Any] = json.loads(document)
    return found


def _start(key: str) -> bytes:
    return _encode(key)[:-1].encode()


def _by_start(text: bytes) -> dict[bytes, bytes]:
    """Return the lines of *text*, each with its comma, by its id as it is written."""
    try:
        found = {line[: line.index(b'":{')]: line for line in (text + b",").split(b"\n")}
    except ValueError:
        found = {b"\\": text}
    if b"\\" not in b"".join(found):
        return found
    # What stands before ":{ may not be all of an id, or there is nothing.
    documents = _parsed(text).items()
    return {_start(k): b'%s":%s,' % (_start(k), written(v)) for k, v in documents}


def _parsed(lines: bytes) -> dict[str, Document]:
    documents: dict[str, Document] = json.loads(b"{%s}" % lines.removesuffix(b","))
    return documents
