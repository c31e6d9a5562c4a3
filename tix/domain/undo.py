"""Taking an operation back: by events that lead back, never by forgetting.

Counts are taken back by their difference, lists and maps by their members, so that what
others did since then stays, and of the ratings that are left the latest counts. Any other field
must still be as the operation left it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from tix.domain.event import CHANGES, Event
from tix.domain.ticket import Ticket, changes, fold
from tix.domain.verbs import Act, trash
from tix.domain.verbs.act import timing
from tix.errors import Conflict

if TYPE_CHECKING:
    from collections.abc import Container, Sequence

    from tix.domain.operation import RecordChange

RATING = "rating"

_CLASH = object()
_COUNTS = frozenset({"messages", "replies", "notes", "attachments", "reopened", "worked"})
_SAID = ("messages", "replies", "notes", "attachments", "waiting_since")
"""What tells that somebody wrote on a ticket."""


def reverse(
    history: Sequence[Event], op: int, act: Act, *, force: bool = False
) -> tuple[Event, ...]:
    """Return the events that take back what operation *op* did to this ticket.

    A ticket that the operation made goes to the trash. An operation that takes back another
    one is taken back the same way: that is redo.

    Raises:
        Conflict: A later operation touched the same field, and *force* is not given; or it
            merged the ticket, or wrote on it when it would be merged again.
    """
    ours = [place for place, event in enumerate(history) if event.op == op]
    if not ours:
        return ()
    ticket = fold(history)
    if ours[0] == 0:
        return trash(ticket, act)
    before, after = fold(history[: ours[0]]), fold(history[: ours[-1] + 1])
    names = dict.fromkeys(name for place in ours for name in history[place].changes)
    _check_merges(ticket, before, after, names)
    target = {
        name: _taken_back(name, before, after, ticket, force=force)
        for name in names
        if name != RATING
    }
    if any(event.kind == "rated" for event in history):
        target[RATING] = _score_without(history, op)
    if before.absorbed != after.absorbed and target["absorbed"] == ticket.absorbed:
        # Who was merged into it left by itself, or came back, with all that was said there.
        target = {name: value for name, value in target.items() if name not in _SAID}
    data = {"op": op, CHANGES: changes(ticket, target)}
    at, recorded_at = timing(ticket, act)
    return (Event("undone", ticket.id, at, act.by, act.cause, data, recorded_at),)


def _score_without(history: Sequence[Event], op: int) -> str | None:
    """Return the score that counts when operation *op* is taken back."""
    from tix.domain.rating import counting, ratings

    undone = Event("undone", 0, history[-1].at, "", data={"op": op})
    rating = counting(ratings((*history, undone)))
    return rating.score if rating else None


def reverse_record(
    change: RecordChange, now: Mapping[str, Any] | None, what: str, *, force: bool = False
) -> dict[str, Any] | None:
    """Return what a record becomes that is *now* so when *change* is taken back; None: nothing.

    *what* names the record in an error.

    Raises:
        Conflict: What the change did was changed again since, and *force* is not given.
    """
    if now is None or change.before is None or change.after is None:
        if now != change.after and not force:
            raise _clash(what, "it", change.key)
        return None if change.before is None else dict(change.before)
    document = dict(now)
    for name in dict.fromkeys((*change.before, *change.after)):
        was, made, is_ = (d.get(name) for d in (change.before, change.after, now))
        if was != made:
            back = _back(was, made, is_)
            if back is _CLASH and not force:
                raise _clash(what, name, change.key)
            document[name] = was if back is _CLASH else back
    return {name: value for name, value in document.items() if value is not None}


def _check_merges(ticket: Ticket, before: Ticket, after: Ticket, names: Container[str]) -> None:
    """Refuse to go behind a later merge, or to merge again what has more now than it had *after*.

    Not even force goes there: what the tickets have together would be counted wrongly.

    Raises:
        Conflict: One of them would be so.
    """
    is_about = "absorbed" in names or "merged_into" in names
    if is_about and ticket.merged_into not in (None, after.merged_into):
        raise Conflict(
            f"ticket {ticket.id} was merged into {ticket.merged_into} since then",
            hint=f"tix unmerge {ticket.id} comes first",
            ids=(ticket.id,),
        )
    goes_on_in = before.merged_into if "merged_into" in names else None
    if goes_on_in and any(getattr(ticket, name) != getattr(after, name) for name in _SAID):
        raise Conflict(
            f"somebody wrote on ticket {ticket.id} since then",
            hint=f"tix merge {ticket.id} --into {goes_on_in}",
            ids=(ticket.id,),
        )


def _taken_back(name: str, before: Ticket, after: Ticket, now: Ticket, *, force: bool) -> Any:
    was, made, is_ = (getattr(ticket, name) for ticket in (before, after, now))
    if name in _COUNTS:
        left = is_ - (made - was)
        if name == "worked" and left < 0:
            # A later correction took off what would go now.
            if not force:
                raise _clash(f"ticket {now.id}", name, now.id)
            return 0
        return left
    back = _back(was, made, is_)
    if back is _CLASH and not force:
        raise _clash(f"ticket {now.id}", name, now.id)
    return was if back is _CLASH else back


def _back(was: Any, made: Any, is_: Any) -> Any:
    """Return *is_* with the step from *was* to *made* taken back, ``_CLASH`` if it cannot be."""
    if is_ == made:
        return was
    either = made or was
    if isinstance(either, tuple | list):
        return _list_back(was or (), made or (), is_ or type(either)())
    if isinstance(either, Mapping):
        return _mapping_back(was or {}, made or {}, is_ or {})
    return _CLASH


def _list_back(was: Any, made: Any, is_: Any) -> Any:
    removed = [item for item in was if item not in made]
    stayed = [item for item in is_ if item in was or item not in made]
    return type(is_)([*stayed, *(item for item in removed if item not in stayed)])


def _mapping_back(was: Any, made: Any, is_: Any) -> Any:
    back = dict(is_)
    for name in {*was, *made}:
        if was.get(name) == made.get(name):
            continue
        if is_.get(name) != made.get(name):
            return _CLASH
        if name in was:
            back[name] = was[name]
        else:
            del back[name]
    return back


def _clash(what: str, member: str, number: int | str) -> Conflict:
    return Conflict(
        f"{what}: {member} was changed again since then",
        hint="undo the later operation first, or use --force",
        ids=(number,),
    )
