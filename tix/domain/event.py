"""What happened: one class of event, sealed into a chain of hashes per ticket.

An event carries everything it changed on its ticket in ``data["changes"]``, as
``{field: [before, after]}`` in JSON values. A ticket is therefore the fold of its events
whatever their kind, an undo is an event that carries the way back, and nobody ever has to
delete one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

from tix.codec import encode
from tix.record import NOTHING, Record, replace

BODY = "body"
SALT = "salt"
BODY_HASH = "body_hash"
CHANGES = "changes"

WORDS = ("comment", "note")
"""Members that hold words of people beside the body."""

REDACTED = "redacted"
ERASED = "erased"
"""Of an event that erased others: what is left of each, as hashes. Of those: that it is so."""
_PERSONAL = ("subject", "participants", "fields", "promises")


class Event(Record):
    """One thing that happened to one ticket.

    ``at`` is when it happened, ``recorded_at`` when it was written if that differs (an
    import, or a clock that was set back). ``by`` is who: ``agent:x``, ``customer:C-1``,
    ``system``, ``rule:name``, ``import:name``. ``seq``, ``op`` and ``hash`` are given when
    it is recorded.
    """

    kind: str
    ticket_id: int
    at: datetime
    by: str
    cause: str = ""
    data: Mapping[str, object] = NOTHING
    recorded_at: datetime | None = None
    op: int = 0
    seq: int = 0
    hash: str = ""

    @property
    def changes(self) -> Mapping[str, tuple[object, object]]:
        """The head fields it changed: name to (before, after), JSON values."""
        return self.data.get(CHANGES, {})  # type: ignore[return-value]

    @property
    def body(self) -> str | None:
        """The text of the message or note, None if it has none or it was erased."""
        body = self.data.get(BODY)
        return body if isinstance(body, str) else None


def seal(event: Event, previous: str, *, seq: int, op: int, salt: str) -> Event:
    """Return *event* as it is recorded: numbered, and chained to the hash *previous*.

    A body is hashed as SHA-256(salt + body), so that erasing body and salt later leaves
    the chain whole and the body beyond guessing. Other words of people get a salt beside them.
    """
    has_words = BODY in event.data or any(event.data.get(name) for name in WORDS)
    is_personal = has_words or any(name in event.changes for name in _PERSONAL)
    data = {**event.data, SALT: salt} if is_personal or event.cause else event.data
    numbered = replace(event, data=data, seq=seq, op=op)
    return replace(numbered, hash=digest(numbered, previous))


def digest(event: Event, previous: str) -> str:
    """Return the hash that *event* must have after an event with the hash *previous*.

    It covers the canonical JSON: sorted keys, no blanks, UTF-8, without the hash itself.
    """
    from json import dumps

    from tix.digest import sha256

    document = encode(event)
    document.pop("hash", None)
    if BODY in event.data:
        document["data"] = _without_body(event.data)
    canonical = dumps(document, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return sha256(f"{previous}\n{canonical}".encode()).hexdigest()


def redact(event: Event) -> Event:
    """Return *event* without its body; its hash stays true."""
    return replace(event, data=_without_body(event.data)) if BODY in event.data else event


def first_broken(history: tuple[Event, ...]) -> Event | None:
    """Return the first event of *history* whose hash is not what it must be, or None."""
    previous, left = "", vouched(history)
    for event in history:
        if not fits(event, previous, left):
            return event
        previous = event.hash
    return None


def vouched(history: Iterable[Event]) -> Mapping[str, str]:
    """Return, by ``seq``, the hashes of what was left of events when later ones erased them."""
    found: dict[str, str] = {}
    for event in history:
        left = event.data.get(ERASED)
        if event.kind == REDACTED and isinstance(left, Mapping):
            found.update(left)
    return found


def fits(event: Event, previous: str, left: Mapping[str, str]) -> bool:
    """Return whether *event* is what its hash says, or what an erasure has *left* of it.

    An event keeps its hash when words of people are erased that it covers as they were; from
    then on the event that erased them says, in the same chain, what the rest must be.
    """
    found = digest(event, previous)
    return found == event.hash or (ERASED in event.data and left.get(str(event.seq)) == found)


def _without_body(data: Mapping[str, object]) -> Mapping[str, object]:
    from tix.digest import sha256

    rest = {name: value for name, value in data.items() if name not in (BODY, SALT)}
    salted = f"{data.get(SALT, '')}{data[BODY]}".encode()
    return {**rest, BODY_HASH: sha256(salted).hexdigest()}


def undone_operations(history: Iterable[Event]) -> frozenset[int]:
    """Return the operations of *history* that are taken back, as it stands."""
    taken_back: dict[int, int] = {}
    undone: set[int] = set()
    for event in history:
        op = event.data.get("op")
        if event.kind != "undone" or not isinstance(op, int):
            continue
        taken_back[event.op] = op
        while op in taken_back:
            op = taken_back[op]
        undone ^= {op}
    return frozenset(undone)
