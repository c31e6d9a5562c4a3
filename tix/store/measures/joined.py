"""Facts of many tickets in one, in the order of their numbers, each column when it is wanted."""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING

from tix.domain.facts import NAMES, Facts
from tix.record import NamedTuple
from tix.store.layout import BLOCK
from tix.store.measures import UNREADABLE
from tix.store.measures.pack import Bundle
from tix.store.page import damaged

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from tix.errors import TixError

    Cut = tuple[Bundle, int, int]
    Piece = tuple[Bundle, slice]


class Segment(NamedTuple):
    """A block of numbers: what is kept of it, and the tickets of which that does not count."""

    first: int
    bundle: Bundle | None
    cut: Collection[int] = ()


class Others(NamedTuple):
    """Where the facts are of tickets that stand in no segment.

    Those of *clocks* have their clocks in there, whatever else is known of them.
    """

    bundles: Mapping[int, Bundle]
    clocks: Bundle
    clocked: Collection[int] = ()


class Joined(Facts):
    """The facts of segments, with those of other tickets among them.

    The pages of segments that turn out to be unreadable are added to *absent*.
    """

    def __init__(self, segments: Sequence[Segment], others: Others, absent: set[str]) -> None:
        self._absent = absent
        self._segments = segments
        self._others = others
        self._order = sorted(others.bundles)
        self._columns_read: dict[tuple[str, str], Sequence[int]] = {}
        self._pieces_of: dict[str, list[Piece]] = {}
        codes = {"": 0}
        bundles = [segment.bundle for segment in segments if segment.bundle]
        bundles += {id(one): one for one in (*others.bundles.values(), others.clocks)}.values()
        self._codes = {
            id(bundle): [codes.setdefault(name, len(codes)) for name in bundle.names]
            for bundle in bundles
        }
        super().__init__({}, tuple(codes))

    def column(self, table: str, column: str) -> Sequence[int]:
        """Return a column of a table, one number for each of its rows."""
        key = table, column
        if key not in self._columns_read:
            self._columns_read[key] = self._read(table, column)
        return self._columns_read[key]

    def _read(self, table: str, column: str) -> Sequence[int]:
        found: list[int] = []
        known: dict[int, Sequence[int]] = {}
        for bundle, rows in self._pieces(table):
            values = known.get(id(bundle))
            if values is None:
                values = known[id(bundle)] = self._values(bundle, table, column)
            found += values[rows]
        return array("I", found)  # a tenth of what a list takes

    def _values(self, bundle: Bundle, table: str, column: str) -> Sequence[int]:
        """Return a column of a bundle; a text is the number that it has in all of them."""
        try:
            values = bundle.column(table, column)
            if column in NAMES:
                values = [*map(self._codes[id(bundle)].__getitem__, values)]
        except UNREADABLE:
            raise self._lost(bundle) from None
        return values

    def _count(self, bundle: Bundle, table: str) -> int:
        try:
            return bundle.count(table)
        except UNREADABLE:
            raise self._lost(bundle) from None

    def _lost(self, bundle: Bundle) -> TixError:
        self._absent.add(bundle.page)
        return damaged(bundle.page, "its measures cannot be read")

    def _pieces(self, table: str) -> list[Piece]:
        if table not in self._pieces_of:
            cut = _joined(self._cut(table))
            self._pieces_of[table] = [(bundle, slice(*rows)) for bundle, *rows in cut]
        return self._pieces_of[table]

    def _cut(self, table: str) -> Iterator[Cut]:
        """Yield where the rows of a table are, in the order of the tickets."""
        known: dict[int, Sequence[int]] = {}
        for first, bundle, cut in self._segments:
            begin, end = (bisect_left(self._order, n) for n in (first, first + BLOCK))
            numbers, place = sorted({*cut, *self._order[begin:end]}), 0
            within = self._values(bundle, table, "ticket") if bundle and numbers else ()
            for number in numbers:
                if bundle is not None:
                    yield bundle, place, bisect_left(within, number)
                    place = bisect_right(within, number)
                if number in self._others.bundles:
                    source = self._source(table, number)
                    tickets = known.get(id(source))
                    if tickets is None:
                        tickets = known[id(source)] = self._values(source, table, "ticket")
                    yield source, bisect_left(tickets, number), bisect_right(tickets, number)
            if bundle is not None:
                yield bundle, place, self._count(bundle, table)

    def _source(self, table: str, number: int) -> Bundle:
        if table == "clocks" and number in self._others.clocked:
            return self._others.clocks
        return self._others.bundles[number]


def _joined(pieces: Iterable[Cut]) -> list[Cut]:
    """Return *pieces* without empty ones; those that follow each other are one."""
    found: list[Cut] = []
    for bundle, start, stop in pieces:
        if start == stop:
            continue
        if found and found[-1][0] is bundle and found[-1][2] == start:
            found[-1] = bundle, found[-1][1], stop
        else:
            found.append((bundle, start, stop))
    return found
