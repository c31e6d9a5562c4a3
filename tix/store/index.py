"""The full text of a desk, in an SQLite file that can be thrown away at any time.

Words are cut by SQLite's ``unicode61``, without accents. Scripts that put no blanks between
words are cut into single characters, both here and in what is searched for, so that any part
of a text in them is found as a phrase. How an index is kept up to date stands in
``fulltext.py``.
"""

from __future__ import annotations

import re
from contextlib import contextmanager
from typing import TYPE_CHECKING

from tix.record import NamedTuple
from tix.text import clean, one_line

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Iterator, Sequence

    from tix.store.texts import Text

FORMAT = 2
"""Raised whenever the tables below or the cutting of words change."""

_TABLES = """
CREATE TABLE origin (desk_id TEXT, place TEXT, generation INTEGER);
CREATE TABLE tickets (
    ticket_id INTEGER PRIMARY KEY, status TEXT, subject TEXT, hash TEXT,
    is_settled INTEGER, is_hidden INTEGER, erased INTEGER
);
CREATE INDEX unsettled ON tickets (ticket_id) WHERE NOT is_settled;
CREATE INDEX hidden ON tickets (ticket_id) WHERE is_hidden;
CREATE VIRTUAL TABLE texts USING fts5 (
    subject, body, tokenize = "unicode61 remove_diacritics 2"
);
"""
_RANKED = """
SELECT rowid FROM texts WHERE texts MATCH ?1
    AND (?2 OR rowid NOT IN (SELECT ticket_id FROM tickets WHERE is_hidden))
ORDER BY bm25(texts, 8, 1), rowid DESC
"""
_HITS = """
SELECT ticket_id, status, tickets.subject, is_settled,
    snippet(texts, 1, char(2), char(3), '…', 14), snippet(texts, 0, char(2), char(3), '…', 14)
FROM texts JOIN tickets ON ticket_id = texts.rowid
WHERE texts MATCH ? AND texts.rowid IN ({})
"""
_FOUND, _ENDED = "\x02", "\x03"
_HITS_AT_ONCE = 500

_CUT = "\u200b"
_UNSPACED = (
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005-\u30ff\u3400-\u4dbf\u4e00-\u9fff"
    "\uac00-\ud7af\uf900-\ufaff\uff66-\uff9f\U00020000-\U0003ffff]"
)
"""Thai, Lao, Burmese, Khmer, Japanese, Chinese, Korean."""

_SHORTEST_BEGINNING = 3
"""Fewer letters begin so many words that nobody would wait for them unless asked to."""


class Origin(NamedTuple):
    """What an index was made from: a desk, its place, and the state it knows at least."""

    desk_id: str
    place: str
    generation: int


class Hit(NamedTuple):
    """A ticket that was found, as the index knows it, and the line with the words."""

    ticket_id: int
    status: str
    subject: str
    is_settled: bool
    line: str


