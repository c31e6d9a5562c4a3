"""Whether each ticket's head is the fold of its history, and each history a whole chain."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tix.domain.course import Course
from tix.domain.event import BODY, fits, vouched
from tix.domain.ticket import fold
from tix.record import members, replace
from tix.store import layout
from tix.store.doctor.measures import MeasureCheck
from tix.store.shelf import EVENTS, HEADS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from tix.domain.event import Event
    from tix.domain.ticket import Ticket
    from tix.store.doctor.facts import Facts
    from tix.store.doctor.view import Records, View

BODY_FILE = "body_file"
REPAIRED = "repaired"
LOST = "lost"


class TicketCheck:
    """Looks at all tickets of a desk, page by page."""

    def __init__(self, view: View, facts: Facts) -> None:
        self._view = view
        self._facts = facts

    def unsettled(self, root: Records | None) -> None:
        """Look at the tickets of the root, None if it is damaged, and at ``history/``."""
        heads = None
        if root is not None:
            heads = {int(number): head for number, head in root.get(HEADS, {}).items()}
        for head in (heads or {}).values():
            if head.requester is not None:
                self._facts.at_work.add(head.requester)
        pages = {name for name in self._view.names if name.startswith("history/")}
        for number, head in (heads or {}).items():
            self._block({number: head}, layout.ROOT, layout.history(number))
            pages.discard(layout.history(number))
        for page in sorted(pages):
            self._block(None if heads is None else {}, layout.ROOT, page)

    def settled(self) -> None:
        """Look at the blocks of settled tickets."""
        names = {name for name in self._view.names if name.startswith("settled/")}
        blocks = {layout.block_of(name) for name in names}
        measures = MeasureCheck(self._view)
        for block in sorted(blocks):
            records = self._view.records(f"{block}.json")
            heads = None
            if records is not None:
                heads = {int(number): head for number, head in records.get(HEADS, {}).items()}
            histories = self._block(heads, f"{block}.json", f"{block}.history.json")
            if heads is not None and histories is not None:
                measures.block(f"{block}.measures.json", heads, histories)

    def _block(
        self, heads: dict[int, Ticket] | None, heads_page: str, history_page: str
    ) -> dict[int, list[Event]] | None:
        """Compare the heads of a page with the histories of another; None is damaged.

        Return the histories if they could be compared.
        """
        records = self._view.records(history_page)
        histories: dict[int, list[Event]] = {number: [] for number in heads or ()}
        for event in (records or {}).get(EVENTS, {}).values():
            self._note_event(event)
            histories.setdefault(event.ticket_id, []).append(event)
        for number, head in (heads or {}).items():
            self._note_head(number, head)
        if heads is None or records is None:
            return None  # a damaged page says nothing of its tickets
        for number, events in histories.items():
            if number not in heads:
                what = f"{history_page} has events of it, {heads_page} has no head"
                self._view.report.add_ticket("no_head", number, what)
            events.sort(key=lambda event: event.seq)
            self._ticket(number, heads.get(number), events)
        return histories

    def _note_head(self, number: int, head: Ticket) -> None:
        if number in self._facts.tickets:
            self._view.report.add_ticket("wrong_place", number, "it stands in two places")
        self._facts.tickets.add(number)
        self._facts.count("ticket", number)
        if head.requester is not None:
            self._facts.requesters[head.requester] = number

    def _ticket(self, number: int, head: Ticket | None, history: Sequence[Event]) -> None:
        report = self._view.report
        if not history:
            report.add_ticket("no_history", number, "there is no event of it")
            return
        broken = first_odd(history, self._view.attachment)
        if broken is not None:
            report.add_ticket("broken_chain", number, f"event {broken.seq} does not fit its hash")
            return
        try:
            folded = fold(history)
        except (TypeError, ValueError, KeyError) as error:
            report.add_ticket("broken_chain", number, f"its events make no ticket: {error}")
            return
        if head is not None and head.course == Course():
            folded = replace(folded, course=Course())  # an older tix kept none
        if head is not None and folded != head:
            differing = ", ".join(_differing(head, folded))
            report.add_ticket("head_differs", number, f"not what its history makes: {differing}")

    def _note_event(self, event: Event) -> None:
        facts = self._facts
        facts.count("ticket", event.ticket_id)
        facts.count("event", event.seq)
        facts.count("operation", event.op)
        if event.op:
            facts.used[event.op] = event.ticket_id
        for sha256 in files_of(event):
            facts.files.setdefault(sha256, set()).add(event.ticket_id)
        facts.forgone.update(lost_of(event))


def first_odd(history: Sequence[Event], attachment: Callable[[str], bytes | None]) -> Event | None:
    """Return the first event whose hash is not what it must be; None if all fit.

    An event whose text is in a lost file cannot be told from one that fits.
    """
    previous, left = "", vouched(history)
    for event in history:
        whole = with_body(event, attachment)
        if whole is not None and not fits(whole, previous, left):
            return event
        previous = event.hash
    return None


def with_body(event: Event, attachment: Callable[[str], bytes | None]) -> Event | None:
    """Return *event* with its text, also if that is in a file of its own; None if it is lost."""
    sha256 = event.data.get(BODY_FILE)
    if not isinstance(sha256, str):
        return event
    content = attachment(sha256)
    if content is None:
        return None
    rest = {name: value for name, value in event.data.items() if name != BODY_FILE}
    return replace(event, data={**rest, BODY: content.decode(errors="replace")})


def files_of(event: Event) -> Iterator[str]:
    """Return the sums of the files that belong to *event*."""
    yield from _texts([event.data.get(BODY_FILE)])
    attachments = event.data.get("attachments")
    if isinstance(attachments, list):
        yield from _texts(file.get("sha256") for file in attachments if isinstance(file, dict))


def lost_of(event: Event) -> Iterator[str]:
    """Return the sums of the files of which *event* says that they are lost."""
    if event.kind == REPAIRED:
        yield from _texts(event.data.get(LOST))


def _texts(values: Any) -> Iterator[str]:
    return (value for value in values or () if isinstance(value, str))


def _differing(one: Ticket, other: Ticket) -> Iterator[str]:
    for name in members(type(one)):
        if getattr(one, name) != getattr(other, name):
            yield name
