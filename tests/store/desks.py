"""Stores for tests, with a clock that stands until it is moved, and steps to take on them."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st

from tix.domain import verbs
from tix.errors import Refused, UsageError
from tix.ops.people import customer_for
from tix.ops.reactions import record
from tix.ops.transactions import keep_up
from tix.store.jsondesk import JsonDesk
from tix.store.memory import MemoryStore

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from tix.domain.event import Event
    from tix.domain.ticket import Ticket
    from tix.store.base import Store, Transaction

START = datetime(2026, 11, 21, 18, 30, tzinfo=UTC)


class Clock:
    """A clock that a test moves."""

    def __init__(self) -> None:
        self.at = START

    def __call__(self) -> datetime:
        return self.at

    def move(self, **span: float) -> None:
        self.at += timedelta(**span)


def salts() -> Callable[[], str]:
    numbers = count(1)
    return lambda: f"salt-{next(numbers)}"


def make_store(name: str, folder: Path, clock: Clock) -> Store:
    """Return an empty store of the kind that BACKENDS calls *name*."""
    if name == "memory":
        return MemoryStore(now=clock, salt=salts())
    desk = JsonDesk(folder / "desk", now=clock, salt=salts(), warn=print)
    desk.create("the-desk")
    return desk


def act(tx: Transaction, by: str = "agent:alice") -> verbs.Act:
    return verbs.Act(by, tx.now)


def open_one(tx: Transaction, subject: str = "Refund", **values: Any) -> Ticket:
    """Make a ticket in a transaction that has begun."""
    customer = values.pop("customer", None)
    if isinstance(customer, str):
        values["requester"] = customer_for(tx, customer).number
    number = tx.next_number("ticket")
    body = values.pop("body", None)
    assert body is None or isinstance(body, str)
    return record(tx, None, verbs.open_ticket(number, subject, act(tx), body=body, **values))


def opened(store: Store, subject: str = "Refund", **values: Any) -> int:
    """Make a ticket in a transaction of its own."""
    with store.write() as tx:
        keep_up(tx)
        tx.begin("agent:alice", "new")
        return open_one(tx, subject, **values).id


def done(store: Store, number: int, *verbs_: Callable[[Ticket, verbs.Act], Iterable[Event]]) -> int:
    """Do one verb after the other to a ticket, in one operation; return its number."""
    with store.write() as tx:
        keep_up(tx)
        tx.begin("agent:alice", "change")
        ticket = tx.ticket(number)
        for verb in verbs_:
            ticket = record(tx, ticket, verb(ticket, act(tx)))
        return tx.operation


STEPS: dict[str, Callable[[Ticket, verbs.Act], Iterable[Event]]] = {
    "receive": lambda t, a: verbs.receive(t, "It still hurts.", a),
    "reply": lambda t, a: verbs.reply(t, "We look into it.", a),
    "note": lambda t, a: verbs.note(t, "He is angry.", a, pinned=True),
    "assign": lambda t, a: verbs.assign(t, "alice" if t.assignee is None else None, a),
    "take": lambda t, a: verbs.take(t, "bob", a),
    "prio": lambda t, a: verbs.prioritize(t, "high" if t.priority == "low" else "low", a),
    "tag": lambda t, a: verbs.tag(t, ("vip", f"t{t.rev}"), a),
    "untag": lambda t, a: verbs.untag(t, t.tags[:1], a),
    "edit": lambda t, a: verbs.edit(t, a, subject=f"Refund {t.rev}", fields={"order": str(t.rev)}),
    "move": lambda t, a: verbs.edit(t, a, department="billing" if t.rev % 2 else "sales"),
    "wait": lambda t, a: verbs.wait(t, a, on="third-party", until=a.at + timedelta(days=2)),
    "snooze": lambda t, a: verbs.postpone(t, a.at + timedelta(hours=5), a),
    "resolve": verbs.resolve,
    "close": verbs.close,
    "reopen": verbs.reopen,
    "spam": verbs.mark_spam,
    "delete": verbs.trash,
    "restore": verbs.restore,
}

steps = st.lists(
    st.one_of(
        st.tuples(st.just("new"), st.just(0)),
        st.tuples(st.sampled_from(sorted(STEPS)), st.integers(1, 4)),
        st.tuples(st.just("pass"), st.integers(1, 400)),
    ),
    max_size=25,
)


def walk(store: Store, clock: Clock, taken: Iterable[tuple[str, int]]) -> list[int]:
    """Take steps: make tickets, change them, let hours pass; return the operations.

    A step that is refused, or that would need a ticket that is not there, is left out.
    """
    operations = []
    for name, number in taken:
        if name == "pass":
            clock.move(hours=number)
        elif name == "new":
            with store.write() as tx:
                keep_up(tx)
                tx.begin("agent:alice", "new")
                open_one(tx, body="Where is it?", customer=f"c{tx.last_number('ticket')}@x.org")
                operations.append(tx.operation)
        elif number <= store.read(lambda tx: tx.last_number("ticket")):
            try:
                operations.append(done(store, number, STEPS[name]))
            except (Refused, UsageError):
                continue
    return operations


def copied(desk: Path, to: Path) -> None:
    """Copy a desk that came with the repository, which keeps no modes of files."""
    shutil.copytree(desk, to)
    for path in (to, *to.rglob("*")):
        path.chmod(0o700 if path.is_dir() else 0o600)
