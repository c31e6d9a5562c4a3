"""Merging, splitting and linking on a desk, and their undo."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.ops.desks import START, history, meaning, opened, ticket
from tix.domain.course import Course
from tix.domain.event import Event
from tix.domain.status import Status
from tix.domain.ticket import Link
from tix.errors import Conflict, NotFound, Refused, TicketNotFound, TransitionRefused
from tix.ops import undo
from tix.ops.change import Change, Changed, Notice
from tix.ops.people import customers
from tix.ops.reactions import record
from tix.ops.tickets import filing, joining, moves, talking
from tix.ops.tickets.reads import show
from tix.ops.transactions import writing
from tix.record import replace

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.ops.desks import Clock
    from tix.desk import Desk
    from tix.domain.shown import Shown
    from tix.domain.ticket import Ticket

FILE = ("bill.pdf", b"%PDF")


def page(desk: Desk, number: int) -> Shown:
    (shown,), _ = show(desk, [number])
    return shown


def bodies(desk: Desk, number: int) -> list[str | None]:
    return [message.body for message in page(desk, number).messages]


def bare(desk: Desk) -> list[Ticket]:
    """Return the heads of all tickets, without the marks of their histories."""
    heads = desk.store.read(lambda tx: [head for head, _ in tx.scan()])
    marks: dict[str, Any] = {"course": Course(), "rev": 0, "hash": ""}
    return [replace(head, updated_at=head.created_at, **marks) for head in heads]


@pytest.fixture
def three(desk: Desk, clock: Clock) -> Desk:
    """A desk with three tickets of jo, a minute apart."""
    for number in (1, 2, 3):
        opened(desk, f"Ticket {number}", customer="jo@x.com", body=f"message {number}")
        clock.move(minutes=1)
    return desk


def test_several_tickets_are_merged_in_one_operation(three: Desk) -> None:
    filing.tag(three, [1], ["vip"])
    talking.reply(three, 2, "Here it is.", attachments=[FILE])
    before = [ticket(three, n) for n in (1, 2, 3)]
    change = joining.merge(three, [1, 2], 3)

    after = [ticket(three, n) for n in (1, 2, 3)]
    assert change.changed == (
        Changed(before[0], after[0]),
        Changed(before[1], after[1]),
        Changed(before[2], after[2]),
    )
    assert {event.op for n in (1, 2, 3) for event in history(three, n)[-1:]} == {change.op}
    assert [head.merged_into for head in after] == [3, 3, None]
    target = after[2]
    assert (target.absorbed, target.tags, target.attachments) == ((1, 2), ("vip",), 1)
    assert bodies(three, 3) == ["message 1", "message 2", "message 3", "Here it is."]


def test_all_or_none_are_merged(three: Desk) -> None:
    moves.resolve(three, [2], close=True)
    before = bare(three)

    with pytest.raises(TransitionRefused) as refusal:
        joining.merge(three, [1, 2], 3)
    assert refusal.value.message == "ticket 2 is closed; it cannot be merged"
    assert refusal.value.hint == "it can become open"
    assert bare(three) == before


def test_tickets_that_are_not_there_are_all_named(three: Desk) -> None:
    for ask in (
        lambda: joining.merge(three, [8, 1], 9),
        lambda: joining.link(three, 8, [1, 9], "related"),
        lambda: joining.unlink(three, 8, [1, 9]),
    ):
        with pytest.raises(TicketNotFound) as error:
            ask()
        assert set(error.value.ids) <= {8, 9}
    with pytest.raises(TicketNotFound):
        joining.unmerge(three, [9])
    with pytest.raises(TicketNotFound):
        joining.split(three, 9, [1])


def test_what_is_merged_there_already_is_left_as_it_is(three: Desk) -> None:
    joining.merge(three, [1], 3)
    rev = ticket(three, 1).rev
    change = joining.merge(three, [1, 2], 3)

    assert [changed.after.id for changed in change.changed] == [2, 3]
    assert (change.unchanged, ticket(three, 1).rev) == ((1,), rev)
    assert joining.merge(three, [1], 3) == Change("merge", unchanged=(1,))


def test_what_was_merged_elsewhere_says_where_it_goes_on(three: Desk) -> None:
    joining.merge(three, [1], 2)

    with pytest.raises(TransitionRefused) as refusal:
        joining.merge(three, [1], 3)
    assert refusal.value.hint == "it goes on in ticket 2"


def test_a_merged_target_stands_for_the_one_it_goes_on_in(three: Desk) -> None:
    joining.merge(three, [2], 3)
    change = joining.merge(three, [1], 2)

    assert change.notices == (Notice("merged", "ticket 2 was merged; it goes on in ticket 3"),)
    assert (ticket(three, 1).merged_into, ticket(three, 3).absorbed) == (3, (2, 1))


def test_merging_leads_in_no_circle(three: Desk) -> None:
    joining.merge(three, [1], 2)
    joining.merge(three, [2], 3)

    with pytest.raises(Refused, match="ticket 3 cannot be merged into 1, which goes on in it"):
        joining.merge(three, [3], 1)
    with pytest.raises(Refused, match="ticket 3 cannot be merged into itself"):
        joining.merge(three, [3], 3)


def test_another_customer_is_told_and_takes_part(three: Desk) -> None:
    opened(three, customer="ann@x.com", body="Me too")
    change = joining.merge(three, [4], 1)

    assert change.notices == (
        Notice(
            "other_customer",
            "ticket 4 is from ann@x.com, ticket 1 from jo@x.com; ann@x.com takes part in 1 now",
        ),
    )
    head = ticket(three, 1)
    assert (head.requester, head.participants) == (1, ("ann@x.com",))
    assert page(three, 1).people.keys() == {"C-1", "C-2"}


def test_another_customer_without_an_address_is_only_told(three: Desk) -> None:
    customers.add(three, name="Ann", phones=("+385 1 234",))
    opened(three, customer="C-2")
    (notice,) = joining.merge(three, [4], 1).notices

    assert notice.message.endswith("; Ann has no address to take part by")
    assert ticket(three, 1).participants == ()


def test_a_ticket_of_nobody_gets_the_customer_without_a_word(three: Desk) -> None:
    opened(three)
    assert joining.merge(three, [1], 4).notices == ()
    assert ticket(three, 4).requester == 1
    assert joining.merge(three, [opened(three)], 4).notices == ()


def test_what_is_said_on_a_merged_ticket_lands_where_it_goes_on(three: Desk) -> None:
    opened(three, customer="ann@x.com")
    joining.merge(three, [4], 2)
    joining.merge(three, [2], 3)
    changes = (
        talking.reply(three, 4, "On its way."),
        talking.receive(three, 4, "Thanks!"),
        talking.note(three, [4, 2, 1], "Done."),
    )

    told = [Notice("merged", f"ticket {n} was merged; this is for 3") for n in (4, 2)]
    assert [change.notices for change in changes] == [(told[0],), (told[0],), tuple(told)]
    assert [change.ids for change in changes] == [(3,), (3,), (3, 1)]
    assert [e.by for e in history(three, 3)[-3:]] == ["agent:alice", "customer:C-2", "agent:alice"]
    assert bodies(three, 3)[-3:] == ["On its way.", "Thanks!", "Done."]
    assert [history(three, number)[-1].kind for number in (4, 2)] == ["merged", "merged"]


def test_what_is_said_on_a_ticket_that_is_not_there_is_refused(three: Desk) -> None:
    with pytest.raises(TicketNotFound, match="no ticket 9"):
        talking.reply(three, 9, "Hello?")


def test_messages_of_a_chain_of_merges_are_shown_at_its_end(three: Desk) -> None:
    joining.merge(three, [1], 2)
    joining.merge(three, [2], 3)

    assert bodies(three, 3) == ["message 1", "message 2", "message 3"]
    assert [message.ticket_id for message in page(three, 3).messages] == [1, 2, 3]
    assert {n: head.id for n, head in page(three, 1).tied.items()} == {2: 3}


def test_merged_tickets_part_one_by_one(three: Desk, clock: Clock) -> None:
    before = bare(three)
    joining.merge(three, [1, 2], 3)
    clock.move(minutes=1)
    talking.note(three, [1], "About all of them.")
    change = joining.unmerge(three, [1])

    assert [changed.after.id for changed in change.changed] == [1, 3]
    assert bare(three)[0] == before[0]
    assert bodies(three, 3) == ["message 2", "message 3", "About all of them."]
    joining.unmerge(three, [2])
    assert bare(three) == [*before[:2], replace(before[2], notes=1)]


def test_a_customer_takes_part_until_their_last_ticket_has_left(three: Desk) -> None:
    for _ in range(2):
        opened(three, customer="ann@x.com")
    joining.merge(three, [4, 5], 1)
    joining.unmerge(three, [4])
    assert ticket(three, 1).participants == ("ann@x.com",)

    joining.unmerge(three, [5])
    assert ticket(three, 1).participants == ()


def test_what_is_not_merged_is_not_unmerged(three: Desk) -> None:
    joining.merge(three, [1], 3)
    before = bare(three)

    with pytest.raises(Refused, match="ticket 2 is not merged"):
        joining.unmerge(three, [1, 2])
    assert bare(three) == before


def test_a_split_opens_a_ticket_and_both_know(three: Desk) -> None:
    talking.reply(three, 1, "The bill.", attachments=[FILE])
    talking.receive(three, 1, "And the invoice?")
    change = joining.split(three, 1, [3, 2, 3], "Invoice")

    new = ticket(three, 4)
    assert change == Change("split", (Changed(None, new),), op=change.op)
    assert (new.subject, new.split_from, new.requester, new.attachments) == ("Invoice", 1, 1, 1)
    assert bodies(three, 4) == ["The bill.", "And the invoice?"]
    assert bodies(three, 1) == ["message 1", "The bill.", "And the invoice?"]
    assert [set(page(three, n).tied) for n in (1, 4)] == [{4}, {1}]


def test_a_message_of_a_merged_ticket_is_split_off_by_its_number_on_the_page(three: Desk) -> None:
    joining.merge(three, [1], 2)
    joining.split(three, 2, [1])

    assert (bodies(three, 4), ticket(three, 4).split_from) == (["message 1"], 2)


@pytest.mark.parametrize(
    ("number", "numbers", "message", "hint"),
    [
        (1, [7, 1, 9], "ticket 1 has no messages 7, 9", "tix show 1 numbers them; the last is 1"),
        (1, [2], "ticket 1 has no message 2", "tix show 1 numbers them; the last is 1"),
        (4, [1], "ticket 4 has no message 1", "it has none"),
    ],
)
def test_messages_that_are_not_there_are_all_named(
    three: Desk, number: int, numbers: list[int], message: str, hint: str
) -> None:
    opened(three)
    with pytest.raises(NotFound) as error:
        joining.split(three, number, numbers)

    assert (error.value.message, error.value.hint) == (message, hint)
    assert desk_end(three) == 4


def desk_end(desk: Desk) -> int:
    return desk.store.read(lambda tx: tx.last_number("ticket"))


def test_a_key_splits_once(three: Desk) -> None:
    meaning(three, key="k")

    assert joining.split(three, 1, [1]).ids == (4,)
    assert joining.split(three, 1, [1]) == Change("split", unchanged=(4,))
    assert desk_end(three) == 4


def test_a_split_that_is_only_tried_makes_nothing(three: Desk) -> None:
    change = joining.split(meaning(three, dry_run=True, key="k"), 1, [1])

    assert (change.ids, change.op, change.dry_run, desk_end(three)) == ((4,), None, True, 3)


def test_both_ends_of_a_link_show_it(three: Desk) -> None:
    change = joining.link(three, 1, [2, 3], "blocked-by")

    assert [changed.after.id for changed in change.changed] == [1, 2, 3]
    assert ticket(three, 1).links == (Link("blocked-by", 2), Link("blocked-by", 3))
    assert ticket(three, 2).links == ticket(three, 3).links == (Link("blocks", 1),)
    assert joining.link(three, 3, [1], "blocks") == Change("link", unchanged=(3,))
    assert {n: head.status for n, head in page(three, 1).tied.items()} == {
        2: Status.NEW,
        3: Status.NEW,
    }


def test_a_link_to_what_was_merged_shows_where_that_goes_on(three: Desk) -> None:
    joining.link(three, 1, [2], "blocked-by")
    joining.merge(three, [2], 3)

    assert {n: head.id for n, head in page(three, 1).tied.items()} == {2: 3}


@pytest.mark.parametrize("kind", ["blocked-by", "blocks", "parent", "child", "duplicate-of"])
def test_links_lead_in_no_circle(three: Desk, kind: str) -> None:
    joining.link(three, 1, [2], kind)
    joining.link(three, 2, [3], kind)

    with pytest.raises(Refused) as refusal:
        joining.link(three, 3, [1], kind)
    assert refusal.value.message == (f"that would lead in a circle: 3 {kind} 1 {kind} 2 {kind} 3")
    assert refusal.value.hint == "tix unlink 2 3"
    joining.link(three, 3, [1], "related")


def test_no_ticket_is_linked_to_itself(three: Desk) -> None:
    for kind in ("parent", "related"):
        with pytest.raises(Refused, match="ticket 1 cannot be linked to itself"):
            joining.link(three, 1, [1], kind)


def test_unlinking_removes_every_tie_at_both_ends(three: Desk) -> None:
    joining.link(three, 1, [2, 3], "parent")
    joining.link(three, 2, [1], "related")
    change = joining.unlink(three, 2, [1])

    assert [changed.after.id for changed in change.changed] == [2, 1]
    assert (ticket(three, 1).links, ticket(three, 2).links) == ((Link("parent", 3),), ())
    assert joining.unlink(three, 2, [1]) == Change("unlink", unchanged=(2,))


def test_a_tie_to_what_is_not_here_is_shown_all_the_same(three: Desk) -> None:
    with writing(three, "import") as tx:
        head = tx.ticket(1)
        data = {"changes": {"links": [[], [{"kind": "related", "ticket_id": 99}]]}}
        record(tx, head, [Event("linked", 1, tx.now, "import:x", data=data)])

    assert (page(three, 1).ticket.links, page(three, 1).tied) == ((Link("related", 99),), {})


def test_the_page_of_the_past_names_tickets_as_they_were_then(three: Desk, clock: Clock) -> None:
    joining.link(three, 1, [2], "blocked-by")
    linked_at = clock()
    clock.move(minutes=1)
    moves.resolve(three, [2])

    (shown,), _ = show(three, [1], linked_at)
    assert {n: head.status for n, head in shown.tied.items()} == {2: Status.NEW}
    assert page(three, 1).tied[2].status is Status.RESOLVED


def test_the_page_of_the_past_knows_no_ticket_of_later(three: Desk) -> None:
    with writing(three, "import") as tx:
        data = {"changes": {"links": [[], [{"kind": "related", "ticket_id": 3}]]}}
        record(tx, tx.ticket(1), [Event("linked", 1, START, "import:x", data=data)])

    (shown,), _ = show(three, [1], START)
    assert (shown.ticket.links, shown.tied) == ((Link("related", 3),), {})


DONE: dict[str, Callable[[Desk], object]] = {
    "merge": lambda desk: joining.merge(desk, [1, 2], 3),
    "unmerge": lambda desk: joining.unmerge(desk, [4]),
    "split": lambda desk: joining.split(desk, 1, [1]),
    "link": lambda desk: joining.link(desk, 1, [2, 3], "parent"),
    "unlink": lambda desk: joining.unlink(desk, 5, [1, 2]),
}


@pytest.mark.parametrize("name", DONE)
def test_undo_restores_everything_and_redo_brings_it_back(three: Desk, name: str) -> None:
    opened(three, customer="ann@x.com", body="Me too", tags=("vip",))
    opened(three)
    talking.reply(three, 3, "On its way.")
    joining.merge(three, [4], 3)
    joining.link(three, 5, [1, 2], "blocks")
    before = bare(three)
    DONE[name](three)
    after = bare(three)
    undo.undo(three)

    assert after != before
    if name == "split":
        assert bare(three)[:-1] == before
        assert ticket(three, 6).trashed_at is not None
        assert page(three, 1).tied.keys() == {5}
    else:
        assert bare(three) == before
    undo.redo(three)
    assert bare(three) == after


def test_a_merge_into_a_ticket_that_was_merged_itself_is_undone_after_that(three: Desk) -> None:
    before = bare(three)
    first = joining.merge(three, [1], 2)
    joining.merge(three, [2], 3)

    with pytest.raises(Conflict) as refusal:
        undo.undo(three, first.op)
    assert refusal.value.message == "ticket 2 was merged into 3 since then"
    assert refusal.value.hint == "tix unmerge 2 comes first"
    undo.undo(three)
    undo.undo(three, first.op)
    assert bare(three) == before


def test_who_becomes_the_requester_when_another_leaves_takes_no_part_as_well(desk: Desk) -> None:
    for customer in ("jo@x.com", "al@x.com", None):
        opened(desk, customer=customer)
    joining.merge(desk, [1, 2], 3)
    assert (ticket(desk, 3).requester, ticket(desk, 3).participants) == (1, ("al@x.com",))

    joining.unmerge(desk, [1])
    assert (ticket(desk, 3).requester, ticket(desk, 3).participants) == (2, ())


def test_what_got_more_since_it_left_is_merged_again_but_not_by_undo(three: Desk) -> None:
    joining.merge(three, [1], 2)
    parted = joining.unmerge(three, [1])
    talking.note(three, [1], "since then")

    with pytest.raises(Conflict, match="somebody wrote on ticket 1 since then") as conflict:
        undo.undo(three, parted.op)
    assert conflict.value.hint == "tix merge 1 --into 2"
    with pytest.raises(Conflict, match="somebody wrote on ticket 1 since then"):
        undo.undo(three, parted.op, force=True)
    joining.merge(three, [1], 2)
    assert (ticket(three, 2).messages, ticket(three, 2).notes) == (2, 1)
    assert len(bodies(three, 2)) == 3


def test_not_even_force_takes_a_ticket_out_of_two_others(three: Desk) -> None:
    merged = joining.merge(three, [1], 2)
    joining.unmerge(three, [1])
    joining.merge(three, [1], 3)

    with pytest.raises(Conflict, match="ticket 1 was merged into 3 since then") as conflict:
        undo.undo(three, merged.op, force=True)
    assert conflict.value.hint == "tix unmerge 1 comes first"
    joining.unmerge(three, [1])
    undo.undo(three, merged.op, force=True)
    assert [ticket(three, number).messages for number in (1, 2, 3)] == [1, 1, 1]


def test_an_undo_by_force_takes_no_messages_out_that_have_left_already(three: Desk) -> None:
    before = ticket(three, 2)
    merged = joining.merge(three, [1], 2)
    joining.unmerge(three, [1])
    undo.undo(three, merged.op, force=True)

    assert (ticket(three, 2).messages, bodies(three, 2)) == (before.messages, ["message 2"])


def test_a_merge_is_not_undone_over_an_answer_but_can_be_parted(three: Desk) -> None:
    talking.reply(three, 3, "On its way.")
    change = joining.merge(three, [1], 3)
    talking.reply(three, 3, "To both of you.")

    with pytest.raises(Conflict, match="ticket 3: status was changed again since then"):
        undo.undo(three, change.op)
    joining.unmerge(three, [1])
    assert (ticket(three, 3).status, ticket(three, 3).replies) == (Status.ANSWERED, 2)


@pytest.mark.parametrize("name", DONE)
def test_a_key_joins_once_and_a_try_changes_nothing(three: Desk, name: str) -> None:
    opened(three)
    opened(three)
    joining.merge(three, [4], 3)
    joining.link(three, 5, [1, 2], "blocks")
    before = bare(three)
    meaning(three, dry_run=True)
    tried: Any = DONE[name](three)
    assert (tried.op, tried.dry_run, bare(three)) == (None, True, before)

    meaning(three, key="once")
    DONE[name](three)
    after = bare(three)
    again: Any = DONE[name](three)
    assert (again.changed, again.op, bare(three)) == ((), None, after)


@pytest.mark.parametrize("name", DONE)
def test_a_revision_is_that_of_the_tickets_named_first(three: Desk, name: str) -> None:
    opened(three)
    opened(three)
    joining.merge(three, [4], 3)
    joining.link(three, 5, [1, 2], "blocks")

    with pytest.raises(Conflict, match="not 9"):
        DONE[name](meaning(three, if_rev=9))
