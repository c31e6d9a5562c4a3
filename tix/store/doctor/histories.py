"""A ticket's history put together again from what is left of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tix.domain.event import BODY, CHANGES, ERASED, Event, digest, fits, seal, vouched
from tix.domain.status import Status
from tix.domain.ticket import Ticket, changes, fold
from tix.record import NamedTuple, members, replace
from tix.store.doctor.tickets import BODY_FILE, LOST, REPAIRED, files_of, lost_of, with_body

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from datetime import datetime

    from tix.store.doctor.view import View

LOST_SUBJECT = "(lost)"
LOST_TEXT = "(This text was lost.)"

_OWN = ("id", "created_at", "updated_at", "rev", "hash")
"""What an event cannot set: it comes from there being one."""


class Pieces:
    """What is left of one ticket: its events, each perhaps in several versions, and its head."""

    def __init__(self) -> None:
        self.events: dict[int, list[Event]] = {}
        self.head: Ticket | None = None

    def add_event(self, event: Event) -> None:
        """Add an event; of versions that are as good as each other the first counts."""
        versions = self.events.setdefault(event.seq, [])
        if event not in versions:
            versions.append(event)

    def add_head(self, head: Ticket) -> None:
        """Add a head; the one that knows most counts."""
        if self.head is None or head.rev > self.head.rev:
            self.head = head


class Chain(NamedTuple):
    """Events in their order; those from the place *sound* on do not all fit."""

    events: tuple[Event, ...]
    sound: int

    def is_whole(self, head: Ticket | None) -> bool:
        """Return whether this is all that *head*, if it is known, was made of."""
        if not self.events or self.sound < len(self.events):
            return False
        return head is None or head.rev <= len(self.events)


class Mended(NamedTuple):
    """A history that is a chain again, the head it makes, and sentences on what is lost."""

    history: tuple[Event, ...]
    head: Ticket
    lost: tuple[str, ...]


def linked(pieces: Pieces, view: View) -> Chain:
    """Return the events that fit each other, and after a gap those that are left.

    Of several versions of an event one that fits is taken, and rather one whose text was
    erased. An event that fits nowhere, while a later one does without it, is somebody else's.
    """
    chosen: list[Event] = []
    sound, previous = -1, ""
    left = vouched(version for versions in pieces.events.values() for version in versions)
    seqs = sorted(pieces.events)
    for place, seq in enumerate(seqs):
        version = _fitting(pieces.events[seq], previous, left, view)
        if version is None:
            later = (pieces.events[after] for after in seqs[place + 1 :])
            if any(_fitting(versions, previous, left, view) for versions in later):
                continue
            version = pieces.events[seq][0]
            sound = len(chosen) if sound < 0 else sound
        chosen.append(version)
        previous = version.hash
    return Chain(tuple(chosen), len(chosen) if sound < 0 else sound)


def _fitting(
    versions: Sequence[Event], previous: str, left: Mapping[str, str], view: View
) -> Event | None:
    fitting = []
    for version in versions:
        whole = with_body(version, view.attachment)
        if whole is not None and fits(whole, previous, left):
            fitting.append(version)
    return min(fitting, key=_words_in, default=None)


def _words_in(event: Event) -> tuple[bool, bool]:
    """Return the rank of a version of an event: first those of which more was erased."""
    return ERASED not in event.data, BODY in event.data


class Mender:
    """Mends tickets at one time, in one operation; *next_seq* numbers the events it adds."""

    def __init__(
        self, view: View, at: datetime, operation: int, next_seq: Callable[[], int]
    ) -> None:
        self._view = view
        self._at = at
        self._operation = operation
        self._next_seq = next_seq

    def mend(self, number: int, pieces: Pieces) -> Mended:
        """Return the ticket *number* as whole as it can be made.

        Where something is lost, a last event says so and makes the head what it was.
        """
        chain, head = linked(pieces, self._view), pieces.head
        events, sound = tuple(map(self._with_some_text, chain.events)), chain.sound
        lost = [*_lost_events(chain, head, self._view)]
        if not _opens(events):
            opening = self._opening(number, events, head)
            events = tuple(replace(e, seq=self._next_seq()) for e in (opening, *events))
            sound = 0
        history = self._sealed(events, sound)
        files = self._lost_files(history)
        lost += [f"a file of it is lost ({file[:12]}…)" for file in files]
        if lost:
            history = (*history, self._note(history, head, files, "; ".join(lost)))
        return Mended(history, fold(history), tuple(lost))

    def _with_some_text(self, event: Event) -> Event:
        """Return *event* with a sentence in place of a text that is lost."""
        if with_body(event, self._view.attachment) is not None:
            return event
        rest = {name: value for name, value in event.data.items() if name != BODY_FILE}
        return replace(event, data={**rest, BODY: LOST_TEXT})

    def _opening(self, number: int, events: Sequence[Event], head: Ticket | None) -> Event:
        """Return a first event that makes *head*, or a ticket that says that it is lost."""
        first = head.created_at if head else events[0].at if events else self._at
        blank = Ticket(number, "", first, first)
        closed = {"status": Status.CLOSED, "closed_at": first}
        target = _fields(head) if head else {"subject": LOST_SUBJECT, **({} if events else closed)}
        data = {CHANGES: changes(blank, target)}
        return Event(REPAIRED, number, first, "system", "tix doctor", data, op=self._operation)

    def _sealed(self, events: Sequence[Event], sound: int) -> tuple[Event, ...]:
        """Return *events* as one chain; those from the place *sound* on are sealed anew."""
        history = list(events[:sound])
        for event in events[sound:]:
            whole = with_body(event, self._view.attachment) or event
            sealed = digest(whole, history[-1].hash if history else "")
            history.append(replace(event, hash=sealed))
        return tuple(history)

    def _note(
        self, history: Sequence[Event], head: Ticket | None, files: Sequence[str], why: str
    ) -> Event:
        """Return the event that tells what is lost."""
        ticket = fold(history)
        data = {CHANGES: changes(ticket, _fields(head) if head else {}), LOST: list(files)}
        at = max(self._at, ticket.updated_at)
        note = Event(REPAIRED, ticket.id, at, "system", f"tix doctor: {why}", data)
        return seal(note, history[-1].hash, seq=self._next_seq(), op=self._operation, salt="")

    def _lost_files(self, history: Sequence[Event]) -> list[str]:
        """Return the attachments that are not there, and of which no event says so yet."""
        told = {sha for event in history for sha in lost_of(event)}
        files = dict.fromkeys(sha for event in history for sha in files_of(event))
        return [sha for sha in files if sha not in told and self._view.attachment(sha) is None]


def _lost_events(chain: Chain, head: Ticket | None, view: View) -> Iterator[str]:
    """Return what is to be said of events that are not there, or not as they were."""
    if not chain.events and head is None:
        yield "nothing of it is left"
    if head is not None and head.rev > len(chain.events):
        yield f"events are lost ({head.rev - len(chain.events)} of {head.rev})"
    elif chain.sound < len(chain.events):
        odd = chain.events[chain.sound]
        if with_body(odd, view.attachment) is not None:
            yield f"event {odd.seq} is not what it was, or one before it is lost"
    for event in chain.events:
        if with_body(event, view.attachment) is None:
            yield f"the text of event {event.seq} is lost"


def _opens(events: Sequence[Event]) -> bool:
    """Return whether the first event can be a ticket's first."""
    try:
        fold(events[:1])
    except (TypeError, ValueError, KeyError):
        return False
    return True


def _fields(head: Ticket) -> dict[str, Any]:
    """Return all of *head* that an event can set."""
    names = (name for name in members(Ticket) if name not in _OWN)
    return {name: getattr(head, name) for name in names}
