"""The lines of a ticket's page that name other tickets."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tix.domain.thread import split_off
from tix.text import one_line

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tix.domain.shown import Shown
    from tix.domain.ticket import Ticket

_SUBJECT_WIDTH = 40


def tie_pairs(shown: Shown) -> Iterator[tuple[str, str]]:
    """Yield labels and values: where it goes on, what it holds, its splits, its links."""
    ticket = shown.ticket
    if ticket.merged_into:
        yield "Goes on in", _named(shown, ticket.merged_into)
    if ticket.absorbed:
        yield "Holds", ", ".join(str(number) for number in ticket.absorbed)
    if ticket.split_from:
        yield "Split from", _named(shown, ticket.split_from)
    for number, messages in split_off(shown.history):
        which = ", ".join(f"#{n}" for n in messages)
        yield "Split off", f"{_named(shown, number)}, with {which}"
    for kind in dict.fromkeys(tie.kind for tie in ticket.links):
        numbers = [tie.ticket_id for tie in ticket.links if tie.kind == kind]
        label = kind.replace("-", " ").capitalize()
        for place, number in enumerate(numbers):
            yield "" if place else label, _named(shown, number, still=kind == "blocked-by")


def _named(shown: Shown, number: int, *, still: bool = False) -> str:
    """Return a ticket with how it stands and its subject, and where it goes on if merged."""
    ticket = shown.tied.get(number)
    if ticket is None:
        return f"{number} (not here)"
    name = str(number) if ticket.id == number else f"{number}, merged into {ticket.id}"
    return f"{name} ({_standing(ticket, still=still)}) {_subject(ticket)}"


def _standing(ticket: Ticket, *, still: bool) -> str:
    if ticket.trashed_at is not None:
        return "in the trash"
    return f"still {ticket.status}" if still and ticket.is_open else ticket.status


def _subject(ticket: Ticket) -> str:
    subject = one_line(ticket.subject)
    return subject if len(subject) <= _SUBJECT_WIDTH else subject[: _SUBJECT_WIDTH - 1] + "…"
