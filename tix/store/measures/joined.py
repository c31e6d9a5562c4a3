"""Facts of many tickets in one, in the order of their numbers, each column when it is wanted."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING

from tix.domain.facts import NAMES, Facts
from tix.record import NamedTuple
from tix.store.layout import BLOCK
from tix.store.measures.pack import Bundle

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    Piece = tuple[Bundle, int, int]


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
    """The facts of segments, with those of other tickets among them."""

    def __init__(self, segments: Sequence[Segment], others: Others) -> None:
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
        values_in, is_name = _remembered(table, column), column in NAMES
        for bundle, start, stop in self._pieces(table):
            values = values_in(bundle)
            part = values if stop - start == len(values) else values[start:stop]
            if is_name:
                found += map(self._codes[id(bundle)].__getitem__, part)
            else:
                found += part
        return found

    def _pieces(self, table: str) -> list[Piece]:
        if table not in self._pieces_of:
            self._pieces_of[table] = _joined(self._cut(table))
        return self._pieces_of[table]

    def _cut(self, table: str) -> Iterator[Piece]:
        """Yield where the rows of a table are, in the order of the tickets."""
        tickets_in = _remembered(table, "ticket")
        for first, bundle, cut in self._segments:
            begin, end = (bisect_left(self._order, n) for n in (first, first + BLOCK))
            others, place = self._order[begin:end], 0
            for number in sorted({*cut, *others}):
                if bundle is not None:
                    yield bundle, place, bisect_left(tickets_in(bundle), number)
                    place = bisect_right(tickets_in(bundle), number)
                if number in self._others.bundles:
                    source = self._source(table, number)
                    tickets = tickets_in(source)
                    yield source, bisect_left(tickets, number), bisect_right(tickets, number)
            if bundle is not None:
                yield bundle, place, bundle.count(table)

    def _source(self, table: str, number: int) -> Bundle:
        if table == "clocks" and number in self._others.clocked:
            return self._others.clocks
        return self._others.bundles[number]


def _joined(pieces: Iterable[Piece]) -> list[Piece]:
    """Return *pieces* without empty ones; those that follow each other are one."""
    found: list[Piece] = []
    for bundle, start, stop in pieces:
        if start == stop:
            continue
        if found and found[-1][0] is bundle and found[-1][2] == start:
            found[-1] = bundle, found[-1][1], stop
        else:
            found.append((bundle, start, stop))
    return found


def _remembered(table: str, column: str) -> Callable[[Bundle], Sequence[int]]:
    """Return what reads a column of bundles, of each once if it comes several times in a row."""
    found: dict[int, Sequence[int]] = {}

    def read(bundle: Bundle) -> Sequence[int]:
        if id(bundle) not in found:
            found[id(bundle)] = bundle.column(table, column)
        return found[id(bundle)]

    return read
