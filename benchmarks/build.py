"""Make a lifelike desk of any size, through the real store.

The same count, seed and time give the same desk, but for its id. Tickets come in commits of
a few thousand, so that memory stays small; then the last day is worked through in commits
of one change each, as the desk's users make them.
"""

from __future__ import annotations

import argparse
from datetime import UTC, datetime, timedelta
from functools import partial
from itertools import islice
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

from benchmarks.stories import Said, Story, stories
from tix.domain import verbs
from tix.domain.people import Agent, Department
from tix.domain.query import EVERYTHING_UNSETTLED
from tix.domain.ticket import evolve
from tix.ops.demo.words import WORDS, Writer
from tix.ops.people import add_customer
from tix.ops.reactions import record
from tix.ops.transactions import keep_up
from tix.store.jsondesk import JsonDesk
from tix.store.transaction import TOUCHED_KEPT

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from tix.domain.event import Event
    from tix.domain.ticket import Ticket
    from tix.store.base import Transaction

    Events = Iterable[Event]
    Step = Callable[[Ticket], Events]

A_COMMIT = 5_000


def build(
    place: Path,
    count: int,
    *,
    now: datetime,
    seed: int = 1,
    tell: Callable[[str], None] = lambda line: None,
) -> None:
    """Make a desk of *count* tickets at *place*, as it is at *now*."""
    dice = Random(seed)
    writer = Writer(dice)
    clock = _Clock(now - timedelta(days=1))
    desk = JsonDesk(place, now=clock, salt=lambda: dice.randbytes(16).hex(), warn=tell)
    desk.create(f"benchmark-{count}")
    _staff(desk)
    customers: dict[int, int] = {}
    coming = stories(count, now, seed)
    while batch := list(islice(coming, A_COMMIT)):
        with desk.write() as tx:
            for story in batch:
                tx.begin(f"agent:{story.agent}", "new")
                _write(tx, story, customers, writer)
        tell(f"{batch[-1].number} of {count} tickets")
    with desk.write() as tx:
        tell(f"{sum(tx.measure_anew())} settled tickets are measured")
    _work_through_the_day(desk, clock, now, dice)


class _Clock:
    def __init__(self, at: datetime) -> None:
        self.at = at

    def __call__(self) -> datetime:
        return self.at


def _staff(desk: JsonDesk) -> None:
    with desk.write() as tx:
        tx.begin("agent:alice", "agent add")
        for name in WORDS["departments"]:
            tx.departments.put(Department(name, address=f"{name}@desk.example"))
        for name in WORDS["agents"]:
            tx.agents.put(Agent(name, f"{name}@desk.example"))


def _write(tx: Transaction, story: Story, customers: dict[int, int], writer: Writer) -> None:
    if story.customer not in customers:
        customers[story.customer] = _customer(tx, story.customer, writer)
    requester = customers[story.customer]
    record(tx, None, _life(tx.next_number("ticket"), requester, story))


def _customer(tx: Transaction, number: int, writer: Writer) -> int:
    first, last = writer.word("first_names"), writer.word("last_names")
    company = writer.word("companies")
    customer = add_customer(
        tx,
        addresses=(f"{first}.{number}@{company}.example",),
        name=f"{first} {last}",
        organisation=company,
        vip=number % 50 == 0,
    )
    return customer.number


def _life(number: int, requester: int, story: Story) -> Iterator[Event]:
    """Yield the events of a ticket from its opening to where it stands now."""
    customer = verbs.Act(f"customer:C-{requester}", story.opened_at)
    agent = verbs.Act(f"agent:{story.agent}", story.opened_at)
    question, *rest = story.said
    [opened] = verbs.open_ticket(
        number,
        story.subject,
        customer,
        body=question.text,
        requester=requester,
        channel=story.channel,
        type=story.type,
        priority=story.priority,
        department=story.department,
    )
    yield opened
    ticket = evolve(None, opened)
    steps: list[Step] = [
        lambda ticket: verbs.edit(ticket, agent, category=story.category, tags=story.tags),
        lambda ticket: verbs.assign(ticket, story.agent, agent),
        *(partial(_told, said=said, customer=customer, agent=agent) for said in rest),
        *_endings(story.end, agent._replace(at=story.ended_at)),
    ]
    for step in steps:
        for event in step(ticket):
            yield event
            ticket = evolve(ticket, event)


def _told(ticket: Ticket, said: Said, customer: verbs.Act, agent: verbs.Act) -> Events:
    if said.kind == "asked":
        return verbs.receive(ticket, said.text, customer._replace(at=said.at))
    verb = verbs.reply if said.kind == "said" else verbs.note
    return verb(ticket, said.text, agent._replace(at=said.at))


def _endings(end: str, act: verbs.Act) -> list[Step]:
    endings: dict[str, list[Step]] = {
        "pending": [lambda ticket: verbs.wait(ticket, act)],
        "postponed": [lambda ticket: verbs.postpone(ticket, act.at + timedelta(days=90), act)],
        "resolved": [lambda ticket: verbs.resolve(ticket, act)],
    }
    endings["closed"] = [*endings["resolved"], lambda ticket: verbs.close(ticket, act)]
    return endings.get(end, [])


def _work_through_the_day(desk: JsonDesk, clock: _Clock, now: datetime, dice: Random) -> None:
    """Write notes in many small commits, until all is full that the desk keeps of late ones.

    Every other commit holds two operations, as when some ticket came due; so the block of
    operations is half full at the end, as it is on an average day.
    """
    writer = Writer(dice)
    numbers = desk.read(lambda tx: [row.ticket.id for row in tx.find(EVERYTHING_UNSETTLED)])
    for commit in range(TOUCHED_KEPT):
        clock.at = min(now, clock.at + timedelta(seconds=80))
        with desk.write() as tx:
            keep_up(tx)
            for _ in range(1 + commit % 2):
                agent = f"agent:{writer.word('agents')}"
                tx.begin(agent, "note")
                ticket = tx.ticket(dice.choice(numbers))
                record(tx, ticket, verbs.note(ticket, writer.remark(), verbs.Act(agent, tx.now)))


def main() -> None:
    """Make the desk that the command line asks for."""
    parser = argparse.ArgumentParser(description="Make a lifelike desk.")
    parser.add_argument("place", type=Path, help="a folder that is not there yet")
    parser.add_argument("tickets", type=int, help="how many")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--now", type=datetime.fromisoformat, help="the desk's own time")
    given = parser.parse_args()
    now = given.now or datetime.now(UTC).replace(microsecond=0)
    build(given.place, given.tickets, now=now, seed=given.seed, tell=print)


if __name__ == "__main__":
    main()
