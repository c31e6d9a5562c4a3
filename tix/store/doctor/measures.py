"""Whether what was measured of settled tickets is what their histories tell.

Working time and promises are left aside: they were measured in the hours of their day.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tix.domain.calendar import standard
from tix.domain.measure import Measuring
from tix.errors import DeskDamaged
from tix.store import layout
from tix.store.measures.block import BLOCK, MEASURES, VERSIONS, number_of
from tix.store.measures.pack import Bundle
from tix.store.page import load

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from tix.domain.event import Event
    from tix.domain.facts import Rows
    from tix.domain.ticket import Ticket
    from tix.store.doctor.view import View

WRONG = "wrong_measures"

_COMPARED = (
    *("tags", "answers", "asked", "flow", "stays", "transfers", "escalations"),
    *("work", "calls", "chats", "ratings"),
)
_UNREADABLE = (ValueError, KeyError, TypeError, AttributeError, IndexError, RecursionError)


class MeasureCheck:
    """Compares the measures of blocks with the histories of their tickets."""

    def __init__(self, view: View) -> None:
        self._view = view
        self._measure = Measuring(lambda _: None, standard("UTC"))

    def block(
        self, page: str, heads: Mapping[int, Ticket], histories: Mapping[int, Sequence[Event]]
    ) -> None:
        """Tell of the measures on *page* that are not those of these tickets."""
        content = self._view.content(page)
        if page not in self._view.names:
            return
        try:
            for what in self._wrong(load(page, content)[MEASURES], page, heads, histories):
                self._view.report.add(WRONG, page, what)
        except DeskDamaged as error:
            why = error.message.removeprefix(f"{page} is damaged: ")
            self._view.report.add(WRONG, page, why)
        except _UNREADABLE:
            self._view.report.add(WRONG, page, "it cannot be read")

    def _wrong(
        self,
        documents: dict[str, Any],
        page: str,
        heads: Mapping[int, Ticket],
        histories: Mapping[int, Sequence[Event]],
    ) -> Iterator[str]:
        told = documents.pop(BLOCK)
        if told["version"] != VERSIONS:
            return  # those of another version count for nothing
        left, gone, names, first = (told[name] for name in ("left", "gone", "names", "of"))
        is_ours = self._view.desk_id in (None, told["id"])
        if layout.settled_measures(first) != page or not is_ours:
            yield "it is the page of other tickets"
            return
        found = {number_of(rows): rows for rows in Bundle(documents, names).tickets()}
        counting = found.keys() - {*gone}
        known = counting | {*map(int, left)}
        if heads.keys() != known:
            odd = sorted(heads.keys() ^ known)
            yield f"it has others than are settled: {', '.join(map(str, odd[:10]))}"
        for number in sorted(counting & heads.keys()):
            if not self._is_true(found[number], histories[number]):
                yield f"ticket {number} is not what its history tells"

    def _is_true(self, rows: Rows, history: Sequence[Event]) -> bool:
        measured = self._measure(history, history[-1].at)
        return all(
            [tuple(map(str, row)) for row in rows.get(table, ())]
            == [tuple(map(str, row)) for row in measured[table]]
            for table in _COMPARED
        )
