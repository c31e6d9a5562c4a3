"""Any operations, taken back one by one and done again, lead through the same states."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from hypothesis import given
from hypothesis import strategies as st

from tests.ops.desks import Clock, make_desk, opened
from tix.domain.joining import REVERSE
from tix.errors import NotFound, TixError
from tix.ops import saved, undo
from tix.ops.people import agents, customers, departments
from tix.ops.tickets import filing, joining, moves, rating, tags, talking, working
from tix.record import replace

if TYPE_CHECKING:
    from tix.desk import Desk
    from tix.store.base import Transaction

TICKETS = ("a@x.com", "b@x.com", "+385123")
numbers = st.integers(1, len(TICKETS))
chosen = st.lists(numbers, min_size=1, unique=True)
words = st.sampled_from(["one", "two", "three"])
people = st.sampled_from(["C-1", "C-2", "C-3", "C-4", "a@x.com", "b@x.com", "+385123"])

Step = tuple[Callable[..., object], tuple[Any, ...], dict[str, Any]]
STEPS: dict[str, st.SearchStrategy[tuple[Any, ...]]] = {
    "tag": st.tuples(st.just(filing.tag), chosen, st.lists(words, min_size=1)),
    "prio": st.tuples(st.just(filing.prioritize), chosen, st.sampled_from(["low", "up", "down"])),
    "note": st.tuples(st.just(talking.note), chosen, words),
    "reply": st.tuples(st.just(talking.reply), numbers, words),
    "resolve": st.tuples(st.just(moves.resolve), chosen),
    "close": st.tuples(st.just(moves.close), chosen),
    "reopen": st.tuples(st.just(moves.reopen), chosen),
    "delete": st.tuples(st.just(moves.trash), chosen),
    "restore": st.tuples(st.just(moves.restore), chosen),
    "retag": st.tuples(st.just(tags.retag), st.just("tags"), chosen, st.lists(words), words),
    "time": st.tuples(st.just(working.work), numbers, st.sampled_from([600, 60, -60])),
    "start": st.tuples(st.just(working.start), numbers),
    "stop": st.tuples(st.just(working.stop), numbers),
    "rate": st.tuples(st.just(rating.rate), numbers, st.sampled_from(["good", "bad"])),
    "withdraw": st.tuples(st.just(rating.withdraw), numbers),
    "merge": st.tuples(st.just(customers.merge), st.lists(people, min_size=1), people),
    "join": st.tuples(st.just(joining.merge), chosen, numbers),
    "part": st.tuples(st.just(joining.unmerge), chosen),
    "link": st.tuples(st.just(joining.link), numbers, chosen, st.sampled_from(sorted(REVERSE))),
    "unlink": st.tuples(st.just(joining.unlink), numbers, chosen),
    "agent": st.tuples(st.just(agents.add), words),
    "retire": st.tuples(st.just(agents.retire), words),
    "dept": st.tuples(st.just(departments.add), words),
    "query": st.tuples(st.just(saved.save), words, st.just(["is:open"])),
    "forget": st.tuples(st.just(saved.drop), words),
}


@st.composite
def edits(draw: st.DrawFn) -> Step:
    """Draw a change of a customer."""
    values: dict[str, Any] = {"plan": draw(st.sampled_from(["gold", None]))}
    values["addresses"] = draw(st.lists(st.sampled_from(["a@x.com", "d@x.com"])))
    values["fields"] = draw(st.dictionaries(words, st.sampled_from(["", "1", "2"])))
    return customers.edit, (draw(people),), values


plain: st.SearchStrategy[Step] = st.one_of(*STEPS.values()).map(
    lambda step: (step[0], step[1:], {})
)


def state(desk: Desk) -> dict[str, Any]:
    """Return all that there is on the desk, without what no undo takes back."""

    def look(tx: Transaction) -> dict[str, Any]:
        at = tx.now
        return {
            "tickets": [replace(ticket, rev=0, hash="", updated_at=at) for ticket, _ in tx.scan()],
            "customers": list(tx.customers.all()),
            "agents": list(tx.agents.all()),
            "departments": list(tx.departments.all()),
            "queries": list(tx.queries.all()),
            "keys": {
                address: tx.key(kind, address)
                for kind, address in (
                    ("address", "a@x.com"),
                    ("address", "b@x.com"),
                    ("address", "d@x.com"),
                    ("phone", "+385123"),
                )
            },
        }

    return desk.store.read(look)


def exhausted(desk: Desk, op: Callable[[Desk], object]) -> list[dict[str, Any]]:
    """Return the states that *op* leads through until there is nothing left for it to do."""
    states: list[dict[str, Any]] = []
    while True:
        try:
            op(desk)
        except NotFound:
            return states
        states.append(state(desk))


@given(st.lists(st.one_of(plain, edits()), max_size=8))
def test_undo_leads_back_through_every_state_and_redo_forward(
    steps: list[Step],
):
    desk = make_desk(Clock())
    for customer in TICKETS:
        opened(desk, customer=customer, tags=("one",))
    states = [state(desk)]
    for op, values, named in steps:
        try:
            op(desk, *values, **named)
        except TixError:
            continue
        if state(desk) != states[-1]:
            states.append(state(desk))

    back = []
    for _ in states[1:]:
        undo.undo(desk)
        back.append(state(desk))
    forward = exhausted(desk, undo.redo)

    assert back == states[-2::-1]
    assert forward == states[1:]
