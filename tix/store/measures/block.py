"""The measures of a block of settled tickets, and how a commit keeps them true."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tix.codec import decode_time
from tix.domain.facts import VERSION
from tix.store import layout
from tix.store.measures import DIGITS, KNOWN, UNREADABLE, measuring
from tix.store.page import damaged
from tix.store.shelf import HEADS

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from tinydb.table import Document

    from tix.domain.facts import Rows
    from tix.store.measures import Shelved
    from tix.store.measures.pack import Bundle
    from tix.store.pages import Pages


MEASURES, BLOCK = "measures", "block"
"""The table of a page of measures, and the document that tells what stands on it.

It is bound to its place: *of* is the number that the block begins with, *id* is the desk's.
Its *left* are the settled tickets that are not measured yet, with how the hashes of their last
events begin; *gone* are those whose rows count no more. *first* and *last* are the instants
between which all tickets had their last event, and *known* is since when the desk knows all
that was measured.
"""

TOLD = frozenset({"of", "id", "version", "first", "last", "known", "left", "gone", "names"})
"""The members of that document."""

VERSIONS = [1, VERSION]
"""The version of the form of a page, and that of the definitions."""

ENOUGH = 8
"""So many tickets of a block are worth the time that it takes to get ready for measuring."""

MOST = 2 * ENOUGH
"""So many are measured at most by a commit that has settled only a few of them."""

ROOM = 1000
"""A commit that settles more, such as a large import, leaves all for ``measure_anew``."""


def keep_up(tx: Shelved, numbers: Collection[int]) -> None:
    """Let the measures of the tickets *numbers*, which have settled or changed, be true."""
    blocks: dict[int, set[int]] = {}
    for number in numbers:
        blocks.setdefault(number // layout.BLOCK, set()).add(number)
    for block, touched in blocks.items():
        _Block(tx, block * layout.BLOCK).touch(touched, has_room=len(numbers) <= ROOM)


def measure_anew(tx: Shelved) -> Iterator[int]:
    """Measure all settled tickets, block by block; yield how many there were in each."""
    for first in range(0, tx.last_number("ticket") + 1, layout.BLOCK):
        yield _Block(tx, first).renew()


class _Block:
    """One block while a transaction ends."""

    def __init__(self, tx: Shelved, first: int) -> None:
        self._tx = tx
        self._pages = tx.pages
        self._first = first
        self._page = layout.settled_measures(first)
        self._heads_page = layout.settled_heads(first)

    def touch(self, touched: Collection[int], *, has_room: bool) -> None:
        """Let the rows of *touched* count no more, and measure what is left if that is enough."""
        if not self._is_readable():
            if not self._is_file():
                return
            self._pages.start_anew(self._page)
        if not has_room and self._pages.document(self._page, MEASURES, BLOCK) is None:
            return  # all is left where there is no page
        told = self._told()
        left, gone = {**told["left"]}, {*told["gone"], *touched}
        for number in sorted(touched):
            head = self._pages.document(self._heads_page, HEADS, str(number))
            left.pop(str(number), None)
            if head is not None:
                left[str(number)] = head.get("hash", "")[:DIGITS]
                last = _seconds(head["updated_at"])
                told |= {"first": min(told["first"], last), "last": max(told["last"], last)}
        is_enough = len(touched) >= ENOUGH or ENOUGH <= len(left) <= MOST
        numbers = {*map(int, left)}
        kept = self._without(gone | numbers) if is_enough and has_room else None
        if kept is not None:
            self._measure(numbers, kept)
        elif not left and not any(True for _ in self._heads()):
            self._pages.start_anew(self._page)
        else:
            told |= {"left": left, "gone": sorted(gone)}
            self._pages.put(self._page, MEASURES, BLOCK, told)

    def renew(self) -> int:
        """Measure every settled ticket; return how many there are.

        What this transaction has changed comes when it ends.
        """
        numbers = {int(head.doc_id) for head in self._heads()}
        numbers -= {*self._tx.touched(self._first)}
        if numbers or self._is_file():
            self._measure(numbers, {})
        return len(numbers)

    def _is_readable(self) -> bool:
        """Return whether the page is that of this block of this desk, if there is one."""
        try:
            told = self._pages.document(self._page, MEASURES, BLOCK)
            if told is not None and told["version"] == VERSIONS:
                check_place(told, self._tx, self._first)
        except UNREADABLE:
            self._tx.absent.add(self._page)
            return False
        return True

    def _is_file(self) -> bool:
        """Return whether there is a file that can be replaced, and no link or folder."""
        try:
            return self._pages.content(self._page) is not None
        except UNREADABLE:
            return False

    def _without(self, gone: Collection[int]) -> dict[int, Rows] | None:
        """Return what is kept of tickets that are not *gone*; None if it cannot be read."""
        try:
            kept = bundle_on(self._pages, self._page).tickets()
            return {n: rows for rows in kept if (n := number_of(rows)) not in gone}
        except UNREADABLE:
            self._tx.absent.add(self._page)
            return None

    def _heads(self) -> Iterator[Document]:
        return self._pages.passing(self._heads_page, HEADS)

    def _told(self) -> dict[str, Any]:
        """Return what the page tells of itself; of one that is not there, that all is left."""
        told = self._pages.document(self._page, MEASURES, BLOCK)
        if told is not None and told["version"] == VERSIONS:
            return dict(told)
        self._pages.start_anew(self._page)
        heads = list(self._heads())
        ends = [_seconds(head["updated_at"]) for head in heads] or [0]
        return {
            "of": self._first,
            "id": self._tx.desk["id"],
            "version": VERSIONS,
            "first": min(ends),
            "last": max(ends),
            "known": 0,
            "left": {str(head.doc_id): head.get("hash", "")[:DIGITS] for head in heads},
            "gone": [],
            "names": [""],
        }

    def _measure(self, numbers: Collection[int], kept: Mapping[int, Rows]) -> None:
        """Measure tickets and put them beside what is *kept* of others, and nothing else."""
        from tix.store.measures.pack import pack

        measure = measuring(self._tx)
        histories = self._tx.settled_histories(self._first, numbers)
        found = {number: measure(history, self._tx.now) for number, history in histories}
        found |= kept
        self._pages.start_anew(self._page)
        if not found:
            return
        documents, names = pack([found[number] for number in sorted(found)])
        told = self._told()
        known = max(int(at) for rows in found.values() for _, at in rows[KNOWN])
        told |= {"known": known, "left": {}, "names": names}
        for key, document in {BLOCK: told, **documents}.items():
            self._pages.put(self._page, MEASURES, key, document)


def check_place(told: Mapping[str, Any], tx: Shelved, first: int) -> None:
    """Refuse what another page tells of itself than the one of this block of this desk.

    Raises:
        DeskDamaged: It is of another one.
        ValueError, KeyError, TypeError: It does not tell what it should.
    """
    if (told["of"], told["id"]) != (first, tx.desk["id"]):
        raise damaged(layout.settled_measures(first), "it is the page of other tickets")
    if not told.keys() >= TOLD:
        raise KeyError(*(TOLD - told.keys()))
    "".join(told["names"])  # texts, all of them
    for number in (told["first"], told["last"], told["known"], *told["gone"], *told["left"]):
        int(number)


def bundle_on(pages: Pages, page: str) -> Bundle:
    """Return what a page of measures holds, whether it counts or not."""
    from tix.store.measures.pack import Bundle

    documents = {str(one.doc_id): one for one in pages.documents(page, MEASURES)}
    told = documents.pop(BLOCK, None)
    return Bundle(documents, told["names"] if told else ())


def number_of(rows: Rows) -> int:
    """Return the number of the ticket that was measured."""
    return int(rows["tickets"][0][0])


def _seconds(text: str) -> int:
    return int(decode_time(text).timestamp())
