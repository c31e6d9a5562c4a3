"""Which tickets were solved, and whether it lasted."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from itertools import pairwise
from typing import TYPE_CHECKING

from tix.domain.status import REASONS
from tix.reports.scope import DAY
from tix.reports.view import picked

if TYPE_CHECKING:
    from collections.abc import Sequence
    from collections.abc import Set as AbstractSet

    from tix.reports.view import Cell, View

    Course = Sequence[tuple[int, bool]]

WINDOW = 7 * DAY
"""So long a resolution has to last before anybody may say that it did."""

SOLVED = ("solved", "answered")
"""The reasons of a resolution that has helped; with any other one a ticket has merely ended."""

_DONE = ("resolved", "closed")


def ended(view: View) -> AbstractSet[tuple[int, int]]:
    """Return the resolutions that did not help, each as ticket and instant."""
    facts = view.facts
    causes = {facts.number(reason) for reason in REASONS if reason not in SOLVED} - {-1}
    if not causes:
        return frozenset()
    resolved = facts.number("resolved")
    flow = facts.rows("flow", "cause", "kind", "ticket", "at")
    return {
        (ticket, at) for cause, kind, ticket, at in flow if cause in causes and kind == resolved
    }


def course(view: View, ticket: int) -> Course:
    """Return when a ticket was resolved and reopened, in order."""
    facts = view.facts
    moves = {facts.number("resolved"): True, facts.number("reopened"): False}
    tickets, at, kind = (facts.column("flow", column) for column in ("ticket", "at", "kind"))
    places = range(bisect_left(tickets, ticket), bisect_right(tickets, ticket))
    return [(at[place], moves[kind[place]]) for place in places if kind[place] in moves]


def returned(view: View) -> AbstractSet[int]:
    """Return the tickets that were open again within a window after any resolution."""
    reopens, tickets = (view.facts.column("tickets", column) for column in ("reopens", "ticket"))
    soon = view.once(returned_first)
    often = {tickets[place] for place, n in enumerate(reopens) if n > 1} - soon
    return soon | {ticket for ticket in often if _is_back(course(view, ticket))}


def returned_first(view: View) -> AbstractSet[int]:
    """Return the tickets that were open again within a window after the first resolution."""
    reopened = view.facts.column("tickets", "reopened_at")
    places = [place for place, at in enumerate(reopened) if at]
    found = rows(view, places, "reopened_at", "first_resolved_at", "ticket")
    return {ticket for again, at, ticket in found if again - at <= WINDOW}


def _is_back(course: Course) -> bool:
    return any(
        resolved and not after and again - at <= WINDOW
        for (at, resolved), (again, after) in pairwise(course)
    )


def solved(cell: Cell) -> Sequence[int]:
    """Return the places of the tickets that were last solved in the period, and still are."""
    done = {cell.code(status) for status in _DONE}
    status = cell.view.facts.column("tickets", "status")
    return [place for place in _helped(cell, "resolved_at") if status[place] in done]


def first_solved(cell: Cell) -> Sequence[int]:
    """Return the places of the tickets that were first resolved in the period, and helped."""
    return _helped(cell, "first_resolved_at")


def _helped(cell: Cell, at: str) -> list[int]:
    places = cell.places("tickets", at)
    otherwise = cell.view.once(ended)
    if not otherwise:
        return list(places)
    resolutions = cell.values("tickets", at, "ticket", at)
    both = zip(places, resolutions, strict=True)
    return [place for place, resolution in both if resolution not in otherwise]


def rows(view: View, places: Sequence[int], *columns: str) -> list[tuple[int, ...]]:
    """Return the numbers of *columns* of the tickets at *places*."""
    facts = view.facts
    return list(zip(*(picked(facts.column("tickets", c), places) for c in columns), strict=True))
