"""A draft held against the desk: what it says must mean something there, and in order."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any, TypeVar

from tix.domain.status import Status
from tix.domain.verbs import checked_body, checked_subject, checked_tags
from tix.errors import UsageError
from tix.ops.importing.maps import CHOICES
from tix.ops.importing.problems import Unusable, shown
from tix.record import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tix.domain.setup import Setup
    from tix.ops.importing.drafts import Draft
    from tix.ops.importing.people import People

T = TypeVar("T")

_TEXT_LIMIT = 2_000
_ENDS = (Status.RESOLVED.value, Status.CLOSED.value)


class Ready(NamedTuple):
    """What the desk makes of a draft: *head* is what the ticket is from its first moment on.

    *backwards* tells that it ended before it began, in the source; it then ends as it begins.
    """

    subject: str
    head: Mapping[str, Any]
    status: str
    opened_at: datetime
    ended_at: datetime | None
    closed_at: datetime | None
    backwards: bool = False


class Checker:
    """Makes drafts ready for one desk at one moment."""

    def __init__(self, setup: Setup, people: People, now: datetime) -> None:
        self._setup = setup
        self._people = people
        self._now = now
        self._known: dict[tuple[str, str], Any] = {}

    def ready(self, draft: Draft) -> Ready:
        """Return what the desk makes of *draft*.

        Raises:
            Unusable: A part of it means nothing here, or cannot be.
        """
        _check_texts(draft)
        for field, at in _past_times(draft):
            if at > self._now:
                raise Unusable(field, f"{at:%Y-%m-%d %H:%M} UTC lies in the future")
        opened = draft.created_at or self._now
        ended = draft.resolved_at or draft.closed_at or draft.updated_at
        backwards = ended is not None and ended < opened and _status(draft) in _ENDS
        return Ready(
            _checked("subject", checked_subject, draft.subject),
            self._head(draft),
            _status(draft),
            opened,
            ended,
            draft.closed_at or ended,
            backwards,
        )

    def _head(self, draft: Draft) -> dict[str, Any]:
        setup, people = self._setup, self._people
        priority, kind = draft.priority or setup.default_priority, draft.type
        for said in draft.messages:
            if said.agent:
                people.agent(said.agent)
        return {
            "priority": self._once("priority", setup.priority, priority),
            "type": self._once("type", setup.type, kind) if kind else None,
            "category": draft.category or None,
            "assignee": people.agent(draft.assignee) if draft.assignee else None,
            "department": people.department(draft.department) if draft.department else None,
            "channel": draft.channel or None,
            "tags": self._once("tags", _tags, "\n".join(draft.tags)) if draft.tags else (),
            "fields": dict(draft.fields),
            "due_at": draft.due_at,
        }

    def _once(self, field: str, check: Callable[[str], T], text: str) -> T:
        """Return what *check* makes of *text*, asked once: most words come many times."""
        if (field, text) not in self._known:
            self._known[field, text] = _checked(field, check, text)
        found: T = self._known[field, text]
        return found


def _tags(lines: str) -> tuple[str, ...]:
    """Return the tags of *lines* as the desk has them, where each is one word."""
    words = ["-".join(tag.split()) for tag in lines.split("\n")]
    return checked_tags(",".join(words)) if any(words) else ()


def _status(draft: Draft) -> str:
    """Return what the ticket is now; without a word for it, its times tell."""
    if draft.status:
        return draft.status
    if draft.closed_at:
        return Status.CLOSED
    return Status.RESOLVED if draft.resolved_at else ""


def _check_texts(draft: Draft) -> None:
    for field, choices in CHOICES.items():
        value = getattr(draft, field)
        if value and value not in choices:
            raise Unusable(field, f"{shown(value)} is none of {', '.join(choices)}")
    for name, text in (("category", draft.category), ("channel", draft.channel)):
        if len(text) > _TEXT_LIMIT:
            raise Unusable(name, f"it has {len(text)} characters; {_TEXT_LIMIT} are the most")
    if draft.body.strip():
        _checked("body", checked_body, draft.body)
    if draft.status == Status.POSTPONED:
        _check_postponed(draft)


def _check_postponed(draft: Draft) -> None:
    if draft.snoozed_until is None:
        raise Unusable("snoozed_until", "a postponed ticket needs the time until which it is so")
    if any(at >= draft.snoozed_until for _, at in _past_times(draft)):
        raise Unusable("snoozed_until", "it is postponed until before its last event")


def _past_times(draft: Draft) -> Iterator[tuple[str, datetime]]:
    for field in ("created_at", "updated_at", "resolved_at", "closed_at"):
        at = getattr(draft, field)
        if at is not None:
            yield field, at
    for said in draft.messages:
        yield "messages", said.at


def _checked(field: str, check: Callable[[str], T], text: str) -> T:
    try:
        return check(text)
    except UsageError as error:
        hint = f" ({error.hint})" if error.hint.startswith("Did you mean") else ""
        raise Unusable(field, error.message + hint) from None
