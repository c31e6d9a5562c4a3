"""A ticket's life as its source tells it, in events at the source's own times."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tix.domain import verbs
from tix.domain.status import Status
from tix.domain.ticket import evolve
from tix.ops.importing.drafts import CUSTOMER, NOTE, REPLY
from tix.ops.importing.maps import TRASH

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import datetime

    from tix.domain.event import Event
    from tix.domain.ticket import Link, Ticket
    from tix.domain.verbs import Act
    from tix.ops.importing.drafts import Draft, Said
    from tix.ops.importing.people import People
    from tix.ops.importing.ready import Ready

    Ending = Callable[[Ticket, Draft, Ready, Act], tuple[Event, ...]]

_SAYING = {CUSTOMER: verbs.receive, REPLY: verbs.reply, NOTE: verbs.note}


class Life:
    """Tells the lives of tickets of the source *name*, recorded at *now*."""

    def __init__(self, name: str, people: People, now: datetime) -> None:
        self._by = f"import:{name}"
        self._people = people
        self._now = now

    def events(
        self, number: int, draft: Draft, ready: Ready, links: Iterable[Link] = ()
    ) -> list[Event]:
        """Return what happened to the ticket that becomes *number*, in order."""
        told = list(self._opened(number, draft, ready, tuple(links)))
        ticket = evolve(None, told[0])
        for said in draft.messages:
            act = self._act(self._author(said), said.at)
            ticket = _tell(told, ticket, _SAYING[said.kind](ticket, said.body, act))
        last = ticket.updated_at
        act = self._act(self._by, max(last, ready.ended_at or last))
        for ending in _ENDINGS.get(ready.status, ()):
            ticket = _tell(told, ticket, ending(ticket, draft, ready, act))
        return told

    def _opened(
        self, number: int, draft: Draft, ready: Ready, links: tuple[Link, ...]
    ) -> tuple[Event, ...]:
        requester = self._people.customer(draft.customer) if draft.customer else None
        body = draft.body.strip() or None
        by = self._by
        if body and draft.agent:
            by = f"agent:{self._people.agent(draft.agent)}"
        elif body and requester:
            by = f"customer:C-{requester}"
        return verbs.open_ticket(
            number,
            ready.subject,
            self._act(by, ready.opened_at),
            body=body,
            outbound=draft.agent is not None,
            requester=requester,
            links=links,
            **ready.head,
        )

    def _author(self, said: Said) -> str:
        if said.agent:
            return f"agent:{self._people.agent(said.agent)}"
        if said.customer:
            return f"customer:C-{self._people.customer(said.customer)}"
        return self._by

    def _act(self, by: str, at: datetime) -> Act:
        return verbs.Act(by, at, "" if by == self._by else self._by, self._now)


def _tell(told: list[Event], ticket: Ticket, events: tuple[Event, ...]) -> Ticket:
    told += events
    for event in events:
        ticket = evolve(ticket, event)
    return ticket


def _open(ticket: Ticket, draft: Draft, ready: Ready, act: Act) -> tuple[Event, ...]:
    return verbs.reopen(ticket, act)


def _answer(ticket: Ticket, draft: Draft, ready: Ready, act: Act) -> tuple[Event, ...]:
    return verbs.edit(ticket, act, status=Status.ANSWERED, waiting_since=None)


def _wait(ticket: Ticket, draft: Draft, ready: Ready, act: Act) -> tuple[Event, ...]:
    until = draft.snoozed_until
    if until and until <= act.at:
        until = None
    return verbs.wait(ticket, act, on=draft.substatus or "customer", until=until)


def _postpone(ticket: Ticket, draft: Draft, ready: Ready, act: Act) -> tuple[Event, ...]:
    return verbs.postpone(ticket, draft.snoozed_until, act) if draft.snoozed_until else ()


def _resolve(ticket: Ticket, draft: Draft, ready: Ready, act: Act) -> tuple[Event, ...]:
    return verbs.resolve(ticket, act, draft.reason or "solved")


def _close(ticket: Ticket, draft: Draft, ready: Ready, act: Act) -> tuple[Event, ...]:
    return verbs.close(ticket, act._replace(at=max(act.at, ready.closed_at or act.at)))


def _mark_spam(ticket: Ticket, draft: Draft, ready: Ready, act: Act) -> tuple[Event, ...]:
    return verbs.mark_spam(ticket, act)


def _trash(ticket: Ticket, draft: Draft, ready: Ready, act: Act) -> tuple[Event, ...]:
    return verbs.trash(ticket, act)


_ENDINGS: dict[str, tuple[Ending, ...]] = {
    Status.OPEN: (_open,),
    Status.ANSWERED: (_answer,),
    Status.PENDING: (_wait,),
    Status.POSTPONED: (_postpone,),
    Status.RESOLVED: (_resolve,),
    Status.CLOSED: (_resolve, _close),
    Status.SPAM: (_mark_spam,),
    TRASH: (_trash,),
}
"""How a ticket became what it is now, after all that was said on it."""
