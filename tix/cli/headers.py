"""The headers of a sheet: what stands in them at first, and the ops that carry out a change."""

from __future__ import annotations

import re
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from tix.cli.sheets import FIELD
from tix.domain.status import REASONS, Status
from tix.errors import TixError, UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from tix.cli.call import Call
    from tix.cli.sheets import Header
    from tix.desk import Desk
    from tix.domain.shown import Shown
    from tix.ops.change import Change

    Step = Callable[[Desk], Change]

MESSAGE = ("status", "priority", "tags", "assignee")
"""The headers of a reply or note."""

_MOVES = ("open", "pending", "resolved", "closed", "spam")
_ELSEWHERE = {
    "answered": "a reply makes it so",
    "postponed": "tix snooze ID DATE",
    "merged": "tix merge ID --into ID",
}


def headers_of(call: Call, shown: Sequence[Shown], names: Iterable[str] = ()) -> dict[str, str]:
    """Return the headers of tickets, those called *names* or all.

    A header on which several tickets differ is empty.
    """
    first, *others = [_texts(call, one) for one in shown]
    names = tuple(names) or tuple(first)
    return {
        name: first[name] if all(other.get(name) == first[name] for other in others) else ""
        for name in names
    }


def landing(desk: Desk, numbers: Sequence[int]) -> list[Shown]:
    """Return the tickets on which messages for *numbers* land: those that merged ones go on in."""
    from tix.ops.tickets.reads import show

    while True:
        shown, _ = show(desk, numbers)
        following = [one.ticket.merged_into or one.ticket.id for one in shown]
        if following == [one.ticket.id for one in shown]:
            return shown
        numbers = list(dict.fromkeys(following))


def steps(
    call: Call, numbers: Sequence[int], headers: Iterable[Header], *, yes: bool = False
) -> list[Step]:
    """Return the ops that give the tickets what the headers say; a status comes last.

    Raises:
        UsageError, NotFound: One says nothing that its field could be.
    """
    found: dict[str, Step] = {}
    edits: list[tuple[Header, dict[str, Any]]] = []
    for header in headers:
        with placed(header):
            if header.name in _STEPS:
                found[header.name] = _placed(header, _STEPS[header.name](numbers, header.value))
            else:
                edits.append((header, _edited(call, header, yes=yes)))
    last = [found.pop("status")] if "status" in found else []
    return [*([_edit_step(numbers, edits)] if edits else []), *found.values(), *last]


def timed(desk: Desk, numbers: Sequence[int], edited_s: float) -> list[Step]:
    """Return the op that records the time a text was in the editor, if the user has it so."""
    from tix.ops.tickets.working import edited

    if desk.config.editor_time == "false":
        return []
    return [lambda inside: edited(inside, numbers, edited_s)]


def as_one(desk: Desk, command: str, all_steps: Iterable[Step]) -> Change:
    """Return the change that the steps make up, as one operation.

    A key is for all of them; ``--if-rev`` is about what was there before the first.
    """
    from tix.ops.apply import apply

    def work(inside: Desk) -> Iterator[Change]:
        inside.intent = desk.intent._replace(key="")
        for step in all_steps:
            yield step(inside)
            inside.intent = inside.intent._replace(if_rev=None)

    return apply(desk, work, command=command, creates=False).whole


@contextmanager
def placed(header: Header) -> Iterator[None]:
    """Return the block in which an error tells the line and name of *header*."""
    try:
        yield
    except TixError as error:
        message = f"line {header.line}, {header.name}: {error.message}"
        raise type(error)(message, hint=error.hint, ids=error.ids) from None


def _placed(header: Header, step: Step) -> Step:
    def run(desk: Desk) -> Change:
        with placed(header):
            return step(desk)

    return run


def _texts(call: Call, shown: Shown) -> dict[str, str]:
    from tix.text import one_line

    ticket, customer = shown.ticket, shown.customer
    due = ticket.due_at.astimezone(call.desk.zone) if ticket.due_at else None
    reason = f" ({ticket.reason})" if ticket.reason else ""
    texts = {
        "status": f"{ticket.status}{reason}",
        "priority": ticket.priority,
        "tags": ", ".join(ticket.tags),
        "assignee": ticket.assignee,
        # A stranger's words stand below the five lines in which vi looks for orders.
        "subject": ticket.subject,
        "customer": customer and (customer.addresses[0] if customer.addresses else customer.id),
        "cc": ", ".join(ticket.participants),
        "department": ticket.department,
        "type": ticket.type,
        "category": ticket.category,
        "channel": ticket.channel,
        "tier": str(ticket.tier),
        "due": f"{due:%Y-%m-%d %H:%M}" if due else "",
        "sla": ticket.sla and ticket.sla.level,
        **{FIELD + name: value for name, value in sorted(ticket.fields.items())},
    }
    return {name: one_line(text or "") for name, text in texts.items()}


