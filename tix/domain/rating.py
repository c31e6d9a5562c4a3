"""What customers think of a ticket: their ratings, read from the history.

The latest one that holds is the score of the ticket. One that was withdrawn stays in the
history and counts for nothing.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from tix.codec import encode_time
from tix.domain.event import undone_operations
from tix.domain.ticket import SCORES
from tix.errors import UsageError
from tix.record import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from tix.domain.event import Event

RATED, WITHDRAWN = "rated", "rating_withdrawn"
RATED_AT = "rated_at"

_TALKING = ("opened", "replied", "called", "chatted")
_STARS = {"1": "bad", "2": "bad", "3": "neutral", "4": "good", "5": "good"}


class Rating(NamedTuple):
    """One rating, the agent who had answered last, and the department of the ticket then.

    One that does not *hold* was withdrawn.
    """

    score: str
    at: datetime
    comment: str = ""
    agent: str = ""
    department: str = ""
    holds: bool = True


def score_of(text: str) -> str:
    """Return which score *text* is: a word, or a number of stars from 1 to 5.

    Raises:
        UsageError: It is none.
    """
    word = text.strip().casefold()
    score = _STARS.get(word.removesuffix(".0"), word)
    if score in SCORES:
        return score
    raise UsageError(
        f"{text.strip()[:60]!r} is no score; there are {', '.join(SCORES)}, and 1 to 5"
    )


def ratings(history: Iterable[Event]) -> tuple[Rating, ...]:
    """Return the ratings in *history* in the order of time, without those that were undone."""
    events = tuple(history)
    undone = undone_operations(events)
    found: list[Rating] = []
    for event in events:
        if event.op in undone:
            continue
        if event.kind == RATED:
            words = ("score", "comment", "agent", "department")
            score, comment, agent, department = (str(event.data.get(n) or "") for n in words)
            found.append(Rating(score, event.at, comment, agent, department))
        elif event.kind == WITHDRAWN:
            found = _without(found, event)
    return tuple(sorted(found, key=lambda rating: rating.at))


def counting(found: Iterable[Rating]) -> Rating | None:
    """Return the rating that counts, None if none holds."""
    return next((one for one in reversed(tuple(found)) if one.holds), None)


def answer_before(at: datetime, history: Iterable[Event]) -> tuple[str, datetime | None]:
    """Return the agent of the last reply that a person gave by *at*, and when; or nobody."""
    events = tuple(history)
    undone = undone_operations(events)
    replies = [
        (event.at, event.by.removeprefix("agent:"))
        for event in events
        if event.at <= at and event.op not in undone and _is_reply(event)
    ]
    answered_at, agent = max(replies, default=(None, ""))
    return agent, answered_at


def department_at(at: datetime, history: Iterable[Event]) -> str:
    """Return the department that a ticket was in at *at*, empty for none."""
    department = ""
    for event in history:
        if event.at <= at and "department" in event.changes:
            department = str(event.changes["department"][1] or "")
    return department


def _is_reply(event: Event) -> bool:
    """Return whether a person has answered, in writing or in an answered call or chat."""
    if not event.by.startswith("agent:") or event.data.get("automatic"):
        return False
    return event.kind in _TALKING and "replies" in event.changes


def _without(found: Sequence[Rating], event: Event) -> list[Rating]:
    """Return the ratings with that which *event* withdraws; it may have been undone itself."""
    told, rest = (event.data.get("score"), event.data.get(RATED_AT)), [*found]
    for place in range(len(rest) - 1, -1, -1):
        one = rest[place]
        if one.holds and told == (one.score, encode_time(one.at)):
            rest[place] = one._replace(holds=False)
            break
    return rest
