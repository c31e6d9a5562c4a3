"""Telling what a command has changed: sentences for a person, numbers for a pipe, JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from tix.cli.failure import telling
from tix.cli.last import remember_last
from tix.cli.lines.inside import Inside
from tix.codec import encode_value, member_decoders
from tix.ops.change import as_told
from tix.text import one_line

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tix.cli.call import Call
    from tix.domain.alert import Quiet
    from tix.domain.ticket import Ticket
    from tix.ops.change import Altered, Change, Changed

_PUBLIC = [
    "subject",
    "status",
    "substatus",
    "reason",
    "priority",
    "type",
    "category",
    "tags",
    "assignee",
    "requester",
    "participants",
    "department",
    "tier",
    "channel",
    "due_at",
    "sla",
    "promises",
    "worked",
    "timers",
    "rating",
    "snoozed_until",
    "merged_into",
    "absorbed",
    "links",
    "fields",
    "trashed_at",
]

_OWN = ("number", "created_at", "version")
"""Members of records that nobody sets."""
_RENAMED = {"address": "email", "addresses": "emails"}
"""Members that JSON records call otherwise."""

_CALLED = {
    "absorbed": "holds",
    "due_at": "due",
    "merged_into": "merged into",
    "requester": "customer",
    "snoozed_until": "until",
    "timers": "timer",
    "trashed_at": "in the trash since",
}

_DONE = {
    "new": "opened",
    "reply": "replied to",
    "receive": "added the customer's message to",
    "note": "noted on",
    "log-call": "logged a call on",
    "log-chat": "logged a chat on",
    "next": "took",
    "split": "split off",
    "delete": "put into the trash",
    "promise": "promised on",
    "promise done": "kept what was promised on",
    "promise cancel": "called off what was promised on",
    "purge": "erased",
    "restore": "took out of the trash",
    "resolve": "resolved",
    "close": "closed",
    "reopen": "opened again",
    "spam": "marked as spam",
    "undo": "took back the change of",
    "redo": "did again the change of",
}


def show_change(call: Call, change: Change, parts: Sequence[Change] = ()) -> None:
    """Print what was changed, and tell warnings; *parts* are the changes that it consists of.

    A dry run as JSONL is printed as the line that ``tix apply`` takes.
    """
    if isinstance(call, Inside):
        call.take(change)
        return
    change, parts = as_told(change), tuple(map(as_told, parts))
    for notice in change.notices:
        call.warn(notice.message)
    if change.changed and not change.dry_run:
        remember_last(call, change.changed[-1].after.id)
        call.tell(f"operation {change.op} on {call.desk.location}; tix undo takes it back")
    if change.op is None:
        _print(call, change, parts)
        return
    with telling("the change is saved", hint=f"do not repeat it; it is operation {change.op}"):
        _print(call, change, parts)


def _print(call: Call, change: Change, parts: Sequence[Change]) -> None:
    fmt, each = call.format, parts or (change,)
    if fmt == "jsonl" and change.dry_run:
        from tix.cli.lines.write import line_of

        call.write([line_of(call, change)])
    elif fmt in ("json", "jsonl"):
        call.write([_as_json(call, change)])
    elif fmt == "table":
        call.write(line + "\n" for one in each for line in _sentences(call, one))
    elif change.undoes:
        call.write([f"{change.undoes}\n"])
    else:
        ids = dict.fromkeys(ident for one in each for ident in one.ids)
        call.write(f"{ident}\n" for ident in ids)


def _sentences(call: Call, change: Change) -> Iterator[str]:
    would = "would: " if change.dry_run else ""
    for altered in change.records:
        yield would + one_line(_record_sentence(call, altered))
    for changed in change.changed:
        yield would + one_line(_sentence(call, change.operation, changed))
    for number in change.unchanged:
        yield f"{would}{number} is unchanged"


def _sentence(call: Call, operation: str, changed: Changed) -> str:
    ticket = changed.after
    details = ", ".join(_details(call, changed)) if changed.before else ""
    verb = _DONE.get(operation)
    if verb:
        line = f"{verb} {ticket.id}"
        details = "" if operation in ("new", "delete", "purge", "restore", "spam") else details
    else:
        line = f"{ticket.id}"
    return f"{line}: {details + ' - ' if details else ''}{ticket.subject}"


def _record_sentence(call: Call, altered: Altered) -> str:
    if altered.kind == "alerts":
        return f"{altered.id}: {_quiet_told(call, altered)}"
    name = f"{altered.kind} {altered.id}"
    if altered.after is None:
        return f"{name}: gone"
    told = ", ".join(
        member.replace("_", " ") + ("" if _has_parts(after) else f" {_told(call, after)}")
        for member, (_, after) in _differences(altered).items()
    )
    return f"{name}: {told}" if altered.before else f"{name} is new: {told}"


def _quiet_told(call: Call, altered: Altered) -> str:
    """Return what becomes of the alerts of a ticket."""
    before, after = cast("tuple[Quiet, Quiet]", (altered.before, altered.after))
    told = []
    if new := [clock for clock in after.acked if clock not in before.acked]:
        told.append(f"somebody knows that it is late ({', '.join(new)})")
    if gone := [clock for clock in before.acked if clock not in after.acked]:
        told.append(f"nobody knows that it is late ({', '.join(gone)})")
    if before.silent_until != after.silent_until:
        until = after.silent_until
        told.append(f"silent until {_told(call, until)}" if until else "it is told again")
    return ", ".join(told)


def _has_parts(value: object) -> bool:
    """Return whether a value is too much for a sentence."""
    if isinstance(value, dict):
        value = list(value.values())
    return isinstance(value, list) and any(isinstance(one, dict | list) for one in value)


def _details(call: Call, changed: Changed) -> Iterator[str]:
    for name in _PUBLIC:
        before, after = getattr(changed.before, name), getattr(changed.after, name)
        if before != after and name == "promises":
            from tix.output.promises import promises_told

            sides = encode_value(before), encode_value(after)
            yield from promises_told(*sides, lambda at: _told(call, at))
        elif before != after and name == "worked":
            from tix.output.working import spent

            total = f" ({spent(after)} in all)" if before else ""
            yield f"worked {spent(after - before)}{total}"
        elif before != after:
            yield f"{_CALLED.get(name, name)} {_told(call, after)}"


def _told(call: Call, value: object) -> str:
    from datetime import datetime

    from tix.domain.course import Applied

    if isinstance(value, datetime):
        from tix.domain.when import describe

        return describe(value, call.desk.clock(), call.desk.zone)
    if isinstance(value, Applied):
        return value.level
    if isinstance(value, tuple | list):
        return ",".join(map(_item, value)) or "none"
    if isinstance(value, dict):
        return " ".join(f"{name}={item}" for name, item in value.items()) or "none"
    return "none" if value is None else str(value)


def _item(value: object) -> str:
    from tix.domain.ticket import Link, Timer

    if isinstance(value, Timer):
        return value.agent
    return " ".join(map(str, value)) if isinstance(value, Link) else str(value)


def _as_json(call: Call, change: Change) -> str:
    from tix.output.as_json import encode

    document = {
        "schema": "tix.change/1",
        "operation": change.operation,
        "op": change.op,
        "dry_run": change.dry_run,
        "undoes": change.undoes,
        "changed": [
            *map(_record, change.records),
            *map(_ticket, change.changed),
        ],
        "unchanged": list(change.unchanged),
        "warnings": [notice._asdict() for notice in change.notices],
    }
    indent = 2 if call.is_terminal and call.format == "json" else None
    return encode(document, indent=indent) + "\n"


def _ticket(changed: Changed) -> dict[str, object]:
    ticket = changed.after
    changes = _changes(changed.before, ticket)
    return {"kind": "ticket", "id": ticket.id, "rev": ticket.rev, "changes": changes}


def _record(altered: Altered) -> dict[str, object]:
    changes = _differences(altered)
    return {"kind": altered.kind, "id": altered.id, "rev": None, "changes": changes}


def _differences(altered: Altered) -> dict[str, list[object]]:
    """Return what is different between the record before and after, by member."""
    pairs = {}
    kind: type = type(altered.after or altered.before)
    for name in member_decoders(kind):
        was, is_ = (getattr(side, name, None) for side in (altered.before, altered.after))
        if was != is_ and (was or is_) and name not in _OWN:
            pairs[_RENAMED.get(name, name)] = [encode_value(was), encode_value(is_)]
    if "merged_into" in pairs:
        pairs["merged_into"] = [n and f"C-{n}" for n in pairs["merged_into"]]
    return pairs


def _changes(before: Ticket | None, after: Ticket) -> dict[str, list[object]]:
    pairs = {}
    for name in _PUBLIC:
        was = getattr(before, name) if before else None
        is_ = getattr(after, name)
        if was != is_ and (before or is_):
            pairs[name] = [encode_value(was), encode_value(is_)]
    return pairs
