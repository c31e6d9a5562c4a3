"""Rating: what the customer thinks of our work on a ticket."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tix.codec import encode_time
from tix.domain.event import CHANGES, Event
from tix.domain.rating import (
    RATED,
    RATED_AT,
    WITHDRAWN,
    Rating,
    answer_before,
    counting,
    department_at,
    ratings,
)
from tix.domain.status import Status
from tix.domain.ticket import changes
from tix.domain.verbs.act import Act, at_hand, timing, way_on
from tix.errors import NotFound, Refused, TransitionRefused, UsageError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from tix.domain.ticket import Ticket

_LONGEST = 10_000
_DONE = (Status.RESOLVED, Status.CLOSED)


def rate(
    ticket: Ticket,
    history: Sequence[Event],
    score: str,
    act: Act,
    *,
    comment: str = "",
    said: Sequence[Event] = (),
    force: bool = False,
) -> tuple[Event, ...]:
    """Give the ticket of *history* a score; none if that rating is there already.

    *said* is what happened to the tickets that go on in it: who is rated is the agent of the
    last reply. What nobody has answered or resolved is rated with *force* only.

    Raises:
        Refused: There is nothing to rate yet.
        UsageError: The comment is too long.
        TransitionRefused: The ticket is spam or in the trash.
    """
    comment = checked_comment(comment)
    if at_hand(ticket).status is Status.SPAM:
        raise TransitionRefused(f"ticket {ticket.id} is spam", hint=way_on(ticket))
    at, _ = timing(ticket, act)
    agent, answered_at = answer_before(at, (*history, *said))
    if answered_at is None and not force and ticket.status not in _DONE:
        raise Refused(
            f"nobody had answered ticket {ticket.id} by then, so there is nothing to rate",
            hint="--force rates it all the same",
            ids=(ticket.id,),
        )
    made = Rating(score, at, comment, agent, department_at(at, history))
    known = ratings(history)
    last = counting(known)
    if _is_known(made, known, answered_at, is_dated=act.recorded_at is not None):
        return ()
    words = {name: getattr(made, name) for name in ("score", "comment", "agent", "department")}
    after = {} if last and last.at > at else {"rating": score}
    return (_event(ticket, RATED, act, after, words),)


def withdraw(ticket: Ticket, history: Sequence[Event], act: Act) -> tuple[Event, ...]:
    """Let the rating that counts count no more; one before it counts again.

    Raises:
        NotFound: No rating counts.
        TransitionRefused: The ticket is in the trash.
    """
    holding = [one for one in ratings(history) if one.holds]
    if not holding:
        raise NotFound(
            f"ticket {at_hand(ticket).id} has no rating", hint=f"tix rate {ticket.id} good"
        )
    last = holding.pop()
    words = {"score": last.score, RATED_AT: encode_time(last.at)}
    after = {"rating": holding[-1].score if holding else None}
    return (_event(at_hand(ticket), WITHDRAWN, act, after, words),)


def checked_comment(comment: str) -> str:
    """Return what a customer says to a rating, without blank space around it.

    Raises:
        UsageError: It is too long.
    """
    comment = comment.strip()
    if len(comment) > _LONGEST:
        raise UsageError(f"a comment has at most {_LONGEST} characters")
    return comment


def _is_known(
    made: Rating, known: Sequence[Rating], answered_at: datetime | None, *, is_dated: bool
) -> bool:
    """Return whether *made* is one of the *known* ratings.

    One that comes with its time is so also if it was withdrawn. One of just now is if it says
    what the last one said, and nobody has answered since.
    """
    if is_dated:
        return any((one.score, one.at) == (made.score, made.at) for one in known)
    last = counting(known)
    if last is None or last.score != made.score or made.comment not in ("", last.comment):
        return False
    return answered_at is None or answered_at <= last.at


def _event(
    ticket: Ticket,
    kind: str,
    act: Act,
    after: Mapping[str, object],
    words: Mapping[str, object],
) -> Event:
    """Return the event, also if the score of the ticket stays as it is."""
    at, recorded_at = timing(ticket, act)
    data = {CHANGES: changes(ticket, after), **words}
    return Event(kind, ticket.id, at, act.by, act.cause, data, recorded_at)
