"""What happened: one class of event, sealed into a chain of hashes per ticket.

An event carries everything it changed on its ticket in ``data["changes"]``, as
``{field: [before, after]}`` in JSON values. A ticket is therefore the fold of its events
whatever their kind, an undo is an event that carries the way back, and nobody ever has to
delete one.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from tix.codec import encode

BODY = "body"
SALT = "salt"
BODY_HASH = "body_hash"
CHANGES = "changes"


@dataclass(frozen=True, slots=True)
class Event:
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
    data: Mapping[str, object] = field(default_factory=dict)
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
    the chain whole and the body beyond guessing.
    """
    data = {**event.data, SALT: salt} if BODY in event.data else event.data
    numbered = replace(event, data=data, seq=seq, op=op)
    return replace(numbered, hash=digest(numbered, previous))


def digest(event: Event, previous: str) -> str:
    """Return the hash that *event* must have after an event with the hash *previous*.

    It covers the canonical JSON: sorted keys, no blanks, UTF-8, without the hash itself.
    """
    from hashlib import sha256
    from json import dumps

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
    previous = ""
    for event in history:
        if digest(event, previous) != event.hash:
            return event
        previous = event.hash
    return None


def _without_body(data: Mapping[str, object]) -> Mapping[str, object]:
    from hashlib import sha256

    rest = {name: value for name, value in data.items() if name not in (BODY, SALT)}
    salted = f"{data.get(SALT, '')}{data[BODY]}".encode()
    return {**rest, BODY_HASH: sha256(salted).hexdigest()}