class Index:
    """An open index; what SQLite has to say against it comes as ``sqlite3.Error``."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._db = connection
        self._db.execute("PRAGMA secure_delete = ON")

    @classmethod
    def new(cls, connection: sqlite3.Connection) -> Index:
        """Return an empty index in an empty database."""
        connection.executescript(_TABLES)
        connection.execute(f"PRAGMA user_version = {FORMAT}")
        return cls(connection)

    def close(self) -> None:
        """Let go of the file."""
        self._db.close()

    @contextmanager
    def changing(self) -> Iterator[None]:
        """Return the block that changes the index as a whole or not at all."""
        self._db.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            self._db.execute("ROLLBACK")
            raise
        self._db.execute("COMMIT")

    @property
    def origin(self) -> Origin | None:
        """What the index was made from; None if it is not finished or of another format."""
        if self._db.execute("PRAGMA user_version").fetchone() != (FORMAT,):
            return None
        row = self._db.execute("SELECT desk_id, place, generation FROM origin").fetchone()
        return Origin(*row) if row else None

    def put_origin(self, origin: Origin) -> None:
        """Say what the index was made from."""
        self._db.execute("DELETE FROM origin")
        self._db.execute("INSERT INTO origin VALUES (?, ?, ?)", origin)

    def state(self) -> tuple[Origin | None, dict[int, str]]:
        """Return the origin and, as of the same moment, what it tells of unsettled tickets.

        That is each one's number with the hash of its last event.
        """
        self._db.execute("BEGIN")
        try:
            origin = self.origin
            query = "SELECT ticket_id, hash FROM tickets WHERE NOT is_settled"
            return origin, dict(self._db.execute(query)) if origin else {}
        finally:
            self._db.execute("ROLLBACK")

    def replace(self, numbers: Iterable[int], texts: Iterable[Text]) -> None:
        """Let what is known of the tickets with these *numbers* be just *texts*."""
        before = {number: self._forget(number) for number in numbers}
        has_lost_text = False
        for text in texts:
            has_lost_text |= text.erased > before.get(text.ticket_id, text.erased)
            self._db.execute(
                "INSERT INTO tickets VALUES (?, ?, ?, ?, ?, ?, ?)",
                (
                    text.ticket_id,
                    text.status,
                    text.subject,
                    text.hash,
                    text.is_settled,
                    text.is_hidden,
                    text.erased,
                ),
            )
            self._db.execute(
                "INSERT INTO texts (rowid, subject, body) VALUES (?, ?, ?)",
                (text.ticket_id, cut(text.subject), cut(text.body)),
            )
        if has_lost_text:
            # The words of rows that are gone stay in the file until its parts are joined.
            self._db.execute("INSERT INTO texts (texts) VALUES ('optimize')")

    def _forget(self, number: int) -> int:
        """Drop what is known of a ticket; return how many of its texts were erased."""
        key = (number,)
        row = self._db.execute("SELECT erased FROM tickets WHERE ticket_id = ?", key).fetchone()
        if row is None:
            return 0
        self._db.execute("DELETE FROM texts WHERE rowid = ?", key)
        self._db.execute("DELETE FROM tickets WHERE ticket_id = ?", key)
        return int(row[0])

    def ranked(self, expression: str, *, hidden: bool) -> list[int]:
        """Return the tickets that *expression* finds, best first, newer first among equals.

        Those in the trash and spam are left out unless *hidden*.
        """
        return [number for (number,) in self._db.execute(_RANKED, (expression, hidden))]

    def hits(self, expression: str, numbers: Sequence[int]) -> Iterator[Hit]:
        """Return what *expression* finds on the tickets with these *numbers*, in their order."""
        for start in range(0, len(numbers), _HITS_AT_ONCE):
            some = numbers[start : start + _HITS_AT_ONCE]
            query = _HITS.format(",".join("?" * len(some)))
            rows = {row[0]: row for row in self._db.execute(query, (expression, *some))}
            for row in (rows[number] for number in some if number in rows):
                number, status, subject, is_settled, in_body, in_subject = row
                line = _line(in_body if _FOUND in in_body else in_subject)
                yield Hit(number, status, subject, bool(is_settled), line)


def cut(text: str) -> str:
    """Return *text* so that SQLite sees its words: one character each in unspaced scripts."""
    text = clean(text, keep_newlines=True)
    return text if text.isascii() else re.sub(_UNSPACED, rf"{_CUT}\g<0>{_CUT}", text)


def phrase(text: str, *, is_last: bool) -> str:
    """Return the expression that finds the words of *text* next to each other.

    The last of them may be the beginning of a word if ``*`` stands behind it, or if *text*
    *is_last* in a search, as it is typed. Empty if there is no word in it.
    """
    text = clean(text)
    words = text.rstrip("*")
    if not any(map(str.isalnum, words)):
        return ""
    begins = is_last and words[-1].isalnum() and len(words.split()[-1]) >= _SHORTEST_BEGINNING
    quoted = cut(words).replace('"', '""')
    return f'"{quoted}"' + ("*" if begins or words != text else "")


def _line(snippet: str) -> str:
    """Return the line of *snippet* with most of the words."""
    line = max(snippet.split("\n"), key=lambda line: line.count(_FOUND))
    for sign in (_FOUND, _ENDED, _CUT):
        line = line.replace(sign, "")
    return one_line(line)