def _prioritized(numbers: Sequence[int], value: str) -> Step:
    from tix.ops.tickets import filing

    return lambda desk: filing.prioritize(desk, numbers, value)


def _tagged(numbers: Sequence[int], value: str) -> Step:
    from tix.domain.verbs import checked_tags
    from tix.ops.tickets import filing

    tags = checked_tags(value) if value else ()
    return lambda desk: filing.tag(desk, numbers, tags, replace=True)


def _assigned(numbers: Sequence[int], value: str) -> Step:
    from tix.ops.tickets import filing

    return lambda desk: filing.assign(desk, numbers, or_none(value))


def _moved(numbers: Sequence[int], value: str) -> Step:
    from tix.ops.tickets import moves

    status, reason = status_of(value, _MOVES)
    ops: dict[Status, Step] = {
        Status.OPEN: lambda desk: moves.reopen(desk, numbers),
        Status.PENDING: lambda desk: moves.wait(desk, numbers, "customer", None),
        Status.RESOLVED: lambda desk: moves.resolve(desk, numbers, reason),
        Status.CLOSED: lambda desk: moves.resolve(desk, numbers, reason, close=True),
        Status.SPAM: lambda desk: moves.mark_spam(desk, numbers),
    }
    return ops[status]


_STEPS: dict[str, Callable[[Sequence[int], str], Step]]
_STEPS = {
    "priority": _prioritized,
    "tags": _tagged,
    "assignee": _assigned,
    "status": _moved,
}


def status_of(text: str, allowed: Sequence[str] = _MOVES) -> tuple[Status, str]:
    """Return the status and the reason of ``resolved (wontfix)``; without one it is solved.

    Raises:
        UsageError: It is none of the *allowed* ones, or there is no such reason.
    """
    from tix.domain.nearest import nearest

    match = re.fullmatch(r"([a-z]+)(?: *\(?([a-z]+)\)?)?", text.casefold())
    name, reason = match.groups() if match else (text, None)
    if name not in allowed:
        guess = nearest(name, allowed)
        hint = _ELSEWHERE.get(name) or (f"Did you mean {guess!r}?" if guess else "")
        listed = ", ".join(allowed)
        raise UsageError(f"{text[:60]!r} cannot be set here; there are {listed}", hint=hint)
    if reason and (name not in ("resolved", "closed") or reason not in REASONS):
        raise UsageError(f"{reason!r} is no reason; there are {', '.join(REASONS)} to resolve")
    return Status(name), reason or "solved"


def _edit_step(numbers: Sequence[int], edits: Sequence[tuple[Header, dict[str, Any]]]) -> Step:
    """Return the one edit of all fields; where it fails, each alone tells which is wrong."""
    from tix.ops.tickets import filing

    values = {name: value for _, edit in edits for name, value in edit.items()}
    fields = {name: value for _, edit in edits for name, value in edit.get("fields", {}).items()}
    if fields:
        values["fields"] = fields

    def run(desk: Desk) -> Change:
        try:
            return filing.edit(desk, numbers, **values)
        except TixError:
            for header, edit in edits:
                with placed(header):
                    filing.edit(desk, numbers, **edit)
            raise

    return run


def _edited(call: Call, header: Header, *, yes: bool) -> dict[str, Any]:
    """Return the field that *header* changes, as the op knows it."""
    name, value = header.name, header.value
    if name.startswith(FIELD):
        return {"fields": {name.removeprefix(FIELD): value}}
    if name == "subject":
        from tix.domain.verbs import checked_subject

        return {"subject": checked_subject(value)}
    if name == "cc":
        return {"participants": addresses(value.split(",") if value else ())}
    if name == "tier":
        if value not in set("123456789"):
            raise UsageError(f"{value[:60]!r} is no level of support; they are 1 to 9")
        return {"tier": int(value)}
    if name == "due":
        from tix.cli.dates import due_date

        return {"due_at": due_date(call, value, yes=yes) if or_none(value) else None}
    return {name: or_none(value)}


def addresses(texts: Iterable[str]) -> tuple[str, ...]:
    """Return mail addresses as they are stored, each once.

    Raises:
        UsageError: One is none.
    """
    from tix.domain.people import normal_address

    return tuple(dict.fromkeys(normal_address(text) for text in texts))


def or_none(text: str) -> str | None:
    """Return *text*, or None if it is to empty the field."""
    return None if text.casefold() in ("", "none") else text
