"""The facts of a desk folder: what is kept of settled tickets, and the others measured now."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from functools import cached_property
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from tix.codec import encode_time
from tix.domain.facts import TABLES
from tix.domain.measure.clocks import clock_row
from tix.domain.past import until
from tix.store import layout
from tix.store.measures import KNOWN, UNREADABLE, counts, measuring
from tix.store.measures.block import BLOCK, MEASURES, TOLD, VERSIONS, check_place, number_of
from tix.store.measures.joined import Joined, Others, Segment
from tix.store.measures.pack import KEPT, Bundle
from tix.store.measures.work import Remembered, folder_below
from tix.store.page import look
from tix.store.shelf import HEADS, decode_head

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from tix.config.places import StrPath
    from tix.domain.event import Event
    from tix.domain.facts import Facts, Rows
    from tix.domain.sla.reading import Reader
    from tix.store.base import Watch
    from tix.store.measures import Measure, Shelved

    Row = Sequence[int | str]

CLOCKS = "clocks"
FEW = 20
"""So many tickets are measured as soon as what they are is remembered."""

_STOPPED_AT, _STARTED_AT, _KIND = (
    TABLES[CLOCKS].index(name) for name in ("stopped_at", "started_at", "kind")
)
_TICKET = "ticket"
_TO_S = len("2026-01-01T00:00:00")
_BLOCK = b'"%s":' % BLOCK.encode()
_FAR = 200


def facts_of(
    tx: Shelved,
    since: datetime,
    as_of: datetime | None,
    cache: StrPath | None,
    watch: Watch | None,
) -> Facts:
    """Return the facts of the tickets that were not settled, or had an event since *since*."""
    return _Look(tx, int(since.timestamp()), as_of, cache).facts(watch or _unwatched)


class _Look:
    """A look at one state of a desk: what is kept and counts, and the rest measured."""

    def __init__(
        self, tx: Shelved, since: int, as_of: datetime | None, cache: StrPath | None
    ) -> None:
        self._tx = tx
        self._since = since
        self._as_of = as_of
        self._segments: list[Segment] = []
        self._measured: dict[int, Rows] = {}
        self._reused: set[int] = set()
        self._clocks: dict[int, list[Row]] = {}
        folder = None if as_of else folder_below(cache, tx.desk["id"])
        hours = tx.setup.hours
        origin = repr((VERSIONS, tx.promises.zone(), hours.zone, hours.name, hours.version))
        self._remembered = Remembered(folder, origin, _second(tx.now))

    def facts(self, watch: Watch) -> Facts:
        """Return all facts, in the order of the numbers of their tickets."""
        heads = {int(d.doc_id): d for d in self._tx.pages.documents(layout.ROOT, HEADS)}
        self._reused |= self._unchanged(heads)
        unsettled = sorted(heads.keys() - self._reused)
        watched = watch(unsettled, len(unsettled))
        self._measure((number, self._tx.history(number)) for number in watched)
        blocks = range(0, self._tx.last_number("ticket") + 1, layout.BLOCK)
        for first in watch(blocks, len(blocks)):
            self._segments.append(self._segment(first))
        rest = Bundle.of(self._measured[number] for number in sorted(self._measured))
        clocks = Bundle.of({CLOCKS: self._clocks[number]} for number in sorted(self._clocks))
        bundles = dict.fromkeys(self._reused, self._remembered.bundle)
        bundles |= dict.fromkeys(self._measured, rest)
        if len(self._measured) > FEW:
            self._remember()
        others = Others(bundles, clocks, self._clocks)
        return Joined(self._segments, others, self._tx.absent)

    def _unchanged(self, heads: Mapping[int, Mapping[str, Any]]) -> set[int]:
        """Return the unsettled tickets that are as they were, and read their clocks anew."""
        now = encode_time(self._tx.now)[:_TO_S]
        same = {
            number
            for number, head in heads.items()
            if self._remembered.knows(number, head.get("hash", ""))
            and head.get("snoozed_until", "9")[:_TO_S] > now
        }
        if not same:
            return same
        for number, rows in self._remembered.clocks(same).items():
            found = self._running(heads[number], rows)
            if found is None:
                same.discard(number)
            else:
                self._clocks[number] = found
        return same

    def _running(self, head: Mapping[str, Any], rows: Sequence[Row]) -> list[Row] | None:
        """Return the rows of clocks as they are now; None if one is not where it was."""
        if all(row[_STOPPED_AT] for row in rows):
            return list(rows)
        ticket = decode_head(dict(head))
        whose = ticket.assignee or "", ticket.department or ""
        clocks = self._reader.clocks(ticket, ticket.course, self._tx.now)
        found = [clock_row(ticket.id, clock, lambda _: whose) for clock in clocks]
        going = {(str(row[_KIND]), row[_STARTED_AT]): row for row in found}
        now: list[Row] = []
        for row in rows:
            place = str(row[_KIND]), row[_STARTED_AT]
            if not row[_STOPPED_AT] and place not in going:
                return None
            now.append(row if row[_STOPPED_AT] else going[place])
        return now

    def _remember(self) -> None:
        """Leave what was measured to the next report."""
        known = {number_of(rows): rows for rows in self._remembered.bundle.tickets()}
        kept = {number: known[number] for number in self._reused} | self._measured
        self._remembered.put(kept[number] for number in sorted(kept))

    @cached_property
    def _reader(self) -> Reader:
        from tix.domain.sla.reading import Reader

        return Reader(self._tx.promises)

    def _segment(self, first: int) -> Segment:
        """Return what is kept of a block and counts; measure what else there is of it."""
        touched = self._tx.touched(first)
        page, kept = layout.settled_measures(first), None
        if page not in self._tx.absent:
            try:
                kept = self._kept(first, page, touched)
            except UNREADABLE:
                self._tx.absent.add(page)
        if kept is None:
            kept = Segment(first, None), {*self._left(self._unkept(first)), *touched}
        segment, others = kept
        self._settled(first, others, touched)
        return segment

    def _kept(
        self, first: int, page: str, touched: Collection[int]
    ) -> tuple[Segment, set[int]] | None:
        """Return what is kept of a block and counts, and what is not but may be asked for.

        None if nothing is kept of it that was measured as it is today.
        """
        content = self._tx.pages.content(page)
        if content is None:
            return None
        told = _told(content) or look(page, content, sha256)[MEASURES][BLOCK]
        if told["version"] != VERSIONS:
            return None
        check_place(told, self._tx, first)
        if told["last"] < self._since and not touched and not self._is_past(told):
            return Segment(first, None), set()
        bundle = Bundle(look(page, content, sha256)[MEASURES], told["names"], page)
        cut, later = {*told["gone"], *touched}, self._later(bundle, told)
        others = {*self._left(told["left"]), *touched, *(later - cut)}
        return Segment(first, bundle, cut | later | self._earlier(bundle, told)), others

    def _unkept(self, first: int) -> dict[str, str]:
        """Return the hashes of the settled tickets of a block of which nothing is kept."""
        since = "" if self._as_of else datetime.fromtimestamp(self._since, UTC).isoformat()[:_TO_S]
        heads = self._tx.pages.passing(layout.settled_heads(first), HEADS)
        lately = (head for head in heads if head["updated_at"][:_TO_S] >= since)
        return {str(head.doc_id): head.get("hash", "") for head in lately}

    def _left(self, left: Mapping[str, str]) -> Iterator[int]:
        """Yield those of settled tickets that are not kept which no report has left to this one."""
        for text, digest in left.items():
            number = int(text)
            if not self._remembered.knows(number, digest):
                yield number
            elif self._remembered.last_at[number] >= self._since:
                self._reused.add(number)

    def _is_past(self, told: Mapping[str, Any]) -> bool:
        """Return whether some of a block may not have been known yet at the time of the look."""
        at = self._as_of
        return at is not None and (bool(told["left"]) or told["known"] > _second(at))

    def _later(self, bundle: Bundle, told: Mapping[str, Any]) -> set[int]:
        """Return the tickets of which something was not known yet."""
        if self._as_of is None or told["known"] <= (at := _second(self._as_of)):
            return set()
        pairs = zip(*(bundle.column(KNOWN, name) for name in KEPT[KNOWN]), strict=True)
        return {number for number, known in pairs if known > at}

    def _earlier(self, bundle: Bundle, told: Mapping[str, Any]) -> set[int]:
        """Return the tickets that nobody asks for any more."""
        if told["first"] >= self._since:
            return set()
        pairs = zip(*(bundle.column("tickets", name) for name in (_TICKET, "last_at")), strict=True)
        return {number for number, last_at in pairs if last_at < self._since}

    def _settled(self, first: int, numbers: set[int], touched: Collection[int]) -> None:
        """Measure those of *numbers* that are settled tickets of a block."""
        tx = self._tx
        if numbers:
            heads = tx.pages.passing(layout.settled_heads(first), HEADS)
            wanted = numbers.intersection(int(head.doc_id) for head in heads)
            self._measure((number, tx.history(number)) for number in wanted.intersection(touched))
            self._measure(tx.settled_histories(first, wanted.difference(touched)))

    def _measure(self, histories: Iterable[tuple[int, Sequence[Event]]]) -> None:
        at = self._as_of or self._tx.now
        for number, history in histories:
            known = until(history, self._as_of) if self._as_of else history
            if known and counts(rows := self._measuring(known, at), self._since):
                self._measured[number] = rows

    @cached_property
    def _measuring(self) -> Measure:
        return measuring(self._tx)


def _told(content: bytes | None) -> dict[str, Any] | None:
    """Return what a page of measures tells of itself, from its first lines alone.

    None if it is of another version, or not what it should be: then a longer look tells why.
    """
    begin = -1 if content is None else content.find(_BLOCK, 0, _FAR)
    if content is None or begin < 0:
        return None
    line = content[begin + len(_BLOCK) :].partition(b"\n")[0].removesuffix(b",")
    try:
        told: dict[str, Any] = json.loads(line)
        is_whole = told["version"] == VERSIONS and told.keys() >= TOLD
    except (ValueError, KeyError, TypeError, AttributeError):
        return None
    return told if is_whole else None


def _unwatched(items: Iterable[Any], total: int) -> Iterable[Any]:
    return items


def _second(at: datetime) -> int:
    return int(at.timestamp())
